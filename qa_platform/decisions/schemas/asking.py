"""The wire of what committee and provider ask of each other."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.decisions.events import Clerical, ConsentAnswer, Supplied
from qa_platform.decisions.schemas.exact import Exact
from qa_platform.web.ids import Id

_TEXT = ma.validate.Length(1, 5000)
_SHA256 = ma.validate.Regexp(r"[0-9a-f]{64}\Z", error="Give the SHA-256 of the document: 64 digits and letters a to f.")


class SuppliedSchema(ma.Schema):
    """The answer to one thing that is wanted, by its place in the list, which begins with 0."""

    wanted = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 49))
    text = ma.fields.String(required=True, validate=_TEXT)
    digest = ma.fields.String(
        load_default=None, allow_none=True, validate=_SHA256, metadata={"description": "The SHA-256 of a document"}
    )

    @ma.post_load
    def _supplied(self, loaded: dict[str, Any], **_options: object) -> Supplied:
        return Supplied(**loaded)


class EvidenceSchema(ma.Schema):
    """What a deferral waits for: all of it, in one go."""

    answers = ma.fields.List(ma.fields.Nested(SuppliedSchema), required=True, validate=ma.validate.Length(1, 50))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {"answers": tuple(loaded["answers"])}


class AwaitedSchema(ma.Schema):
    """What a deferral waits for, and what was supplied."""

    wanted = ma.fields.List(ma.fields.String())
    due_on = ma.fields.Date()
    answers = ma.fields.List(ma.fields.Nested(SuppliedSchema))
    supplied_on = ma.fields.Date(allow_none=True)


class VariationProposalSchema(ma.Schema):
    """Another level, credit or number of hours than was claimed; what is absent stays as it was claimed."""

    level = ma.fields.Integer(load_default=None, allow_none=True, strict=True, validate=ma.validate.Range(1, 8))
    credits = Exact(load_default=None, allow_none=True, places=1, as_string=True, validate=ma.validate.Range(0, 250))
    hours = Exact(load_default=None, allow_none=True, places=0, as_string=True, validate=ma.validate.Range(1, 10000))
    reason = ma.fields.String(required=True, validate=_TEXT)
    due_on = ma.fields.Date(metadata={"description": "Absent: as long as the agency gives"})


class VariationSchema(VariationProposalSchema):
    """What the provider was asked to agree to, and its answer."""

    variation_id = ma.fields.String()
    answer = ma.fields.String(allow_none=True)
    answered_on = ma.fields.Date(allow_none=True)


class ConsentSchema(ma.Schema):
    """Whether the provider agrees to the variation of that id."""

    variation_id = Id(required=True)
    answer = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(ConsentAnswer)))


class CorrectionSchema(ma.Schema):
    """A slip of the pen in a released decision, and what is right."""

    part = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Clerical)))
    wrong = ma.fields.String(required=True, validate=_TEXT)
    right = ma.fields.String(required=True, validate=_TEXT)
    reason = ma.fields.String(required=True, validate=_TEXT)


class CorrectedSchema(CorrectionSchema):
    """A correction as it was made."""

    correction_id = ma.fields.String()
    corrected_on = ma.fields.Date()


class RightsSchema(ma.Schema):
    """What the provider was told of its rights with the decision, in both languages."""

    en = ma.fields.String()
    ms = ma.fields.String()
