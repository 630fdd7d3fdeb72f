"""The API of the register, open to everybody."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.accreditations import read_model
from qa_platform.accreditations.decider import checked_number
from qa_platform.accreditations.read_model import ACCREDITATIONS, AccreditationRow
from qa_platform.accreditations.schemas import AccreditationQuerySchema, AccreditationSchema
from qa_platform.kernel.rejected import Missing
from qa_platform.web.context import reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag

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
        return {**found, "items": read_model.as_of(on, found["items"])}


@accreditations_api.route("/<number>")
class Accreditation(MethodView):
    """One entry."""

    @accreditations_api.response(200, AccreditationSchema)
    def get(self, number: str) -> tuple[AccreditationRow, int, dict[str, str]]:
        """Show the entry under a number, however it was typed."""
        row = read_model.get_accreditation(reading(), checked_number(number), today())
        if row is None:
            raise Missing(f"“{number}” is well written, but the register has no such number. Check the year.")
        # Never 304: an entry expires without anything happening to it.
        return row, 200, {"ETag": etag(row.version)}
