"""What is read of accreditations: the register, its conditions, and apart from them histories that others wrote."""

from __future__ import annotations

from qa_platform.accreditations.read_model.conditions import (
    CONDITIONS,
    ConditionRow,
    OpenConditions,
    as_seen_by,
    get_condition,
    list_lapsing,
    met_on,
    of_decision,
    open_conditions,
    select_conditions,
)
from qa_platform.accreditations.read_model.histories import IMPORTED_HISTORIES, ImportedHistoryRow, every_history
from qa_platform.accreditations.read_model.panels import CHECKING_PANELS, CheckingPanelRow, panel_of
from qa_platform.accreditations.read_model.provider_people import PROVIDER_PEOPLE, ProviderPersonRow, providers_of
from qa_platform.accreditations.read_model.register import (
    ACCREDITATIONS,
    ENDED,
    EXPIRED,
    AccreditationRow,
    RegisterDocument,
    as_of,
    entries_of,
    get_accreditation,
    intake_allowed,
    list_without_conditions,
    may_close,
    select_accreditations,
    select_awaiting_closing,
)

__all__ = [
    "ACCREDITATIONS",
    "CHECKING_PANELS",
    "CONDITIONS",
    "ENDED",
    "EXPIRED",
    "IMPORTED_HISTORIES",
    "PROVIDER_PEOPLE",
    "AccreditationRow",
    "CheckingPanelRow",
    "ConditionRow",
    "ImportedHistoryRow",
    "OpenConditions",
    "ProviderPersonRow",
    "RegisterDocument",
    "as_of",
    "as_seen_by",
    "entries_of",
    "every_history",
    "get_accreditation",
    "get_condition",
    "intake_allowed",
    "list_lapsing",
    "list_without_conditions",
    "may_close",
    "met_on",
    "of_decision",
    "open_conditions",
    "panel_of",
    "providers_of",
    "select_accreditations",
    "select_awaiting_closing",
    "select_conditions",
]
