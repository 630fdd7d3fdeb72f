"""The wire of reviews: the conflict gate, scores, the lock."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.reviews.commands import AskedRuling
from qa_platform.reviews.decider import Status
from qa_platform.reviews.events import Confidence, DeclineReason, Lateness, Pointer

_ID = ma.validate.Length(1, 100)


class ReviewQuerySchema(ma.Schema):
    """Which reviews to list."""

    submission_id = ma.fields.String(validate=_ID)
    status = ma.fields.String(validate=ma.validate.OneOf([status.value for status in Status]))


class PointerSchema(ma.Schema):
    """Where in the submission the reviewer found what he judged."""

    field = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    note = ma.fields.String(load_default="", validate=ma.validate.Length(max=1000))

    @ma.post_load
    def _pointer(self, loaded: dict[str, Any], **_options: object) -> Pointer:
        return Pointer(**loaded)


class ScoreSchema(ma.Schema):
    """What a reviewer gives a criterion; a score of null says that it does not apply."""

    score = ma.fields.Integer(
        required=True, allow_none=True, strict=True, metadata={"description": "On the scale of the standard"}
    )
    not_applicable_reason = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=2000))
    comment = ma.fields.String(
        load_default="",
        validate=ma.validate.Length(max=10000),
        metadata={"description": "The reason for the score, in a sentence or more; nothing about a person"},
    )
    private_note = ma.fields.String(
        load_default=None,
        allow_none=True,
        load_only=True,
        validate=ma.validate.Length(max=10000),
        metadata={"description": "For the reviewer's own eyes; sealed under his key"},
    )
    confidence = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Confidence)))
    evidence = ma.fields.List(ma.fields.Nested(PointerSchema), load_default=list, validate=ma.validate.Length(max=50))
    insufficient_evidence = ma.fields.Boolean(load_default=False)

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {**loaded, "evidence": tuple(loaded["evidence"])}


class CriterionScoreSchema(ScoreSchema):
    """What a reviewer gives one criterion among several."""

    criterion = ma.fields.String(required=True, validate=_ID)


class ScoresSchema(ma.Schema):
    """Several scores at once: all are recorded, or none."""

    scores = ma.fields.List(ma.fields.Nested(CriterionScoreSchema), required=True, validate=ma.validate.Length(1, 200))


class InterestsSchema(ma.Schema):
    """A reviewer's declaration: an empty list says that nothing ties him to the provider or the course."""

    categories = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(sorted(CATEGORIES))),
        required=True,
        validate=ma.validate.Length(max=len(CATEGORIES)),
    )
    undertaking = ma.fields.String(
        required=True,
        validate=ma.validate.Length(1, 60),
        metadata={"description": "The version of the text that the reviewer agrees to"},
    )
    detail = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=ma.validate.Length(max=5000),
        metadata={"description": "What there is to know; sealed under the reviewer's key"},
    )

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return {**loaded, "categories": tuple(sorted(set(loaded["categories"])))}


class RulingSchema(ma.Schema):
    """Whether a tie bars the reviewer; allowed with a note, it stays in sight of those who weigh the case."""

    ruling = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(AskedRuling)))
    note = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=5000))


class DeclineSchema(ma.Schema):
    """Why a reviewer declines."""

    reason = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(DeclineReason)))


class TimingSchema(ma.Schema):
    """What a reviewer owes, and by when, as of today."""

    lateness = ma.fields.String(data_key="owes", validate=ma.validate.OneOf(get_args(Lateness)))
    due_on = ma.fields.Date(metadata={"description": "Moves while the clock stands still"})
    reminders = ma.fields.List(ma.fields.Date())
    stopped = ma.fields.Boolean(metadata={"description": "The clock stands still today"})


class ReviewSummarySchema(ma.Schema):
    """A review in a list."""

    review_id = ma.fields.String()
    version = ma.fields.Integer()
    submission_id = ma.fields.String()
    provider_id = ma.fields.String()
    route = ma.fields.String()
    reviewer_id = ma.fields.String()
    seat = ma.fields.Integer()
    status = ma.fields.String(validate=ma.validate.OneOf([status.value for status in Status]))
    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    rubric_hash = ma.fields.String()
    submission_version = ma.fields.Integer(
        metadata={"description": "The version of the submission's stream that is under review"}
    )
    locked_at = ma.fields.AwareDateTime(allow_none=True)
    late = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(get_args(Lateness))),
        metadata={"description": "What its reviewer let pass: the day to answer the invitation, the day to lock"},
    )
    timing = ma.fields.Nested(
        TimingSchema,
        allow_none=True,
        metadata={"description": "What its reviewer owes; null where nothing is owed"},
    )


class ReviewSchema(ReviewSummarySchema):
    """A review with what its reviewer gave."""

    categories = ma.fields.List(ma.fields.String())
    undertaking = ma.fields.String(allow_none=True)
    ruling = ma.fields.String(allow_none=True)
    scores = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Nested(ScoreSchema))
    sheet_digest = ma.fields.String(allow_none=True)


class ReviewedSubmissionSchema(ma.Schema):
    """The submission as it stood at the version under review."""

    review_id = ma.fields.String()
    submission_id = ma.fields.String()
    version = ma.fields.Integer()
    provider_id = ma.fields.String()
    route = ma.fields.String()
    course_id = ma.fields.String()
    course_version = ma.fields.String()
    simulated = ma.fields.Boolean()
    content = ma.fields.Dict(keys=ma.fields.String(), metadata={"description": "What the provider says of the course"})


class NoteSchema(ma.Schema):
    """A private note; null once its key was destroyed."""

    criterion = ma.fields.String()
    note = ma.fields.Function(lambda row: row.private_note.value if isinstance(row.private_note.value, str) else None)
