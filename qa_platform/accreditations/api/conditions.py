"""The API of conditions: for the provider that meets them, and for those who check."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.accreditations import read_model
from qa_platform.accreditations.commands import BeginCheck, FileEvidence, HandOverCheck, ReverseVerdict, RuleOnCondition
from qa_platform.accreditations.commands import Ruler as RulerOf
from qa_platform.accreditations.decider import ConditionStatus, latest_extension
from qa_platform.accreditations.read_model import ACCREDITATIONS, CONDITIONS, ConditionRow
from qa_platform.accreditations.schemas import (
    AwaitedClosingSchema,
    CheckerSchema,
    ConditionQuerySchema,
    ConditionSchema,
    FilingSchema,
    ReversalSchema,
    RulingSchema,
)
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.web.context import actor, deadlines, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run

conditions_api = Blueprint(
    "conditions", __name__, url_prefix="/api/v1/conditions", description="What decisions ask for, and until when"
)


@conditions_api.route("")
class Conditions(MethodView):
    """The conditions that are somebody's business."""

    @conditions_api.arguments(ConditionQuerySchema, location="query")
    @conditions_api.response(200, paged(ConditionSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List conditions, what is due first: a provider's own, those of one's panels, or all."""
        found = page(
            reading(),
            CONDITIONS,
            read_model.select_conditions(actor(), today(), **query),
            order_by=(CONDITIONS.table.c.held_until,),
        )
        return {**found, "items": _shown(read_model.as_seen_by(actor(), found["items"]))}


@conditions_api.route("/closings")
class ConditionClosings(MethodView):
    """The entries that wait for their closing document."""

    @conditions_api.response(200, paged(AwaitedClosingSchema))
    def get(self) -> dict[str, Any]:
        """List the entries all of whose conditions are met, and until when the document is to be issued."""
        query = read_model.select_awaiting_closing(actor())
        found = page(reading(), ACCREDITATIONS, query, order_by=(ACCREDITATIONS.table.c.number,))
        met = read_model.met_on(reading(), [row.accreditation_id for row in found["items"]])
        items = [
            {**{name: getattr(row, name) for name in row.__struct_fields__}, **_awaited(met[row.accreditation_id])}
            for row in found["items"]
        ]
        return {**found, "items": items}


@conditions_api.route("/<condition_id>")
class Condition(MethodView):
    """One condition."""

    @conditions_api.response(200, ConditionSchema)
    def get(self, condition_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Show a condition, what was filed for it, and what was ruled."""
        row = _visible(condition_id)
        # Never 304: it becomes overdue without anything happening to it.
        return _shown([row])[0], 200, {"ETag": etag(row.version)}


@conditions_api.route("/<condition_id>/filings")
class ConditionFilings(MethodView):
    """What is filed for a condition."""

    @conditions_api.arguments(FilingSchema)
    @conditions_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], condition_id: str) -> Answer:
        """File evidence, or more of it, until the check is begun."""
        row = _visible(condition_id)
        command = FileEvidence(
            condition_id=condition_id,
            submission_id=row.submission_id,
            on=today(),
            check_due_on=deadlines().condition_check(today()),
            **body,
        )
        return run(command, id=condition_id, location=f"/api/v1/conditions/{condition_id}", status=201)


@conditions_api.route("/<condition_id>/check")
class ConditionCheck(MethodView):
    """The check of a condition's evidence."""

    @conditions_api.response(200, ReceiptSchema)
    def put(self, condition_id: str) -> Answer:
        """Take the check in hand; from now on nothing more is filed."""
        row = _visible(condition_id)
        ruler = _ruler(row)
        return run(
            BeginCheck(condition_id=condition_id, submission_id=row.submission_id, ruler=ruler, on=today()),
            id=condition_id,
        )


@conditions_api.route("/<condition_id>/checker")
class ConditionChecker(MethodView):
    """Who checks a condition."""

    @conditions_api.arguments(CheckerSchema)
    @conditions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], condition_id: str) -> Answer:
        """Hand the check over, to the panel or to the office; it begins anew."""
        row = _visible(condition_id)
        return run(
            HandOverCheck(condition_id=condition_id, submission_id=row.submission_id, on=today(), **body),
            id=condition_id,
        )


@conditions_api.route("/<condition_id>/verdict")
class ConditionVerdict(MethodView):
    """The verdict on a condition."""

    @conditions_api.arguments(RulingSchema)
    @conditions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], condition_id: str) -> Answer:
        """Rule on what was checked, or on what lapsed; met in part means more time, once."""
        row = _visible(condition_id)
        if body["verdict"] == "partly_met":
            usual = min(deadlines().extended_condition(today()), latest_extension(row.decided_on))
            body = {"due_on": usual, **body}
        command = RuleOnCondition(
            condition_id=condition_id, submission_id=row.submission_id, ruler=_ruler(row), on=today(), **body
        )
        return run(command, id=condition_id)


@conditions_api.route("/<condition_id>/verdict/reversal")
class ConditionVerdictReversal(MethodView):
    """The reversal of a verdict that was recorded in error."""

    @conditions_api.arguments(ReversalSchema)
    @conditions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], condition_id: str) -> Answer:
        """Take the verdict back, until the closing document is issued or something else was built upon it."""
        row = _visible(condition_id)
        entry = read_model.entries_of(reading(), [row.accreditation_id]).get(row.accreditation_id)
        command = ReverseVerdict(
            condition_id=condition_id,
            submission_id=row.submission_id,
            ruler=_ruler(row),
            closed=entry is not None and entry.status != "conditional" and entry.decision_id == row.decision_id,
            on=today(),
            **body,
        )
        # Whoever issues the document at the same moment is refused, or this is.
        standing = StreamVersion(
            stream=f"accreditation-{row.accreditation_id}", version=0 if entry is None else entry.version
        )
        return run(command, id=condition_id, depends_on=(standing,))


def _ruler(row: ConditionRow) -> RulerOf:
    person = actor().person_id
    return RulerOf(
        person_id=person,
        officer=actor().acting_as is Role.REGISTER_OFFICER,
        panel=read_model.panel_of(reading(), row.submission_id),
        providers=read_model.providers_of(reading(), person),
    )


def _shown(rows: list[ConditionRow]) -> list[dict[str, Any]]:
    entries = read_model.entries_of(reading(), [row.accreditation_id for row in rows])
    return [
        {
            **{name: getattr(row, name) for name in row.__struct_fields__},
            **{
                name: getattr(entries.get(row.accreditation_id), name, None)
                for name in ("number", "title_en", "title_ms")
            },
            "revocation_may_begin": row.status is ConditionStatus.NOT_MET,
            "latest_on": latest_extension(row.decided_on),
            # Due today is not overdue.
            "overdue": row.held_until is not None and row.held_until < today(),
        }
        for row in rows
    ]


def _awaited(met_on: date) -> dict[str, Any]:
    return {"met_on": met_on, "held_by": "officer", "held_until": deadlines().closing_document(met_on)}


def _visible(condition_id: str) -> ConditionRow:
    row = read_model.get_condition(reading(), condition_id, actor(), today())
    if row is None:
        raise Missing("There is no such condition among those that you may see. Check the address.")
    return row
