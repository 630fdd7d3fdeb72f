"""What one may ask of the report of a panel."""

from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.kernel.event import Command
from qa_platform.panels.events import Language, ReportChange, ReportFinding, Variation, Verdict
from qa_platform.scoring.outcome import Sheet
from qa_platform.scoring.rubric import Rubric


class AreaText(msgspec.Struct, frozen=True, kw_only=True):
    """What the lead writes of one area; its band follows from the scores."""

    area: str
    text: str


class IssueDraftReport(Command, frozen=True, kw_only=True):
    """Send the provider a draft of the report, as the lead reviewer; the scores as for a settlement."""

    submission_id: str
    issued_by: str
    language: Language
    areas: tuple[AreaText, ...]
    findings: tuple[ReportFinding, ...]
    variation: Variation | None
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]
    on: date
    answer_by: date


class WithdrawDraftReport(Command, frozen=True, kw_only=True):
    """Take a draft back before its provider answered, as the lead reviewer."""

    submission_id: str
    withdrawn_by: str
    reason: str


class ClaimFactualError(Command, frozen=True, kw_only=True):
    """Say that the draft has a fact wrong, for the provider."""

    submission_id: str
    claim_id: str
    section: str
    text: str
    evidence: tuple[str, ...]
    on: date


class WithdrawFactualClaim(Command, frozen=True, kw_only=True):
    """Take a claim back, for the provider, while it can still make claims."""

    submission_id: str
    claim_id: str
    on: date


class FinishFactualCheck(Command, frozen=True, kw_only=True):
    """Say, for the provider, that the draft has no other errors than those claimed: none, if none was."""

    submission_id: str
    no_error: bool
    on: date
    report_due_on: date


class CloseFactualCheck(Command, frozen=True, kw_only=True):
    """Close the factual check whose time is over."""

    submission_id: str
    on: date
    report_due_on: date


class ResolveFactualClaim(Command, frozen=True, kw_only=True):
    """Answer a claim, as an officer who neither reviewed nor led this case."""

    submission_id: str
    claim_id: str
    resolved_by: str
    verdict: Verdict
    reason: str


class IssueFinalReport(Command, frozen=True, kw_only=True):
    """Issue the report in its final words, as the lead reviewer; the scores as for a settlement."""

    submission_id: str
    issued_by: str
    areas: tuple[AreaText, ...]
    findings: tuple[ReportFinding, ...]
    changes: tuple[ReportChange, ...]
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]
    on: date


ReportCommand = (
    IssueDraftReport
    | WithdrawDraftReport
    | ClaimFactualError
    | WithdrawFactualClaim
    | FinishFactualCheck
    | CloseFactualCheck
    | ResolveFactualClaim
    | IssueFinalReport
)
