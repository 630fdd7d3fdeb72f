"""The API of verification centres."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.centres import read_model
from qa_platform.centres.commands import (
    ApproveCentre,
    AssignCase,
    ChangeCentre,
    CosignDecision,
    EndApproval,
    MoveCase,
    NameCosigner,
    ReinstateCentre,
    SuspendCentre,
)
from qa_platform.centres.decider import Status
from qa_platform.centres.read_model import CASE_CENTRES, CENTRES, CaseCentreRow, CentreRow
from qa_platform.centres.schemas import (
    ApprovalEndSchema,
    AssignmentSchema,
    CaseCentreSchema,
    CentreChangeSchema,
    CentreDetailsSchema,
    CentreQuerySchema,
    CentreReinstatementSchema,
    CentreSchema,
    CentreSuspensionSchema,
    CosignatureSchema,
    MoveSchema,
)
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.web.context import actor, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

centres_api = Blueprint(
    "centres", __name__, url_prefix="/api/v1/centres", description="Verification centres, and whose case is whose"
)


class CasesChanged(Rejected):
    """The centre has more or fewer cases than whoever ends its approval had seen."""


@centres_api.route("")
class Centres(MethodView):
    """All centres."""

    @centres_api.arguments(CentreQuerySchema, location="query")
    @centres_api.response(200, paged(CentreSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the centres by name."""
        found = page(reading(), CENTRES, read_model.select_centres(**query), order_by=(CENTRES.table.c.name,))
        return {**found, "items": read_model.without_reason(actor(), found["items"])}

    @centres_api.arguments(CentreDetailsSchema)
    @centres_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Approve a centre."""
        centre_id = new_id("centre")
        approval = ApproveCentre(centre_id=centre_id, simulated=actor().simulated, **{"approved_on": today(), **body})
        return run(approval, id=centre_id, location=f"/api/v1/centres/{centre_id}", status=201)


@centres_api.route("/<centre_id>")
class Centre(MethodView):
    """One centre."""

    @centres_api.response(200, CentreSchema)
    def get(self, centre_id: str) -> tuple[CentreRow, int, dict[str, str]] | Response:
        """Show a centre."""
        return tagged(read_model.without_reason(actor(), [_centre(centre_id)])[0])

    @centres_api.arguments(CentreChangeSchema)
    @centres_api.response(200, ReceiptSchema)
    def patch(self, body: dict[str, Any], centre_id: str) -> Answer:
        """Change its name, or whose arm it is."""
        return run(ChangeCentre(centre_id=centre_id, **body), id=centre_id)


@centres_api.route("/<centre_id>/suspension")
class CentreSuspension(MethodView):
    """The suspension of a centre."""

    @centres_api.arguments(CentreSuspensionSchema)
    @centres_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], centre_id: str) -> Answer:
        """Suspend a centre: it is given no cases, and its people change nothing."""
        return run(SuspendCentre(centre_id=centre_id, **{"suspended_from": today(), **body}), id=centre_id)

    @centres_api.arguments(CentreReinstatementSchema, location="query")
    @centres_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], centre_id: str) -> Answer:
        """Lift a suspension."""
        return run(ReinstateCentre(centre_id=centre_id, **{"reinstated_from": today(), **query}), id=centre_id)


@centres_api.route("/<centre_id>/approval-end")
class CentreApprovalEnd(MethodView):
    """The end of a centre's approval."""

    @centres_api.arguments(ApprovalEndSchema)
    @centres_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], centre_id: str) -> Answer:
        """End an approval, and hand all cases of the centre over in the same step."""
        cases = read_model.cases_of(reading(), _centre(centre_id).centre_id)
        _require_seen(body.pop("cases", None), len(cases))
        ending = EndApproval(centre_id=centre_id, **{"ended_on": today(), **body})
        approved, rests_on = _successor(ending.successor_id)
        moves = [
            MoveCase(
                submission_id=case_id,
                to_centre_id=ending.successor_id,
                on=today(),
                reason=f"The approval of its centre ended: {ending.reason}"[:2000],
                centre_is_approved=approved,
            )
            for case_id in cases
        ]
        return run([ending, *moves], id=centre_id, depends_on=rests_on)


@centres_api.route("/<centre_id>/cases")
class CentreCases(MethodView):
    """The cases of a centre."""

    @centres_api.response(200, paged(CaseCentreSchema))
    def get(self, centre_id: str) -> dict[str, Any]:
        """List the cases that belong to a centre, the latest first."""
        column = CASE_CENTRES.table.c
        query = read_model.select_cases(actor(), _centre(centre_id).centre_id)
        return page(reading(), CASE_CENTRES, query, order_by=(column.since.desc(),))


