"""The pages of the standard: every version of it to read, and what differs between two."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from qa_platform.kernel.rejected import Missing
from qa_platform.scoring.rubric.differences import differences
from qa_platform.standards import read_model
from qa_platform.standards.read_model import STANDARDS, RubricRow
from qa_platform.web.context import reading, today
from qa_platform.web.language import mark

# What of a criterion can differ besides its words.
_RULES = {
    "area": mark("area"),
    "evidence": mark("evidence"),
    "anchors": mark("what each score means"),
    "weight": mark("weight"),
    "must_pass": mark("must be met"),
    "conditionable": mark("can be cured by a condition"),
    "not_applicable": mark("may not apply"),
    "applies_to": mark("routes"),
    "maps_to": mark("sources"),
}

standard_pages = Blueprint("standard_pages", __name__, template_folder="templates")


@standard_pages.get("/standard")
def standards() -> ResponseReturnValue:
    """Show the standards and their versions."""
    found = STANDARDS.rows(reading(), read_model.select_standards().order_by(STANDARDS.table.c.standard_id))
    versions = read_model.all_versions(reading())
    return render_template(
        "standards/standards.html", here="standard_pages.standards", found=found, versions=versions, today=today()
    )


@standard_pages.get("/standard/<standard_id>/<rubric_version>")
def version(standard_id: str, rubric_version: str) -> ResponseReturnValue:
    """Show a version of a standard; asked `?since=`, with what differs from another version."""
    row = _version(standard_id, rubric_version)
    since = request.args.get("since")
    before = None if not since or since == rubric_version else _version(standard_id, since)
    return render_template(
        "standards/version.html",
        here="standard_pages",
        row=row,
        rubric=row.rubric,
        versions=read_model.list_versions(reading(), standard_id),
        before=before,
        rule_names=_RULES,
        differences=None if before is None else differences(before.rubric, row.rubric),
    )


def _version(standard_id: str, rubric_version: str) -> RubricRow:
    row = read_model.get_version(reading(), standard_id, rubric_version)
    if row is None:
        raise Missing(f"There is no version {rubric_version} of a standard “{standard_id}”. Look at the list of them.")
    return row
