"""Queries: asked before they are sent, numbered without a hole, settled once, and in nobody's name."""

from __future__ import annotations

from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Role
from qa_platform.reviews.events import CriterionScored, QuestionAsked, QuestionTakenBack, ReviewLocked
from qa_platform.reviews.events.queries import QueryAnswered, QueryForwarded, QueryUnanswered, QueryWithdrawn


def _numbered(events: list[Recorded[Any]], _ground: Ground) -> Found:
    number = 0
    for recorded in events:
        if isinstance(recorded.event, QueryForwarded):
            number += 1
            if recorded.event.number != number:
                yield at(recorded, f"it has number {recorded.event.number} where {number} was next")


def _settled_once(events: list[Recorded[Any]], _ground: Ground) -> Found:
    open_: dict[str, QueryForwarded] = {}
    for recorded in events:
        event = recorded.event
        if isinstance(event, QueryForwarded):
            open_[event.query_id] = event
        elif isinstance(event, QueryAnswered | QueryUnanswered | QueryWithdrawn):
            asked = open_.pop(event.query_id, None)
            if asked is None:
                yield at(recorded, "it settles a query that was not open")
            elif isinstance(event, QueryAnswered) and event.answered_on > asked.due_on:
                yield at(recorded, "the answer was taken after its time")
            elif isinstance(event, QueryUnanswered) and event.closed_on <= asked.due_on:
                yield at(recorded, "the query was closed while there was time to answer it")


def _asked(case: History, _world: World) -> Found:
    asked = {one.event.question_id: one.event.criterion for one in case.of(QuestionAsked)}
    for recorded in case.of(QueryForwarded):
        if asked.get(recorded.event.query_id) != recorded.event.criterion:
            yield at(recorded, "no reviewer of the case asked this of the criterion")
        if recorded.actor.partition(":")[0] == Role.REVIEWER:
            yield at(recorded, "a reviewer sent it in his own name")


def _evidence_asked_for(case: History, _world: World) -> Found:
    """Look at each lock, with what had been asked before it by anybody."""
    marked: dict[str, set[str]] = {}
    asked: dict[str, str] = {}
    for recorded in case.events:
        match recorded.event:
            case QuestionAsked() as event:
                asked[event.question_id] = event.criterion
            case QuestionTakenBack() as event:
                asked.pop(event.question_id, None)
            case CriterionScored() as event:
                marks = marked.setdefault(event.review_id, set())
                (marks.add if event.insufficient_evidence else marks.discard)(event.criterion)
            case ReviewLocked() as event if marked.get(event.review_id, set()) - {*asked.values()}:
                yield at(recorded, "it was locked over missing evidence that nobody had asked for")
            case _:
                pass


QUERIES = (
    Invariant(
        "queries.numbered-in-order",
        "The queries of a case are numbered from 1 without a hole, in the order in which they went out.",
        OfStreams(_numbered),
    ),
    Invariant(
        "queries.settled-once",
        "Every query is answered in its time, closed after it, or withdrawn: once, and for good.",
        OfStreams(_settled_once),
    ),
    Invariant(
        "queries.asked-and-unnamed",
        "What goes to a provider was asked by a reviewer of the case, and is sent by somebody else.",
        OfCases(_asked),
    ),
    Invariant(
        "queries.evidence-asked-for",
        "No review is locked over missing evidence that nobody had asked the provider for.",
        OfCases(_evidence_asked_for),
    ),
)
