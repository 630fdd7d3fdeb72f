"""The API of clocks and of refusals: whose turn it is, how a month went, and what everybody may know was refused."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask.views import MethodView
from flask_smorest import Blueprint
from msgspec.structs import asdict

from qa_platform.dashboards.clock import State, Terms, clock_of
from qa_platform.dashboards.read_model import marks_of, released_in
from qa_platform.dashboards.refusals import select_refusals, summaries
from qa_platform.dashboards.schemas import (
    ClockSchema,
    ClocksQuerySchema,
    RefusalSchema,
    ReportQuerySchema,
    ReportSchema,
)
from qa_platform.decisions.read_model import DECISIONS
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.reviews.read_model import REVIEWS
from qa_platform.submissions.decider import Status
from qa_platform.submissions.read_model import (
    SUBMISSIONS,
    SubmissionRow,
    get_component,
    get_submission,
    select_submissions,
)
from qa_platform.web.context import actor, deadlines, platform, reading, today
from qa_platform.web.paging import page, paged

clocks_api = Blueprint("clocks", __name__, url_prefix="/api/v1/clocks", description="The legal clocks of cases")

refusals_api = Blueprint("refusals", __name__, url_prefix="/api/v1/refusals", description="Refusals, open to everybody")

# They run cases, or watch over them; others learn of what is behind the door that it is being assessed.
_IN_FULL = {Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.AUDITOR}


@clocks_api.route("")
class Clocks(MethodView):
    """The clocks of all cases."""

    @clocks_api.arguments(ClocksQuerySchema, location="query")
    @clocks_api.response(200, paged(ClockSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List cases with whose turn it is, since when, and by when it is due; what was lodged last comes first."""
        column = SUBMISSIONS.table.c
        lodged = select_submissions(actor(), **query).where(column.round > 0, column.status != Status.DRAFT.value)
        found = page(reading(), SUBMISSIONS, lodged, order_by=(column.created_at.desc(),))
        return {**found, "items": _clocks(found["items"])}


@clocks_api.route("/<submission_id>")
class Clock(MethodView):
    """The clock of one case."""

    @clocks_api.response(200, ClockSchema)
    def get(self, submission_id: str) -> dict[str, Any]:
        """Show whose turn it is in a case, and how long each had it."""
        found = _clocks([get_submission(reading(), submission_id, actor())])
        if not found:
            raise Missing("There is no clock to show: the course was not lodged yet. Lodge it, then look again.")
        return found[0]


@clocks_api.route("/components/<component_id>")
class ComponentClock(MethodView):
    """The clock of one component."""

    @clocks_api.response(200, ClockSchema)
    def get(self, component_id: str) -> dict[str, Any]:
        """Show by when a unit of an accredited programme is to be answered."""
        row = get_component(reading(), component_id, actor())
        marks = marks_of(reading(), {component_id}, platform().zone)
        clock = clock_of(marks[component_id], _terms(), today())
        if clock is None:
            raise Missing("There is no clock to show: the unit was drawn, and is put forward as a submission.")
        about = {"submission_id": component_id, "provider_id": row.provider_id, "title_en": row.title_en}
        return {**asdict(clock), **about}


@clocks_api.route("/report")
class ClockReport(MethodView):
    """A month in figures."""

    @clocks_api.arguments(ReportQuerySchema, location="query")
    @clocks_api.response(200, ReportSchema)
    def get(self, query: dict[str, str]) -> dict[str, Any]:
        """Tell how many cases kept their time of which a decision was released in a month."""
        wanted = query.get("month", f"{today():%Y-%m}")
        year, month = (int(part) for part in wanted.split("-"))
        last = date(year, month, monthrange(year, month)[1])
        cases = released_in(reading(), actor(), date(year, month, 1), last, platform().zone)
        marks, terms = marks_of(reading(), cases, platform().zone), _terms()
        clocks = [clock for one in cases if (clock := clock_of(marks[one], terms, today())) is not None]
        kept = sum(clock.total_used <= clock.total_target for clock in clocks)
        return {
            "month": wanted,
            "cases": len(clocks),
            "within": kept,
            "within_percent": 100 * kept // len(clocks) if clocks else None,
            "late_by_state": {
                state: late
                for state, target in terms.states.items()
                if (late := sum(clock.by_state.get(state, 0) > target for clock in clocks))
            },
        }


@refusals_api.route("")
class Refusals(MethodView):
    """All refusals that are final for their provider."""

    @refusals_api.response(200, paged(RefusalSchema))
    def get(self) -> dict[str, Any]:
        """List refusals whose time to appeal is over, the latest first, with the areas in which they are grounded."""
        column = DECISIONS.table.c
        found = page(reading(), DECISIONS, select_refusals(today()), order_by=(column.released_on.desc(),))
        return {**found, "items": summaries(reading(), found["items"])}


def _clocks(rows: Sequence[SubmissionRow]) -> list[dict[str, Any]]:
    marks = marks_of(reading(), {row.submission_id for row in rows}, platform().zone)
    terms, coarse = _terms(), _told_coarsely(rows)
    clocks = [
        (row, clock_of(marks[row.submission_id], terms, today(), coarse=row.submission_id in coarse)) for row in rows
    ]
    return [
        {
            **asdict(clock),
            "submission_id": row.submission_id,
            "provider_id": row.provider_id,
            "title_en": row.title_en,
        }
        for row, clock in clocks
        if clock is not None
    ]


def _told_coarsely(rows: Sequence[SubmissionRow]) -> set[str]:
    cases = {row.submission_id for row in rows}
    if actor().acting_as not in _IN_FULL:
        return cases
    # Whoever reviews a submission learns nothing of its other review in any other capacity.
    column = REVIEWS.table.c
    own = sa.select(column.submission_id).where(
        column.reviewer_id == actor().person_id, column.submission_id.in_(sorted(cases))
    )
    return set(reading().scalars(own))


def _terms() -> Terms:
    known = deadlines()
    return Terms(
        calendar=known.calendar,
        states={State(state): days for state, days in known.stage_working_days.items()},
        whole=known.case_working_days,
        near_percent=known.alarm_percent,
    )
