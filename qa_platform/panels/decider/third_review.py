"""A third reading where two reviewers cannot agree: blind until it is locked, then the middle score counts."""

from __future__ import annotations

from collections.abc import Sequence

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.panels.commands import (
    CompleteThirdReview,
    RequestThirdReview,
    SettleByMedian,
    WithdrawThirdReview,
)
from qa_platform.panels.decider.moderation import scores_by_seat
from qa_platform.panels.decider.refusals import (
    ThirdReviewRefused,
    refuse_blank,
    refuse_moderation_by_others,
    refuse_once_moderated,
)
from qa_platform.panels.decider.state import Panel
from qa_platform.panels.events import (
    CriterionSettled,
    MedianSettled,
    PanelEvent,
    ReviewerStoodDown,
    ScoreProposalWithdrawn,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.scoring.outcome import outcome

_MEDIAN = "The middle of three independent scores."
_MAJORITY = 2


def request_third_review(command: RequestThirdReview, panel: Panel) -> list[PanelEvent]:
    """Open a further seat, where something calls for moderation or a reviewer objects."""
    what = "No third review was asked for"
    refuse_moderation_by_others(command.requested_by, panel, what)
    if panel.third is not None and not panel.awaits_third:
        raise ThirdReviewRefused(f"{what}: there is one already. Settle what is open by the middle of three scores.")
    refuse_once_moderated(panel, what)
    criteria = _called(command, panel)
    if not criteria:
        raise ThirdReviewRefused(
            f"{what}: nothing calls for it, and no reviewer objects. Propose a score where they are one apart."
        )
    refuse_blank(command.reason, what, "Say why the two reviewers cannot agree.")
    refuse_personal_data({"reason": command.reason})

    return [
        *(
            ScoreProposalWithdrawn(submission_id=command.submission_id, criterion=criterion, reason=command.reason)
            for criterion in sorted(panel.proposals)
        ),
        ThirdReviewRequested(
            submission_id=command.submission_id,
            seat=panel.seats + 1,
            criteria=criteria,
            reason=command.reason,
            requested_on=command.on,
            due_on=command.due_on,
        ),
    ]


def _called(command: RequestThirdReview, panel: Panel) -> tuple[str, ...]:
    settled = {criterion: score for criterion, (score, _reason) in panel.settled.items()}
    found = outcome(command.rubric, command.route, command.sheets, settled)
    if not found.triggers and not any(panel.is_disputed(criterion) for criterion in panel.proposals):
        return ()
    called = {trigger.criterion for trigger in found.triggers} | {
        criterion for criterion in panel.proposals if panel.is_disputed(criterion)
    }
    apart = {each.criterion for each in found.criteria if each.basis == "mean"}
    return tuple(each.criterion for each in found.criteria if each.criterion in called | apart)


def withdraw_third_review(command: WithdrawThirdReview, panel: Panel) -> list[PanelEvent]:
    """Take the request back; whoever holds the seat is stood down."""
    what = "The request was not taken back"
    refuse_moderation_by_others(command.withdrawn_by, panel, what)
    if panel.third is None:
        raise ThirdReviewRefused(f"{what}: no third review is asked for.")
    if panel.third.completed:
        raise ThirdReviewRefused(f"{what}: the third review is locked, and it is part of the case.")
    refuse_blank(command.reason, what, "Say why a third review is not needed any more.")
    refuse_personal_data({"reason": command.reason})

    number = panel.third.seat
    held = [panel.seated[number]] if number in panel.seated else []
    # First that there is no third review any more: whoever hears of the departure knows that the seat is gone too.
    return [
        ThirdReviewWithdrawn(submission_id=command.submission_id, seat=number, reason=command.reason),
        *(
            ReviewerStoodDown(
                submission_id=command.submission_id,
                review_id=seat.review_id,
                reviewer_id=seat.reviewer_id,
                seat=number,
                ground="officer",
            )
            for seat in held
        ),
    ]


def complete_third_review(command: CompleteThirdReview, panel: Panel) -> list[PanelEvent]:
    """Count the third review in, once it is locked."""
    seat = None if panel.third is None else panel.seated.get(panel.third.seat)
    if panel.third is None or seat is None or command.review.stream != f"review-{seat.review_id}":
        raise ThirdReviewRefused("The review was not counted: it is not the third one of this panel.")
    if panel.third.completed:
        return []

    return [ThirdReviewCompleted(submission_id=command.submission_id, review=command.review)]


def settle_by_median(command: SettleByMedian, panel: Panel) -> list[PanelEvent]:
    """Give every open criterion the middle of three scores."""
    what = "Nothing was settled"
    refuse_moderation_by_others(command.settled_by, panel, what)
    refuse_once_moderated(panel, what)
    if panel.third is None:
        raise ThirdReviewRefused(f"{what}: there are two scores, and two have no middle. Ask for a third review first.")
    settled = {
        criterion: CriterionSettled(
            submission_id=command.submission_id,
            criterion=criterion,
            scores_before=scores_by_seat(command.sheets, criterion, panel),
            score=score[0],
            reason=_MEDIAN,
        )
        for criterion in _open(command, panel)
        if (score := median(scores_by_seat(command.sheets, criterion, panel)))
    }
    if not settled:
        return []

    return [MedianSettled(submission_id=command.submission_id, criteria=tuple(settled)), *settled.values()]


def _open(command: SettleByMedian, panel: Panel) -> list[str]:
    found = outcome(command.rubric, command.route, command.sheets)
    called = {trigger.criterion for trigger in found.triggers}
    return [
        each.criterion
        for each in found.criteria
        if each.criterion not in panel.settled and (each.criterion in called or len(set(each.scores)) > 1)
    ]


def median(scores: Sequence[int | None]) -> tuple[int | None] | None:
    """Return the middle of scores, alone in a tuple; None where there is none.

    Two of three who say that the criterion does not apply are the middle too.
    """
    given = sorted(score for score in scores if score is not None)
    if len(scores) - len(given) >= _MAJORITY:
        return (None,)
    middle = given[(len(given) - 1) // 2 : len(given) // 2 + 1]
    return (middle[0],) if len(set(middle)) == 1 else None
