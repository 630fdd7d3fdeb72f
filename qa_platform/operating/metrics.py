"""Figures in the form of Prometheus: counted in every process, read in one place.

The processes of the web server and the worker count into files of their own under one folder,
and a scrape, which reaches any one of them, adds all up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psutil
from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from qa_platform.config import SettingInvalid
from qa_platform.operating.watch import Snapshot
from qa_platform.web.metrics import Expose

_APPEND_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class AppendMetrics:
    """Watches the ledger: how long commands took, how many events came of them, how often writers met."""

    def __init__(self, part: str, registry: CollectorRegistry) -> None:
        """Count for a part of the platform, so that one part's restart does not look like another's."""
        self._seconds = Histogram(
            "qa_append_duration_seconds",
            "How long commands took, from the first read to the commit.",
            ("part",),
            buckets=_APPEND_BUCKETS,
            registry=registry,
        ).labels(part)
        self._events = Counter(
            "qa_events_appended", "Events that were committed.", ("part",), registry=registry
        ).labels(part)
        self._moved = Counter(
            "qa_stream_moved", "Times that a writer met another and decided again.", ("part",), registry=registry
        ).labels(part)

    def appended(self, events: int, seconds: float) -> None:
        """Note that a command's events were committed, and how long it took."""
        self._events.inc(events)
        self._seconds.observe(seconds)

    def moved(self) -> None:
        """Note that a writer found its stream moved."""
        self._moved.inc()


class DatabaseFigures(Collector):
    """What the database itself knows, looked up when it is asked for."""

    def __init__(self, look: Callable[[], Snapshot | None]) -> None:
        """Take who looks, and how often at most."""
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Yield the figures of one look; that there is none is a figure too."""
        snapshot = self._look()
        yield _gauge("qa_database_up", "Whether the database answers.", snapshot is not None)
        if snapshot is not None:
            yield from _of(snapshot)


class SharedFiles(Collector):
    """The figures of all processes that count under one folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; each part of the platform has its own in it."""
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """Return the sums over all processes."""
        try:
            return self._merged()
        except FileNotFoundError:
            # A part that starts just now cleared up after one that is gone.
            return self._merged()

    def _merged(self) -> Iterable[Metric]:
        files = [str(file) for file in self._folder.glob("*/*.db")]
        found: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]  # has no types
        return found


class Metrics:
    """The figures of one process, and how all are written down."""

    def __init__(self, part: str, folder: Path | None) -> None:
        """Count for a part of the platform: into files of a folder, or for this process alone."""
        if folder is not None:
            share(folder, part)
        self._folder = folder
        self.registry = CollectorRegistry()
        self.appends = AppendMetrics(part, self.registry)

    def expose(self, look: Callable[[], Snapshot | None]) -> Expose:
        """Return what writes all figures down, and those of the database among them."""
        exposed = CollectorRegistry()
        exposed.register(_Registered(self.registry) if self._folder is None else SharedFiles(self._folder))
        exposed.register(DatabaseFigures(look))

        def written(accept: str) -> tuple[bytes, str]:
            encode, kind = choose_encoder(accept)
            return encode(exposed), kind

        return written


def share(folder: Path, part: str) -> None:
    """Let this process and its children count into files, before the first figure is made.

    What dead processes of this part left is removed: its figures begin anew with the part.
    """
    own = folder / part
    try:
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in own.glob("*.db"):
            if not _is_alive(file):
                file.unlink(missing_ok=True)
    except OSError as refusal:
        raise SettingInvalid(
            f"The figures cannot be kept in “{own}”: {refusal.strerror}. "
            "Let this user write there, choose another DATA_FOLDER, or unset METRICS_TOKEN."
        ) from refusal
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(own)
    # The library decides this when it is first imported, which is before settings are read.
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]  # has no types


class _Registered(Collector):
    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        return self._registry.collect()


def _is_alive(file: Path) -> bool:
    number = file.stem.rpartition("_")[2]
    return number.isdigit() and psutil.pid_exists(int(number))


def _of(snapshot: Snapshot) -> Iterator[Metric]:
    yield _gauge("qa_ledger_positions", "Events that have their position.", snapshot.head)
    yield _gauge("qa_ledger_unsequenced", "Events that wait for their position.", snapshot.unsequenced)
    yield _gauge(
        "qa_ledger_oldest_unsequenced_seconds",
        "Age of the oldest event that waits for its position.",
        snapshot.oldest_unsequenced_seconds,
    )
    yield _gauge(
        "qa_ledger_missing", "Of the newest events, those with neither position nor queue; must be 0.", snapshot.missing
    )
    followers = [one for one in snapshot.subscribers if one.follows]
    for name, words, amounts in (
        (
            "qa_subscriber_lag_events",
            "Events that a subscriber has still to handle.",
            {f.name: f.behind for f in followers},
        ),
        ("qa_subscriber_stopped", "Whether an error stopped a subscriber.", {f.name: f.stopped for f in followers}),
        ("qa_lease_held", "Whether somebody holds a lease.", {one.name: one.held for one in snapshot.subscribers}),
    ):
        family = GaugeMetricFamily(name, words, labels=["name"])
        for label, amount in amounts.items():
            family.add_metric([label], amount)
        yield family


def _gauge(name: str, words: str, amount: float) -> Metric:
    return GaugeMetricFamily(name, words, value=float(amount))
