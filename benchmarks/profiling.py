"""Profiles: where the time of one process of a crew goes, as py-spy sees it from outside."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from benchmarks.server import FOLDER, ROOT

PROFILES = FOLDER / "profiles"
_SHOWN = 25
_ROUND = "_round (benchmarks/crew.py"
_PY_SPY = ROOT / ".venv" / "benchmarks" / "bin" / "py-spy"


def recorded(pid: int, name: str, seconds: int = 5) -> subprocess.Popen[bytes]:
    """Start to record a process; the profile is in `raw_of(name)` when what is returned has ended."""
    PROFILES.mkdir(parents=True, exist_ok=True)
    command = [
        *(str(_PY_SPY), "record", "--pid", str(pid), "--duration", str(seconds), "--rate", "500"),
        *("--format", "raw", "--output", str(raw_of(name))),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)  # noqa: S603 -- our own command


def raw_of(name: str) -> Path:
    """Return where the stacks of a profile lie."""
    return PROFILES / f"{name}.raw"


def summarise(name: str) -> Path:
    """Write what took most time, by itself and with all that it called; return where."""
    itself: Counter[str] = Counter()
    inclusive: Counter[str] = Counter()
    for frames, count in _worked(raw_of(name).read_text("utf-8").splitlines()):
        itself[frames[-1]] += count
        inclusive.update(dict.fromkeys(frames, count))
    total = max(1, sum(itself.values()))
    path = PROFILES / f"{name}.txt"
    parts = (("by itself", itself), ("with what it called", inclusive))
    path.write_text("\n".join(line for title, counts in parts for line in _top(title, counts, total)), "utf-8")
    return path


def _worked(lines: list[str]) -> list[tuple[list[str], int]]:
    """Return the stacks of the round, without those of a crew's process that waits for one."""
    stacks = [(stack.split(";"), int(count)) for stack, _, count in (line.rpartition(" ") for line in lines)]
    rounds = [(frames, count) for frames, count in stacks if any(_ROUND in frame for frame in frames)]
    return rounds or stacks


def _top(title: str, counts: Counter[str], total: int) -> list[str]:
    return [title, *(f"{100 * count / total:6.1f} %  {frame}" for frame, count in counts.most_common(_SHOWN)), ""]
