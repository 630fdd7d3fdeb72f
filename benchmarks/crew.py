"""A crew: processes that start together and do one task for a while, round after round."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from types import TracebackType
from typing import Self

import msgspec

_spawn = multiprocessing.get_context("spawn")
_PATIENCE_SECONDS = 600.0
_WARMING_SECONDS = 0.5


class Task(ABC):
    """What each process of a crew does; sent to it before `open`, so it holds addresses and no connections."""

    @abstractmethod
    def open(self) -> None:
        """Connect; outside the clock."""

    def prepare(self, seconds: float) -> None:  # noqa: B027 -- most need nothing
        """Lay out what a round of so many seconds will use; outside the clock."""

    @abstractmethod
    def once(self) -> int:
        """Do one piece of work, and return how many it counts as."""

    def noted(self) -> float:
        """Return what else the round showed."""
        return 0.0


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What one process did in a round."""

    done: int
    began: float
    ended: float
    noted: float


class Crew:
    """Processes of one competitor, kept through all rounds: starting them is not what is measured."""

    def __init__(self, task: Task, processes: int) -> None:
        """Start them; they wait for the first round."""
        self.noted: list[float] = []
        self._barrier = _spawn.Barrier(processes)
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(processes):
            here, there = _spawn.Pipe()
            process = _spawn.Process(target=_work, args=(task, there, self._barrier), daemon=True)
            process.start()
            there.close()
            self._pipes.append(here)
            self._processes.append(process)

    @property
    def pids(self) -> list[int]:
        """Return the processes, for a profiler."""
        return [process.pid for process in self._processes if process.pid is not None]

    def measure(self, seconds: float) -> float:
        """Return how much was done each second by all of them together."""
        for pipe in self._pipes:
            pipe.send(seconds)
        tallies = [_received(pipe) for pipe in self._pipes]
        self.noted.append(sum(one.noted for one in tallies) / len(tallies))
        return sum(one.done for one in tallies) / (
            max(one.ended for one in tallies) - min(one.began for one in tallies)
        )

    def __enter__(self) -> Self:
        """Warm up: connections, statements and caches are there before the first round."""
        self.measure(_WARMING_SECONDS)
        self.noted.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send them home."""
        for process in self._processes:
            process.kill()
            process.join()


def interleaved(competitors: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Return the figures of each competitor, measured in turns, so that each meets the same weather."""
    figures: dict[str, list[float]] = {name: [] for name in competitors}
    for _ in range(rounds):
        for name, measure in competitors.items():
            figures[name].append(measure())
    return figures


def _received(pipe: Connection) -> Tally:
    if not pipe.poll(_PATIENCE_SECONDS):
        raise TimeoutError(f"a process said nothing for {_PATIENCE_SECONDS:.0f} seconds")
    answer = pipe.recv()
    if not isinstance(answer, Tally):
        raise TypeError(f"a process failed:\n{answer}")
    return answer


def _work(task: Task, pipe: Connection, barrier: Barrier) -> None:
    try:
        task.open()
        while True:
            seconds = pipe.recv()
            task.prepare(seconds)
            barrier.wait()
            pipe.send(_round(task, seconds))
    except EOFError:
        return
    except BaseException:  # noqa: BLE001 -- whatever it was, it is told where it can be read
        barrier.abort()
        pipe.send(traceback.format_exc())


def _round(task: Task, seconds: float) -> Tally:
    done, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        done += task.once()
    return Tally(done=done, began=began, ended=time.monotonic(), noted=task.noted())


def middle(figures: Sequence[float]) -> float:
    """Return the median."""
    ordered = sorted(figures)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
