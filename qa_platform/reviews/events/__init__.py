"""What can have happened to one reviewer's review of one submission."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.conflicts import ConflictCode, SeenCode
from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import (
    AUDITED,
    RELEASED,
    SCORING_CLOSED,
    Audience,
    Relation,
    Visibility,
    of_provider,
    of_roles,
)

Effect = Literal["none", "undertaking", "officer_decides", "bar"]
Ruling = Literal["bar", "allow"]
TieSource = Literal["declared_before", "seen"]
TieEffect = Literal["bar", "officer_decides", "undertaking", "warn"]
DeclineReason = Literal["workload", "expertise", "conflict", "personal", "other"]
Confidence = Literal["low", "medium", "high"]
Lateness = Literal["invitation", "scoring"]

_OWN: Visibility = (*AUDITED, Audience(role=Role.REVIEWER, relation=Relation.SELF))
_OWN_AND_OFFICE: Visibility = (*_OWN, *of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY))


def _lead(*, after: str | None = None, hides: tuple[str, ...] = ()) -> Visibility:
    return (Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD, after=after, hides=hides),)


# Those who weigh the scores, and not before every review of the panel is locked.
_WEIGHING: Visibility = (
    *of_roles(Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, after=SCORING_CLOSED, hides=("private_note",)),
    *_lead(after=SCORING_CLOSED, hides=("private_note",)),
)


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """Where in the submission a reviewer found what he judged: a field, and a word about it."""

    field: str
    note: str


class ReviewerInvited(Event, frozen=True, kw_only=True, tag="review.invited.v1"):
    """A reviewer was asked to review a submission at one version, under one version of the standard."""

    seen_by: ClassVar[Visibility] = (
        *_OWN_AND_OFFICE,
        *of_roles(Role.COMMITTEE_MEMBER, after=SCORING_CLOSED),
        *_lead(),
    )

    review_id: str
    submission_id: str
    provider_id: str
    route: str
    reviewer_id: str
    seat: int
    standard_id: str
    rubric_version: str
    rubric_hash: str
    submission_version: int


class KnownTie(msgspec.Struct, frozen=True, kw_only=True):
    """A tie that nobody had to ask for at the gate: declared in advance, or seen by the system."""

    category: SeenCode
    source: TieSource
    effect: TieEffect


class TiesKnown(Event, frozen=True, kw_only=True, tag="review.ties_known.v1"):
    """What was known of a reviewer's ties to a case as he came to the gate; it counts beside what he declares there."""

    seen_by: ClassVar[Visibility] = (*_OWN, *of_roles(Role.COMMITTEE_SECRETARY), *_lead())

    review_id: str
    reviewer_id: str
    ties: tuple[KnownTie, ...]


class InterestsDeclared(Event, frozen=True, kw_only=True, tag="review.interests_declared.v1"):
    """The reviewer said what ties him to the provider or the course, and what he undertakes.

    `effect` is what the rules made of it on that day.
    """

    seen_by: ClassVar[Visibility] = (*_OWN, *of_roles(Role.COMMITTEE_SECRETARY), *_lead(hides=("detail",)))

    review_id: str
    reviewer_id: str
    categories: tuple[ConflictCode, ...]
    effect: Effect
    undertaking: str
    detail: Sealed[str] | None


class ConflictRuled(Event, frozen=True, kw_only=True, tag="review.conflict_ruled.v1"):
    """Somebody entitled to it ruled whether a declared tie bars the reviewer."""

    seen_by: ClassVar[Visibility] = (*_OWN, *of_roles(Role.COMMITTEE_SECRETARY), *_lead(hides=("note",)))

    review_id: str
    reviewer_id: str
    ruling: Ruling
    note: Sealed[str] | None


