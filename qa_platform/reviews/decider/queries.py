"""The rules of a case's queries: numbered, answered in time or closed, never in anybody's name."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.reviews.commands import AnswerQuery, CloseQuery, ForwardQuestion, QueryCommand, WithdrawQuery
from qa_platform.reviews.decider.refusals import (
    AnswerEmpty,
    QueryMissing,
    QueryNotForwarded,
    QueryNotOverdue,
    QueryOver,
)
from qa_platform.reviews.events.queries import (
    QueryAnswered,
    QueryEvent,
    QueryForwarded,
    QueryUnanswered,
    QueryWithdrawn,
)


class QueryStatus(StrEnum):
    """Where a query stands."""

    OPEN = "open"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A question that went to the provider, and what became of it."""

    forwarded: QueryForwarded
    status: QueryStatus = QueryStatus.OPEN
    answer: QueryAnswered | None = None


class Queries(msgspec.Struct, frozen=True, kw_only=True):
    """The queries of a case, in the order of their numbers."""

    by_id: dict[str, Query] = {}


def decide(command: QueryCommand, queries: Queries) -> list[QueryEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case ForwardQuestion():
            return _forward(command, queries)
        case AnswerQuery():
            return _answer(command, queries)
        case CloseQuery():
            return _close(command, queries)
        case WithdrawQuery():
            return _withdraw(command, queries)
        case _:
            assert_never(command)


def evolve(queries: Queries, event: QueryEvent) -> Queries:
    """Return the queries of a case after an event. Never refuses."""
    match event:
        case QueryForwarded():
            return _with(queries, event.query_id, Query(forwarded=event))
        case QueryAnswered():
            answered = replace(queries.by_id[event.query_id], status=QueryStatus.ANSWERED, answer=event)
            return _with(queries, event.query_id, answered)
        case QueryUnanswered():
            unanswered = replace(queries.by_id[event.query_id], status=QueryStatus.UNANSWERED)
            return _with(queries, event.query_id, unanswered)
        case QueryWithdrawn():
            withdrawn = replace(queries.by_id[event.query_id], status=QueryStatus.WITHDRAWN)
            return _with(queries, event.query_id, withdrawn)
        case _:
            assert_never(event)


def _with(queries: Queries, query_id: str, query: Query) -> Queries:
    return replace(queries, by_id={**queries.by_id, query_id: query})


def _forward(command: ForwardQuestion, queries: Queries) -> list[QueryEvent]:
    text, known = command.text.strip(), queries.by_id.get(command.query_id)
    if known is not None:
        if known.forwarded.text == text:
            return []
        raise QueryNotForwarded(
            f"Nothing was sent: this question went to the provider before, as number {known.forwarded.number}."
        )
    if command.scoring_closed:
        raise QueryNotForwarded("The question was not sent: every review is locked, and no answer could change one.")
    if not text:
        raise QueryNotForwarded("The question was not sent: it says nothing. Write what the provider is to show.")
    if command.due_on <= command.on:
        raise QueryNotForwarded("The question was not sent: the provider had no day to answer. Choose a later one.")
    refuse_personal_data({"text": text})

    return [
        QueryForwarded(
            submission_id=command.submission_id,
            query_id=command.query_id,
            provider_id=command.provider_id,
            number=len(queries.by_id) + 1,
            criterion=command.criterion,
            text=text,
            forwarded_on=command.on,
            due_on=command.due_on,
        )
    ]


def _answer(command: AnswerQuery, queries: Queries) -> list[QueryEvent]:
    query = _known(queries, command.query_id)
    answered = QueryAnswered(
        submission_id=command.submission_id,
        query_id=command.query_id,
        text=command.text.strip(),
        evidence=command.evidence,
        answered_on=command.on,
    )
    if query.answer is not None and (query.answer.text, query.answer.evidence) == (answered.text, answered.evidence):
        return []
    _refuse_over(query, "The answer was not recorded")
    if command.on > query.forwarded.due_on:
        raise QueryOver(
            f"The answer was not recorded: its time was over on {query.forwarded.due_on}. "
            "What is missing can be shown in the factual check, or in a new submission."
        )
    if not answered.text:
        message = "Answer in words, and name the evidence beside them."
        raise AnswerEmpty(f"The answer was not recorded: it says nothing. {message}", (Fault("text", message),))
    refuse_personal_data(
        {
            "text": answered.text,
            **{f"evidence.{place}.label": each.label for place, each in enumerate(command.evidence)},
            **{f"evidence.{place}.reference": each.reference for place, each in enumerate(command.evidence)},
        }
    )

    return [answered]


def _close(command: CloseQuery, queries: Queries) -> list[QueryEvent]:
    query = _known(queries, command.query_id)
    if query.status is QueryStatus.UNANSWERED:
        return []
    _refuse_over(query, "The question was not closed")
    due_on = query.forwarded.due_on
    if command.on <= due_on:
        raise QueryNotOverdue(f"The question was not closed: the provider has until {due_on} to answer it.")

    return [
        QueryUnanswered(
            submission_id=command.submission_id, query_id=command.query_id, due_on=due_on, closed_on=command.on
        )
    ]


def _withdraw(command: WithdrawQuery, queries: Queries) -> list[QueryEvent]:
    query = queries.by_id.get(command.query_id)
    # One that never went out, or is settled, has nothing to withdraw.
    if query is None or query.status is not QueryStatus.OPEN:
        return []

    return [
        QueryWithdrawn(submission_id=command.submission_id, query_id=command.query_id, ground=command.ground),
    ]


def _known(queries: Queries, query_id: str) -> Query:
    query = queries.by_id.get(query_id)
    if query is None:
        raise QueryMissing("There is no such question to the provider. Check the address.")
    return query


def _refuse_over(query: Query, what: str) -> None:
    match query.status:
        case QueryStatus.OPEN:
            return
        case QueryStatus.ANSWERED:
            raise QueryOver(f"{what}: question {query.forwarded.number} was answered before.")
        case QueryStatus.UNANSWERED:
            raise QueryOver(f"{what}: the time of question {query.forwarded.number} is over.")
        case QueryStatus.WITHDRAWN:
            raise QueryOver(f"{what}: question {query.forwarded.number} was withdrawn. Nothing is to be done.")


query_decider: Decider[QueryCommand, Queries, QueryEvent] = Decider(
    commands=get_args(QueryCommand),
    events=get_args(QueryEvent),
    stream=lambda command: f"queries-{command.submission_id}",
    initial=Queries(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
