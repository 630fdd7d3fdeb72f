"""The words of deciding: codes, grounds, conditions, votes; and who may see what happens on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import (
    AUDITED,
    RELEASED,
    Audience,
    Relation,
    Visibility,
    of_provider,
    of_roles,
)

Code = Literal["APP", "APP-V", "APP-C", "APP-CX", "REF", "DEFER", "LIST", "REN", "REN-C", "REN-NO", "CHG-OK", "CHG-NO"]
DecisionClass = Literal[
    "positive", "positive_with_conditions", "positive_with_restrictions", "negative", "not_applicable"
]
Severity = Literal["minor", "major", "critical"]
CheckedBy = Literal["panel", "officer"]
Vote = Literal["for", "against", "abstain"]
CastingVote = Literal["for", "against"]
# Reasons by category: words about a person would be personal data.
RecusalError = Literal["wrong_member", "wrong_submission", "no_tie"]
MembershipReason = Literal["absence", "appointed", "left", "error"]
# What may be corrected after the release: how the decision is worded, and never what was decided.
Clerical = Literal["departure_reason", "grounds", "conditions", "recommendations", "commendations", "notification"]

# Inside the committee votes are open: who was recused and who voted can only then be proven.
COMMITTEE: Visibility = (*AUDITED, *of_roles(Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER))
ONCE_RELEASED: Visibility = (
    *of_roles(Role.INTAKE_OFFICER, Role.REGISTER_OFFICER, after=RELEASED),
    Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD, after=RELEASED),
    Audience(role=Role.REVIEWER, relation=Relation.CLEARED, after=RELEASED, hides=("members", "basis")),
    *of_provider(after=RELEASED, hides=("members",)),
)
WITH_PROVIDER: Visibility = (*COMMITTEE, *of_provider())


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision rested on: a stream, at a version, and the digest of that very event."""

    stream: str
    version: int
    digest: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A reason for the decision, in one area of the standard."""

    area: str
    text: str


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must be put right by a date.

    A member of the panel checks academic matters, an officer technical ones.
    """

    condition_id: str
    criterion: str | None
    severity: Severity
    text: str
    due_on: date
    checked_by: CheckedBy


class AreaIndex(msgspec.Struct, frozen=True, kw_only=True):
    """The index that one area of the standard reached; None where nothing in it applies."""

    area: str
    index: Decimal | None


class Supplied(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one thing that a deferral waits for: its place in the list, words, and a document's digest."""

    wanted: int
    text: str
    digest: str | None
