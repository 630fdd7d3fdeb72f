"""The wire of a reviewer's life and terms."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.reviewers.events import Competence, RefusalGround, ReviewerCategory
from qa_platform.reviewers.schemas import CompetenceSchema
from qa_platform.web.ids import Id

_LANGUAGE = ma.validate.Regexp(r"[a-z]{2,3}\Z", error="Write an ISO 639 code, such as “ms” or “en”.")


class LanguagesSchema(ma.Schema):
    """In which languages somebody can read a course."""

    languages = ma.fields.List(ma.fields.String(validate=_LANGUAGE), required=True, validate=ma.validate.Length(1, 20))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return _tuples(loaded)


class CompetencesSchema(ma.Schema):
    """What somebody can judge, by field and level."""

    competences = ma.fields.List(ma.fields.Nested(CompetenceSchema), required=True, validate=ma.validate.Length(1, 20))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return _tuples(loaded)


class ApplicationSchema(LanguagesSchema, CompetencesSchema):
    """An application to become a reviewer."""

    own_level = ma.fields.Integer(
        required=True,
        strict=True,
        validate=ma.validate.Range(1, 8),
        metadata={"description": "Level of your own qualification"},
    )
    years_of_practice = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 80))
    category = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(ReviewerCategory)))
    statement = ma.fields.String(
        validate=ma.validate.Length(1, 2000), metadata={"description": "Sealed under your own key"}
    )


def _tuples(loaded: dict[str, Any]) -> dict[str, Any]:
    # Events hold tuples, and structs where they hold more than words.
    if "languages" in loaded:
        loaded = {**loaded, "languages": tuple(dict.fromkeys(loaded["languages"]))}
    if "competences" in loaded and isinstance(loaded["competences"], list):
        loaded = {**loaded, "competences": tuple(Competence(**one) for one in loaded["competences"])}
    return loaded


class FindingSchema(ma.Schema):
    """How an applicant meets the conditions."""

    equivalent_practice = ma.fields.Boolean(
        metadata={"description": "His practice stands for a qualification of the level"}
    )


class RefusalSchema(ma.Schema):
    """Why an application is refused."""

    ground = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(RefusalGround)))
    remark = ma.fields.String(validate=ma.validate.Length(1, 2000), metadata={"description": "Sealed"})


class TrainingSchema(ma.Schema):
    """A completed training."""

    training = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    completed_on = ma.fields.Date(required=True)


class ActivationSchema(ma.Schema):
    """From when a reviewer may be asked."""

    active_from = ma.fields.Date(metadata={"description": "Today when absent"})


class ReasonSchema(ma.Schema):
    """Why somebody is suspended, or not any more."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 2000), metadata={"description": "Sealed"})


class CapSchema(ma.Schema):
    """How many open cases a reviewer has at most."""

    open_cases = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 100))


class AbsenceSchema(ma.Schema):
    """Days on which a reviewer cannot be asked, both included."""

    first_day = ma.fields.Date(required=True)
    last_day = ma.fields.Date(required=True)


class PostSchema(ma.Schema):
    """Where a reviewer works or worked."""

    provider_id = Id(required=True)
    since = ma.fields.Date(required=True)
    until = ma.fields.Date(allow_none=True, metadata={"description": "Null while it lasts"})


class EndSchema(ma.Schema):
    """When a post ended."""

    ended_on = ma.fields.Date(required=True)
