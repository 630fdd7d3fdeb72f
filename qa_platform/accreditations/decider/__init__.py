"""The rules of the register, and of histories that others wrote before us."""

from __future__ import annotations

from qa_platform.accreditations.decider.histories import (
    ActionMistimed,
    History,
    history_decider,
)
from qa_platform.accreditations.decider.register import (
    REGISTER_PREFIX,
    Accreditation,
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
    "REGISTER_PREFIX",
    "RULES",
    "Accreditation",
    "AccreditationAlreadyOpen",
    "Act",
    "ActionMistimed",
    "Effect",
    "EntryImproper",
    "History",
    "NumberMistyped",
    "Rule",
    "Series",
    "SeriesUnknown",
    "Standing",
    "accreditation_decider",
    "checked_number",
    "compact",
    "history_decider",
    "order",
    "register_number",
    "register_number_decider",
    "standing_of",
    "status_of",
]
