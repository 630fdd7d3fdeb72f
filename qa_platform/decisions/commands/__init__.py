"""What one may ask of the decision on a submission, and of the meetings that decide."""

from qa_platform.decisions.commands.asking import (
    AnswerVariation,
    AskingCommand,
    ProposeVariation,
    SupplyEvidence,
    WithdrawVariation,
)
from qa_platform.decisions.commands.items import (
    CastVote,
    GiveCastingVote,
    ItemCommand,
    NameItemChair,
    PutMotion,
    RecuseMember,
    Sitting,
    TableCase,
    TakeCaseOff,
    WithdrawRecusal,
    WithdrawVote,
)
from qa_platform.decisions.commands.meetings import (
    CancelMeeting,
    ChangeMembership,
    ConveneMeeting,
    MeetingCommand,
    TableItem,
    TakeItemOff,
)
from qa_platform.decisions.commands.verdicts import (
    CorrectDecision,
    CountersignDecision,
    Dossier,
    RecordDissent,
    ReleaseDecision,
    RescindDecision,
    TakeDecision,
    VerdictCommand,
)

__all__ = [
    "AnswerVariation",
    "AskingCommand",
    "CancelMeeting",
    "CastVote",
    "ChangeMembership",
    "ConveneMeeting",
    "CorrectDecision",
    "CountersignDecision",
    "DecisionCommand",
    "Dossier",
    "GiveCastingVote",
    "ItemCommand",
    "MeetingCommand",
    "NameItemChair",
    "ProposeVariation",
    "PutMotion",
    "RecordDissent",
    "RecuseMember",
    "ReleaseDecision",
    "RescindDecision",
    "Sitting",
    "SupplyEvidence",
    "TableCase",
    "TableItem",
    "TakeCaseOff",
    "TakeDecision",
    "TakeItemOff",
    "VerdictCommand",
    "WithdrawRecusal",
    "WithdrawVariation",
    "WithdrawVote",
]

DecisionCommand = ItemCommand | VerdictCommand | AskingCommand
