"""When scores may be compared, and who settles them."""

from __future__ import annotations

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.panels.commands import CloseModeration, CloseScoring, SettleCriterion
from qa_platform.panels.decider.refusals import (
    CriteriaUnsettled,
    ModerationAlreadyClosed,
    NotTheLead,
    ReviewsOutstanding,
    ScoringNotClosed,
    SettlementRefused,
    refuse_once_scoring_is_closed,
)
from qa_platform.panels.decider.state import Panel
from qa_platform.panels.events import CriterionSettled, ModerationClosed, PanelEvent, ScoringClosed
from qa_platform.scoring.outcome import check_score, outcome


def close_scoring(command: CloseScoring, panel: Panel) -> list[PanelEvent]:
    """Close the scoring over every seat's locked review."""
    reviews = tuple(sorted(command.reviews))
    if panel.closed_over is not None:
        if panel.closed_over == reviews:
            return []
        refuse_once_scoring_is_closed(panel, "The scoring was not closed again")
    seated = sorted(f"review-{seat.review_id}" for seat in panel.seated.values())
    if len(seated) < panel.seats or [each.stream for each in reviews] != seated:
        raise ReviewsOutstanding(
            "The scoring was not closed: not every seat has a locked review. Wait until all are locked, "
            "or stand down who is overdue."
        )

    return [ScoringClosed(submission_id=command.submission_id, reviews=reviews)]


def settle_criterion(command: SettleCriterion, panel: Panel) -> list[PanelEvent]:
    """Give a criterion its final score."""
    _refuse_moderation_by_others(command.settled_by, panel, "The criterion was not settled")
    if panel.settled.get(command.criterion) == (command.score, command.reason):
        return []
    if panel.moderated:
        raise ModerationAlreadyClosed("The criterion was not settled: the moderation is closed, its scores are final.")
    _refuse_score(command)
    _refuse_agreement(command)

    return [
        CriterionSettled(
            submission_id=command.submission_id,
            criterion=command.criterion,
            scores_before=_scores_by_seat(command, panel),
            score=command.score,
            reason=command.reason,
        )
    ]


def _refuse_score(command: SettleCriterion) -> None:
    faults = check_score(command.rubric, command.route, command.criterion, command.score)
    if faults:
        raise SettlementRefused(f"“{command.criterion}” was not settled. {faults[0].message}", faults)
    if not command.reason.strip():
        message = "Say in a sentence why this is the final score."
        raise SettlementRefused(
            f"“{command.criterion}” was not settled: there is no reason. {message}", (Fault("reason", message),)
        )
    refuse_personal_data({"reason": command.reason})


def _refuse_agreement(command: SettleCriterion) -> None:
    # What two independent readers agree on is not the lead's to change.
    called = {trigger.criterion for trigger in outcome(command.rubric, command.route, command.sheets).triggers}
    scores = {sheet.scores[command.criterion].score for sheet in command.sheets}
    if command.criterion not in called and len(scores) == 1:
        raise SettlementRefused(
            f"“{command.criterion}” was not settled: the reviewers agree on it, and nothing calls for moderation. "
            "Leave it as it is."
        )


def _scores_by_seat(command: SettleCriterion, panel: Panel) -> tuple[int | None, ...]:
    sheets = {sheet.review_id: sheet for sheet in command.sheets}
    in_order = [panel.seated[number].review_id for number in sorted(panel.seated)]
    return tuple(sheets[review_id].scores[command.criterion].score for review_id in in_order)


def close_moderation(command: CloseModeration, panel: Panel) -> list[PanelEvent]:
    """Close the moderation when nothing is left to settle."""
    _refuse_moderation_by_others(command.closed_by, panel, "The moderation was not closed")
    if panel.moderated:
        return []
    settled = {criterion: score for criterion, (score, _reason) in panel.settled.items()}
    triggers = outcome(command.rubric, command.route, command.sheets, settled).triggers
    unsettled = list(dict.fromkeys(trigger.criterion for trigger in triggers if trigger.criterion))
    if unsettled:
        names = ", ".join(f"“{criterion}”" for criterion in unsettled)
        raise CriteriaUnsettled(
            f"The moderation was not closed: {names} still need a final score. Settle them, then close it.",
            tuple(Fault(criterion, "Settle this criterion.") for criterion in unsettled),
        )
    if triggers:
        raise CriteriaUnsettled(
            "The moderation was not closed: the two reviews still lead to different outcomes. "
            "Settle the criteria on which they differ, then close it."
        )

    return [ModerationClosed(submission_id=command.submission_id)]


def _refuse_moderation_by_others(person_id: str, panel: Panel, what: str) -> None:
    if panel.closed_over is None:
        raise ScoringNotClosed(
            f"{what}: the scoring is not closed yet, and nobody may compare scores before. "
            "Wait until every review is locked."
        )
    if person_id != panel.lead_id:
        raise NotTheLead(f"{what}: only the lead reviewer of this panel may do this. Ask the lead.")
