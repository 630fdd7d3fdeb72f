"""What the worker counts of itself: its jobs, and the loops that had to begin again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_BUCKETS = (0.01, 0.1, 1.0, 10.0, 60.0, 300.0, 1800.0)


class WorkerMetrics:
    """Jobs by name: runs, failures, how long, and when it last went well; loops by name: failures."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        """Count into a registry; into one that nobody reads where none is given."""
        kept = registry or CollectorRegistry()
        self._seconds = Histogram(
            "qa_job_duration_seconds", "How long jobs took.", ("job",), buckets=_BUCKETS, registry=kept
        )
        self._failures = Counter("qa_job_failures", "Runs of a job that failed.", ("job",), registry=kept)
        self._success = Gauge(
            "qa_job_last_success_timestamp_seconds",
            "When a job last went well.",
            ("job",),
            multiprocess_mode="max",
            registry=kept,
        )
        self._loops = Counter(
            "qa_worker_loop_failures",
            "Times that a loop of the worker began again after an error.",
            ("loop",),
            registry=kept,
        )

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """Count one run of a job, however it ends."""
        began = time.perf_counter()
        failures = self._failures.labels(name)
        try:
            yield
        except BaseException:
            failures.inc()
            raise
        else:
            self._success.labels(name).set(time.time())
        finally:
            self._seconds.labels(name).observe(time.perf_counter() - began)

    def loop_failed(self, name: str) -> None:
        """Note that a loop begins again."""
        self._loops.labels(name).inc()
