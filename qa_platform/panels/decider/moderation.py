"""When scores may be compared, and who settles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.panels.commands import CloseModeration, CloseScoring, ProposeScore, SettleCriterion
from qa_platform.panels.decider.refusals import (
    CriteriaUnsettled,
    ReviewsOutstanding,
    SettlementRefused,
    SheetsOutdated,
    refuse_moderation_by_others,
    refuse_once_moderated,
    refuse_once_scoring_is_closed,
)
from qa_platform.panels.decider.state import Panel
from qa_platform.panels.events import (
    CriterionSettled,
    Difference,
    DifferencesLeft,
    ModerationClosed,
    PanelEvent,
    ScoringClosed,
)
from qa_platform.scoring.outcome import Sheet, check_score, outcome


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
    refuse_moderation_by_others(command.settled_by, panel, "The criterion was not settled")
    if panel.settled.get(command.criterion) == (command.score, command.reason):
        return []
    refuse_once_moderated(panel, "The criterion was not settled")
    refuse_score(command, "settled")
    _refuse_agreement(command, panel)
    _refuse_proposed(command, panel)

    return [
        CriterionSettled(
            submission_id=command.submission_id,
            criterion=command.criterion,
            scores_before=scores_by_seat(command.sheets, command.criterion, panel),
            score=command.score,
            reason=command.reason,
        )
    ]


def refuse_score(command: SettleCriterion | ProposeScore, done: str) -> None:
    """Refuse a score that the standard does not know, or that has no reason."""
    faults = check_score(command.rubric, command.route, command.criterion, command.score)
    if faults:
        raise SettlementRefused(f"“{command.criterion}” was not {done}. {faults[0].message}", faults)
    if not command.reason.strip():
        message = "Say in a sentence why this is the final score."
        raise SettlementRefused(
            f"“{command.criterion}” was not {done}: there is no reason. {message}", (Fault("reason", message),)
        )
    refuse_personal_data({"reason": command.reason})


def _refuse_agreement(command: SettleCriterion, panel: Panel) -> None:
    # What two independent readers agree on is not the lead's to change.
    triggers = outcome(command.rubric, command.route, command.sheets).triggers
    called = {trigger.criterion for trigger in triggers}
    scores = scores_of(command.sheets, command.criterion)
    if command.criterion in called:
        return
    if len(scores) == 1:
        raise SettlementRefused(
            f"“{command.criterion}” was not settled: the reviewers agree on it, and nothing calls for moderation. "
            "Leave it as it is."
        )
    # Where the bands differ the whole calls; from a third sheet on, proposing has failed before.
    if not triggers and panel.third is None and not panel.is_disputed(command.criterion):
        raise SettlementRefused(
            f"“{command.criterion}” was not settled: the reviewers are one apart, and nothing calls for moderation. "
            "Propose a score to them first; settle it if one of them objects."
        )


def _refuse_proposed(command: SettleCriterion, panel: Panel) -> None:
    if command.criterion in panel.proposals and not panel.is_disputed(command.criterion):
        raise SettlementRefused(
            f"“{command.criterion}” was not settled: a score is proposed to the reviewers, who can answer until "
            f"{panel.proposals[command.criterion].put.answer_by}. Wait for them, or take the proposal back."
        )


def scores_of(sheets: Sequence[Sheet], criterion: str) -> set[int | None]:
    """Return the different scores that sheets give a criterion."""
    return {sheet.scores[criterion].score for sheet in sheets if criterion in sheet.scores}


def scores_by_seat(sheets: Sequence[Sheet], criterion: str, panel: Panel) -> tuple[int | None, ...]:
    """Return what was given to a criterion, in the order of the seats that count."""
    of = {sheet.review_id: sheet for sheet in sheets}
    in_order = [panel.counted[number].review_id for number in sorted(panel.counted)]
    # The sheets were read before the panel was: a third reading may have come between.
    if not of.keys() >= set(in_order):
        raise SheetsOutdated(
            f"Nothing was recorded on “{criterion}”: the panel has another reading since you saw its scores. "
            "Look at them again, then decide."
        )
    return tuple(of[review_id].scores[criterion].score for review_id in in_order)


def close_moderation(command: CloseModeration, panel: Panel) -> list[PanelEvent]:
    """Close the moderation when nothing is left to settle."""
    refuse_moderation_by_others(command.closed_by, panel, "The moderation was not closed")
    if panel.moderated:
        return []
    refuse_once_moderated(panel, "The moderation was not closed")
    _refuse_pending(panel)
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
            "The moderation was not closed: the two reviews still lead to different outcomes. Where they are one "
            "apart, propose a score to the reviewers; settle what is further apart or disputed. Then close it."
        )

    left = _left_apart(command, settled)
    closed = ModerationClosed(submission_id=command.submission_id)
    return [DifferencesLeft(submission_id=command.submission_id, differences=left), closed] if left else [closed]


def _refuse_pending(panel: Panel) -> None:
    if panel.proposals:
        names = ", ".join(f"“{criterion}”" for criterion in sorted(panel.proposals))
        raise CriteriaUnsettled(
            f"The moderation was not closed: a score is proposed on {names}, and not agreed. "
            "Wait for the reviewers, settle what they object to, or take the proposal back.",
            tuple(Fault(criterion, "A proposal is open.") for criterion in sorted(panel.proposals)),
        )


def _left_apart(command: CloseModeration, settled: Mapping[str, int | None]) -> tuple[Difference, ...]:
    # What stays apart counts with the mean of its points, and that is said by name.
    apart = outcome(command.rubric, command.route, command.sheets, settled).criteria
    return tuple(Difference(criterion=each.criterion, scores=each.scores) for each in apart if each.basis == "mean")
