"""The API of panels: who sits, who leads, and the moderation of what they scored."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.panels import read_model
from qa_platform.panels.commands import (
    AssignLead,
    CloseModeration,
    SettleCriterion,
    StandReviewerDown,
)
from qa_platform.panels.read_model import PANELS, Candidate, GivenScore, PanelRow
from qa_platform.panels.schemas import (
    AssignLeadSchema,
    AssignReviewerSchema,
    CandidateSchema,
    DepartureSchema,
    ModerationSchema,
    PanelQuerySchema,
    PanelSchema,
    SettlementSchema,
)
from qa_platform.scoring.outcome import Sheet, outcome
from qa_platform.scoring.rubric import Rubric
from qa_platform.web.context import actor, deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

panels_api = Blueprint(
    "panels", __name__, url_prefix="/api/v1/panels", description="Who reviews what, and the moderation of scores"
)


@panels_api.route("")
class Panels(MethodView):
    """All panels."""

    @panels_api.arguments(PanelQuerySchema, location="query")
    @panels_api.response(200, paged(PanelSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the panels; to a lead reviewer his own."""
        found = page(
            reading(),
            PANELS,
            read_model.select_panels(actor(), **query),
            order_by=(PANELS.table.c.submission_id.desc(),),
        )
        return {**found, "items": read_model.as_seen_by(actor(), found["items"])}


@panels_api.route("/<submission_id>")
class Panel(MethodView):
    """The panel of one submission."""

    @panels_api.response(200, PanelSchema)
    def get(self, submission_id: str) -> tuple[PanelRow, int, dict[str, str]] | Response:
        """Show the panel of a submission."""
        return tagged(visible(submission_id))


@panels_api.route("/<submission_id>/candidates")
class PanelCandidates(MethodView):
    """Whom the panel may be given."""

    @panels_api.response(200, CandidateSchema(many=True))
    def get(self, submission_id: str) -> list[Candidate]:
        """List eligible reviewers and what keeps each from a seat; who fits, and has no tie to the provider, first."""
        return read_model.list_candidates(reading(), visible(submission_id), today(), rotation=deadlines().rotation)


@panels_api.route("/<submission_id>/seats/<int:seat>")
class PanelSeat(MethodView):
    """One seat."""

    @panels_api.arguments(AssignReviewerSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, seat: int) -> Answer:
        """Give a seat to a reviewer."""
        panel = visible(submission_id)
        candidate = read_model.get_candidacy(
            reading(), panel, body["reviewer_id"], today(), rotation=deadlines().rotation
        )
        if candidate is None:
            raise Missing("The reviewer was not assigned: there is no such reviewer. Choose one from the candidates.")
        review_id = new_id("review")
        command = read_model.to_assign(
            candidate, panel.submission_id, review_id, seat, reasons=body["reasons"], on=today()
        )
        return run(
            command,
            id=review_id,
            location=f"/api/v1/reviews/{review_id}",
            depends_on=read_model.rests_on([candidate]),
            also=read_model.within_caps([command]),
        )


@panels_api.route("/<submission_id>/seats/<int:seat>/departure")
class PanelDeparture(MethodView):
    """Whoever leaves a seat."""

    @panels_api.arguments(DepartureSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, seat: int) -> Answer:
        """Stand the reviewer down who holds a seat."""
        held = [each.review_id for each in visible(submission_id).seated if each.seat == seat]
        if not held:
            raise Missing(f"Nobody was stood down: nobody holds seat {seat}. Look at the panel again.")
        command = StandReviewerDown(submission_id=submission_id, review_id=held[0], **body)
        return run(command, id=held[0])


