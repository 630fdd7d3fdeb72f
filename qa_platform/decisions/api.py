"""The API of decisions: for the committee, and for the provider once a decision is released."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.decisions import read_model
from qa_platform.decisions.commands import Dossier, RecuseMember, ReleaseDecision, TakeDecision
from qa_platform.decisions.events import Condition
from qa_platform.decisions.read_model import DECISIONS, CaseFile, DecisionRow
from qa_platform.decisions.schemas import (
    DecisionQuerySchema,
    DecisionSchema,
    DecisionSummarySchema,
    LanguageQuerySchema,
    OutcomeSchema,
    RecusalSchema,
    ReleaseSchema,
    TakeDecisionSchema,
)
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.scoring.outcome import explain, outcome
from qa_platform.web.context import actor, deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run

decisions_api = Blueprint(
    "decisions", __name__, url_prefix="/api/v1/decisions", description="What the committee decides, and on what basis"
)


@decisions_api.route("")
class Decisions(MethodView):
    """The deciding on all submissions."""

    @decisions_api.arguments(DecisionQuerySchema, location="query")
    @decisions_api.response(200, paged(DecisionSummarySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List decisions: to the committee all that are coming, to a provider its own once released."""
        found = page(
            reading(),
            DECISIONS,
            read_model.select_decisions(actor(), **query),
            order_by=(DECISIONS.table.c.submission_id.desc(),),
        )
        return {**found, "items": read_model.as_seen_by(actor(), found["items"])}


@decisions_api.route("/<submission_id>")
class Decision(MethodView):
    """The deciding on one submission."""

    @decisions_api.arguments(LanguageQuerySchema, location="query")
    @decisions_api.response(200, DecisionSchema)
    def get(self, query: dict[str, Any], submission_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Show where the deciding stands, with the outcome once scores may be compared."""
        row = _visible(submission_id)
        shown = {name: getattr(row, name) for name in (*row.__struct_fields__, "stage")}
        answer = {**shown, "outcome": _explained(row, **query) if row.scoring_closed else None}
        # Never 304: the panel moves on without the decision's own stream.
        return answer, 200, {"ETag": etag(row.version)}

    @decisions_api.arguments(TakeDecisionSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take a decision, on the dossier as it stands now."""
        _visible(submission_id)
        dossier, file = _dossier(submission_id)
        committee = read_model.members_among(reading(), body["members"])
        decision_id = new_id("decision")
        conditions = tuple(
            Condition(condition_id=new_id(f"condition {place}"), **_dated(condition))
            for place, condition in enumerate(body.pop("conditions"))
        )
        command = TakeDecision(
            submission_id=submission_id,
            decision_id=decision_id,
            dossier=dossier,
            committee=tuple(member.person_id for member in committee),
            taken_on=today(),
            longest_validity_months=deadlines().longest_validity_months,
            report_required=deadlines().final_report_required,
            conditions=conditions,
            **body,
        )
        rests_on = (*file.depends_on, *(member.stream_version for member in committee))
        return run(command, id=decision_id, depends_on=rests_on)


@decisions_api.route("/<submission_id>/outcome")
class DecisionOutcome(MethodView):
    """What the locked scores mean."""

    @decisions_api.arguments(LanguageQuerySchema, location="query")
    @decisions_api.response(200, OutcomeSchema)
    def get(self, query: dict[str, Any], submission_id: str) -> dict[str, Any]:
        """Show the outcome, computed now from the locked scores, and why it is so."""
        row = _visible(submission_id)
        if not row.scoring_closed:
            raise Missing("There is no outcome yet: it is known once every review of the panel is locked.")
        return _explained(row, **query)


@decisions_api.route("/<submission_id>/release")
class DecisionRelease(MethodView):
    """The release of a decision to its provider."""

    @decisions_api.arguments(ReleaseSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Release the decision."""
        _visible(submission_id)
        status, standing = _submission(submission_id)
        command = ReleaseDecision(
            submission_id=submission_id,
            submission_status=status,
            released_on=today(),
            appeal_calendar_days=deadlines().appeal_calendar_days,
            **{"appeal_until": deadlines().appeal_until(today()), **body},
        )
        return run(command, id=submission_id, depends_on=(standing,))


@decisions_api.route("/<submission_id>/recusals/<uuid:member_id>")
class DecisionRecusal(MethodView):
    """A member of the committee who takes no part."""

    @decisions_api.arguments(RecusalSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, member_id: UUID) -> Answer:
        """Record that a member takes no part in this decision."""
        _visible(submission_id)
        member = str(member_id)
        return run(RecuseMember(submission_id=submission_id, member_id=member, **body), id=member)


def _dated(condition: dict[str, Any]) -> dict[str, Any]:
    usual = deadlines().condition_due(today(), critical=condition["severity"] == "critical")
    return {"due_on": usual, **condition}


def _submission(submission_id: str) -> tuple[str, StreamVersion]:
    release_reading()
    stream = f"submission-{submission_id}"
    file = read_model.case_file(ledger().read_stream(stream))
    return file.status, StreamVersion(stream=stream, version=file.latest[stream].version)


def _dossier(submission_id: str) -> tuple[Dossier, CaseFile]:
    release_reading()
    file = read_model.case_file(ledger().read_case(submission_id))
    if file.panel is None:
        raise _nothing_there()
    dossier = file.dossier(*read_model.rubric_under(reading(), file.panel.rubric_hash))
    if dossier is None:
        raise _nothing_there()
    return dossier, file


def _explained(row: DecisionRow, language: str) -> dict[str, Any]:
    dossier, _file = _dossier(row.submission_id)
    found = outcome(dossier.rubric, dossier.route, dossier.sheets, dossier.settled)
    seen = read_model.outcome_as_seen_by(actor(), found)
    return {**msgspec.structs.asdict(seen), "explanation": explain(seen, language)}


def _visible(submission_id: str) -> DecisionRow:
    row = read_model.get_decision(reading(), submission_id, actor())
    if row is None:
        raise _nothing_there()
    return row


def _nothing_there() -> Missing:
    return Missing("There is no such decision among those that you may see. Check the address.")
