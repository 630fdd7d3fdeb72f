"""What can have happened to the report of a panel: its draft, the provider's factual check, the final text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import SCORING_CLOSED, Audience, Relation, Visibility, of_provider
from qa_platform.panels.events.audiences import RUNNING

FindingKind = Literal["condition", "recommendation", "commendation", "observation"]
Language = Literal["en", "ms"]
Verdict = Literal["accepted", "rejected"]
Closing = Literal["confirmed", "claims", "silence"]

# A report names no person and shows no score: its provider reads it as those do who wrote it.
_READING: Visibility = (
    *RUNNING,
    *of_provider(),
    Audience(role=Role.REVIEWER, relation=Relation.LOCKED, after=SCORING_CLOSED),
)


class AreaSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What the report says of one area of the standard; `band` is the best band whose least index the area reaches."""

    area: str
    band: str | None
    text: str


class ReportFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, under an id that it keeps from draft to final report."""

    finding_id: str
    kind: FindingKind
    criterion: str | None
    text: str


class Variation(msgspec.Struct, frozen=True, kw_only=True):
    """At which other level, or with how many credits, the panel finds the course sound; put to the provider."""

    level: int | None
    credits: Decimal | None
    reason: str


class ReportChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a final report says otherwise than its draft: in which section, and after which claim, if any."""

    section: str
    claim_id: str | None
    text: str


class DraftReportIssued(Event, frozen=True, kw_only=True, tag="panel.draft_report_issued.v1"):
    """The lead sent the provider a draft of the report, to be checked for errors of fact up to and with `answer_by`.

    `digest` is that of the text itself; `drafted_version` counts the drafts of this case.
    """

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    drafted_version: int
    language: Language
    areas: tuple[AreaSummary, ...]
    findings: tuple[ReportFinding, ...]
    variation: Variation | None
    digest: str
    issued_on: date
    answer_by: date


class DraftReportWithdrawn(Event, frozen=True, kw_only=True, tag="panel.draft_report_withdrawn.v1"):
    """The lead took a draft back; its provider had been told of it on `told_on`, and has to be told of this."""

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    drafted_version: int
    told_on: date
    reason: str


class FactualErrorClaimed(Event, frozen=True, kw_only=True, tag="panel.factual_error_claimed.v1"):
    """The provider said that a section of the draft has a fact wrong, and where the evidence for it is."""

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    claim_id: str
    drafted_version: int
    section: str
    text: str
    evidence: tuple[str, ...]


class FactualClaimWithdrawn(Event, frozen=True, kw_only=True, tag="panel.factual_claim_withdrawn.v1"):
    """The provider took a claim back while it could still make claims."""

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    claim_id: str


class FactualCheckClosed(Event, frozen=True, kw_only=True, tag="panel.factual_check_closed.v1"):
    """The factual check of a draft is over: no error confirmed, claims made, or nothing said in its time.

    The final report is due on `report_due_on`.
    """

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    drafted_version: int
    how: Closing
    closed_on: date
    report_due_on: date


class FactualClaimResolved(Event, frozen=True, kw_only=True, tag="panel.factual_claim_resolved.v1"):
    """Somebody who neither reviewed nor led answered a claim, with the reason."""

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    claim_id: str
    verdict: Verdict
    reason: str


class FinalReportIssued(Event, frozen=True, kw_only=True, tag="panel.final_report_issued.v1"):
    """The report in its final words, with what changed since the draft; `draft_digest` is that of the draft."""

    seen_by: ClassVar[Visibility] = _READING

    submission_id: str
    drafted_version: int
    language: Language
    areas: tuple[AreaSummary, ...]
    findings: tuple[ReportFinding, ...]
    variation: Variation | None
    changes: tuple[ReportChange, ...]
    digest: str
    draft_digest: str
    issued_on: date


ReportEvent = (
    DraftReportIssued
    | DraftReportWithdrawn
    | FactualErrorClaimed
    | FactualClaimWithdrawn
    | FactualCheckClosed
    | FactualClaimResolved
    | FinalReportIssued
)
