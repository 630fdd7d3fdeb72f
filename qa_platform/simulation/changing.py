"""What an officer does with a proposed panel: confirms it, mostly; puts somebody else in, or takes it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.event import Command
from qa_platform.panels.commands import (
    Candidacy,
    ChangeProposal,
    ConfirmProposal,
    Interest,
    UndoSeatChange,
    WithdrawProposal,
)
from qa_platform.simulation.chance import chance
from qa_platform.simulation.names import MARK
from qa_platform.simulation.seating import by_hand, tried

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Reviewer

# Every sixth panel is proposed, and every fourth of those objected to: what is done with the three between.
_ROUND: Final = 24
_DONE: Final = {6: "changed", 12: "undone", 18: "taken back"}
_SEAT: Final = 2
_PUT_IN: Final = f"Somebody who teaches by distance is wanted on this panel {MARK}."
_PUT_BACK: Final = f"The course is taught on site, as it turned out {MARK}."
_NOT_THIS_ONE: Final = f"The panel is put together by hand, to join two readings of one programme {MARK}."


def changing(case: Case, desk: Desk, proposed: tuple[Command, ...], day: date) -> tuple[Command, ...]:
    """Return what seats a panel of which a proposal was made: kept, proposed, and mostly confirmed as it is."""
    *made, confirming = proposed
    if not isinstance(confirming, ConfirmProposal):
        return proposed
    match _DONE.get(case.number % _ROUND):
        case "changed":
            return (*made, *_changed(case, desk, confirming, day))
        case "undone":
            return (*made, *_undone(case, desk, confirming, day))
        case "taken back":
            return (*made, *_taken_back(case, desk, day))
        case _:
            return proposed


def is_confirmed(seating: tuple[Command, ...]) -> bool:
    """Return whether a panel is seated out of a proposal."""
    return isinstance(seating[-1], ConfirmProposal)


def _changed(case: Case, desk: Desk, confirming: ConfirmProposal, day: date) -> tuple[Command, ...]:
    change, other = _change(case, desk, day)
    _, former = case.reviewing[_SEAT]
    desk.done(former, case.provider, reviewed=False)
    case.reviewing[_SEAT] = (change.review_id, other)
    staying = (one for one in confirming.candidates if one.reviewer_id != former.player.person_id)
    return (change, replace(confirming, candidates=(*staying, change.candidate)))


def _undone(case: Case, desk: Desk, confirming: ConfirmProposal, day: date) -> tuple[Command, ...]:
    change, other = _change(case, desk, day)
    desk.done(other, case.provider, reviewed=False)
    review_id, former = case.reviewing[_SEAT]
    (candidate,) = (one for one in confirming.candidates if one.reviewer_id == former.player.person_id)
    undoing = UndoSeatChange(
        submission_id=case.submission_id,
        seat=_SEAT,
        review_id=review_id,
        candidate=candidate,
        begun=False,
        reason=_PUT_BACK,
        on=day,
    )
    return (change, undoing, confirming)


def _taken_back(case: Case, desk: Desk, day: date) -> tuple[Command, ...]:
    for _, reviewer in case.reviewing.values():
        desk.done(reviewer, case.provider, reviewed=False)
    withdrawing = WithdrawProposal(submission_id=case.submission_id, reason=_NOT_THIS_ONE)
    return (withdrawing, *by_hand(case, desk, day))


def _change(case: Case, desk: Desk, day: date) -> tuple[ChangeProposal, Reviewer]:
    other = desk.choose(case, chance(case.seed, "put in", case.number), tried(case))
    interests = (
        Interest(provider_id=tie.provider_id, course_id=None, category=tie.category, since=tie.since)
        for tie in other.ties
    )
    change = ChangeProposal(
        submission_id=case.submission_id,
        seat=_SEAT,
        review_id=case.new_id(),
        candidate=Candidacy(
            reviewer_id=other.player.person_id,
            category=other.category,
            status="eligible",
            eligible_from=case.eligible_from,
            interests=tuple(interests),
        ),
        reason=_PUT_IN,
        on=day,
    )
    return change, other
