"""The wire of benchmarks, calibration, and the conflicts that the system sees."""

from __future__ import annotations

import marshmallow as ma

from qa_platform.reviewers.decider import Status
from qa_platform.scoring.rubric.structure import ROUTES


class GivenScoreSchema(ma.Schema):
    """A score of one criterion."""

    criterion = ma.fields.String(required=True, validate=ma.validate.Length(1, 20))
    score = ma.fields.Integer(
        required=True,
        strict=True,
        allow_none=True,
        validate=ma.validate.Range(1, 4),
        metadata={"description": "Null where it does not apply"},
    )


class SheetSchema(ma.Schema):
    """Scores of a benchmark course."""

    scores = ma.fields.List(ma.fields.Nested(GivenScoreSchema), required=True, validate=ma.validate.Length(1, 200))


class PublishBenchmarkSchema(SheetSchema):
    """A benchmark course with its reference scores."""

    title = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    standard_id = ma.fields.String(required=True, validate=ma.validate.Length(1, 40))
    rubric_version = ma.fields.String(required=True, validate=ma.validate.Length(1, 40))
    route = ma.fields.String(required=True, validate=ma.validate.OneOf(ROUTES))


class ReferenceSchema(ma.Schema):
    """What a criterion should get."""

    criterion = ma.fields.String()
    score = ma.fields.Integer(allow_none=True)
    must_pass = ma.fields.Boolean()


class BenchmarkSchema(ma.Schema):
    """A benchmark course; the reference is null to whoever may be measured by it."""

    benchmark_id = ma.fields.String()
    version = ma.fields.Integer()
    title = ma.fields.String()
    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    route = ma.fields.String()
    criteria = ma.fields.List(ma.fields.String())
    reference = ma.fields.List(ma.fields.Nested(ReferenceSchema), allow_none=True)
    retired = ma.fields.Boolean()


class CalibrationSchema(ma.Schema):
    """The result of a calibration, with the thresholds that it was judged by."""

    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    benchmarks = ma.fields.List(ma.fields.String())
    criteria = ma.fields.Integer()
    exact = ma.fields.Integer()
    adjacent = ma.fields.Integer(metadata={"description": "Within one score; counts the exact ones too"})
    must_pass_misses = ma.fields.Integer()
    least_benchmarks = ma.fields.Integer()
    least_exact_percent = ma.fields.Integer()
    least_adjacent_percent = ma.fields.Integer()
    passed = ma.fields.Boolean()
    concluded_on = ma.fields.Date()
    valid_until = ma.fields.Date(allow_none=True)


class TrainingDoneSchema(ma.Schema):
    """A completed training."""

    training = ma.fields.String()
    completed_on = ma.fields.Date()


class StandingSchema(ma.Schema):
    """How a reviewer scores, and how much he has to do."""

    status = ma.fields.Enum(Status, by_value=True)
    valid_until = ma.fields.Date(allow_none=True)
    recalibration_for = ma.fields.String(allow_none=True)
    trainings = ma.fields.List(ma.fields.Nested(TrainingDoneSchema))
    scored_benchmarks = ma.fields.List(ma.fields.String())
    calibrations = ma.fields.List(ma.fields.Nested(CalibrationSchema))
    open_cases = ma.fields.Integer()
    open_cases_cap = ma.fields.Integer()
    distribution = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), allow_none=True)


class SeenConflictSchema(ma.Schema):
    """A conflict that nobody had to declare."""

    category = ma.fields.String(metadata={"description": "A category of interest, or ROT for rotation"})
    effect = ma.fields.String(metadata={"description": "bar or warn"})
    sentence = ma.fields.String()
