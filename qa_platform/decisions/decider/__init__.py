"""The rules of deciding: a quorum that did not score and voted, a verdict that fits its basis, two signatures."""

from __future__ import annotations

from typing import assert_never, get_args

from qa_platform.decisions.commands import (
    AnswerVariation,
    CastVote,
    CorrectDecision,
    CountersignDecision,
    DecisionCommand,
    GiveCastingVote,
    NameItemChair,
    ProposeVariation,
    PutMotion,
    RecordDissent,
    RecuseMember,
    ReleaseDecision,
    RescindDecision,
    RetableCase,
    SupplyEvidence,
    TableCase,
    TakeCaseOff,
    TakeDecision,
    WithdrawRecusal,
    WithdrawVariation,
    WithdrawVote,
)
from qa_platform.decisions.decider import asking, items, releasing
from qa_platform.decisions.decider.codes import KINDS, Kind, codes_for
from qa_platform.decisions.decider.meetings import Meeting, meeting_decider
from qa_platform.decisions.decider.refusals import (
    AgendaNotEmpty,
    AlreadyDecided,
    AlreadyReleased,
    AlreadyTabled,
    AwardImproper,
    ChairMissing,
    CodeNotAllowed,
    CommitteeImproper,
    ConditionsImproper,
    ConsentMissing,
    CosignatureMissing,
    DeferralImproper,
    EvidenceStillDue,
    MeetingCancelledAlready,
    MeetingImproper,
    MeetingOpened,
    MeetingUnknown,
    MotionMissing,
    MotionNotCarried,
    NothingAwaited,
    NothingToDecide,
    NotReadyToDecide,
    NotRecused,
    NotReleased,
    NotTabled,
    ReasonMissing,
    ReleaseImproper,
    SignatureImproper,
    SignatureMissing,
    VariationImproper,
    VariationNotAsked,
    VoteNotAllowed,
)
from qa_platform.decisions.decider.state import Deciding, Item, evolve
from qa_platform.decisions.decider.taking import decision_of
from qa_platform.decisions.events import DecisionEvent
from qa_platform.kernel.decider import Decider

__all__ = [
    "KINDS",
    "AgendaNotEmpty",
    "AlreadyDecided",
    "AlreadyReleased",
    "AlreadyTabled",
    "AwardImproper",
    "ChairMissing",
    "CodeNotAllowed",
    "CommitteeImproper",
    "ConditionsImproper",
    "ConsentMissing",
    "CosignatureMissing",
    "Deciding",
    "DeferralImproper",
    "EvidenceStillDue",
    "Item",
    "Kind",
    "Meeting",
    "MeetingCancelledAlready",
    "MeetingImproper",
    "MeetingOpened",
    "MeetingUnknown",
    "MotionMissing",
    "MotionNotCarried",
    "NotReadyToDecide",
    "NotRecused",
    "NotReleased",
    "NotTabled",
    "NothingAwaited",
    "NothingToDecide",
    "ReasonMissing",
    "ReleaseImproper",
    "SignatureImproper",
    "SignatureMissing",
    "VariationImproper",
    "VariationNotAsked",
    "VoteNotAllowed",
    "codes_for",
    "decide",
    "decision_decider",
    "evolve",
    "meeting_decider",
]


def decide(command: DecisionCommand, deciding: Deciding) -> list[DecisionEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case TakeDecision():
            return _take(command, deciding)
        case CountersignDecision():
            return releasing.countersign(command, deciding)
        case RecordDissent():
            return releasing.dissent(command, deciding)
        case RescindDecision():
            return releasing.rescind(command, deciding)
        case ReleaseDecision():
            return releasing.release(command, deciding)
        case CorrectDecision():
            return releasing.correct(command, deciding)
        case SupplyEvidence():
            return asking.supply(command, deciding)
        case ProposeVariation():
            return asking.propose(command, deciding)
        case WithdrawVariation():
            return asking.withdraw(command, deciding)
        case AnswerVariation():
            return asking.answer(command, deciding)
        case _:
            return _of_item(command, deciding)


def _of_item(
    command: TableCase
    | RetableCase
    | TakeCaseOff
    | RecuseMember
    | WithdrawRecusal
    | NameItemChair
    | PutMotion
    | CastVote
    | WithdrawVote
    | GiveCastingVote,
    deciding: Deciding,
) -> list[DecisionEvent]:
    match command:
        case TableCase():
            return items.table(command, deciding)
        case RetableCase():
            return items.move(command, deciding)
        case TakeCaseOff():
            return items.take_off(command, deciding)
        case RecuseMember():
            return items.recuse(command, deciding)
        case WithdrawRecusal():
            return items.withdraw_recusal(command, deciding)
        case NameItemChair():
            return items.name_chair(command, deciding)
        case PutMotion():
            return items.put_motion(command, deciding)
        case CastVote():
            return items.cast(command, deciding)
        case WithdrawVote():
            return items.withdraw_vote(command, deciding)
        case GiveCastingVote():
            return items.give_casting_vote(command, deciding)
        case _:
            assert_never(command)


def _take(command: TakeDecision, deciding: Deciding) -> list[DecisionEvent]:
    if deciding.is_decided:
        if deciding.taken is not None and deciding.taken.decision_id == command.decision_id:
            return []
        raise AlreadyDecided("No decision was taken: this submission has been decided. A decision is not taken twice.")
    if command.code == "DEFER":
        items.refuse_second_deferral(deciding)

    return decision_of(command, deciding)


decision_decider: Decider[DecisionCommand, Deciding, DecisionEvent] = Decider(
    commands=get_args(DecisionCommand),
    events=get_args(DecisionEvent),
    stream=lambda command: f"decision-{command.submission_id}",
    initial=Deciding(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
