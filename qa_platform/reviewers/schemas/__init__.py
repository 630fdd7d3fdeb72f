"""The wire of reviewers: expertise, availability, declared interests."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.reviewers.decider import Status
from qa_platform.reviewers.events import ReviewerCategory
from qa_platform.web.ids import Id

FIELD = ma.validate.Regexp(r"(?:0[0-9]|10)[0-9]{0,2}\Z", error="Write an ISCED-F 2013 code of two to four digits.")


class ExpertiseSchema(ma.Schema):
    """What a reviewer knows."""

    # A schema has a property `fields` of its own.
    isced_fields = ma.fields.List(
        ma.fields.String(validate=FIELD),
        data_key="fields",
        attribute="fields",
        required=True,
        validate=ma.validate.Length(1, 20),
        metadata={"description": "ISCED-F 2013 codes"},
    )
    highest_level = ma.fields.Integer(
        required=True,
        strict=True,
        validate=ma.validate.Range(1, 8),
        metadata={"description": "Level of the reviewer's own qualification, or of equal practice"},
    )
    years_of_practice = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 80))
    category = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(ReviewerCategory)))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {**loaded, "fields": tuple(dict.fromkeys(loaded["fields"]))}


class RegisterReviewerSchema(ExpertiseSchema):
    """A person who offers to review."""

    person_id = Id(required=True)


class InterestSchema(ma.Schema):
    """A declared tie, without its detail."""

    interest_id = ma.fields.String()
    provider_id = ma.fields.String()
    course_id = ma.fields.String(allow_none=True)
    category = ma.fields.String()
    since = ma.fields.Date()
    until = ma.fields.Date(allow_none=True)


class CompetenceSchema(ma.Schema):
    """Up to which level somebody can judge courses of a field."""

    field = ma.fields.String(required=True, validate=FIELD)
    highest_level = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(1, 8))


class HeldPostSchema(ma.Schema):
    """Where a reviewer works or worked."""

    post_id = ma.fields.String()
    provider_id = ma.fields.String()
    since = ma.fields.Date()
    until = ma.fields.Date(allow_none=True)


class DeclaredAbsenceSchema(ma.Schema):
    """Days on which a reviewer cannot be asked."""

    period_id = ma.fields.String()
    first_day = ma.fields.Date()
    last_day = ma.fields.Date()


class ReviewerSchema(ExpertiseSchema):
    """A reviewer, by pseudonym."""

    person_id = ma.fields.String()
    version = ma.fields.Integer()
    status = ma.fields.Enum(Status, by_value=True)
    eligible_from = ma.fields.Date(allow_none=True)
    paused_from = ma.fields.Date(allow_none=True)
    interests = ma.fields.List(ma.fields.Nested(InterestSchema))
    own_level = ma.fields.Integer()
    competences = ma.fields.List(ma.fields.Nested(CompetenceSchema))
    languages = ma.fields.List(ma.fields.String())
    open_cases_cap = ma.fields.Integer()
    suspended_from = ma.fields.Date(allow_none=True)
    retired_on = ma.fields.Date(allow_none=True)
    valid_until = ma.fields.Date(allow_none=True, metadata={"description": "Last day of the calibration, if any"})
    posts = ma.fields.List(ma.fields.Nested(HeldPostSchema))
    absences = ma.fields.List(ma.fields.Nested(DeclaredAbsenceSchema))
    simulated = ma.fields.Boolean()


class ReviewerQuerySchema(ma.Schema):
    """Which reviewers to list."""

    status = ma.fields.Enum(Status, by_value=True)
    field = ma.fields.String(validate=FIELD)


class EligibilitySchema(ma.Schema):
    """From when a reviewer may be asked."""

    eligible_from = ma.fields.Date(metadata={"description": "Today when absent"})


class PauseSchema(ma.Schema):
    """From when a reviewer is not asked."""

    paused_from = ma.fields.Date(metadata={"description": "Today when absent"})


class ResumptionSchema(ma.Schema):
    """From when a reviewer is asked again."""

    resumed_from = ma.fields.Date(metadata={"description": "Today when absent"})


class DeclareInterestSchema(ma.Schema):
    """A tie to a provider, or to one course of it."""

    provider_id = Id(required=True)
    course_id = ma.fields.String(allow_none=True, validate=ma.validate.Length(1, 100))
    category = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(tuple(CATEGORIES)),
        metadata={"description": "; ".join(f"{one.code}: {one.relation}" for one in CATEGORIES.values())},
    )
    since = ma.fields.Date(required=True)
    until = ma.fields.Date(allow_none=True, metadata={"description": "Null while the tie lasts"})
    detail = ma.fields.String(
        allow_none=True,
        validate=ma.validate.Length(1, 2000),
        metadata={"description": "Sealed under the reviewer's own key"},
    )


class EndInterestSchema(ma.Schema):
    """When a declared tie ended."""

    ended_on = ma.fields.Date(required=True)
