"""The API of decisions: for the committee, and for the provider once a decision is released."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from flask.views import MethodView

from qa_platform.decisions import read_model
from qa_platform.decisions.api.blueprints import decisions_api
from qa_platform.decisions.api.looking import asked_by, dossier_of, sitting_of, submission_of, visible
from qa_platform.decisions.commands import (
    CorrectDecision,
    CountersignDecision,
    RecordDissent,
    ReleaseDecision,
    RescindDecision,
    TakeDecision,
)
from qa_platform.decisions.events import Condition
from qa_platform.decisions.read_model import DECISIONS, DecisionRow
from qa_platform.decisions.schemas import (
    CorrectionSchema,
    DecisionQuerySchema,
    DecisionSchema,
    DecisionSummarySchema,
    DissentSchema,
    LanguageQuerySchema,
    OutcomeSchema,
    ReasonSchema,
    ReleaseSchema,
    TakeDecisionSchema,
)
from qa_platform.kernel.rejected import Missing
from qa_platform.scoring.outcome import explain, outcome
from qa_platform.web.context import actor, deadlines, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.reach import signing_of
from qa_platform.web.receipts import Answer, ReceiptSchema, run


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
        row = visible(submission_id)
        shown = {name: getattr(row, name) for name in (*row.__struct_fields__, "stage")}
        answer = {**shown, "outcome": _explained(row, **query) if row.scoring_closed else None}
        # Never 304: the panel moves on without the decision's own stream.
        return answer, 200, {"ETag": etag(row.version)}

    @decisions_api.arguments(TakeDecisionSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take a decision, on the dossier as it stands now."""
        row = visible(submission_id)
        meeting = sitting_of(row)
        # Whoever voted has sat.
        body["members"] = body["members"] or _voters(row)
        committee = read_model.members_among(reading(), body["members"], actor())
        dossier, file = dossier_of(submission_id)
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
            longest_deferral_calendar_days=deadlines().deferral_calendar_days,
            quorum=deadlines().committee_quorum,
            sitting=meeting.sitting,
            recorded_by=actor().person_id,
            conditions=conditions,
            **_supplied_by(body),
        )
        rests_on = (*file.depends_on, meeting.stream_version, *(member.stream_version for member in committee))
        return run(command, id=decision_id, depends_on=rests_on)


@decisions_api.route("/<submission_id>/outcome")
class DecisionOutcome(MethodView):
    """What the locked scores mean."""

    @decisions_api.arguments(LanguageQuerySchema, location="query")
    @decisions_api.response(200, OutcomeSchema)
    def get(self, query: dict[str, Any], submission_id: str) -> dict[str, Any]:
        """Show the outcome, computed now from the locked scores, and why it is so."""
        row = visible(submission_id)
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
        row = visible(submission_id)
        signing = signing_of(reading(), submission_id, row.provider_id)
        status, standing = submission_of(submission_id)
        command = ReleaseDecision(
            submission_id=submission_id,
            cosignature_missing=signing.is_missing(None if row.verdict is None else row.verdict.decision_id),
            submission_status=status,
            released_on=today(),
            appeal_calendar_days=deadlines().appeal_calendar_days,
            **{"appeal_until": deadlines().appeal_until(today()), **body},
        )
        return run(command, id=submission_id, depends_on=(standing, *signing.rests_on))


@decisions_api.route("/<submission_id>/signature")
class DecisionSignature(MethodView):
    """The second signature under a decision."""

    @decisions_api.response(200, ReceiptSchema)
    def put(self, submission_id: str) -> Answer:
        """Confirm, as a member who sat, that the decision is what the committee decided."""
        row = visible(submission_id)
        command = CountersignDecision(
            submission_id=submission_id,
            decision_id=decision_id_of(row),
            member_id=actor().person_id,
            signed_on=today(),
        )
        return run(command, id=submission_id)


@decisions_api.route("/<submission_id>/dissents/<uuid:member_id>")
class DecisionDissent(MethodView):
    """Why a member voted against a decision."""

    @decisions_api.arguments(DissentSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, member_id: UUID) -> Answer:
        """Record a dissent before the release."""
        visible(submission_id)
        member = str(member_id)
        command = RecordDissent(submission_id=submission_id, member_id=member, asked_by=asked_by(), **body)
        return run(command, id=member)


@decisions_api.route("/<submission_id>/rescission")
class DecisionRescission(MethodView):
    """The way back from a decision that nobody outside the committee knows of."""

    @decisions_api.arguments(ReasonSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take back a decision that was not released; the item is open again."""
        decision_id = decision_id_of(visible(submission_id))
        command = RescindDecision(submission_id=submission_id, decision_id=decision_id, rescinded_on=today(), **body)
        return run(command, id=decision_id)


@decisions_api.route("/<submission_id>/corrections")
class DecisionCorrections(MethodView):
    """What was put right in a decision after its release."""

    @decisions_api.arguments(CorrectionSchema)
    @decisions_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Put right a slip of the pen; what was decided stays."""
        correction_id = new_id("correction")
        command = CorrectDecision(
            submission_id=submission_id,
            decision_id=decision_id_of(visible(submission_id)),
            correction_id=correction_id,
            corrected_on=today(),
            **body,
        )
        return run(command, id=correction_id, status=201)


def decision_id_of(row: DecisionRow) -> str:
    """Return the id of the decision that stands. Raises Missing where there is none."""
    if row.verdict is None:
        raise Missing("There is no decision on this submission yet.")
    return row.verdict.decision_id


def _dated(condition: dict[str, Any]) -> dict[str, Any]:
    usual = deadlines().condition_due(today(), critical=condition["severity"] == "critical")
    return {"due_on": usual, **condition}


def _voters(row: DecisionRow) -> tuple[str, ...]:
    return () if row.item is None else tuple(sorted(one.member_id for one in row.item.votes))


def _supplied_by(body: dict[str, Any]) -> dict[str, Any]:
    if body["code"] == "DEFER" and body["supply_by"] is None:
        return {**body, "supply_by": deadlines().deferred_until(today())}
    return body


def _explained(row: DecisionRow, language: str) -> dict[str, Any]:
    dossier, _file = dossier_of(row.submission_id)
    found = outcome(dossier.rubric, dossier.route, dossier.sheets, dossier.settled)
    seen = read_model.outcome_as_seen_by(actor(), found)
    return {**msgspec.structs.asdict(seen), "explanation": explain(seen, language)}
