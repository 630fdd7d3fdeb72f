"""The API of providers."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.rejected import Missing
from qa_platform.providers import read_model
from qa_platform.providers.commands import (
    CeaseProvider,
    ChangeDetails,
    RecogniseProvider,
    RegisterProvider,
    ReinstateProvider,
    SuspendProvider,
)
from qa_platform.providers.read_model import PROVIDERS, ProviderRow
from qa_platform.providers.schemas import (
    CessationSchema,
    ProviderChangeSchema,
    ProviderDetailsSchema,
    ProviderQuerySchema,
    ProviderSchema,
    RecognitionSchema,
    ReinstatementSchema,
    SuspensionSchema,
)
from qa_platform.web.context import actor, deadlines, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

providers_api = Blueprint(
    "providers", __name__, url_prefix="/api/v1/providers", description="Who puts courses forward, and may"
)


@providers_api.route("")
class Providers(MethodView):
    """All providers."""

    @providers_api.arguments(ProviderQuerySchema, location="query")
    @providers_api.response(200, paged(ProviderSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List providers by name; outside the agency, those that are or were recognised."""
        return page(
            reading(),
            PROVIDERS,
            read_model.select_providers(actor(), **query),
            order_by=(PROVIDERS.table.c.name_key,),
        )

    @providers_api.arguments(ProviderDetailsSchema)
    @providers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Register a provider."""
        provider_id = new_id("provider")
        return run(
            RegisterProvider(provider_id=provider_id, origin="registration", simulated=actor().simulated, **body),
            id=provider_id,
            location=f"/api/v1/providers/{provider_id}",
            status=201,
        )


@providers_api.route("/<provider_id>")
class Provider(MethodView):
    """One provider."""

    @providers_api.response(200, ProviderSchema)
    def get(self, provider_id: str) -> tuple[ProviderRow, int, dict[str, str]] | Response:
        """Show a provider."""
        row = read_model.get_provider(reading(), provider_id, actor())
        if row is None:
            raise Missing(f"There is no provider “{provider_id}”. Check the address.")
        return tagged(row)

    @providers_api.arguments(ProviderChangeSchema)
    @providers_api.response(200, ReceiptSchema)
    def patch(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Change details: what is absent stays, what is null is emptied."""
        return run(ChangeDetails(provider_id=provider_id, **body), id=provider_id)


@providers_api.route("/<provider_id>/recognition")
class ProviderRecognition(MethodView):
    """The recognition of a provider."""

    @providers_api.arguments(RecognitionSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Recognise a provider, for as many months as the agency gives at most."""
        months = deadlines().recognition_months
        return run(RecogniseProvider(provider_id=provider_id, recognition_months=months, **body), id=provider_id)


@providers_api.route("/<provider_id>/suspension")
class ProviderSuspension(MethodView):
    """The suspension of a provider."""

    @providers_api.arguments(SuspensionSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Suspend a recognised provider."""
        return run(SuspendProvider(provider_id=provider_id, **{"suspended_from": today(), **body}), id=provider_id)

    @providers_api.arguments(ReinstatementSchema, location="query")
    @providers_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], provider_id: str) -> Answer:
        """Lift a suspension."""
        return run(ReinstateProvider(provider_id=provider_id, **{"reinstated_from": today(), **query}), id=provider_id)


@providers_api.route("/<provider_id>/cessation")
class ProviderCessation(MethodView):
    """The end of a provider."""

    @providers_api.arguments(CessationSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Record that a provider ends its work."""
        return run(CeaseProvider(provider_id=provider_id, **body), id=provider_id)