@panels_api.route("/<submission_id>/lead")
class PanelLead(MethodView):
    """Who leads."""

    @panels_api.arguments(AssignLeadSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Ask somebody who does not score here to lead."""
        panel = visible(submission_id)
        # A lead need not be a reviewer; one who is has declared his interests there.
        known = read_model.get_assignable(reading(), body["lead_id"], submission_id)
        interests = () if known is None else tuple(known.interests.values())
        version = 0 if known is None else known.version
        rests_on = [StreamVersion(stream=f"reviewer-{body['lead_id']}", version=version)]
        lead = read_model.get_lead(reading(), body["lead_id"], submission_id)
        if lead is not None:
            rests_on.append(lead.stream_version)
        command = AssignLead(
            submission_id=panel.submission_id,
            is_lead_reviewer=lead is not None,
            interests=interests,
            on=today(),
            **body,
        )
        return run(command, id=submission_id, depends_on=rests_on)


@panels_api.route("/<submission_id>/settlements/<criterion>")
class PanelSettlement(MethodView):
    """The final score of one criterion."""

    @panels_api.arguments(SettlementSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, criterion: str) -> Answer:
        """Settle a criterion; the reviewers' own scores stay beside it."""
        locked = locked_sheets(scored_panel(submission_id))
        command = SettleCriterion(
            submission_id=submission_id,
            settled_by=actor().person_id,
            criterion=criterion,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
            **body,
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/moderation")
class PanelModeration(MethodView):
    """The moderation of what the reviewers scored."""

    @panels_api.response(200, ModerationSchema)
    def get(self, submission_id: str) -> tuple[dict[str, Any], int, dict[str, str]] | Response:
        """Show the locked sheets side by side, and what still calls for moderation."""
        locked = locked_sheets(scored_panel(submission_id))
        answer = tagged(locked.panel)
        return answer if isinstance(answer, Response) else (_compared(locked), *answer[1:])

    @panels_api.response(200, ReceiptSchema)
    def put(self, submission_id: str) -> Answer:
        """Close the moderation, once nothing is left to settle."""
        locked = locked_sheets(scored_panel(submission_id))
        command = CloseModeration(
            submission_id=submission_id,
            closed_by=actor().person_id,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
        )
        return run(command, id=submission_id)


class Locked(NamedTuple):
    """A panel with what its reviewers gave, and under which rubric."""

    panel: PanelRow
    rubric: Rubric
    given: dict[str, dict[str, GivenScore]]
    sheets: tuple[Sheet, ...]


def locked_sheets(panel: PanelRow) -> Locked:
    """Return what the reviewers of a panel gave whose scores are compared."""
    rubric = read_model.rubric_under(reading(), panel.rubric_hash)
    release_reading()
    streams = {seat.review_id: ledger().read_stream(f"review-{seat.review_id}") for seat in panel.counted}
    return Locked(
        panel=panel,
        rubric=rubric,
        given={review_id: read_model.given_scores(stream) for review_id, stream in streams.items()},
        sheets=tuple(read_model.sheet_of(review_id, stream) for review_id, stream in streams.items()),
    )


def _compared(locked: Locked) -> dict[str, Any]:
    settled = {each.criterion: each for each in locked.panel.settlements}
    proposed = {each.criterion: each for each in locked.panel.proposals}
    final = {criterion: each.score for criterion, each in settled.items()}
    found = outcome(locked.rubric, locked.panel.route, locked.sheets, final)
    return {
        "submission_id": locked.panel.submission_id,
        "version": locked.panel.version,
        "status": locked.panel.status,
        "criteria": [
            {
                "criterion": criterion.id,
                "scores": [given[criterion.id] for given in locked.given.values()],
                "settlement": settled.get(criterion.id),
                "superseded": [each for each in locked.panel.superseded if each.criterion == criterion.id],
                "proposal": proposed.get(criterion.id),
            }
            for criterion in locked.rubric.applying(locked.panel.route)
        ],
        "triggers": found.triggers,
        # What differs and is not settled counts with the mean of its points, unless a score is agreed on.
        "apart": [each.criterion for each in found.criteria if each.basis == "mean"],
        "third": locked.panel.third,
    }


def scored_panel(submission_id: str) -> PanelRow:
    """Return the panel whose scores this request's actor may compare. Raises Missing."""
    row = read_model.get_scored_panel(reading(), submission_id, actor())
    if row is None:
        raise Missing("There are no scores to compare here: scoring is not closed, or it is not your panel.")
    return row


def visible(submission_id: str) -> PanelRow:
    """Return a panel that whoever asks may see. Raises Missing."""
    row = read_model.get_panel(reading(), submission_id, actor())
    if row is None:
        raise Missing("There is no such panel among those that you may see. Check the address.")
    return row
