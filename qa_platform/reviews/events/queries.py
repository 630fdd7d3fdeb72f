"""What can have happened to a query: a question to the provider that nobody's name stands on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import (
    AUDITED,
    SCORING_CLOSED,
    Audience,
    Relation,
    Visibility,
    of_provider,
    of_roles,
)

WithdrawalGround = Literal["taken_back", "case_withdrawn"]

# The same question and the same answer for everybody who scores; and no word of who asked.
_FOR_ALL: Visibility = (
    *AUDITED,
    *of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY),
    *of_roles(Role.COMMITTEE_MEMBER, after=SCORING_CLOSED),
    Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD),
    Audience(role=Role.REVIEWER, relation=Relation.CLEARED),
    *of_provider(),
)


class EvidenceReference(msgspec.Struct, frozen=True, kw_only=True):
    """Where the evidence is that an answer names: what it is, and where to find it."""

    label: str
    reference: str


class QueryForwarded(Event, frozen=True, kw_only=True, tag="query.forwarded.v1"):
    """A question of the panel went to the provider, under the next number of its case."""

    seen_by: ClassVar[Visibility] = _FOR_ALL

    submission_id: str
    query_id: str
    provider_id: str
    number: int
    criterion: str
    text: str
    forwarded_on: date
    due_on: date


class QueryAnswered(Event, frozen=True, kw_only=True, tag="query.answered.v1"):
    """The provider answered, in words and with evidence."""

    seen_by: ClassVar[Visibility] = _FOR_ALL

    submission_id: str
    query_id: str
    text: str
    evidence: tuple[EvidenceReference, ...]
    answered_on: date


class QueryUnanswered(Event, frozen=True, kw_only=True, tag="query.unanswered.v1"):
    """The time for an answer passed without one; the panel goes on with what it has."""

    seen_by: ClassVar[Visibility] = _FOR_ALL

    submission_id: str
    query_id: str
    due_on: date
    closed_on: date


class QueryWithdrawn(Event, frozen=True, kw_only=True, tag="query.withdrawn.v1"):
    """The question was taken back before it was answered, or fell with its case."""

    seen_by: ClassVar[Visibility] = _FOR_ALL

    submission_id: str
    query_id: str
    ground: WithdrawalGround


QueryEvent = QueryForwarded | QueryAnswered | QueryUnanswered | QueryWithdrawn
