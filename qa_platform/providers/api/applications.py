"""The API of applications for recognition: made by a provider, checked by intake, decided by the register officer."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from msgspec.structs import replace

from qa_platform.kernel.rejected import Missing
from qa_platform.providers import read_model
from qa_platform.providers.api.blueprint import providers_api
from qa_platform.providers.commands import (
    ApplyForRecognition,
    Contact,
    FindComplete,
    GrantApplication,
    RefuseApplication,
    ReopenRefusal,
    RequestInformation,
    SupplyInformation,
    WithdrawApplication,
    WithdrawInformationRequest,
)
from qa_platform.providers.read_model import APPLICATIONS, ApplicationRow
from qa_platform.providers.schemas import (
    ApplicationQuerySchema,
    ApplicationSchema,
    ApplicationSummarySchema,
    ApplicationWithdrawalSchema,
    ApplySchema,
    ErrorSchema,
    GrantSchema,
    InformationRequestSchema,
    InformationSchema,
    RefusalSchema,
)
from qa_platform.web.context import actor, deadlines, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


def _visible(application_id: str) -> ApplicationRow:
    return read_model.get_application(reading(), application_id, actor())


def _about(application_id: str) -> dict[str, Any]:
    """Return what every command about an application says."""
    row = _visible(application_id)
    return {"provider_id": row.provider_id, "application_id": row.application_id}


@providers_api.route("/<provider_id>/applications")
class ProviderApplications(MethodView):
    """The applications of a provider."""

    @providers_api.arguments(ApplySchema)
    @providers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], provider_id: str) -> Answer:
        """Apply for recognition, or for its renewal towards the end of the running term."""
        if provider_id not in actor().providers:
            raise Missing(f"There is no provider “{provider_id}” for which you act. Check its id.")
        application_id = new_id("application")
        command = ApplyForRecognition(
            provider_id=provider_id,
            application_id=application_id,
            on=today(),
            answer_due_on=deadlines().recognition_answer(today()),
            renewal_months=deadlines().recognition_renewal_months,
            particulars=body["particulars"],
            chief_executive=Contact(subject=new_id("chief_executive"), **body["chief_executive"]),
            liaison_officer=Contact(subject=new_id("liaison_officer"), **body["liaison_officer"]),
        )
        location = f"/api/v1/providers/applications/{application_id}"
        return run(command, id=application_id, location=location, status=201)


@providers_api.route("/applications")
class Applications(MethodView):
    """All applications for recognition."""

    @providers_api.arguments(ApplicationQuerySchema, location="query")
    @providers_api.response(200, paged(ApplicationSummarySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List applications, what is due first on top: a provider's own, or to officers all."""
        return page(
            reading(),
            APPLICATIONS,
            read_model.select_applications(actor(), **query),
            order_by=(APPLICATIONS.table.c.due_on,),
        )


@providers_api.route("/applications/<application_id>")
class Application(MethodView):
    """One application for recognition."""

    @providers_api.response(200, ApplicationSchema)
    def get(self, application_id: str) -> tuple[ApplicationRow, int, dict[str, str]] | Response:
        """Show an application; its ETag is that of its provider, whom every step changes."""
        row = _visible(application_id)
        provider = read_model.get_provider(reading(), row.provider_id, actor())
        return tagged(row if provider is None else replace(row, version=provider.version))


@providers_api.route("/applications/<application_id>/information-request")
class ApplicationInformationRequest(MethodView):
    """A request for information."""

    @providers_api.arguments(InformationRequestSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], application_id: str) -> Answer:
        """Ask the provider for what is missing, by a date: after so many working days, unless it is said."""
        said = {"due_on": deadlines().answer_to_information_request(today()), **body}
        return run(RequestInformation(**_about(application_id), on=today(), **said), id=application_id)

    @providers_api.arguments(ErrorSchema, location="query")
    @providers_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], application_id: str) -> Answer:
        """Take the request back, until it is answered or its time is over."""
        command = WithdrawInformationRequest(
            **_about(application_id), on=today(), answer_due_on=deadlines().recognition_answer(today()), **query
        )
        return run(command, id=application_id)


@providers_api.route("/applications/<application_id>/information")
class ApplicationInformation(MethodView):
    """The answer to a request for information."""

    @providers_api.arguments(InformationSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], application_id: str) -> Answer:
        """Answer a request for information, by the end of its day."""
        command = SupplyInformation(
            **_about(application_id), on=today(), answer_due_on=deadlines().recognition_answer(today()), **body
        )
        return run(command, id=application_id)


@providers_api.route("/applications/<application_id>/completeness")
class ApplicationCompleteness(MethodView):
    """Whether an application lacks anything."""

    @providers_api.response(200, ReceiptSchema)
    def put(self, application_id: str) -> Answer:
        """Say that an application lacks nothing, and hand it to the register officer."""
        return run(FindComplete(**_about(application_id), on=today()), id=application_id)


@providers_api.route("/applications/<application_id>/grant")
class ApplicationGrant(MethodView):
    """The recognition that an application leads to."""

    @providers_api.arguments(GrantSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], application_id: str) -> Answer:
        """Recognise the provider; the register takes its details from the application."""
        months = deadlines().recognition_months
        command = GrantApplication(**_about(application_id), on=today(), recognition_months=months, **body)
        return run(command, id=application_id)


@providers_api.route("/applications/<application_id>/refusal")
class ApplicationRefusal(MethodView):
    """The refusal of an application."""

    @providers_api.arguments(RefusalSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], application_id: str) -> Answer:
        """Do not recognise the provider, and say why."""
        return run(RefuseApplication(**_about(application_id), on=today(), **body), id=application_id)

    @providers_api.arguments(ErrorSchema, location="query")
    @providers_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], application_id: str) -> Answer:
        """Take a refusal back, until the provider applied anew or was recognised all the same."""
        command = ReopenRefusal(
            **_about(application_id), on=today(), answer_due_on=deadlines().recognition_answer(today()), **query
        )
        return run(command, id=application_id)


@providers_api.route("/applications/<application_id>/withdrawal")
class ApplicationWithdrawal(MethodView):
    """The withdrawal of an application."""

    @providers_api.arguments(ApplicationWithdrawalSchema)
    @providers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], application_id: str) -> Answer:
        """Ask for recognition no more, at any time before it is decided on."""
        return run(WithdrawApplication(**_about(application_id), **body), id=application_id)
