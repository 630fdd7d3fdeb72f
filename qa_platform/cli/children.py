"""The processes of `qa run`: started, watched, and stopped with patience and then without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from qa_platform.cli.failures import Failed
from qa_platform.cli.supervised import SIGN

_LARGEST_LOG_BYTES = 10_000_000
_PATIENCE_SECONDS = 20.0


class Child:
    """One part of the platform in a process of its own; its output goes to a log."""

    def __init__(self, name: str, command: str, log: Path) -> None:
        self.name = name
        self.command = command
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it, away from the terminal: Ctrl-C is for the supervisor, who stops parts in order."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- our own program
                [sys.executable, "-m", "qa_platform.cli", self.command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, SIGN: "1"},
                start_new_session=True,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it: what is in hand may finish, but not for ever."""
        process = self._started()
        process.terminate()
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def check(self) -> None:
        """Raise Failed if it stopped by itself."""
        code = self._started().poll()
        if code is not None:
            raise Failed(
                f"The {self.name} stopped unexpectedly ({_how(code)}), and so everything was stopped: "
                f"{self._last_words()} Its log is “{self.log}”."
            )

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            message = f"the {self.name} was never started"
            raise RuntimeError(message)
        return self._process

    def _last_words(self) -> str:
        lines = self.log.read_text("utf-8", errors="replace")[-2_000:].strip().splitlines()
        said = _words(lines[-1].strip()) if lines else "it said nothing"
        return said if said.endswith((".", "!", "?")) else f"{said}."


def _words(line: str) -> str:
    """Return what a line of the log says to a person."""
    try:
        return str(msgspec.json.decode(line, type=dict[str, object])["event"])
    except (msgspec.DecodeError, KeyError):
        return line


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
