"""The API of replays: a case's timeline, its state at any instant, and what changed between two."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.audit import cases
from qa_platform.audit.cases import Eyes, Instant
from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.keeping import Kept
from qa_platform.audit.schemas import (
    CaseStateSchema,
    ChangesSchema,
    CheckQuerySchema,
    CheckSchema,
    CheckSummaryPageSchema,
    InstantSchema,
    SpanSchema,
    TimelineSchema,
)
from qa_platform.audit.state import CaseState
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.web.context import actor, ledger, reading, release_reading

cases_api = Blueprint(
    "cases", __name__, url_prefix="/api/v1/cases", description="The whole journey of a submission, at any instant"
)


@cases_api.route("/<case_id>")
class Case(MethodView):
    """A case: everything of one submission's journey."""

    @cases_api.arguments(InstantSchema, location="query")
    @cases_api.response(200, CaseStateSchema)
    def get(self, query: dict[str, Any], case_id: str) -> CaseState:
        """Show the state of a case, now or as it stood."""
        return cases.replay(_ledger(), case_id, _eyes(case_id, **query), query["instant"])


@cases_api.route("/<case_id>/events")
class CaseEvents(MethodView):
    """What happened in a case."""

    @cases_api.arguments(InstantSchema, location="query")
    @cases_api.response(200, TimelineSchema)
    def get(self, query: dict[str, Any], case_id: str) -> dict[str, Any]:
        """List the events of a case, in the order of the ledger."""
        return {"items": cases.timeline(_ledger(), case_id, _eyes(case_id, **query), query["instant"])}


@cases_api.route("/<case_id>/changes")
class CaseChanges(MethodView):
    """What changed in a case."""

    @cases_api.arguments(SpanSchema, location="query")
    @cases_api.response(200, ChangesSchema)
    def get(self, query: dict[str, Instant], case_id: str) -> dict[str, Any]:
        """List what changed between two instants."""
        return {"items": cases.compare(_ledger(), case_id, Eyes(viewer=actor()), query["first"], query["second"])}


def _eyes(case_id: str, instant: Instant, role: Role | None, seat: int) -> Eyes:
    if role is None:
        return Eyes(viewer=actor())
    # Only who sees everything may borrow somebody's eyes; to others there is nothing to borrow.
    if actor().acting_as is not Role.AUDITOR:
        raise Missing("There is nothing to show: only an auditor may look at a case as another role.")
    return cases.eyes_of(_ledger(), case_id, role, instant, seat=seat)


def _ledger() -> Ledger:
    # Reading a case takes a connection of its own, and a request never holds two.
    release_reading()
    return ledger()


checks_api = Blueprint(
    "checks", __name__, url_prefix="/api/v1/audit/checks", description="What the nightly checks of the ledger came to"
)


@checks_api.route("")
class Checks(MethodView):
    """The results of the nightly checks."""

    @checks_api.arguments(CheckQuerySchema, location="query")
    @checks_api.response(200, CheckSummaryPageSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the results, the newest first."""
        limit = query["limit"]
        found = keeping.newest(reading(), limit=limit + 1, before=query.get("cursor"))
        items = found[:limit]
        return {"items": items, "next": str(items[-1].check_id) if len(found) > limit else None}


@checks_api.route("/latest")
class LatestCheck(MethodView):
    """The result of the last nightly check."""

    @checks_api.response(200, CheckSchema)
    def get(self) -> Kept:
        """Show the last result, invariant by invariant."""
        found = keeping.latest(reading())
        if found is None:
            raise Missing("There is no result yet: the worker checks every night, between two and five.")
        return found


@checks_api.route("/<int:check_id>")
class Check(MethodView):
    """The result of one nightly check."""

    @checks_api.response(200, CheckSchema)
    def get(self, check_id: int) -> Kept:
        """Show a result, invariant by invariant."""
        found = keeping.get(reading(), check_id)
        if found is None:
            raise Missing("There is no such result. Look at the list: old ones are cleared away.")
        return found
