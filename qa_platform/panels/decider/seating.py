"""Who may sit on a panel, and who may lead it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qa_platform.kernel.conflicts import CATEGORIES, bars
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.panels.commands import (
    AssignLead,
    AssignReviewer,
    Interest,
    OpenPanel,
    ReseatReviewer,
    StandReviewerDown,
)
from qa_platform.panels.decider.refusals import (
    LeadNotAssignable,
    ModerationAlreadyClosed,
    PanelAlreadyOpen,
    PanelMissing,
    ReviewerNotAssignable,
    SeatUnavailable,
    refuse_once_scoring_is_closed,
)
from qa_platform.panels.decider.state import Panel, Seat
from qa_platform.panels.events import Ground, LeadAssigned, PanelEvent, PanelOpened, ReviewerAssigned, ReviewerStoodDown


def open_panel(command: OpenPanel, panel: Panel) -> list[PanelEvent]:
    """Open the panel, once."""
    if panel.seats:
        if (panel.seats, panel.course_id) == (command.seats, command.course_id):
            return []
        raise PanelAlreadyOpen(
            "The panel was not opened: this submission has one already, with other seats. Use that one."
        )
    return [
        PanelOpened(
            submission_id=command.submission_id,
            course_id=command.course_id,
            provider_id=command.provider_id,
            route=command.route,
            standard_id=command.standard_id,
            rubric_version=command.rubric_version,
            rubric_hash=command.rubric_hash,
            submission_version=command.submission_version,
            seats=command.seats,
        )
    ]


def assign_reviewer(command: AssignReviewer, panel: Panel) -> list[PanelEvent]:
    """Seat a reviewer who may sit here."""
    asked = Seat(review_id=command.review_id, reviewer_id=command.reviewer_id)
    if panel.seated.get(command.seat) == asked:
        return []
    refuse_once_scoring_is_closed(panel, "The reviewer was not assigned", command.seat)
    _refuse_seat(command.seat, panel)
    _refuse_reviewer(command, panel)
    refuse_personal_data({f"reasons.{place}": reason for place, reason in enumerate(command.reasons)})

    return [
        ReviewerAssigned(
            submission_id=command.submission_id,
            review_id=command.review_id,
            reviewer_id=command.reviewer_id,
            seat=command.seat,
            reasons=command.reasons,
        )
    ]


def _refuse_seat(seat: int, panel: Panel) -> None:
    if not 1 <= seat <= panel.highest_seat:
        raise SeatUnavailable(
            f"The reviewer was not assigned: there is no seat {seat}. This panel has seats 1 to {panel.highest_seat}."
        )
    if seat in panel.seated:
        raise SeatUnavailable(
            f"The reviewer was not assigned: seat {seat} is taken. "
            "Choose a free seat, or stand the reviewer down who holds it."
        )


def _refuse_reviewer(command: AssignReviewer, panel: Panel) -> None:
    if command.reviewer_id in {seat.reviewer_id for seat in panel.seated.values()}:
        raise ReviewerNotAssignable(
            "The reviewer was not assigned: he holds another seat of this panel. Choose somebody else."
        )
    if command.reviewer_id in panel.left.values() or command.review_id in panel.left:
        raise ReviewerNotAssignable(
            "The reviewer was not assigned: he stood down from this panel before. Choose somebody else."
        )
    if command.reviewer_id == panel.lead_id:
        raise ReviewerNotAssignable(
            "The reviewer was not assigned: he leads this panel, and a lead does not score. "
            "Choose somebody else, or ask another lead first."
        )
    if command.status != "eligible":
        raise ReviewerNotAssignable(
            f"The reviewer was not assigned: he is “{command.status}”, not “eligible”. Choose an eligible reviewer."
        )
    if command.eligible_from is not None and command.eligible_from > command.on:
        raise ReviewerNotAssignable(
            f"The reviewer was not assigned: he is eligible only from {command.eligible_from} on. Choose somebody else."
        )
    barring = [each for each in command.interests if _bars(each, panel, command.on)]
    if barring:
        relation = CATEGORIES[barring[0].category].relation
        raise ReviewerNotAssignable(
            "The reviewer was not assigned: a declared interest in this provider bars him "
            f"(“{relation}”). Choose somebody else."
        )
    if command.seen:
        raise ReviewerNotAssignable(
            f"The reviewer was not assigned: a tie of category {command.seen[0]} that the system sees bars him. "
            "Choose somebody else."
        )
    _refuse_unfit(command)


def _refuse_unfit(command: AssignReviewer) -> None:
    # What was weighed when somebody was proposed may hold no longer on the day of asking.
    if command.away:
        raise ReviewerNotAssignable(
            "The reviewer was not assigned: he said that he is away on this day. Choose somebody else."
        )
    if command.cap is not None and command.open_cases >= command.cap:
        raise ReviewerNotAssignable(
            f"The reviewer was not assigned: he has {command.open_cases} open cases by now, "
            f"and {command.cap} are the most that he takes. Choose somebody else."
        )
    if command.unread:
        raise ReviewerNotAssignable(
            "The reviewer was not assigned: he does not read the language of the material "
            f"(“{', '.join(command.unread)}”). Choose somebody else, or have his languages put right."
        )


def refuse_overload(open_cases: Mapping[str, int], caps: Mapping[str, int]) -> None:
    """Refuse what would give somebody more open cases than he takes; `open_cases` are counted with it."""
    for reviewer_id, number in sorted(open_cases.items()):
        cap = caps.get(reviewer_id)
        if cap is not None and number > cap:
            raise ReviewerNotAssignable(
                f"The reviewer was not assigned: with this “{reviewer_id}” would have {number} open cases, "
                f"and {cap} are the most that he takes. Choose somebody else."
            )


def _bars(interest: Interest, panel: Panel, on: date) -> bool:
    concerns = interest.provider_id == panel.provider_id and interest.course_id in {None, panel.course_id}
    return concerns and bars(interest.category, interest.since, interest.until, on)


def stand_reviewer_down(command: StandReviewerDown, panel: Panel) -> list[PanelEvent]:
    """Free a seat before scoring is closed."""
    if command.review_id in panel.left:
        return []
    number = next((number for number, seat in panel.seated.items() if seat.review_id == command.review_id), None)
    if number is None:
        raise PanelMissing("Nobody was stood down: this panel has no such review. Check the seat.")
    refuse_once_scoring_is_closed(panel, "The reviewer was not stood down", number)

    return [stand_down(command.submission_id, number, panel, command.ground)]


def reseat_reviewer(command: ReseatReviewer, panel: Panel) -> list[PanelEvent]:
    """Give a reviewer his seat again, if it is still free."""
    if panel.seated.get(command.seat) == Seat(review_id=command.review_id, reviewer_id=command.reviewer_id):
        return []
    refuse_once_scoring_is_closed(panel, "The reviewer was not given his seat again", command.seat)
    _refuse_seat(command.seat, panel)
    if panel.left.get(command.review_id) != command.reviewer_id:
        raise ReviewerNotAssignable(
            "The reviewer was not given his seat again: he did not leave one of this panel. Choose a candidate."
        )

    return [
        ReviewerAssigned(
            submission_id=command.submission_id,
            review_id=command.review_id,
            reviewer_id=command.reviewer_id,
            seat=command.seat,
            reasons=("The ruling that barred him was taken back.",),
        )
    ]


def stand_down(submission_id: str, number: int, panel: Panel, ground: Ground) -> ReviewerStoodDown:
    """Return that whoever holds a seat left it."""
    seat = panel.seated[number]
    return ReviewerStoodDown(
        submission_id=submission_id,
        review_id=seat.review_id,
        reviewer_id=seat.reviewer_id,
        seat=number,
        ground=ground,
    )


def assign_lead(command: AssignLead, panel: Panel) -> list[PanelEvent]:
    """Name a lead who does not score here."""
    if command.lead_id == panel.lead_id:
        return []
    if panel.moderated:
        raise ModerationAlreadyClosed("The lead was not changed: the moderation of this panel is closed.")
    reviewed = {seat.reviewer_id for seat in panel.seated.values()} | set(panel.left.values())
    if command.lead_id in reviewed:
        raise LeadNotAssignable(
            "The lead was not assigned: he is, or was, a reviewer of this panel, and a lead does not score. "
            "Choose somebody else."
        )
    if any(_bars(each, panel, command.on) for each in command.interests):
        raise LeadNotAssignable(
            "The lead was not assigned: a declared interest in this provider bars him. Choose somebody else."
        )
    if not command.is_lead_reviewer:
        raise LeadNotAssignable(
            "The lead was not assigned: no account with the role “lead reviewer” stands under this id. "
            "Choose somebody who holds it, or have it granted first."
        )

    return [LeadAssigned(submission_id=command.submission_id, lead_id=command.lead_id)]
