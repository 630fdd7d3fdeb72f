"""The wire of panels: seats, lead, moderation."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.panels.schemas.agreement import ProposalSchema, ThirdReviewSchema
from qa_platform.web.ids import Id


class PanelQuerySchema(ma.Schema):
    """Which panels to list."""

    status = ma.fields.String(validate=ma.validate.OneOf(["seating", "scored", "third_review", "moderated"]))


class AssignReviewerSchema(ma.Schema):
    """Who is to hold a seat, and why."""

    reviewer_id = Id(required=True)
    reasons = ma.fields.List(
        ma.fields.String(validate=ma.validate.Length(1, 300)),
        required=True,
        validate=ma.validate.Length(1, 10),
        metadata={"description": "Why this reviewer: field, level, language; nothing private"},
    )

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {**loaded, "reasons": tuple(loaded["reasons"])}


class DepartureSchema(ma.Schema):
    """Why a reviewer leaves his seat; that he declined he says himself."""

    ground = ma.fields.String(required=True, validate=ma.validate.OneOf(["conflict", "overdue", "officer"]))


class AssignLeadSchema(ma.Schema):
    """Who is to lead."""

    lead_id = Id(required=True)


class SettlementSchema(ma.Schema):
    """The final score of a criterion; null settles that it does not apply."""

    score = ma.fields.Integer(required=True, allow_none=True, strict=True)
    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 5000))


class SeatSchema(ma.Schema):
    """Who holds a seat."""

    seat = ma.fields.Integer()
    review_id = ma.fields.String()
    reviewer_id = ma.fields.String()
    reasons = ma.fields.List(ma.fields.String())


class StoodDownSchema(ma.Schema):
    """Who left a seat."""

    seat = ma.fields.Integer()
    review_id = ma.fields.String()
    reviewer_id = ma.fields.String()
    ground = ma.fields.String()


class SettledSchema(ma.Schema):
    """A settled criterion, with the reviewers' own scores by seat."""

    criterion = ma.fields.String()
    scores_before = ma.fields.List(ma.fields.Integer(allow_none=True))
    score = ma.fields.Integer(allow_none=True)
    reason = ma.fields.String()


class PanelSchema(ma.Schema):
    """The panel of a submission."""

    submission_id = ma.fields.String()
    version = ma.fields.Integer()
    course_id = ma.fields.String()
    provider_id = ma.fields.String()
    route = ma.fields.String()
    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    submission_version = ma.fields.Integer()
    seats = ma.fields.Integer()
    status = ma.fields.String()
    seated = ma.fields.List(ma.fields.Nested(SeatSchema))
    stood_down = ma.fields.List(ma.fields.Nested(StoodDownSchema))
    lead_id = ma.fields.String(allow_none=True)
    settlements = ma.fields.List(ma.fields.Nested(SettledSchema))
    superseded = ma.fields.List(ma.fields.Nested(SettledSchema))
    left_apart = ma.fields.List(ma.fields.String())
    third = ma.fields.Nested(ThirdReviewSchema, allow_none=True)


class CandidateSchema(ma.Schema):
    """An eligible reviewer: his ties to this provider, `declared` and `seen`, what follows, and how he stands today."""

    reviewer_id = ma.fields.String()
    # A schema has a property `fields` of its own.
    isced_fields = ma.fields.List(ma.fields.String(), data_key="fields", attribute="fields")
    highest_level = ma.fields.Integer()
    category = ma.fields.String()
    declared = ma.fields.List(ma.fields.String())
    seen = ma.fields.List(ma.fields.String(), metadata={"description": "What the platform sees by itself"})
    barred = ma.fields.Boolean()
    away = ma.fields.Boolean()
    open_cases = ma.fields.Integer()
    cap = ma.fields.Integer(metadata={"description": "How many open cases he takes"})
    unread = ma.fields.List(
        ma.fields.String(), metadata={"description": "Languages of the material that he does not read"}
    )
    fits = ma.fields.Boolean(metadata={"description": "Whether nothing keeps him from a seat today"})


class GivenScoreSchema(ma.Schema):
    """What one review gave a criterion."""

    review_id = ma.fields.String()
    score = ma.fields.Integer(allow_none=True)
    not_applicable_reason = ma.fields.String(allow_none=True)
    comment = ma.fields.String()
    confidence = ma.fields.String()
    insufficient_evidence = ma.fields.Boolean()


class TriggerSchema(ma.Schema):
    """What calls for moderation; of the whole where no criterion is named."""

    rule = ma.fields.String()
    criterion = ma.fields.String(allow_none=True)
    values = ma.fields.List(ma.fields.Raw(allow_none=True))
    actual = ma.fields.Integer()
    required = ma.fields.Integer()


class ComparedCriterionSchema(ma.Schema):
    """A criterion, what each review gave it, and what was settled."""

    criterion = ma.fields.String()
    scores = ma.fields.List(ma.fields.Nested(GivenScoreSchema))
    settlement = ma.fields.Nested(SettledSchema, allow_none=True)
    superseded = ma.fields.List(ma.fields.Nested(SettledSchema))
    proposal = ma.fields.Nested(ProposalSchema, allow_none=True)


class ModerationSchema(ma.Schema):
    """The locked sheets side by side, and what still calls for moderation."""

    submission_id = ma.fields.String()
    version = ma.fields.Integer()
    status = ma.fields.String()
    criteria = ma.fields.List(ma.fields.Nested(ComparedCriterionSchema))
    triggers = ma.fields.List(ma.fields.Nested(TriggerSchema))
    apart = ma.fields.List(ma.fields.String())
    third = ma.fields.Nested(ThirdReviewSchema, allow_none=True)
