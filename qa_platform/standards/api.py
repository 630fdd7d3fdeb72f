"""The API of the standard: open for everybody to read."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.rejected import Missing
from qa_platform.standards import read_model
from qa_platform.standards.commands import PutRubricInForce, RetireRubric
from qa_platform.standards.imports import publication
from qa_platform.standards.read_model import RUBRICS, STANDARDS, RubricRow, StandardRow
from qa_platform.standards.schemas import (
    ForceSchema,
    PublicationSchema,
    RetirementSchema,
    RubricVersionInFullSchema,
    RubricVersionSchema,
    StandardSchema,
)
from qa_platform.web.context import reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

standards_api = Blueprint(
    "standards", __name__, url_prefix="/api/v1/standards", description="What courses are judged against, by version"
)


@standards_api.route("")
class Standards(MethodView):
    """All standards."""

    @standards_api.response(200, paged(StandardSchema))
    def get(self) -> dict[str, Any]:
        """List the standards."""
        return page(reading(), STANDARDS, read_model.select_standards(), order_by=(STANDARDS.table.c.standard_id,))


@standards_api.route("/<standard_id>")
class Standard(MethodView):
    """One standard."""

    @standards_api.response(200, StandardSchema)
    def get(self, standard_id: str) -> tuple[StandardRow, int, dict[str, str]] | Response:
        """Show a standard."""
        return tagged(_standard(standard_id))


@standards_api.route("/<standard_id>/versions")
class StandardVersions(MethodView):
    """The versions of a standard."""

    @standards_api.response(200, paged(RubricVersionSchema))
    def get(self, standard_id: str) -> dict[str, Any]:
        """List the versions of a standard, the one published last first."""
        _standard(standard_id)
        query = read_model.select_versions(standard_id)
        return page(reading(), RUBRICS, query, order_by=(RUBRICS.table.c.published_at.desc(),))


@standards_api.route("/<standard_id>/versions/<rubric_version>")
class StandardVersion(MethodView):
    """One version of a standard."""

    @standards_api.response(200, RubricVersionInFullSchema)
    def get(self, standard_id: str, rubric_version: str) -> tuple[RubricRow, int, dict[str, str]] | Response:
        """Show a version: its text, and the rubric in each language."""
        row = read_model.get_version(reading(), standard_id, rubric_version)
        if row is None:
            raise Missing(f"There is no version “{rubric_version}” of “{standard_id}”. Check the address.")
        return tagged(row)

    @standards_api.arguments(PublicationSchema)
    @standards_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], standard_id: str, rubric_version: str) -> Answer:
        """Publish a version; the same text again changes nothing, and another text is refused."""
        return run(
            publication(body["text"], standard_id=standard_id, version=rubric_version),
            id=read_model.rubric_key(standard_id, rubric_version),
            location=_address(standard_id, rubric_version),
        )


@standards_api.route("/<standard_id>/versions/<rubric_version>/force")
class StandardVersionForce(MethodView):
    """The coming into force of a version."""

    @standards_api.arguments(ForceSchema)
    @standards_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], standard_id: str, rubric_version: str) -> Answer:
        """Put a version in force from a day on."""
        return run(
            PutRubricInForce(standard_id=standard_id, version=rubric_version, on=today(), **body),
            id=read_model.rubric_key(standard_id, rubric_version),
            location=_address(standard_id, rubric_version),
        )


@standards_api.route("/<standard_id>/versions/<rubric_version>/retirement")
class StandardVersionRetirement(MethodView):
    """The retirement of a version."""

    @standards_api.arguments(RetirementSchema)
    @standards_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], standard_id: str, rubric_version: str) -> Answer:
        """Retire a version from a day on; the cases accepted under it keep it."""
        return run(
            RetireRubric(standard_id=standard_id, version=rubric_version, on=today(), **body),
            id=read_model.rubric_key(standard_id, rubric_version),
            location=_address(standard_id, rubric_version),
        )


def _standard(standard_id: str) -> StandardRow:
    row = read_model.get_standard(reading(), standard_id)
    if row is None:
        raise Missing(f"There is no standard “{standard_id}”. Check the address.")
    return row


def _address(standard_id: str, rubric_version: str) -> str:
    return f"/api/v1/standards/{standard_id}/versions/{rubric_version}"