class RulingReversed(Event, frozen=True, kw_only=True, tag="review.ruling_reversed.v1"):
    """Somebody entitled to it took a ruling back, with the reason; the tie awaits a ruling again.

    `seat` is the one that the reviewer was asked for: after a bar he is given it again.
    """

    seen_by: ClassVar[Visibility] = (*_OWN, *of_roles(Role.COMMITTEE_SECRETARY), *_lead(hides=("reason",)))

    review_id: str
    reviewer_id: str
    seat: int
    ruling: Ruling
    reason: Sealed[str]


class ReviewDeclined(Event, frozen=True, kw_only=True, tag="review.declined.v1"):
    """The reviewer declined, or gave an unfinished review back."""

    seen_by: ClassVar[Visibility] = (*_OWN_AND_OFFICE, *_lead())

    review_id: str
    reviewer_id: str
    reason: DeclineReason


class ReviewEnded(Event, frozen=True, kw_only=True, tag="review.ended.v1"):
    """The review came to its end without counting: its reviewer no longer holds the seat."""

    seen_by: ClassVar[Visibility] = (*_OWN_AND_OFFICE, *_lead())

    review_id: str
    reviewer_id: str
    ground: str


class CriterionScored(Event, frozen=True, kw_only=True, tag="review.criterion_scored.v1"):
    """The reviewer scored a criterion, or scored it again; `score` is None where it does not apply."""

    seen_by: ClassVar[Visibility] = (
        *_OWN,
        *_WEIGHING,
        *of_provider(after=RELEASED, hides=("reviewer_id", "review_id", "private_note", "confidence")),
    )

    review_id: str
    reviewer_id: str
    criterion: str
    score: int | None
    not_applicable_reason: str | None
    comment: str
    private_note: Sealed[str] | None
    confidence: Confidence
    evidence: tuple[Pointer, ...]
    insufficient_evidence: bool


class ReviewLocked(Event, frozen=True, kw_only=True, tag="review.locked.v1"):
    """The reviewer put the review out of his own reach; `sheet_digest` binds every score in it."""

    seen_by: ClassVar[Visibility] = (
        *_OWN,
        *of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, hides=("sheet_digest",)),
        *_WEIGHING,
    )

    review_id: str
    reviewer_id: str
    sheet_digest: str


class QuestionAsked(Event, frozen=True, kw_only=True, tag="review.question_asked.v1"):
    """The reviewer lacks evidence on a criterion, and asks for it; an officer passes the question on."""

    seen_by: ClassVar[Visibility] = (
        *_OWN,
        *of_roles(Role.INTAKE_OFFICER, hides=("reviewer_id", "review_id")),
        *_lead(hides=("reviewer_id", "review_id")),
    )

    review_id: str
    submission_id: str
    reviewer_id: str
    question_id: str
    criterion: str
    text: str


class QuestionTakenBack(Event, frozen=True, kw_only=True, tag="review.question_taken_back.v1"):
    """The reviewer took a question back."""

    seen_by: ClassVar[Visibility] = (
        *_OWN,
        *of_roles(Role.INTAKE_OFFICER, hides=("reviewer_id", "review_id")),
        *_lead(hides=("reviewer_id", "review_id")),
    )

    review_id: str
    submission_id: str
    reviewer_id: str
    question_id: str
    reason: str


class ReviewOverdue(Event, frozen=True, kw_only=True, tag="review.overdue.v1"):
    """The reviewer let a day pass: that of the answer to the invitation, or that of the lock."""

    seen_by: ClassVar[Visibility] = (*_OWN_AND_OFFICE, *_lead())

    review_id: str
    reviewer_id: str
    lateness: Lateness
    due_on: date
    found_on: date


ReviewEvent = (
    ReviewerInvited
    | TiesKnown
    | InterestsDeclared
    | ConflictRuled
    | RulingReversed
    | ReviewDeclined
    | ReviewEnded
    | CriterionScored
    | QuestionAsked
    | QuestionTakenBack
    | ReviewOverdue
    | ReviewLocked
)
