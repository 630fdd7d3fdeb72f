"""Benchmark courses, with the reference that only the agency sees."""

from __future__ import annotations

from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.events import BenchmarkEvent, BenchmarkPublished, BenchmarkRetired, ReferenceScore


class BenchmarkRow(Row, frozen=True, kw_only=True):
    """A benchmark course."""

    benchmark_id: str
    version: int
    title: str
    standard_id: str
    rubric_version: str
    route: str
    reference: tuple[ReferenceScore, ...]
    retired: bool

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a score on it rests on."""
        return StreamVersion(stream=f"benchmark-{self.benchmark_id}", version=self.version)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return what has to be scored."""
        return tuple(one.criterion for one in self.reference)


def keys(recorded: Recorded[BenchmarkEvent]) -> tuple[str, ...]:
    """Return the benchmark that an event is about."""
    return (recorded.event.benchmark_id,)


def fold(row: BenchmarkRow | None, recorded: Recorded[BenchmarkEvent]) -> BenchmarkRow | None:
    """Return the benchmark after one event."""
    match recorded.event:
        case BenchmarkPublished() as event:
            known = {name: getattr(event, name) for name in event.__struct_fields__}
            return BenchmarkRow(**known, version=recorded.version, retired=False)
        case BenchmarkRetired():
            return None if row is None else replace(row, version=recorded.version, retired=True)
        case _:
            return row


BENCHMARKS: Projection[BenchmarkRow] = Projection(
    name="benchmarks",
    row=BenchmarkRow,
    key="benchmark_id",
    events=get_args(BenchmarkEvent),
    keys=keys,
    fold=fold,
)

_KNOW_REFERENCES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def select_benchmarks(viewer: Actor) -> sa.Select[Any]:
    """Return the query for the benchmarks: all to the agency, to everybody else those in use."""
    query = sa.select(BENCHMARKS.table)
    return query if viewer.acting_as in _KNOW_REFERENCES else query.where(~BENCHMARKS.table.c.retired)


def without_reference(viewer: Actor, row: BenchmarkRow) -> dict[str, Any]:
    """Return a benchmark as a viewer may see it: who may be measured by it never sees the reference."""
    shown = {name: getattr(row, name) for name in row.__struct_fields__} | {"criteria": row.criteria}
    return shown if viewer.acting_as in _KNOW_REFERENCES else {**shown, "reference": None}


def get_benchmark(connection: Connection, benchmark_id: str, viewer: Actor) -> BenchmarkRow | None:
    """Return a benchmark, or None if there is none for this viewer."""
    query = select_benchmarks(viewer).where(BENCHMARKS.table.c.benchmark_id == benchmark_id)
    return next(iter(BENCHMARKS.rows(connection, query)), None)
