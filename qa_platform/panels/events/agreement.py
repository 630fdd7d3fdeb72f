"""What can have happened on the way to a final score: proposals, answers, third readings, and what was taken back."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event, StreamVersion
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import Visibility, of_roles
from qa_platform.panels.events.audiences import ANSWERING, COMPARING, RUNNING, WEIGHING

Carrier = Literal["agreement", "silence"]


class ScoreProposed(Event, frozen=True, kw_only=True, tag="panel.score_proposed.v1"):
    """The lead proposed a final score; the reviewers may answer up to and with `answer_by`.

    Where `silence_agrees`, nothing calls for moderation, and whoever says nothing agrees.
    """

    seen_by: ClassVar[Visibility] = COMPARING

    submission_id: str
    criterion: str
    scores_before: tuple[int | None, ...]
    score: int | None
    reason: str
    proposed_on: date
    answer_by: date
    silence_agrees: bool


class ScoreAgreed(Event, frozen=True, kw_only=True, tag="panel.score_agreed.v1"):
    """A reviewer agreed to a proposed score."""

    seen_by: ClassVar[Visibility] = ANSWERING

    submission_id: str
    criterion: str
    review_id: str
    reviewer_id: str


class ScoreObjected(Event, frozen=True, kw_only=True, tag="panel.score_objected.v1"):
    """A reviewer objected to a proposed score, and said why."""

    seen_by: ClassVar[Visibility] = ANSWERING

    submission_id: str
    criterion: str
    review_id: str
    reviewer_id: str
    reason: str


class ScoreCarried(Event, frozen=True, kw_only=True, tag="panel.score_carried.v1"):
    """A proposed score was agreed to: by every reviewer, or by the silence of those who did not answer."""

    seen_by: ClassVar[Visibility] = COMPARING

    submission_id: str
    criterion: str
    by: Carrier
    agreed: int
    silent: int


class ScoreProposalWithdrawn(Event, frozen=True, kw_only=True, tag="panel.score_proposal_withdrawn.v1"):
    """The lead took a proposal back before it was agreed; the reviewers had been told of it."""

    seen_by: ClassVar[Visibility] = COMPARING

    submission_id: str
    criterion: str
    reason: str


class CriterionReopened(Event, frozen=True, kw_only=True, tag="panel.criterion_reopened.v1"):
    """The lead opened a settled criterion again; what was settled stays in the record."""

    seen_by: ClassVar[Visibility] = WEIGHING

    submission_id: str
    criterion: str
    settled_before: int | None
    reason: str


class ModerationReopened(Event, frozen=True, kw_only=True, tag="panel.moderation_reopened.v1"):
    """The lead opened a closed moderation again, before the final report and before the decision."""

    seen_by: ClassVar[Visibility] = (*RUNNING,)

    submission_id: str
    reason: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion on which the reviewers stay apart, and their scores."""

    criterion: str
    scores: tuple[int | None, ...]


class DifferencesLeft(Event, frozen=True, kw_only=True, tag="panel.differences_left.v1"):
    """The lead closed the moderation with these scores apart; each counts with the mean of their points."""

    seen_by: ClassVar[Visibility] = WEIGHING

    submission_id: str
    differences: tuple[Difference, ...]


class ThirdReviewRequested(Event, frozen=True, kw_only=True, tag="panel.third_review_requested.v1"):
    """The two reviewers cannot agree: a further seat was opened, and its holder scores without knowing their scores."""

    seen_by: ClassVar[Visibility] = (*WEIGHING, *of_roles(Role.INTAKE_OFFICER, hides=("criteria", "reason")))

    submission_id: str
    seat: int
    criteria: tuple[str, ...]
    reason: str
    requested_on: date
    due_on: date


class ThirdReviewWithdrawn(Event, frozen=True, kw_only=True, tag="panel.third_review_withdrawn.v1"):
    """The lead took the request for a third reading back before it was locked; its seat is gone."""

    seen_by: ClassVar[Visibility] = (*WEIGHING, *of_roles(Role.INTAKE_OFFICER, hides=("reason",)))

    submission_id: str
    seat: int
    reason: str


class ThirdReviewCompleted(Event, frozen=True, kw_only=True, tag="panel.third_review_completed.v1"):
    """The third review is locked, in this version; from here on three scores may be compared."""

    seen_by: ClassVar[Visibility] = (*RUNNING,)

    submission_id: str
    review: StreamVersion


class MedianSettled(Event, frozen=True, kw_only=True, tag="panel.median_settled.v1"):
    """What was open after the third review got the median of three; each criterion has its own settlement."""

    seen_by: ClassVar[Visibility] = COMPARING

    submission_id: str
    criteria: tuple[str, ...]


AgreementEvent = (
    ScoreProposed
    | ScoreAgreed
    | ScoreObjected
    | ScoreCarried
    | ScoreProposalWithdrawn
    | CriterionReopened
    | ModerationReopened
    | DifferencesLeft
    | ThirdReviewRequested
    | ThirdReviewWithdrawn
    | ThirdReviewCompleted
    | MedianSettled
)
