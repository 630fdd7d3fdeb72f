"""The report of a panel: a draft for the provider to check, and the final words with what changed."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import get_args

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.panels.commands import IssueDraftReport, IssueFinalReport, WithdrawDraftReport
from qa_platform.panels.decider.refusals import (
    ClaimsUnanswered,
    DraftAlreadyIssued,
    FactualCheckOpen,
    FactualCheckOver,
    NoDraft,
    ReportAlreadyFinal,
    ReportImproper,
    ReportNotReady,
    refuse_blank,
    refuse_moderation_by_others,
)
from qa_platform.panels.decider.state import Panel
from qa_platform.panels.events import (
    AreaSummary,
    DraftReportIssued,
    DraftReportWithdrawn,
    FinalReportIssued,
    FindingKind,
    PanelEvent,
    ReportChange,
)
from qa_platform.scoring.outcome import AreaResult, outcome
from qa_platform.scoring.rubric import Rubric

_canonical = msgspec.json.Encoder(order="sorted")


def issue_draft_report(command: IssueDraftReport, panel: Panel) -> list[PanelEvent]:
    """Send the provider a draft, once the moderation is closed."""
    what = "The draft report was not issued"
    refuse_moderation_by_others(command.issued_by, panel, what)
    _refuse_unready(panel, what)
    event = _draft(command, panel.report.drafts + 1, panel)
    standing = panel.report.draft
    if standing is not None:
        if report_digest(_draft(command, standing.drafted_version, panel)) == standing.digest:
            return []
        raise DraftAlreadyIssued(
            f"{what}: version {standing.drafted_version} is with the provider since {standing.issued_on}. "
            "Take it back first, with the reason."
        )
    _refuse_content(command, panel, what)
    if command.answer_by <= command.on:
        raise ReportImproper(f"{what}: the provider needs time to check it. Choose a day after {command.on}.")

    return [replace(event, digest=report_digest(event))]


def _refuse_unready(panel: Panel, what: str) -> None:
    if panel.report.final_on is not None:
        raise ReportAlreadyFinal(f"{what}: the final report was issued on {panel.report.final_on}, and it stands.")
    if not panel.moderated:
        raise ReportNotReady(f"{what}: the moderation is not closed, and its scores may change. Close it first.")


def _draft(command: IssueDraftReport, drafted_version: int, panel: Panel) -> DraftReportIssued:
    return DraftReportIssued(
        submission_id=command.submission_id,
        drafted_version=drafted_version,
        language=command.language,
        areas=_summaries(command, panel),
        findings=command.findings,
        variation=command.variation,
        digest="",
        issued_on=command.on,
        answer_by=command.answer_by,
    )


def report_digest(report: DraftReportIssued | FinalReportIssued) -> str:
    """Return the SHA-256 of the text of a report: all of it but its dates and the digests in it."""
    told: dict[str, object] = {
        "submission_id": report.submission_id,
        "drafted_version": report.drafted_version,
        "language": report.language,
        "areas": report.areas,
        "findings": report.findings,
        "variation": report.variation,
    }
    if isinstance(report, FinalReportIssued):
        told |= {"changes": report.changes, "draft_digest": report.draft_digest}
    return f"sha256:{sha256(_canonical.encode(told)).hexdigest()}"


def _summaries(command: IssueDraftReport | IssueFinalReport, panel: Panel) -> tuple[AreaSummary, ...]:
    settled = {criterion: score for criterion, (score, _reason) in panel.settled.items()}
    found = outcome(command.rubric, command.route, command.sheets, settled)
    results = {each.area: each for each in found.areas}
    texts = {each.area: each.text for each in command.areas}
    return tuple(
        AreaSummary(area=area.id, band=_band(command.rubric, results[area.id]), text=texts[area.id])
        for area in command.rubric.areas
        if area.id in texts
    )


def _band(rubric: Rubric, result: AreaResult) -> str | None:
    if result.index is None:
        return None
    reached = (band.name for band in rubric.bands.in_order if result.earned >= band.area_min * result.applicable)
    return next(reached, rubric.bands.otherwise)


def _refuse_content(command: IssueDraftReport | IssueFinalReport, panel: Panel, what: str) -> None:
    faults = (*_faults_of_areas(command), *_faults_of_findings(command), *_faults_of_variation(command))
    if faults:
        raise ReportImproper(f"{what}: {faults[0].message}", faults)
    texts = _texts(command)
    people = {seat.reviewer_id for seat in panel.seated.values()} | set(panel.left.values()) | panel.led
    if any(person in text for text in texts.values() for person in people):
        raise ReportImproper(f"{what}: it names a reviewer. A report says what was found, and not by whom.")
    refuse_personal_data(texts)


def _faults_of_areas(command: IssueDraftReport | IssueFinalReport) -> Iterable[Fault]:
    written = [each.area for each in command.areas if each.text.strip()]
    known = {each.id for each in command.rubric.areas}
    wanted = {each.area for each in command.rubric.applying(command.route)}
    for area in command.rubric.areas:
        if area.id in wanted and area.id not in written:
            yield Fault(f"areas.{area.id}", f"Area “{area.id}” has no summary. Write what the panel found in it.")
    for area_id in dict.fromkeys(each.area for each in command.areas):
        if area_id not in known:
            yield Fault(f"areas.{area_id}", f"“{area_id}” is no area of the standard. Choose one of its areas.")
        elif [each.area for each in command.areas].count(area_id) > 1:
            yield Fault(f"areas.{area_id}", f"Area “{area_id}” has two summaries. Write one.")


def _faults_of_findings(command: IssueDraftReport | IssueFinalReport) -> Iterable[Fault]:
    ids = [each.finding_id for each in command.findings]
    areas = {each.id for each in command.rubric.areas}
    for place, finding in enumerate(command.findings):
        if not finding.finding_id.strip() or ids.count(finding.finding_id) > 1 or finding.finding_id in areas:
            yield Fault(f"findings.{place}.finding_id", "Give each finding an id of its own, such as “F1”.")
        if not finding.text.strip():
            yield Fault(f"findings.{place}.text", f"Finding “{finding.finding_id}” has no text. Write what was found.")
        if finding.kind not in get_args(FindingKind):
            yield Fault(f"findings.{place}.kind", f"“{finding.kind}” is no kind of finding. Choose one of the four.")
        if finding.criterion is not None and command.rubric.criterion(finding.criterion) is None:
            message = f"“{finding.criterion}” is no criterion of the standard. Choose one of its criteria."
            yield Fault(f"findings.{place}.criterion", message)


def _faults_of_variation(command: IssueDraftReport | IssueFinalReport) -> Iterable[Fault]:
    varied = command.variation if isinstance(command, IssueDraftReport) else None
    if varied is None:
        return
    if varied.level is None and varied.credits is None:
        yield Fault("variation", "A variation names another level, or another number of credits. Name one.")
    if not varied.reason.strip():
        yield Fault("variation.reason", "Say why the course is sound at the other level or credits.")


def _texts(command: IssueDraftReport | IssueFinalReport) -> dict[str, str]:
    varied = command.variation if isinstance(command, IssueDraftReport) else None
    changes = command.changes if isinstance(command, IssueFinalReport) else ()
    return {
        **{f"areas.{each.area}": each.text for each in command.areas},
        **{f"findings.{place}.text": each.text for place, each in enumerate(command.findings)},
        **{f"changes.{place}.text": each.text for place, each in enumerate(changes)},
        "variation.reason": "" if varied is None else varied.reason,
    }


def withdraw_draft_report(command: WithdrawDraftReport, panel: Panel) -> list[PanelEvent]:
    """Take a draft back before its provider has answered."""
    what = "The draft report was not taken back"
    refuse_moderation_by_others(command.withdrawn_by, panel, what)
    if panel.report.final_on is not None:
        raise ReportAlreadyFinal(f"{what}: the final report was issued on {panel.report.final_on}.")
    draft = panel.report.draft
    if draft is None:
        raise NoDraft(f"{what}: no draft is with the provider.")
    answered = any(claim.drafted_version == draft.drafted_version for claim in panel.report.standing_claims.values())
    if panel.report.checked or answered:
        raise FactualCheckOver(
            f"{what}: the provider has answered it, or its time is over. "
            "What it claims is answered in the final report; open the moderation again if scores have to change."
        )
    refuse_blank(command.reason, what, f"Say why; the provider was told of the draft on {draft.issued_on}.")
    refuse_personal_data({"reason": command.reason})

    return withdrawn(panel, command.reason)


def withdrawn(panel: Panel, reason: str) -> list[PanelEvent]:
    """Return what takes the standing draft back; nothing where there is none."""
    draft = panel.report.draft
    if draft is None:
        return []
    return [
        DraftReportWithdrawn(
            submission_id=draft.submission_id,
            drafted_version=draft.drafted_version,
            told_on=draft.issued_on,
            reason=reason,
        )
    ]


def issue_final_report(command: IssueFinalReport, panel: Panel) -> list[PanelEvent]:
    """Issue the final report, once its draft was checked and every claim answered."""
    what = "The final report was not issued"
    refuse_moderation_by_others(command.issued_by, panel, what)
    draft = panel.report.draft
    if draft is None:
        raise NoDraft(f"{what}: no draft was checked by the provider. Issue a draft first.")
    event = _final(command, draft, panel)
    if panel.report.final_on is not None:
        if event.digest == panel.report.final_digest:
            return []
        raise ReportAlreadyFinal(f"{what}: that was done on {panel.report.final_on}, and its words stand.")
    _refuse_unchecked(panel, draft, what)
    _refuse_content(command, panel, what)
    _refuse_changes(command.changes, event, draft, panel, what)

    return [event]


def _final(command: IssueFinalReport, draft: DraftReportIssued, panel: Panel) -> FinalReportIssued:
    event = FinalReportIssued(
        submission_id=command.submission_id,
        drafted_version=draft.drafted_version,
        language=draft.language,
        areas=_summaries(command, panel),
        findings=command.findings,
        variation=draft.variation,
        changes=command.changes,
        digest="",
        draft_digest=draft.digest,
        issued_on=command.on,
    )
    return replace(event, digest=report_digest(event))


def _refuse_unchecked(panel: Panel, draft: DraftReportIssued, what: str) -> None:
    if not panel.report.checked:
        raise FactualCheckOpen(f"{what}: the provider can check the draft until {draft.answer_by}. Wait until then.")
    unanswered = sorted(set(panel.report.standing_claims) - set(panel.report.verdicts))
    if unanswered:
        raise ClaimsUnanswered(
            f"{what}: {len(unanswered)} of the provider's claims have no answer. "
            "Have them answered by an officer who neither reviewed nor led this case.",
            tuple(Fault(f"claims.{claim_id}", "This claim has no answer.") for claim_id in unanswered),
        )


def _refuse_changes(
    changes: tuple[ReportChange, ...], final: FinalReportIssued, draft: DraftReportIssued, panel: Panel, what: str
) -> None:
    faults = (*_unfounded(changes, final, draft, panel), *_unnamed(changes, final, draft, panel))
    if faults:
        raise ReportImproper(f"{what}: {faults[0].message}", faults)


def _unfounded(
    changes: tuple[ReportChange, ...], final: FinalReportIssued, draft: DraftReportIssued, panel: Panel
) -> Iterable[Fault]:
    changed, accepted = _changed(final, draft), _accepted(panel)
    for place, change in enumerate(changes):
        if change.section not in changed:
            yield Fault(f"changes.{place}.section", f"“{change.section}” reads as it did in the draft. Take it out.")
        if change.claim_id is not None and change.claim_id not in accepted:
            yield Fault(f"changes.{place}.claim_id", "It follows from a claim that was not accepted. Name another.")
        if not change.text.strip():
            yield Fault(f"changes.{place}.text", f"Say in a sentence what changed in “{change.section}”.")


def _unnamed(
    changes: tuple[ReportChange, ...], final: FinalReportIssued, draft: DraftReportIssued, panel: Panel
) -> Iterable[Fault]:
    named, followed = {each.section for each in changes}, {each.claim_id for each in changes}
    for section in sorted(_changed(final, draft) - named):
        yield Fault("changes", f"“{section}” reads otherwise than in the draft, and no change says so. Name it.")
    for claim_id in sorted(_accepted(panel) - followed):
        section = panel.report.claims[claim_id].section
        yield Fault("changes", f"The claim on “{section}” was accepted, and no change follows from it. Name one.")


def _changed(final: FinalReportIssued, draft: DraftReportIssued) -> set[str]:
    before, now = _sections(draft), _sections(final)
    return {section for section in before.keys() | now.keys() if before.get(section) != now.get(section)}


def _sections(report: DraftReportIssued | FinalReportIssued) -> dict[str, object]:
    return {
        **{each.area: each for each in report.areas},
        **{each.finding_id: each for each in report.findings},
    }


def _accepted(panel: Panel) -> set[str]:
    standing, verdicts = panel.report.standing_claims, panel.report.verdicts
    return {claim_id for claim_id in standing if verdicts.get(claim_id, ("rejected", ""))[0] == "accepted"}


def sections_of(draft: DraftReportIssued) -> tuple[str, ...]:
    """Return what a claim may be about: areas, findings, and the variation where there is one."""
    return (*_sections(draft), *(("variation",) if draft.variation is not None else ()))
