"""The API of replays: a case's timeline, its state at any instant, and what changed between two."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.audit import cases
from qa_platform.audit.cases import Eyes, Instant
from qa_platform.audit.schemas import (
    CaseStateSchema,
    ChangesSchema,
    InstantSchema,
    SpanSchema,
    TimelineSchema,
)
from qa_platform.audit.state import CaseState
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.web.context import actor, ledger, release_reading

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
