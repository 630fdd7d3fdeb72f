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
from typing import Literal, Self

import msgspec

from benchmarks.profiling import recorded, summarise

# Forked from one process that has loaded the code and nothing else: as independent of one another
# as spawned ones, and there at once. Fifty spawned processes take a minute of two cores.
fresh = multiprocessing.get_context("forkserver")
fresh.set_forkserver_preload(["benchmarks.ours", "benchmarks.peer", "benchmarks.raw"])
_PATIENCE_SECONDS = 600.0
_WARMING_SECONDS = 0.5
_PROFILED_SECONDS = 7.0

Order = Literal["prepare", "measure"]


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

    done: int = 0
    began: float = 0.0
    ended: float = 0.0
    noted: float = 0.0


class Crew:
    """Processes of one competitor, kept through all rounds: starting them is not what is measured.

    With `profiled` set, each crew works one more round at its end, and one of its processes is profiled.
    """

    profiled = False

    def __init__(self, task: Task, processes: int) -> None:
        """Start them; they wait for the first round."""
        self.noted: list[float] = []
        self._name = f"{type(task).__module__.rpartition('.')[2]}-{type(task).__name__}-{processes}".lower()
        self._barrier = fresh.Barrier(processes)
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(processes):
            here, there = fresh.Pipe()
            process = fresh.Process(target=_work, args=(task, there, self._barrier), daemon=True)
            process.start()
            there.close()
            self._pipes.append(here)
            self._processes.append(process)

    def prepare(self, seconds: float) -> None:
        """Let each lay out what a round of so many seconds will use."""
        self._ask("prepare", seconds)

    def measure(self, seconds: float) -> float:
        """Return how much was done each second by all of them together."""
        tallies = self._ask("measure", seconds)
        self.noted.append(sum(one.noted for one in tallies) / len(tallies))
        return sum(one.done for one in tallies) / (
            max(one.ended for one in tallies) - min(one.began for one in tallies)
        )

    def __enter__(self) -> Self:
        """Warm up: connections, statements and caches are there before the first round."""
        self.prepare(_WARMING_SECONDS)
        self.measure(_WARMING_SECONDS)
        self.noted.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send them home."""
        if self.profiled and error is None:
            self._profile()
        for process in self._processes:
            process.kill()
            process.join()

    def _ask(self, what: Order, seconds: float) -> list[Tally]:
        for pipe in self._pipes:
            pipe.send((what, seconds))
        return [_received(pipe) for pipe in self._pipes]

    def _profile(self) -> None:
        self.prepare(_PROFILED_SECONDS)
        recording = recorded(self._processes[0].pid or 0, self._name)
        self.measure(_PROFILED_SECONDS)
        recording.wait()
        summarise(self._name)


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
            what, seconds = pipe.recv()
            if what == "prepare":
                task.prepare(seconds)
                pipe.send(Tally())
            else:
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
