"""The rules of deciding: a quorum that did not score, a verdict that fits its basis, one decision at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.decisions.commands import DecisionCommand, RecuseMember, ReleaseDecision, TakeDecision
from qa_platform.decisions.decider.codes import KINDS, Kind, codes_for
from qa_platform.decisions.decider.refusals import (
    AlreadyDecided,
    AlreadyReleased,
    AwardImproper,
    CodeNotAllowed,
    CommitteeImproper,
    ConditionsImproper,
    NothingToDecide,
    NotReadyToDecide,
    ReasonMissing,
    ReleaseImproper,
)
from qa_platform.decisions.decider.taking import decision_of
from qa_platform.decisions.events import DecisionEvent, DecisionReleased, DecisionTaken, MemberRecused
from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Fault

__all__ = [
    "KINDS",
    "AlreadyDecided",
    "AlreadyReleased",
    "AwardImproper",
    "CodeNotAllowed",
    "CommitteeImproper",
    "ConditionsImproper",
    "Deciding",
    "Kind",
    "NotReadyToDecide",
    "NothingToDecide",
    "ReasonMissing",
    "ReleaseImproper",
    "codes_for",
    "decide",
    "decision_decider",
    "evolve",
]


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules must remember of the deciding on a submission; `taken` is the last decision."""

    recused: frozenset[str] = frozenset()
    taken: DecisionTaken | None = None
    released: DecisionReleased | None = None
    deferred: bool = False


def decide(command: DecisionCommand, deciding: Deciding) -> list[DecisionEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RecuseMember():
            return _recuse(command, deciding)
        case TakeDecision():
            return _take(command, deciding)
        case ReleaseDecision():
            return _release(command, deciding)
        case _:
            assert_never(command)


def evolve(deciding: Deciding, event: DecisionEvent) -> Deciding:
    """Return the deciding as it stands after an event. Never refuses."""
    match event:
        case MemberRecused():
            return replace(deciding, recused=deciding.recused | {event.member_id})
        case DecisionTaken():
            deferred = deciding.deferred or event.code == "DEFER"
            return replace(deciding, taken=event, released=None, deferred=deferred)
        case DecisionReleased():
            return replace(deciding, released=event)
        case _:
            assert_never(event)


def _recuse(command: RecuseMember, deciding: Deciding) -> list[DecisionEvent]:
    if command.member_id in deciding.recused:
        return []
    if command.category not in CATEGORIES:
        message = f"“{command.category}” is no category of interest. Choose from the list."
        raise CommitteeImproper(f"The recusal was not recorded: {message}", (Fault("category", message),))
    if _is_decided(deciding):
        raise AlreadyDecided("The recusal was not recorded: the decision has been taken. It belongs before it.")

    return [MemberRecused(submission_id=command.submission_id, member_id=command.member_id, category=command.category)]


def _take(command: TakeDecision, deciding: Deciding) -> list[DecisionEvent]:
    if _is_decided(deciding):
        if deciding.taken is not None and deciding.taken.decision_id == command.decision_id:
            return []
        raise AlreadyDecided("No decision was taken: this submission has been decided. A decision is not taken twice.")
    if command.code == "DEFER" and deciding.deferred:
        raise AlreadyDecided(
            "The decision was not deferred: that was done once, and it can be done only once. Decide on what is there."
        )

    return [decision_of(command, deciding.recused)]


def _is_decided(deciding: Deciding) -> bool:
    """Return whether nothing is open: a deferral, once the provider knows of it, opens the case again."""
    if deciding.taken is None:
        return False
    return deciding.taken.code != "DEFER" or deciding.released is None


def _release(command: ReleaseDecision, deciding: Deciding) -> list[DecisionEvent]:
    if deciding.taken is None:
        raise NothingToDecide("Nothing was released: no decision has been taken on this submission.")
    event = DecisionReleased(
        submission_id=command.submission_id,
        decision_id=deciding.taken.decision_id,
        released_on=command.released_on,
        appeal_until=command.appeal_until,
    )
    if deciding.released is not None:
        if deciding.released == event:
            return []
        raise AlreadyReleased(
            f"The decision was not released: that was done on {deciding.released.released_on}, and it is not undone."
        )
    if command.submission_status != "accepted":
        raise NotReadyToDecide(
            f"The decision was not released: the submission is “{command.submission_status}”, "
            "and only the decision on an accepted one can be released."
        )
    _refuse_dates(command, deciding.taken)

    return [event]


def _refuse_dates(command: ReleaseDecision, taken: DecisionTaken) -> None:
    if command.released_on < taken.taken_on:
        raise ReleaseImproper(
            f"The decision was not released: it was taken on {taken.taken_on}, and cannot be released before."
        )
    # Whoever is refused must have the time to appeal.
    earliest = command.released_on + timedelta(days=command.appeal_calendar_days)
    if command.appeal_until < earliest:
        message = f"Choose {earliest} or later."
        raise ReleaseImproper(
            f"The decision was not released: an appeal needs at least {command.appeal_calendar_days} days. {message}",
            (Fault("appeal_until", message),),
        )


decision_decider: Decider[DecisionCommand, Deciding, DecisionEvent] = Decider(
    commands=get_args(DecisionCommand),
    events=get_args(DecisionEvent),
    stream=lambda command: f"decision-{command.submission_id}",
    initial=Deciding(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
