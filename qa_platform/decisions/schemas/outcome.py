"""The wire of an outcome that explains itself."""

from __future__ import annotations

import marshmallow as ma


class AreaIndexSchema(ma.Schema):
    """The index of one area."""

    area = ma.fields.String()
    index = ma.fields.Decimal(as_string=True, allow_none=True)


class FindingSchema(ma.Schema):
    """One rule that kept the outcome out of a band: on what, and by how much."""

    band = ma.fields.String()
    rule = ma.fields.String()
    criterion = ma.fields.String(allow_none=True)
    area = ma.fields.String(allow_none=True)
    actual = ma.fields.Decimal(as_string=True)
    required = ma.fields.Decimal(as_string=True)
    shortfall = ma.fields.Decimal(as_string=True)


class TriggerSchema(ma.Schema):
    """One thing that calls for moderation."""

    rule = ma.fields.String()
    criterion = ma.fields.String(allow_none=True)
    values = ma.fields.List(ma.fields.Raw(allow_none=True))
    actual = ma.fields.Integer()
    required = ma.fields.Integer()


class CriterionResultSchema(ma.Schema):
    """What the sheets together say about a criterion."""

    criterion = ma.fields.String()
    area = ma.fields.String()
    weight = ma.fields.Decimal(as_string=True)
    must_pass = ma.fields.Boolean()
    scores = ma.fields.List(ma.fields.Integer(allow_none=True))
    basis = ma.fields.String()
    score = ma.fields.Integer(allow_none=True)
    judged_on = ma.fields.Integer(allow_none=True)
    points = ma.fields.Decimal(as_string=True, allow_none=True)


class AreaResultSchema(AreaIndexSchema):
    """What an area earned of what it could."""

    earned = ma.fields.Decimal(as_string=True)
    applicable = ma.fields.Decimal(as_string=True)


class OutcomeSchema(ma.Schema):
    """What the locked scores mean under the standard, computed now; `explanation` says why, in sentences."""

    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    route = ma.fields.String()
    band = ma.fields.String()
    index = ma.fields.Decimal(as_string=True)
    earned = ma.fields.Decimal(as_string=True)
    applicable = ma.fields.Decimal(as_string=True)
    areas = ma.fields.List(ma.fields.Nested(AreaResultSchema))
    criteria = ma.fields.List(ma.fields.Nested(CriterionResultSchema))
    must_pass_faults = ma.fields.List(ma.fields.String())
    findings = ma.fields.List(ma.fields.Nested(FindingSchema))
    triggers = ma.fields.List(ma.fields.Nested(TriggerSchema))
    commendations = ma.fields.List(ma.fields.String())
    explanation = ma.fields.List(ma.fields.String())
