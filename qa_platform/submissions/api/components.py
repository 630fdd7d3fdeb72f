"""The API of the component route: units of accredited programmes."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.submissions import read_model
from qa_platform.submissions.commands.components import (
    EndListing,
    ListComponent,
    NotifyComponent,
    RefuseComponent,
    UndoEnding,
    UndoRefusal,
    WithdrawComponent,
)
from qa_platform.submissions.decider.components import refusals
from qa_platform.submissions.events.components import ListingEnd
from qa_platform.submissions.read_model import COMPONENTS, ComponentRow
from qa_platform.submissions.schemas.components import (
    ComponentQuerySchema,
    ComponentRefusalSchema,
    ComponentSchema,
    ComponentUndoingSchema,
    ListingEndSchema,
    ListingSchema,
    NotificationSchema,
    ProgrammeEndSchema,
)
from qa_platform.web.context import actor, deadlines, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run

components_api = Blueprint(
    "components", __name__, url_prefix="/api/v1/components", description="Units of accredited programmes"
)


def _visible(component_id: str) -> ComponentRow:
    return read_model.get_component(reading(), component_id, actor())


@components_api.route("")
class Components(MethodView):
    """All components."""

    @components_api.arguments(ComponentQuerySchema, location="query")
    @components_api.response(200, paged(ComponentSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List components, the newest first: a provider's own, or all."""
        column = COMPONENTS.table.c
        return page(
            reading(),
            COMPONENTS,
            read_model.select_components(actor(), **query),
            order_by=(column.created_at.desc(), column.component_id.desc()),
        )

    @components_api.arguments(NotificationSchema)
    @components_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Notify a unit of an accredited programme; some are drawn for a full review."""
        component_id, provider_id = new_id("component"), body["provider_id"]
        standing = read_model.standing_of(reading(), provider_id, actor())
        twin = read_model.twin_of(reading(), provider_id, body["programme"].reference, body["unit"].codes)
        command = NotifyComponent(
            component_id=component_id,
            on=today(),
            check_due_on=deadlines().component_check(today()),
            provider_is_recognised=standing.is_recognised(today()),
            twin=twin,
            drawn=deadlines().draws_component(component_id),
            simulated=standing.simulated or actor().simulated,
            **body,
        )
        return run(
            command,
            id=component_id,
            location=f"/api/v1/components/{component_id}",
            status=201,
            depends_on=(standing.stream_version,),
            also=read_model.stands_alone(component_id),
        )


@components_api.route("/<component_id>")
class Component(MethodView):
    """One component."""

    @components_api.response(200, ComponentSchema)
    def get(self, component_id: str) -> tuple[ComponentRow, int, dict[str, str]]:
        """Show a component."""
        row = _visible(component_id)
        return row, 200, {"ETag": etag(row.version)}


@components_api.route("/<component_id>/listing")
class ComponentListing(MethodView):
    """The listing of a component."""

    @components_api.arguments(ListingSchema)
    @components_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], component_id: str) -> Answer:
        """List a unit whose programme, level, credits and outcomes were found to be as told."""
        _visible(component_id)
        return run(ListComponent(component_id=component_id, on=today(), **body), id=component_id)


@components_api.route("/<component_id>/refusal")
class ComponentRefused(MethodView):
    """The refusal of a component."""

    @components_api.arguments(ComponentRefusalSchema)
    @components_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], component_id: str) -> Answer:
        """Do not list a unit, and say why."""
        _visible(component_id)
        return run(RefuseComponent(component_id=component_id, on=today(), **body), id=component_id)

    @components_api.arguments(ComponentUndoingSchema, location="query")
    @components_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], component_id: str) -> Answer:
        """Take a refusal back that was an error; the unit is looked at again."""
        _visible(component_id)
        command = UndoRefusal(
            component_id=component_id, on=today(), check_due_on=deadlines().component_check(today()), **query
        )
        return run(command, id=component_id, also=read_model.stands_alone(component_id))


@components_api.route("/<component_id>/withdrawal")
class ComponentWithdrawal(MethodView):
    """The withdrawal of a notification."""

    @components_api.response(200, ReceiptSchema)
    def put(self, component_id: str) -> Answer:
        """Take a notification back that was not answered."""
        _visible(component_id)
        return run(WithdrawComponent(component_id=component_id), id=component_id)


@components_api.route("/<component_id>/ending")
class ComponentEnding(MethodView):
    """The end of a listing."""

    @components_api.arguments(ListingEndSchema)
    @components_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], component_id: str) -> Answer:
        """End the listing of a unit; its entry stays, and says so."""
        _visible(component_id)
        said = {"ended_on": today(), **body}
        return run(EndListing(component_id=component_id, on=today(), **said), id=component_id)

    @components_api.arguments(ComponentUndoingSchema, location="query")
    @components_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], component_id: str) -> Answer:
        """Take back the end of a listing that was an error."""
        _visible(component_id)
        command = UndoEnding(component_id=component_id, on=today(), **query)
        return run(command, id=component_id, also=read_model.stands_alone(component_id))


@components_api.route("/programme-ending")
class ProgrammeEnding(MethodView):
    """The end of a programme's accreditation."""

    @components_api.arguments(ProgrammeEndSchema)
    @components_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any]) -> Answer:
        """End the listing of all units of a programme, together or not at all; say how many the list showed."""
        reference, expected = body.pop("programme_reference"), body.pop("components")
        rows = read_model.listed_of(reading(), reference)
        if len(rows) != expected:
            raise refusals.ProgrammeOtherwise(
                f"Nothing was ended: {len(rows)} units of “{reference}” are listed, and not {expected}. "
                "Look at the list again, then repeat your step."
            )
        said = {"ended_on": today(), **body, "ground": ListingEnd.PROGRAMME_WITHDRAWN}
        endings = [EndListing(component_id=row.component_id, on=today(), **said) for row in rows]
        return run(endings, id=reference)
