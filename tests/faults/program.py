"""One part of the product in a process group of its own, which can be killed, paused and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
_READY_SECONDS = 60.0
_PATIENCE_SECONDS = 20.0
_AGAIN_SECONDS = 0.2


class Program:
    """A `qa` command that goes on until it is stopped; its output goes to a log.

    It is started again for as long as it does not come up, as a supervisor of the system would.
    """

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], log: Path, answers: Callable[[], bool] | None = None
    ) -> None:
        self.words = tuple(words)
        self.environment = dict(environment)
        self.log = log
        self._answers = answers
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Return the number of the process that leads the group."""
        assert self._process is not None, f"{self.words} was never started"
        return self._process.pid

    def start(self) -> None:
        """Start it, and return when it answers."""
        deadline = time.monotonic() + _READY_SECONDS
        self._spawn()
        while not self._is_ready():
            if time.monotonic() > deadline:
                raise TimeoutError(f"“qa {' '.join(self.words)}” does not come up: {self.last_words()}")
            if self._process.poll() is not None:
                self._let_go()
                self._spawn()
            time.sleep(_AGAIN_SECONDS)

    def kill(self) -> None:
        """Kill the whole group with SIGKILL."""
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._let_go()

    def kill_leader(self) -> None:
        """Kill only the process that leads the group; its children are left to themselves."""
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait()
        self._let_go()

    def children(self) -> list[psutil.Process]:
        """Return the processes that it started."""
        return psutil.Process(self.pid).children(recursive=True)

    def pause(self) -> None:
        """Stop the whole group where it stands (SIGSTOP)."""
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let a paused group go on."""
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ask it to end, and wait; kill it when it does not."""
        if self._process is None:
            return
        self._signal(signal.SIGCONT)
        self._signal(signal.SIGTERM, group=False)
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()
        self._let_go()

    def last_words(self) -> str:
        """Return the end of its log."""
        return self.log.read_text("utf-8", errors="replace")[-2_000:] if self.log.exists() else "(no log)"

    def _spawn(self) -> None:
        with self.log.open("ab") as log:
            # It ends with us, also when we are killed: we hold the other end of its standard input.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "qa_platform.cli", *self.words],
                cwd=ROOT,
                env={**self.environment, "QA_SUPERVISED": "1"},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _is_ready(self) -> bool:
        if self._process.poll() is not None:
            return False
        return self._answers is None or self._answers()

    def _signal(self, number: int, *, group: bool = True) -> None:
        with suppress(ProcessLookupError):
            if group:
                os.killpg(self.pid, number)
            else:
                os.kill(self.pid, number)

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
