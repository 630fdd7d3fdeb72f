"""Streams and cases as wholes: no holes, one case, one subject, and rules that can follow them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import (
    Asked,
    Found,
    Ground,
    Invariant,
    OfCases,
    OfStreams,
    Violation,
    at,
)
from qa_platform.kernel.event import Recorded

# What follows the first hyphen of a stream's name is the value of this field in each of its events.
_SUBJECT = {
    "allocation": ("allocation_id",),
    "accreditation": ("accreditation_id",),
    "component": ("component_id",),
    "condition": ("condition_id",),
    "decision": ("submission_id",),
    "history": ("history_id",),
    "panel": ("submission_id",),
    "person": ("person_id", "subject"),
    "notice": ("notice_id",),
    "notice_preferences": ("person_id",),
    "provider": ("provider_id",),
    "register_numbers": ("series",),
    "review": ("review_id",),
    "reviewer": ("person_id",),
    "standard": ("standard_id",),
    "submission": ("submission_id",),
}


def _holes(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_HOLES):
        yield Violation(
            stream=row.stream, version=row.last, what=f"it holds {row.events} events up to version {row.last}"
        )


_HOLES = sa.text("""
SELECT stream, count(*) AS events, max(version) AS last FROM ledger.events
GROUP BY stream HAVING count(*) <> max(version) OR min(version) <> 1 ORDER BY stream
""")


def _one_case(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_CASES):
        yield Violation(stream=row.stream, what=f"its events belong to {row.cases} cases, counting none as one")


# A series of register numbers serves many cases, and is the one stream that does.
_CASES = sa.text(r"""
SELECT stream, count(DISTINCT coalesce(case_id, '')) AS cases FROM ledger.events
WHERE stream NOT LIKE 'register\_numbers-%'
GROUP BY stream HAVING min(coalesce(case_id, '')) <> max(coalesce(case_id, '')) ORDER BY stream
""")


def _fold(events: list[Recorded[Any]], ground: Ground) -> Found:
    decider = ground.deciders.get(type(events[0].event))
    if decider is None:
        yield at(events[0], "no rules are known for its first event")
        return
    state = decider.initial
    for recorded in events:
        if not isinstance(recorded.event, decider.events):
            yield at(recorded, "the event belongs to streams of another kind")
            return
        try:
            state = decider.evolve(state, recorded.event)
        except Exception as broken:  # noqa: BLE001 -- whatever it is, the stream cannot be folded
            yield at(recorded, f"the rules cannot follow this event: {type(broken).__name__}")
            return


def _own_stream(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for recorded in events:
        kind, _, subject = recorded.stream.partition("-")
        named = [value for name in _SUBJECT.get(kind, ()) if (value := getattr(recorded.event, name, None)) is not None]
        if named and subject not in named:
            yield at(recorded, "the event is about another subject than its stream")


def _own_case(case: History, _world: World) -> Found:
    for recorded in case.events:
        if getattr(recorded.event, "submission_id", case.case_id) != case.case_id:
            yield at(recorded, "the event names another submission than the case it is kept in")


STREAMS = (
    Invariant(
        "streams.without-holes",
        "The versions of every stream run from 1 without a hole; otherwise an event of it is gone.",
        Asked(_holes),
    ),
    Invariant(
        "streams.one-case",
        "All events of a stream belong to one case, or none to any; otherwise a replay of the case lacks some.",
        Asked(_one_case),
    ),
    Invariant(
        "streams.fold",
        "The rules can follow every stream from its first event to its last; otherwise nobody can act on it any more.",
        OfStreams(_fold),
    ),
    Invariant(
        "streams.about-their-subject",
        "Every event is about the subject of its stream; otherwise something was recorded about somebody else.",
        OfStreams(_own_stream),
    ),
    Invariant(
        "streams.in-their-case",
        "An event that names a submission is kept in that submission's case; otherwise auditors replay it elsewhere.",
        OfCases(_own_case),
    ),
)
