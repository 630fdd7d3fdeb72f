"""The provider's one objection to its panel, and the reminder of a reviewer who has not answered."""

from __future__ import annotations

from qa_platform.kernel.sealed import seal
from qa_platform.panels.commands import ObjectToPanel, RemindReviewer, RuleOnObjection
from qa_platform.panels.decider.refusals import (
    refuse_once_scoring_is_closed,
)
from qa_platform.panels.decider.seating import stand_down
from qa_platform.panels.decider.state import Panel
from qa_platform.panels.decider.unproposed import (
    ObjectionMadeBefore,
    ObjectionMissing,
    ObjectionNotOpen,
    ReminderNotDue,
    refuse_unexplained,
)
from qa_platform.panels.events import ObjectionRuled, PanelEvent, PanelObjected, ReviewerReminded

# What a provider says of the people who judge it can be erased without the rest of what its officer did.
OBJECTIONS = "objections"


def object_to_panel(command: ObjectToPanel, panel: Panel) -> list[PanelEvent]:
    """Take the provider's objection, once and in time."""
    what = "The objection was not recorded"
    refuse_once_scoring_is_closed(panel, what)
    if panel.objection is not None:
        if panel.objection.seats == tuple(sorted(command.seats)):
            return []
        raise ObjectionMadeBefore(f"{what}: you have objected to this panel before, and may do it once.")
    if panel.object_by is None:
        raise ObjectionNotOpen(f"{what}: the panel has not been confirmed. You are told when it is.")
    if command.on > panel.object_by:
        raise ObjectionNotOpen(f"{what}: the last day to object was {panel.object_by}.")
    missing = [seat for seat in command.seats if seat not in panel.seated]
    if missing or not command.seats:
        raise ObjectionNotOpen(f"{what}: name at least one seat that is taken. Look at the panel again.")
    refuse_unexplained(command.reasons, what, "reasons")

    return [
        PanelObjected(
            submission_id=command.submission_id,
            seats=tuple(sorted(set(command.seats))),
            ground=command.ground,
            reasons=seal(command.objected_by, command.reasons, purpose=OBJECTIONS),
            objected_by=command.objected_by,
        )
    ]


def rule_on_objection(command: RuleOnObjection, panel: Panel) -> list[PanelEvent]:
    """Uphold the objection, which frees its seats, or reject it."""
    what = "The ruling was not recorded"
    if panel.objection is None:
        raise ObjectionMissing(f"{what}: the provider has not objected. There is nothing to rule on.")
    if panel.objection.ruling is not None:
        if panel.objection.ruling == (command.upheld, command.reason):
            return []
        raise ObjectionMissing(f"{what}: the objection has been ruled on already.")
    refuse_unexplained(command.reason, what)
    if command.upheld:
        refuse_once_scoring_is_closed(panel, what)
    seats = panel.objection.seats
    leaving = [seat for seat in seats if command.upheld and seat in panel.seated]

    return [
        ObjectionRuled(submission_id=command.submission_id, seats=seats, upheld=command.upheld, reason=command.reason),
        *(stand_down(command.submission_id, seat, panel, "officer") for seat in leaving),
    ]


def remind_reviewer(command: RemindReviewer, panel: Panel) -> list[PanelEvent]:
    """Remind whoever was asked, once, from the day on that was said when he was."""
    what = "Nobody was reminded"
    if command.review_id in panel.reminded:
        return []
    number = next((number for number, seat in panel.seated.items() if seat.review_id == command.review_id), None)
    days = panel.asked.get(command.review_id)
    if number is None or days is None:
        raise ReminderNotDue(f"{what}: nobody was asked for this review with a day to answer by.")
    remind_on, answer_by = days
    if not remind_on <= command.on <= answer_by:
        raise ReminderNotDue(f"{what}: the reminder is for {remind_on}, and the answer until {answer_by}.")

    return [
        ReviewerReminded(
            submission_id=command.submission_id,
            review_id=command.review_id,
            reviewer_id=panel.seated[number].reviewer_id,
            seat=number,
            answer_by=answer_by,
        )
    ]
