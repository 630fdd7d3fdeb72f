"""What one may ask of a condition, and of the accreditation whose conditions are all met."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from qa_platform.accreditations.events.conditions import CheckedBy, ClosingDocument, EvidenceDocument, Severity
from qa_platform.kernel.event import Command


class Ruler(msgspec.Struct, frozen=True, kw_only=True):
    """Who checks: an officer of the agency, or a member of the case's panel (`panel` holds them all).

    `providers` are those for which the same person acts in another capacity.
    """

    person_id: str
    officer: bool
    panel: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()


class OpenCondition(Command, frozen=True, kw_only=True):
    """Make a condition of a released decision an obligation."""

    condition_id: str
    submission_id: str
    decision_id: str
    accreditation_id: str
    provider_id: str
    place: int
    of: int
    criterion: str | None
    severity: Severity
    text: str
    checked_by: CheckedBy
    decided_on: date
    set_on: date
    due_on: date


class FileEvidence(Command, frozen=True, kw_only=True):
    """File evidence that a condition is met; it is to be checked until `check_due_on`."""

    condition_id: str
    submission_id: str
    statement: str
    documents: tuple[EvidenceDocument, ...]
    on: date
    check_due_on: date


class BeginCheck(Command, frozen=True, kw_only=True):
    """Take the check of what was filed in hand."""

    condition_id: str
    submission_id: str
    ruler: Ruler
    on: date


class HandOverCheck(Command, frozen=True, kw_only=True):
    """Say anew who is to check."""

    condition_id: str
    submission_id: str
    checked_by: CheckedBy
    reason: str
    on: date


class RuleOnCondition(Command, frozen=True, kw_only=True):
    """Rule on a condition; `due_on` is the new day where it is met in part."""

    condition_id: str
    submission_id: str
    ruler: Ruler
    verdict: Literal["met", "partly_met", "not_met"]
    reason: str
    on: date
    due_on: date | None = None


class LapseCondition(Command, frozen=True, kw_only=True):
    """Let a condition lapse whose day has passed without evidence; an officer rules on it until `rule_by`."""

    condition_id: str
    submission_id: str
    on: date
    rule_by: date


class ReverseVerdict(Command, frozen=True, kw_only=True):
    """Take back a verdict that was recorded in error; `closed` says whether the closing document was issued."""

    condition_id: str
    submission_id: str
    ruler: Ruler
    reason: str
    closed: bool
    on: date


class ConditionStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a condition stands, at which version of its stream, and of how many it is one."""

    condition_id: str
    version: int
    status: str
    of: int


class IssueClosing(Command, frozen=True, kw_only=True):
    """Issue the document that says that all conditions are met."""

    accreditation_id: str
    submission_id: str
    conditions: tuple[ConditionStanding, ...]
    documents: tuple[ClosingDocument, ...]
    on: date


class CorrectClosing(Command, frozen=True, kw_only=True):
    """Say by a correction notice that the closing document was issued in error."""

    accreditation_id: str
    submission_id: str
    reason: str
    documents: tuple[ClosingDocument, ...]
    on: date


ConditionCommand = (
    OpenCondition | FileEvidence | BeginCheck | HandOverCheck | RuleOnCondition | LapseCondition | ReverseVerdict
)
