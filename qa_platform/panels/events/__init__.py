"""What can have happened to the panel of a submission."""

from __future__ import annotations

from typing import ClassVar, Literal

from qa_platform.kernel.event import Event, StreamVersion
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import RELEASED, Audience, Relation, Visibility, of_provider
from qa_platform.panels.events.agreement import (
    AgreementEvent,
    Carrier,
    CriterionReopened,
    Difference,
    DifferencesLeft,
    MedianSettled,
    ModerationReopened,
    ScoreAgreed,
    ScoreCarried,
    ScoreObjected,
    ScoreProposalWithdrawn,
    ScoreProposed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.panels.events.audiences import RUNNING, SEATED, WEIGHING
from qa_platform.panels.events.proposing import (
    AllocationEvent,
    AllocationMade,
    ObjectionGround,
    ObjectionRuled,
    PanelObjected,
    PanelProposed,
    ProposalChanged,
    ProposalConfirmed,
    ProposalWithdrawn,
    ReviewerReminded,
    SeatChangeUndone,
    SeatingEvent,
)
from qa_platform.panels.events.reporting import (
    AreaSummary,
    Closing,
    DraftReportIssued,
    DraftReportWithdrawn,
    FactualCheckClosed,
    FactualClaimResolved,
    FactualClaimWithdrawn,
    FactualErrorClaimed,
    FinalReportIssued,
    FindingKind,
    Language,
    ReportChange,
    ReportEvent,
    ReportFinding,
    Variation,
    Verdict,
)

__all__ = [
    "AgreementEvent",
    "AllocationEvent",
    "AllocationMade",
    "AreaSummary",
    "Carrier",
    "Closing",
    "CriterionReopened",
    "CriterionSettled",
    "Difference",
    "DifferencesLeft",
    "DraftReportIssued",
    "DraftReportWithdrawn",
    "FactualCheckClosed",
    "FactualClaimResolved",
    "FactualClaimWithdrawn",
    "FactualErrorClaimed",
    "FinalReportIssued",
    "FindingKind",
    "Ground",
    "Language",
    "LeadAssigned",
    "MedianSettled",
    "ModerationClosed",
    "ModerationReopened",
    "ObjectionGround",
    "ObjectionRuled",
    "PanelEvent",
    "PanelObjected",
    "PanelOpened",
    "PanelProposed",
    "ProposalChanged",
    "ProposalConfirmed",
    "ProposalWithdrawn",
    "ReportChange",
    "ReportEvent",
    "ReportFinding",
    "ReviewerAssigned",
    "ReviewerReminded",
    "ReviewerStoodDown",
    "ScoreAgreed",
    "ScoreCarried",
    "ScoreObjected",
    "ScoreProposalWithdrawn",
    "ScoreProposed",
    "ScoringClosed",
    "SeatChangeUndone",
    "SeatingEvent",
    "ThirdReviewCompleted",
    "ThirdReviewRequested",
    "ThirdReviewWithdrawn",
    "Variation",
    "Verdict",
]

Ground = Literal["conflict", "declined", "overdue", "officer", "withdrawn"]


class PanelOpened(Event, frozen=True, kw_only=True, tag="panel.opened.v1"):
    """An accepted submission got a panel, with so many seats, under one version of the standard."""

    seen_by: ClassVar[Visibility] = (
        *RUNNING,
        *of_provider(),
        Audience(role=Role.REVIEWER, relation=Relation.CLEARED),
    )

    submission_id: str
    course_id: str
    provider_id: str
    route: str
    standard_id: str
    rubric_version: str
    rubric_hash: str
    submission_version: int
    seats: int


class ReviewerAssigned(Event, frozen=True, kw_only=True, tag="panel.reviewer_assigned.v1"):
    """A reviewer was given a seat; `reasons` say why this one, never anything private."""

    seen_by: ClassVar[Visibility] = (*SEATED, *of_provider(hides=("reviewer_id", "review_id", "reasons")))

    submission_id: str
    review_id: str
    reviewer_id: str
    seat: int
    reasons: tuple[str, ...]


class ReviewerStoodDown(Event, frozen=True, kw_only=True, tag="panel.reviewer_stood_down.v1"):
    """A reviewer left his seat: conflict, declined, overdue, the officer's decision, or a withdrawn case."""

    seen_by: ClassVar[Visibility] = (*SEATED, *of_provider(hides=("reviewer_id", "review_id", "ground")))

    submission_id: str
    review_id: str
    reviewer_id: str
    seat: int
    ground: Ground


class LeadAssigned(Event, frozen=True, kw_only=True, tag="panel.lead_assigned.v1"):
    """Somebody who does not score was asked to lead: to moderate where the scores are apart."""

    seen_by: ClassVar[Visibility] = RUNNING

    submission_id: str
    lead_id: str


class ScoringClosed(Event, frozen=True, kw_only=True, tag="panel.scoring_closed.v1"):
    """Every seat's review is locked, in these versions; from here on scores may be compared."""

    seen_by: ClassVar[Visibility] = (
        *RUNNING,
        *of_provider(hides=("reviews",)),
        Audience(role=Role.REVIEWER, relation=Relation.CLEARED, hides=("reviews",)),
    )

    submission_id: str
    reviews: tuple[StreamVersion, ...]


class CriterionSettled(Event, frozen=True, kw_only=True, tag="panel.criterion_settled.v1"):
    """The lead reviewer gave a criterion its final score (None: it does not apply).

    The reviewers' own scores stay beside it, in the order of the seats.
    """

    seen_by: ClassVar[Visibility] = (*WEIGHING, *of_provider(after=RELEASED))

    submission_id: str
    criterion: str
    scores_before: tuple[int | None, ...]
    score: int | None
    reason: str


class ModerationClosed(Event, frozen=True, kw_only=True, tag="panel.moderation_closed.v1"):
    """Nothing is left to settle; the scores are ready for the committee."""

    seen_by: ClassVar[Visibility] = (*RUNNING, *of_provider())

    submission_id: str


PanelEvent = (
    PanelOpened
    | ReviewerAssigned
    | ReviewerStoodDown
    | LeadAssigned
    | ScoringClosed
    | CriterionSettled
    | ModerationClosed
    | SeatingEvent
    | AgreementEvent
    | ReportEvent
)
