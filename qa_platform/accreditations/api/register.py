"""The API of the register, open to everybody; its officer closes conditions."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.accreditations import read_model
from qa_platform.accreditations.commands import ConditionStanding, CorrectClosing, IssueClosing
from qa_platform.accreditations.decider import checked_number
from qa_platform.accreditations.read_model import ACCREDITATIONS, AccreditationRow, OpenConditions
from qa_platform.accreditations.schemas import (
    AccreditationQuerySchema,
    AccreditationSchema,
    ClosingSchema,
    CorrectionSchema,
)
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.web.context import actor, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run

accreditations_api = Blueprint(
    "accreditations", __name__, url_prefix="/api/v1/accreditations", description="The public register"
)


@accreditations_api.route("")
class Accreditations(MethodView):
    """All entries of the register."""

    @accreditations_api.arguments(AccreditationQuerySchema, location="query")
    @accreditations_api.response(200, paged(AccreditationSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Search the register."""
        on = today()
        found = page(
            reading(),
            ACCREDITATIONS,
            read_model.select_accreditations(on, **query),
            order_by=(ACCREDITATIONS.table.c.number.desc(),),
        )
        return {**found, "items": _shown(read_model.as_of(on, found["items"]))}


@accreditations_api.route("/<number>")
class Accreditation(MethodView):
    """One entry."""

    @accreditations_api.response(200, AccreditationSchema)
    def get(self, number: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Show the entry under a number, however it was typed."""
        row = _entry(number)
        # Never 304: an entry expires without anything happening to it.
        return _shown([row])[0], 200, {"ETag": etag(row.version)}


@accreditations_api.route("/<number>/closing")
class AccreditationClosing(MethodView):
    """The document that closes the conditions of an entry."""

    @accreditations_api.arguments(ClosingSchema)
    @accreditations_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], number: str) -> Answer:
        """Issue the document, and make a conditional accreditation positive; the first document is kept."""
        row = _entry_to_close(number)
        conditions = read_model.of_decision(reading(), row.accreditation_id, row.decision_id)
        command = IssueClosing(
            accreditation_id=row.accreditation_id,
            submission_id=row.submission_id,
            conditions=tuple(
                ConditionStanding(condition_id=one.condition_id, version=one.version, status=one.status, of=one.of)
                for one in conditions
            ),
            on=today(),
            **body,
        )
        # A verdict that is taken back at the same moment is not closed over.
        rests_on = tuple(
            StreamVersion(stream=f"condition-{one.condition_id}", version=one.version) for one in conditions
        )
        return run(command, id=row.number, depends_on=rests_on)


@accreditations_api.route("/<number>/closing/correction")
class AccreditationClosingCorrection(MethodView):
    """The correction of a closing document."""

    @accreditations_api.arguments(CorrectionSchema)
    @accreditations_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], number: str) -> Answer:
        """Say by a notice that the document was issued in error; the accreditation is conditional again."""
        row = _entry_to_close(number)
        command = CorrectClosing(
            accreditation_id=row.accreditation_id, submission_id=row.submission_id, on=today(), **body
        )
        return run(command, id=row.number)


def _entry(number: str) -> AccreditationRow:
    row = read_model.get_accreditation(reading(), checked_number(number), today())
    if row is None:
        raise Missing(f"“{number}” is well written, but the register has no such number. Check the year.")
    return row


def _entry_to_close(number: str) -> AccreditationRow:
    row = _entry(number)
    if not read_model.may_close(reading(), actor(), row.accreditation_id):
        raise Missing(f"“{row.number}” is of a case that you have no part in. Ask another register officer.")
    return row


def _shown(rows: list[AccreditationRow]) -> list[dict[str, Any]]:
    conditions = read_model.open_conditions(reading(), [row.accreditation_id for row in rows])
    return [_with_conditions(row, conditions.get(row.accreditation_id, OpenConditions())) for row in rows]


def _with_conditions(row: AccreditationRow, conditions: OpenConditions) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in row.__struct_fields__},
        "open_conditions": conditions.open,
        "conditions_due_on": conditions.due_on,
        "intake_allowed": read_model.intake_allowed(row, conditions),
    }
