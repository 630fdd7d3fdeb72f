"""What can have happened to a condition, and to the accreditation whose conditions were all met."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, RELEASED, Audience, Relation, Visibility, of_provider, of_roles

Severity = Literal["minor", "major", "critical"]
CheckedBy = Literal["panel", "officer"]
VerdictCode = Literal["COND-MET", "COND-EXT", "COND-FAIL"]

# What is asked of a provider is between it and the agency: the public is told how many, and until when.
_AGENCY: Visibility = (
    *AUDITED,
    *of_roles(Role.REGISTER_OFFICER, Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER),
)
_PANEL: Visibility = (
    Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD, after=RELEASED),
    Audience(role=Role.REVIEWER, relation=Relation.CLEARED, after=RELEASED),
)
_KNOWN: Visibility = (*_AGENCY, *_PANEL, *of_provider(after=RELEASED))
# Who of the panel checks is told to nobody who is not of the agency's office.
_WITHOUT_CHECKER: Visibility = (
    *_AGENCY,
    *(
        Audience(role=one.role, relation=one.relation, after=one.after, hides=("checker_id",))
        for one in (*_PANEL, *of_provider(after=RELEASED))
    ),
)
_PUBLIC: Visibility = of_roles(*(role for role in Role if role is not Role.SYSTEM))


class EvidenceDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A file that shows something: what it is, and the SHA-256 of its bytes in hex."""

    title: str
    sha256: str


class ClosingDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One language version of a document of the agency, by the SHA-256 of its bytes in hex."""

    language: str
    sha256: str


class MetCondition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that was met, and the version of its stream that says so."""

    condition_id: str
    version: int


class ConditionSet(Event, frozen=True, kw_only=True, tag="condition.set.v1"):
    """A condition of a released decision became an obligation of the provider.

    It is number `place` of the `of` conditions of its decision; `decided_on` is the day from which
    the longest time is counted.
    """

    seen_by: ClassVar[Visibility] = _KNOWN

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


class ConditionEvidenceFiled(Event, frozen=True, kw_only=True, tag="condition.evidence_filed.v1"):
    """The provider filed evidence, which is to be checked until a day."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    filing: int
    statement: str
    documents: tuple[EvidenceDocument, ...]
    filed_on: date
    check_due_on: date


class ConditionCheckBegun(Event, frozen=True, kw_only=True, tag="condition.check_begun.v1"):
    """Somebody took the check in hand, of what was filed so far; nothing is filed until he has ruled."""

    seen_by: ClassVar[Visibility] = _WITHOUT_CHECKER

    condition_id: str
    submission_id: str
    checker_id: str
    filings: int
    begun_on: date


class ConditionCheckHandedOver(Event, frozen=True, kw_only=True, tag="condition.check_handed_over.v1"):
    """Another is to check than was said, or than had begun to."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    checked_by: CheckedBy
    reason: str
    handed_on: date


class ConditionMet(Event, frozen=True, kw_only=True, tag="condition.met.v1"):
    """The condition was found to be met."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    reason: str
    ruled_on: date


class ConditionExtended(Event, frozen=True, kw_only=True, tag="condition.extended.v1"):
    """The condition was found to be met in part, and what is missing is due on a later day; that happens once."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    reason: str
    due_on: date
    ruled_on: date


class ConditionNotMet(Event, frozen=True, kw_only=True, tag="condition.not_met.v1"):
    """The condition was found not to be met: a revocation may be begun."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    reason: str
    ruled_on: date


class ConditionLapsed(Event, frozen=True, kw_only=True, tag="condition.lapsed.v1"):
    """The day on which it was due passed without evidence; an officer is to rule on it until a day."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    due_on: date
    lapsed_on: date
    rule_by: date


class ConditionVerdictReversed(Event, frozen=True, kw_only=True, tag="condition.verdict_reversed.v1"):
    """A verdict was recorded in error and holds no more; the condition stands as it did before it."""

    seen_by: ClassVar[Visibility] = _KNOWN

    condition_id: str
    submission_id: str
    verdict: VerdictCode
    reason: str
    reversed_on: date


class AccreditationConditionsMet(Event, frozen=True, kw_only=True, tag="accreditation.conditions_met.v1"):
    """All conditions were met, and the accreditation is positive by a second document; the first is kept."""

    seen_by: ClassVar[Visibility] = _PUBLIC

    accreditation_id: str
    submission_id: str
    decision_id: str
    number: str
    kind: Literal["COND-MET"]
    conditions: tuple[MetCondition, ...]
    documents: tuple[ClosingDocument, ...]
    issued_on: date


class AccreditationClosingCorrected(Event, frozen=True, kw_only=True, tag="accreditation.closing_corrected.v1"):
    """The second document was issued in error: a correction notice says so, and the accreditation is conditional again.

    `corrects` is the day of the document that holds no more; it stays in the history.
    """

    seen_by: ClassVar[Visibility] = _PUBLIC

    accreditation_id: str
    submission_id: str
    decision_id: str
    number: str
    kind: Literal["CORR"]
    corrects: date
    reason: str
    documents: tuple[ClosingDocument, ...]
    corrected_on: date


Verdict = ConditionMet | ConditionExtended | ConditionNotMet
ConditionEvent = (
    ConditionSet
    | ConditionEvidenceFiled
    | ConditionCheckBegun
    | ConditionCheckHandedOver
    | ConditionMet
    | ConditionExtended
    | ConditionNotMet
    | ConditionLapsed
    | ConditionVerdictReversed
)
