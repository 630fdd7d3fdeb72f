"""What one may ask of the register's numbers, of an accreditation and of its conditions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qa_platform.accreditations.commands.conditions import (
    BeginCheck,
    ConditionCommand,
    ConditionStanding,
    CorrectClosing,
    FileEvidence,
    HandOverCheck,
    IssueClosing,
    LapseCondition,
    OpenCondition,
    ReverseVerdict,
    RuleOnCondition,
    Ruler,
)
from qa_platform.accreditations.events import ActionKind, HistorySource, HistorySubject
from qa_platform.kernel.event import Command

__all__ = [
    "AccreditationCommand",
    "BeginCheck",
    "ConditionCommand",
    "ConditionStanding",
    "CorrectClosing",
    "FileEvidence",
    "HandOverCheck",
    "HistoryCommand",
    "ImportAction",
    "IssueClosing",
    "IssueRegisterNumber",
    "LapseCondition",
    "OpenAccreditation",
    "OpenCondition",
    "RegisterNumberCommand",
    "ReverseVerdict",
    "RuleOnCondition",
    "Ruler",
]


class IssueRegisterNumber(Command, frozen=True, kw_only=True):
    """Issue the next number of a series (such as MY-MC-2026) to an accreditation."""

    series: str
    accreditation_id: str
    submission_id: str


class OpenAccreditation(Command, frozen=True, kw_only=True):
    """Enter a granted course in the register."""

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
    simulated: bool


class ImportAction(Command, frozen=True, kw_only=True):
    """Take over one action from another agency's public record; `on` is the day on which that is done."""

    history_id: str
    subject: HistorySubject
    kind: ActionKind
    kind_published: str
    effective_on: date
    ends_on: date | None
    justification: str | None
    source: HistorySource
    on: date


AccreditationCommand = OpenAccreditation | IssueClosing | CorrectClosing
HistoryCommand = ImportAction
RegisterNumberCommand = IssueRegisterNumber