@centres_api.route("/cases/<submission_id>")
class CaseCentre(MethodView):
    """Whom a case belongs to."""

    @centres_api.response(200, CaseCentreSchema)
    def get(self, submission_id: str) -> tuple[CaseCentreRow, int, dict[str, str]] | Response:
        """Show to which centre a case was given, and since when it is whose."""
        return tagged(read_model.get_case(reading(), submission_id, actor()))

    @centres_api.arguments(AssignmentSchema)
    @centres_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, str], submission_id: str) -> Answer:
        """Give a case to a centre for the first time; possible once its course was lodged."""
        centre = read_model.standing_of(reading(), body["centre_id"])
        command = AssignCase(
            submission_id=submission_id,
            centre_id=centre.centre_id,
            on=today(),
            lodged=read_model.is_lodged(reading(), submission_id),
            centre_is_approved=centre.status is Status.APPROVED,
        )
        return run(command, id=submission_id, depends_on=(centre.stream_version,))


@centres_api.route("/cases/<submission_id>/move")
class CaseCentreMove(MethodView):
    """The moving of a case."""

    @centres_api.arguments(MoveSchema)
    @centres_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Move a case to another centre, or back to the agency, and say why."""
        approved, rests_on = _successor(body["centre_id"])
        command = MoveCase(
            submission_id=submission_id,
            to_centre_id=body["centre_id"],
            on=today(),
            reason=body["reason"],
            centre_is_approved=approved,
        )
        return run(command, id=submission_id, depends_on=rests_on)


@centres_api.route("/cases/<submission_id>/cosigner")
class CaseCosigner(MethodView):
    """The centre that may sign beside the one that runs a case."""

    @centres_api.arguments(AssignmentSchema)
    @centres_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, str], submission_id: str) -> Answer:
        """Name a second centre: it sees the decision on the case, and may co-sign it."""
        case = read_model.get_case(reading(), submission_id, actor())
        centre = read_model.standing_of(reading(), body["centre_id"])
        provider_id = read_model.provider_of(reading(), submission_id)
        command = NameCosigner(
            submission_id=submission_id,
            centre_id=centre.centre_id,
            on=today(),
            owner_id=case.centre_id,
            centre_is_approved=centre.status is Status.APPROVED,
            of_institution=centre.institution is not None and centre.institution == provider_id,
        )
        return run(command, id=submission_id, depends_on=(case.stream_version, centre.stream_version))


@centres_api.route("/cases/<submission_id>/cosignature")
class CaseCosignature(MethodView):
    """The signature of another house under a decision."""

    @centres_api.arguments(CosignatureSchema)
    @centres_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, str], submission_id: str) -> Answer:
        """Co-sign a decision on a course of the deciding centre's own institution, for the agency or your centre."""
        case = read_model.find_case(reading(), submission_id)
        awaited = read_model.awaited_decision(reading(), submission_id)
        command = CosignDecision(
            submission_id=submission_id,
            decision_id=body["decision_id"],
            signed_by=actor().person_id,
            for_centre_id=min(actor().centres, default=None),
            owner_id=None if case is None else case.centre_id,
            taken_id=None if awaited is None else awaited.decision_id,
            members=() if awaited is None else awaited.members,
            on=today(),
        )
        rests_on = [one.stream_version for one in (case, awaited) if one is not None]
        return run(command, id=submission_id, depends_on=rests_on)


def _centre(centre_id: str) -> CentreRow:
    row = read_model.get_centre(reading(), centre_id)
    if row is None:
        raise Missing(f"There is no centre “{centre_id}”. Check the address.")
    return row


def _successor(centre_id: str | None) -> tuple[bool, tuple[StreamVersion, ...]]:
    """Return whether whoever gets a case may be given it, and what that rests on; the agency always may."""
    if centre_id is None:
        return True, ()
    centre = read_model.standing_of(reading(), centre_id)
    return centre.status is Status.APPROVED, (centre.stream_version,)


def _require_seen(seen: int | None, cases: int) -> None:
    if seen is not None and seen != cases:
        raise CasesChanged(
            f"The approval was not ended: the centre has {cases} cases, you had seen {seen}. "
            "Look at its cases again, then repeat your step."
        )
