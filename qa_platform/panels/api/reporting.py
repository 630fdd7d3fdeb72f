"""The API of the report: the draft, the provider's check of its facts, the answers, the final words."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from msgspec.structs import replace

from qa_platform.kernel.rejected import Missing
from qa_platform.panels import read_model
from qa_platform.panels.api.panels import locked_sheets, panels_api, scored_panel
from qa_platform.panels.commands import (
    ClaimFactualError,
    FinishFactualCheck,
    IssueDraftReport,
    IssueFinalReport,
    ResolveFactualClaim,
    WithdrawDraftReport,
    WithdrawFactualClaim,
)
from qa_platform.panels.read_model import REPORTS, ReportRow
from qa_platform.panels.schemas.agreement import ReasonSchema
from qa_platform.panels.schemas.reporting import (
    ClaimAnswerSchema,
    ClaimSchema,
    DraftReportSchema,
    FactualCheckSchema,
    FinalReportSchema,
    ReportQuerySchema,
    ReportSchema,
    ReportSummarySchema,
)
from qa_platform.web.context import actor, deadlines, new_id, platform, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@panels_api.route("/reports")
class Reports(MethodView):
    """All reports."""

    @panels_api.arguments(ReportQuerySchema, location="query")
    @panels_api.response(200, paged(ReportSummarySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the reports, with whose turn it is and until when."""
        found = page(
            reading(),
            REPORTS,
            read_model.select_reports(actor(), **query),
            order_by=(REPORTS.table.c.submission_id.desc(),),
        )
        return {**found, "items": [_with_due_day(row) for row in found["items"]]}


@panels_api.route("/<submission_id>/report")
class PanelReport(MethodView):
    """The report of one panel."""

    @panels_api.response(200, ReportSchema)
    def get(self, submission_id: str) -> tuple[ReportRow, int, dict[str, str]] | Response:
        """Show the report: its drafts, what was claimed and answered, its final words."""
        return tagged(_with_due_day(_visible(submission_id)))


@panels_api.route("/<submission_id>/report/draft")
class PanelReportDraft(MethodView):
    """The draft."""

    @panels_api.arguments(DraftReportSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Send the provider a draft, to be checked for errors of fact."""
        locked = locked_sheets(scored_panel(submission_id))
        command = IssueDraftReport(
            submission_id=submission_id,
            issued_by=actor().person_id,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
            on=today(),
            answer_by=deadlines().answer_to_draft(today()),
            **body,
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/report/draft/withdrawal")
class PanelReportDraftWithdrawal(MethodView):
    """A draft that is taken back."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take a draft back before its provider answered; it was told of the draft, and is told of this."""
        scored_panel(submission_id)
        command = WithdrawDraftReport(submission_id=submission_id, withdrawn_by=actor().person_id, **body)
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/report/claims")
class PanelReportClaims(MethodView):
    """What the provider says is wrong."""

    @panels_api.arguments(ClaimSchema)
    @panels_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Claim an error of fact, with what shows it."""
        _visible(submission_id)
        claim_id = new_id("claim")
        command = ClaimFactualError(submission_id=submission_id, claim_id=claim_id, on=today(), **body)
        return run(command, id=claim_id, location=f"/api/v1/panels/{submission_id}/report", status=201)


@panels_api.route("/<submission_id>/report/claims/<claim_id>/withdrawal")
class PanelReportClaimWithdrawal(MethodView):
    """A claim that is taken back."""

    @panels_api.response(200, ReceiptSchema)
    def put(self, submission_id: str, claim_id: str) -> Answer:
        """Take a claim back while the draft can be checked."""
        _visible(submission_id)
        return run(WithdrawFactualClaim(submission_id=submission_id, claim_id=claim_id, on=today()), id=claim_id)


@panels_api.route("/<submission_id>/report/claims/<claim_id>/answer")
class PanelReportClaimAnswer(MethodView):
    """The answer to a claim."""

    @panels_api.arguments(ClaimAnswerSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, claim_id: str) -> Answer:
        """Accept or reject a claim, as somebody who neither reviewed nor led this case."""
        _visible(submission_id)
        command = ResolveFactualClaim(
            submission_id=submission_id, claim_id=claim_id, resolved_by=actor().person_id, **body
        )
        return run(command, id=claim_id)


@panels_api.route("/<submission_id>/report/factual-check")
class PanelFactualCheck(MethodView):
    """The end of the provider's check."""

    @panels_api.arguments(FactualCheckSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Say that there is no error, or that there are no others than those claimed."""
        _visible(submission_id)
        command = FinishFactualCheck(
            submission_id=submission_id, on=today(), report_due_on=deadlines().final_report(today()), **body
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/report/final")
class PanelReportFinal(MethodView):
    """The final report."""

    @panels_api.arguments(FinalReportSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Issue the final report, with what changed since the draft."""
        locked = locked_sheets(scored_panel(submission_id))
        command = IssueFinalReport(
            submission_id=submission_id,
            issued_by=actor().person_id,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
            on=today(),
            **body,
        )
        return run(command, id=submission_id)


def _visible(submission_id: str) -> ReportRow:
    row = read_model.get_report(reading(), submission_id, actor())
    if row is None:
        raise Missing("There is no report here that you may see: none is issued, or it is not your case. Check it.")
    return row


def _with_due_day(row: ReportRow) -> ReportRow:
    if row.status != "due" or row.due_on is not None:
        return row
    # The agency's own term for a draft is counted from the day on which it became due.
    since = row.held_since.astimezone(platform().zone).date()
    return replace(row, due_on=deadlines().draft_report(since))
