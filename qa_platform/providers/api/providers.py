"""The API of providers."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.providers import read_model
from qa_platform.providers.api.blueprint import providers_api
from qa_platform.providers.commands import (
    AnnulSuspension,
    CeaseProvider,
    ChangeDetails,
    Contact,
    NameContact,
    RecogniseProvider,
    RegisterProvider,
    ReinstateProvider,
    SuspendProvider,
    WithdrawRecognition,
)
from qa_platform.providers.read_model import PROVIDERS, ProviderRow
from qa_platform.providers.schemas import (
    CessationSchema,
    ErrorSchema,
    ProviderChangeSchema,
    ProviderContactSchema,
    ProviderContactShownSchema,
    ProviderDetailsSchema,
    ProviderQuerySchema,
    ProviderSchema,
    RecognitionSchema,
    ReinstatementSchema,
    SuspensionSchema,
    capacity_named,
)
from qa_platform.web.context import actor, deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


def _visible(provider_id: str) -> ProviderRow:
    row = read_model.get_provider(reading(), provider_id, actor())
    if row is None:
        raise Missing(f"There is no provider “{provider_id}”. Check the address.")
    return row


def _own(provider_id: str) -> ProviderRow:
    # A provider's officers see other providers, and never their people.
    if actor().acting_as in PROVIDER_ROLES and provider_id not in actor().providers:
        raise Missing(f"There is no provider “{provider_id}” for which you act. Check its id.")
    return _visible(provider_id)


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
        return tagged(_visible(provider_id))

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


@providers_api.route("/<provider_id>/recognition/withdrawal")
class ProviderRecognitionWithdrawal(MethodView):
    """The taking back of a recognition."""

    @providers_api.arguments(ErrorSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Take back the latest recognition, recorded in error, as long as nothing was lodged under it."""
        row = _visible(provider_id)
        lodged = read_model.count_lodged(reading(), provider_id, row.recognised_at)
        command = WithdrawRecognition(provider_id=provider_id, on=today(), lodged=lodged, **body)
        return run(command, id=provider_id)


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


@providers_api.route("/<provider_id>/suspension/annulment")
class ProviderSuspensionAnnulment(MethodView):
    """The annulment of a suspension."""

    @providers_api.arguments(ErrorSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Lift a suspension that was an error, as if it had never been; possible as long as it lasts."""
        return run(AnnulSuspension(provider_id=provider_id, on=today(), **body), id=provider_id)


@providers_api.route("/<provider_id>/contacts")
class ProviderContacts(MethodView):
    """The people whom a provider named to the agency."""

    @providers_api.response(200, ProviderContactShownSchema(many=True))
    def get(self, provider_id: str) -> list[Any]:
        """List who leads a provider and who speaks for it; an auditor sees pseudonyms."""
        _own(provider_id)
        contacts = read_model.contacts_of(reading(), provider_id)
        # Opening takes a connection of its own, and a request never holds two.
        release_reading()
        return contacts if actor().acting_as is Role.AUDITOR else ledger().open_rows(contacts)


@providers_api.route("/<provider_id>/contacts/<capacity>")
class ProviderContact(MethodView):
    """Somebody whom a provider named to the agency."""

    @providers_api.arguments(ProviderContactSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str, capacity: str) -> Answer:
        """Say who is the provider's “chief_executive” or “liaison_officer” from now on."""
        _own(provider_id)
        contact = Contact(subject=new_id("contact"), **body)
        command = NameContact(provider_id=provider_id, capacity=capacity_named(capacity), contact=contact)
        return run(command, id=provider_id)


@providers_api.route("/<provider_id>/cessation")
class ProviderCessation(MethodView):
    """The end of a provider."""

    @providers_api.arguments(CessationSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Record that a provider ends its work."""
        return run(CeaseProvider(provider_id=provider_id, **body), id=provider_id)
