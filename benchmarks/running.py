"""One run: each case in turn on one server, its figures kept as soon as they are taken."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console

from benchmarks import report, results
from benchmarks.cases import CASES
from benchmarks.results import Taken
from benchmarks.server import ROOT, running
from benchmarks.stage import Stage


def run(only: Sequence[str], *, seconds: float, rounds: int, quick: bool, console: Console) -> None:
    """Measure cases, show them, and write what is kept; a quick run keeps nothing."""
    taken: dict[str, Taken] = {}
    with running() as server:
        for name in only:
            console.print(f"[bold]{CASES[name].title}[/bold]")
            stage = Stage(
                server=server, seconds=seconds, rounds=rounds, quick=quick, tell=lambda text: console.print(f"  {text}")
            )
            one = _taken(name, stage)
            if not one.lines:
                continue
            taken[name] = one
            if not quick:
                _keep(one)
    report.show(taken.values(), console)


def _taken(name: str, stage: Stage) -> Taken:
    load, began, at = os.getloadavg()[0], time.perf_counter(), datetime.now(UTC)
    stage.server.checkpoint()
    lines = CASES[name].measure(stage)
    return Taken(
        case=name,
        title=CASES[name].title,
        at=f"{at:%Y-%m-%d %H:%M}",
        command=shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]]),
        commit=_commit(),
        rounds=stage.rounds,
        seconds=stage.seconds,
        load_before=load,
        took_seconds=time.perf_counter() - began,
        settings=stage.server.settings(),
        lines=lines,
    )


def _keep(one: Taken) -> None:
    kept = results.keep(one)
    report.write([kept[name] for name in CASES if name in kept])


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    said = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 -- our own command
    return said.stdout.strip() or "unknown"
