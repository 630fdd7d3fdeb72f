"""What can have happened to an accreditation and its conditions, to the register's numbers, in histories of others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

import msgspec

from qa_platform.accreditations.events.conditions import (
    AccreditationClosingCorrected,
    AccreditationConditionsMet,
    CheckedBy,
    ClosingDocument,
    ConditionCheckBegun,
    ConditionCheckHandedOver,
    ConditionEvent,
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
    ConditionSet,
    ConditionVerdictReversed,
    EvidenceDocument,
    MetCondition,
    Severity,
    Verdict,
    VerdictCode,
)
from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import Visibility, of_roles

__all__ = [
    "AccreditationClosingCorrected",
    "AccreditationConditionsMet",
    "AccreditationEvent",
    "AccreditationOpened",
    "ActionImported",
    "ActionKind",
    "CheckedBy",
    "ClosingDocument",
    "ConditionCheckBegun",
    "ConditionCheckHandedOver",
    "ConditionEvent",
    "ConditionEvidenceFiled",
    "ConditionExtended",
    "ConditionLapsed",
    "ConditionMet",
    "ConditionNotMet",
    "ConditionSet",
    "ConditionVerdictReversed",
    "EvidenceDocument",
    "HistoryEvent",
    "HistorySource",
    "HistorySubject",
    "MetCondition",
    "RegisterNumberEvent",
    "RegisterNumberIssued",
    "Severity",
    "Status",
    "Verdict",
    "VerdictCode",
]

Status = Literal["listed", "conditional"]

# The register is public, and so is how an entry came into it.
_PUBLIC: Visibility = of_roles(*(role for role in Role if role is not Role.SYSTEM))


class RegisterNumberIssued(Event, frozen=True, kw_only=True, tag="register_number.issued.v1"):
    """An accreditation got its number: next in its series, with a check character, for ever."""

    seen_by: ClassVar[Visibility] = _PUBLIC

    series: str
    serial: int
    number: str
    accreditation_id: str
    submission_id: str


class AccreditationOpened(Event, frozen=True, kw_only=True, tag="accreditation.opened.v1"):
    """A granted course was entered in the register."""

    seen_by: ClassVar[Visibility] = _PUBLIC

    accreditation_id: str
    submission_id: str
    decision_id: str
    decision_code: str
    decision_class: str
    number: str
    course_id: str
    course_version: str
    provider_id: str
    title_en: str | None
    title_ms: str | None
    level: int | None
    credits: Decimal | None
    hours: Decimal | None
    valid_from: date
    valid_to: date
    status: Status
    simulated: bool


class ActionKind(StrEnum):
    """What another agency can have done to an accreditation of its own; the values are stored and never change."""

    INITIAL = "initial"
    RENEWAL = "renewal"
    REINSTATED_ON_APPEAL = "reinstated_on_appeal"
    PROBATION_REMOVED = "probation_removed"
    WARNING_REMOVED = "warning_removed"
    SHOW_CAUSE_REMOVED = "show_cause_removed"
    MONITORING_REMOVED = "monitoring_removed"
    MONITORING = "monitoring"
    HEIGHTENED_MONITORING = "heightened_monitoring"
    WARNING = "warning"
    QUALITY_WARNING = "quality_warning"
    PROBATION = "probation"
    SHOW_CAUSE = "show_cause"
    OTHER_SANCTION = "other_sanction"
    VOLUNTARY_WITHDRAWAL = "voluntary_withdrawal"
    WITHDRAWAL_RECEIVED = "withdrawal_received"
    LAPSE = "lapse"
    DENIAL = "denial"
    DENIAL_AFFIRMED = "denial_affirmed"
    DENIAL_STAYED = "denial_stayed"
    OTHER_LOSS = "other_loss"
    INSTITUTION_CLOSED = "institution_closed"
    LOCATION_CLOSED = "location_closed"
    RECOGNITION_CHANGED = "recognition_changed"
    AGENCY_NOT_RECOGNISED = "agency_not_recognised"
    MERGED = "merged"
    PROGRAM_CHANGE_GRANTED = "program_change_granted"
    DEGREE_CHANGE_GRANTED = "degree_change_granted"
    OWNERSHIP_CHANGE_GRANTED = "ownership_change_granted"
    BRANCH_GRANTED = "branch_granted"
    OTHER_CHANGE_GRANTED = "other_change_granted"
    PROGRAM_CHANGE_DENIED = "program_change_denied"
    DEGREE_CHANGE_DENIED = "degree_change_denied"
    OWNERSHIP_CHANGE_DENIED = "ownership_change_denied"
    BRANCH_DENIED = "branch_denied"
    OTHER_CHANGE_DENIED = "other_change_denied"
    DISTANCE_APPROVED = "distance_approved"
    DISTANCE_REMOVED = "distance_removed"
    CORRESPONDENCE_REMOVED = "correspondence_removed"


class HistorySubject(msgspec.Struct, frozen=True, kw_only=True):
    """Whose accreditation it was, by the publisher's own keys, and the two names as published.

    `site` is a place of an institution; `sequence` counts what one agency granted it for one programme.
    """

    site: str
    agency: str
    agency_name: str
    program: str
    program_name: str
    sequence: str


class HistorySource(msgspec.Struct, frozen=True, kw_only=True):
    """Where an action was read: the publication, the digest of the file, the line, and the digest of the row.

    `row` is the action's identity: the same row is the same action, in whichever edition it stands.
    """

    dataset: str
    file: str
    line: int
    row: str


class ActionImported(Event, frozen=True, kw_only=True, tag="accreditation.action_imported.v1"):
    """Another agency once acted on an accreditation of its own, as its public record tells.

    `effective_on` is the day on which that agency acted; when it came into this ledger the ledger
    says. `kind_published` is their word for `kind`. Free text of the publication is never taken
    over: it names people.
    """

    seen_by: ClassVar[Visibility] = _PUBLIC

    history_id: str
    subject: HistorySubject
    kind: ActionKind
    kind_published: str
    effective_on: date
    ends_on: date | None
    justification: str | None
    source: HistorySource


AccreditationEvent = AccreditationOpened | AccreditationConditionsMet | AccreditationClosingCorrected
HistoryEvent = ActionImported
RegisterNumberEvent = RegisterNumberIssued
