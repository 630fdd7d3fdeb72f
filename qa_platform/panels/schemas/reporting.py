"""The wire of the report: draft, claims, answers, final words."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma
import msgspec

from qa_platform.panels.commands import AreaText
from qa_platform.panels.events import FindingKind, Language, ReportChange, ReportFinding, Variation, Verdict
from qa_platform.web.ids import Id

_TEXT = ma.validate.Length(1, 10_000)
_SECTION = ma.validate.Length(1, 100)


class AreaTextSchema(ma.Schema):
    """What the panel found in one area."""

    area = ma.fields.String(required=True, validate=_SECTION)
    text = ma.fields.String(required=True, validate=_TEXT)


class FindingSchema(ma.Schema):
    """One finding, under an id that it keeps."""

    finding_id = ma.fields.String(required=True, validate=ma.validate.Regexp(r"[A-Za-z][A-Za-z0-9.-]{0,19}\Z"))
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(FindingKind)))
    criterion = ma.fields.String(load_default=None, allow_none=True, validate=_SECTION)
    text = ma.fields.String(required=True, validate=_TEXT)


class VariationSchema(ma.Schema):
    """At which other level, or with how many credits, the course would be sound."""

    level = ma.fields.Integer(load_default=None, allow_none=True, strict=True, validate=ma.validate.Range(1, 8))
    credits = ma.fields.Decimal(load_default=None, allow_none=True, as_string=True)
    reason = ma.fields.String(required=True, validate=_TEXT)


class ChangeSchema(ma.Schema):
    """What the final report says otherwise, and after which claim."""

    section = ma.fields.String(required=True, validate=_SECTION)
    claim_id = Id(load_default=None, allow_none=True)
    text = ma.fields.String(required=True, validate=_TEXT)


class _ReportTextSchema(ma.Schema):
    areas = ma.fields.List(ma.fields.Nested(AreaTextSchema), required=True, validate=ma.validate.Length(1, 50))
    findings = ma.fields.List(ma.fields.Nested(FindingSchema), required=True, validate=ma.validate.Length(0, 200))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return {name: _structs(name, value) for name, value in loaded.items()}


class DraftReportSchema(_ReportTextSchema):
    """A draft for the provider to check."""

    language = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Language)))
    variation = ma.fields.Nested(VariationSchema, load_default=None, allow_none=True)


class FinalReportSchema(_ReportTextSchema):
    """The final words, with what changed since the draft."""

    changes = ma.fields.List(ma.fields.Nested(ChangeSchema), required=True, validate=ma.validate.Length(0, 200))


_STRUCTS: dict[str, Any] = {
    "areas": tuple[AreaText, ...],
    "findings": tuple[ReportFinding, ...],
    "changes": tuple[ReportChange, ...],
    "variation": Variation | None,
}


def _structs(name: str, value: Any) -> Any:  # noqa: ANN401 -- what marshmallow loaded
    # Events hold structs and tuples.
    return msgspec.convert(value, _STRUCTS[name]) if name in _STRUCTS else value


class ClaimSchema(ma.Schema):
    """What is wrong in a section of the draft, and what shows it."""

    section = ma.fields.String(required=True, validate=_SECTION)
    text = ma.fields.String(required=True, validate=_TEXT)
    evidence = ma.fields.List(
        ma.fields.String(validate=ma.validate.Length(1, 500)), required=True, validate=ma.validate.Length(1, 20)
    )

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return {**loaded, "evidence": tuple(loaded["evidence"])}


class FactualCheckSchema(ma.Schema):
    """That the provider has said everything: whether there is no error at all."""

    no_error = ma.fields.Boolean(required=True)


class ClaimAnswerSchema(ma.Schema):
    """The answer to a claim."""

    verdict = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Verdict)))
    reason = ma.fields.String(required=True, validate=_TEXT)


class ReportQuerySchema(ma.Schema):
    """Which reports to list."""

    status = ma.fields.String(validate=ma.validate.OneOf(["due", "draft", "checked", "final"]))
    held_by = ma.fields.String(validate=ma.validate.OneOf(["lead", "provider", "officer"]))
    due_before = ma.fields.Date()


class AreaSummarySchema(ma.Schema):
    """What the report says of an area."""

    area = ma.fields.String()
    band = ma.fields.String(allow_none=True)
    text = ma.fields.String()


class _ReportSchema(ma.Schema):
    language = ma.fields.String()
    areas = ma.fields.List(ma.fields.Nested(AreaSummarySchema))
    findings = ma.fields.List(ma.fields.Nested(FindingSchema))
    variation = ma.fields.Nested(VariationSchema, allow_none=True)
    digest = ma.fields.String()
    issued_on = ma.fields.Date()


class DraftSchema(_ReportSchema):
    """One draft, and how its check ended."""

    drafted_version = ma.fields.Integer()
    answer_by = ma.fields.Date()
    how = ma.fields.String(allow_none=True)
    closed_on = ma.fields.Date(allow_none=True)
    withdrawn_because = ma.fields.String(allow_none=True)


class FinalSchema(_ReportSchema):
    """The final report."""

    changes = ma.fields.List(ma.fields.Nested(ChangeSchema))
    draft_digest = ma.fields.String()


class AnsweredClaimSchema(ma.Schema):
    """A claim, and its answer."""

    claim_id = ma.fields.String()
    drafted_version = ma.fields.Integer()
    section = ma.fields.String()
    text = ma.fields.String()
    evidence = ma.fields.List(ma.fields.String())
    verdict = ma.fields.String(allow_none=True)
    answer = ma.fields.String(allow_none=True)


class ReportSummarySchema(ma.Schema):
    """Where a report is: whose turn it is, and until when."""

    submission_id = ma.fields.String()
    version = ma.fields.Integer()
    provider_id = ma.fields.String()
    status = ma.fields.String()
    held_by = ma.fields.String(allow_none=True)
    held_since = ma.fields.DateTime()
    due_on = ma.fields.Date(allow_none=True)
    unanswered = ma.fields.Integer()


class ReportSchema(ReportSummarySchema):
    """The report of a panel, with all its drafts."""

    drafts = ma.fields.List(ma.fields.Nested(DraftSchema))
    claims = ma.fields.List(ma.fields.Nested(AnsweredClaimSchema))
    final = ma.fields.Nested(FinalSchema, allow_none=True)
