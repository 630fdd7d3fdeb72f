"""The wire of decisions: meetings and votes, the verdict, its basis, and the outcome that explains itself."""

from qa_platform.decisions.schemas.asking import (
    AwaitedSchema,
    ConsentSchema,
    CorrectedSchema,
    CorrectionSchema,
    EvidenceSchema,
    RightsSchema,
    VariationProposalSchema,
    VariationSchema,
)
from qa_platform.decisions.schemas.decisions import (
    ConditionSchema,
    DecisionQuerySchema,
    DecisionSchema,
    DecisionSummarySchema,
    GroundSchema,
    LanguageQuerySchema,
    RecusalSchema,
    ReleaseSchema,
    TakeDecisionSchema,
    VerdictSchema,
)
from qa_platform.decisions.schemas.exact import (
    Exact,
)
from qa_platform.decisions.schemas.meetings import (
    AgendaItemSchema,
    CastingVoteSchema,
    ConveneSchema,
    DissentSchema,
    ItemChairSchema,
    MeetingSchema,
    MembershipChangeSchema,
    MotionSchema,
    ReasonSchema,
    RecusalErrorSchema,
    ScheduleSchema,
    VoteSchema,
)
from qa_platform.decisions.schemas.outcome import (
    OutcomeSchema,
)

__all__ = [
    "AgendaItemSchema",
    "AwaitedSchema",
    "CastingVoteSchema",
    "ConditionSchema",
    "ConsentSchema",
    "ConveneSchema",
    "CorrectedSchema",
    "CorrectionSchema",
    "DecisionQuerySchema",
    "DecisionSchema",
    "DecisionSummarySchema",
    "DissentSchema",
    "EvidenceSchema",
    "Exact",
    "GroundSchema",
    "ItemChairSchema",
    "LanguageQuerySchema",
    "MeetingSchema",
    "MembershipChangeSchema",
    "MotionSchema",
    "OutcomeSchema",
    "ReasonSchema",
    "RecusalErrorSchema",
    "RecusalSchema",
    "ReleaseSchema",
    "RightsSchema",
    "ScheduleSchema",
    "TakeDecisionSchema",
    "VariationProposalSchema",
    "VariationSchema",
    "VerdictSchema",
    "VoteSchema",
]
