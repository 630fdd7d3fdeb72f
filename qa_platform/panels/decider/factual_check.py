"""The factual check: the provider says what is wrong in the draft, and somebody independent answers each claim."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.panels.commands import (
    ClaimFactualError,
    CloseFactualCheck,
    FinishFactualCheck,
    ResolveFactualClaim,
    WithdrawFactualClaim,
)
from qa_platform.panels.decider.refusals import (
    ClaimImproper,
    FactualCheckOpen,
    FactualCheckOver,
    NoDraft,
    NotIndependent,
    PanelMissing,
    ReportAlreadyFinal,
    refuse_blank,
)
from qa_platform.panels.decider.reporting import sections_of
from qa_platform.panels.decider.state import Panel
from qa_platform.panels.events import (
    Closing,
    DraftReportIssued,
    FactualCheckClosed,
    FactualClaimResolved,
    FactualClaimWithdrawn,
    FactualErrorClaimed,
    PanelEvent,
)


def claim_factual_error(command: ClaimFactualError, panel: Panel) -> list[PanelEvent]:
    """Take a claim, in its time, on a section of the draft that stands."""
    what = "The claim was not recorded"
    draft = _open(panel, command.on, what)
    event = FactualErrorClaimed(
        submission_id=command.submission_id,
        claim_id=command.claim_id,
        drafted_version=draft.drafted_version,
        section=command.section,
        text=command.text,
        evidence=command.evidence,
    )
    if command.claim_id in panel.report.claims:
        if panel.report.claims[command.claim_id] == event:
            return []
        raise ClaimImproper(f"{what}: another one has this id. Begin a new one.")
    _refuse_claim(command, draft, what)

    return [event]


def _refuse_claim(command: ClaimFactualError, draft: DraftReportIssued, what: str) -> None:
    if command.section not in sections_of(draft):
        names = ", ".join(f"“{section}”" for section in sections_of(draft))
        message = f"The draft has no section “{command.section}”. Choose one of {names}."
        raise ClaimImproper(f"{what}: {message}", (Fault("section", message),))
    refuse_blank(command.text, what, "Say what is wrong, and how it is in fact.", "text")
    if not any(each.strip() for each in command.evidence):
        message = "Name at least one place that shows it: a field of the submission, or a document."
        raise ClaimImproper(f"{what}: it has no evidence. {message}", (Fault("evidence", message),))
    texts = {f"evidence.{place}": each for place, each in enumerate(command.evidence)}
    refuse_personal_data({"text": command.text, **texts})


def _open(panel: Panel, on: date, what: str) -> DraftReportIssued:
    draft = panel.report.draft
    if draft is None:
        raise NoDraft(f"{what}: no draft of the report is with you to be checked.")
    if panel.report.checked:
        raise FactualCheckOver(f"{what}: the factual check of this draft is closed.")
    if on > draft.answer_by:
        raise FactualCheckOver(f"{what}: the time for it ended on {draft.answer_by}.")
    return draft


def withdraw_factual_claim(command: WithdrawFactualClaim, panel: Panel) -> list[PanelEvent]:
    """Take a claim back, in its time."""
    what = "The claim was not taken back"
    if command.claim_id not in panel.report.claims:
        raise PanelMissing(f"{what}: there is no such claim. Check the address.")
    if command.claim_id in panel.report.withdrawn:
        return []
    _open(panel, command.on, what)

    return [FactualClaimWithdrawn(submission_id=command.submission_id, claim_id=command.claim_id)]


def finish_factual_check(command: FinishFactualCheck, panel: Panel) -> list[PanelEvent]:
    """Close the check because its provider has said everything."""
    what = "The factual check was not finished"
    if panel.report.draft is not None and panel.report.checked:
        return []
    draft = _open(panel, command.on, what)
    claims = _claims_of(panel, draft)
    if command.no_error and claims:
        raise ClaimImproper(f"{what}: you claim {claims} errors and confirm that there is none. Take the claims back.")
    if not command.no_error and not claims:
        raise ClaimImproper(f"{what}: no error is claimed. Claim one, or confirm that there is none.")

    return [_closed(draft, "claims" if claims else "confirmed", command)]


def close_factual_check(command: CloseFactualCheck, panel: Panel) -> list[PanelEvent]:
    """Close the check when its time is over; silence means that there is no error."""
    draft = panel.report.draft
    if draft is None or panel.report.checked:
        return []
    if command.on <= draft.answer_by:
        raise FactualCheckOpen(f"The factual check was not closed: the provider can answer until {draft.answer_by}.")

    return [_closed(draft, "claims" if _claims_of(panel, draft) else "silence", command)]


def _claims_of(panel: Panel, draft: DraftReportIssued) -> int:
    return sum(claim.drafted_version == draft.drafted_version for claim in panel.report.standing_claims.values())


def _closed(draft: DraftReportIssued, how: Closing, command: FinishFactualCheck | CloseFactualCheck) -> PanelEvent:
    return FactualCheckClosed(
        submission_id=draft.submission_id,
        drafted_version=draft.drafted_version,
        how=how,
        closed_on=command.on,
        report_due_on=command.report_due_on,
    )


def resolve_factual_claim(command: ResolveFactualClaim, panel: Panel) -> list[PanelEvent]:
    """Answer a claim, independently; another answer replaces the first until the report is final."""
    what = "The claim was not answered"
    claim = panel.report.standing_claims.get(command.claim_id)
    if claim is None:
        raise PanelMissing(f"{what}: there is no such claim, or the provider took it back. Check the address.")
    if command.resolved_by in _involved(panel):
        raise NotIndependent(f"{what}: you reviewed or led this case. Have it answered by an officer who did neither.")
    if panel.report.verdicts.get(command.claim_id) == (command.verdict, command.reason):
        return []
    if panel.report.final_on is not None:
        raise ReportAlreadyFinal(f"{what}: the final report was issued on {panel.report.final_on}.")
    draft = panel.report.draft
    if draft is not None and claim.drafted_version == draft.drafted_version and not panel.report.checked:
        raise FactualCheckOpen(f"{what}: the provider can still change it until {draft.answer_by}. Wait until then.")
    refuse_blank(command.reason, what, "Say why the claim is accepted or rejected.")
    refuse_personal_data({"reason": command.reason})

    return [
        FactualClaimResolved(
            submission_id=command.submission_id,
            claim_id=command.claim_id,
            verdict=command.verdict,
            reason=command.reason,
        )
    ]


def _involved(panel: Panel) -> set[str]:
    return {seat.reviewer_id for seat in panel.seated.values()} | set(panel.left.values()) | panel.led
