"""The rules of the register, of conditions, and of histories that others wrote before us."""

from __future__ import annotations

from qa_platform.accreditations.decider.closing import (
    Accreditation,
    ConditionsOpen,
    DocumentsImproper,
    NoSuchEntry,
    NotConditional,
    NothingToCorrect,
)
from qa_platform.accreditations.decider.conditions import (
    AWAITING,
    LONGEST_MONTHS,
    OPEN,
    Condition,
    ConditionStatus,
    condition_decider,
    latest_extension,
)
from qa_platform.accreditations.decider.histories import (
    ActionMistimed,
    History,
    history_decider,
)
from qa_platform.accreditations.decider.register import (
    REGISTER_PREFIX,
    AccreditationAlreadyOpen,
    EntryImproper,
    NumberMistyped,
    Series,
    SeriesUnknown,
    accreditation_decider,
    checked_number,
    compact,
    register_number,
    register_number_decider,
    status_of,
)
from qa_platform.accreditations.decider.standing import RULES, Act, Effect, Rule, Standing, order, standing_of

__all__ = [
    "AWAITING",
    "LONGEST_MONTHS",
    "OPEN",
    "REGISTER_PREFIX",
    "RULES",
    "Accreditation",
    "AccreditationAlreadyOpen",
    "Act",
    "ActionMistimed",
    "Condition",
    "ConditionStatus",
    "ConditionsOpen",
    "DocumentsImproper",
    "Effect",
    "EntryImproper",
    "History",
    "NoSuchEntry",
    "NotConditional",
    "NothingToCorrect",
    "NumberMistyped",
    "Rule",
    "Series",
    "SeriesUnknown",
    "Standing",
    "accreditation_decider",
    "checked_number",
    "compact",
    "condition_decider",
    "history_decider",
    "latest_extension",
    "order",
    "register_number",
    "register_number_decider",
    "standing_of",
    "status_of",
]
