"""The wire of queries: a question, its way to the provider, and the answer."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.reviews.decider import QueryStatus
from qa_platform.reviews.events.queries import EvidenceReference

_ID = ma.validate.Length(1, 100)
_TEXT = ma.validate.Length(1, 5000)
_STATUS = ma.validate.OneOf([status.value for status in QueryStatus])


class QuestionSchema(ma.Schema):
    """What a reviewer asks, and of which criterion."""

    criterion = ma.fields.String(required=True, validate=_ID)
    text = ma.fields.String(
        required=True,
        validate=_TEXT,
        metadata={"description": "What you need to see; the provider reads it, and every reviewer. Nothing about you"},
    )


class TakeBackSchema(ma.Schema):
    """Why a reviewer takes a question back."""

    reason = ma.fields.String(load_default="", validate=ma.validate.Length(max=2000))


class WaitingQuestionSchema(QuestionSchema):
    """A question that waits to be passed on."""

    question_id = ma.fields.String()
    submission_id = ma.fields.String()
    asked_at = ma.fields.AwareDateTime()


class OwnQuestionSchema(WaitingQuestionSchema):
    """A question as its reviewer sees it."""

    taken_back = ma.fields.Boolean()


class ForwardSchema(ma.Schema):
    """How a question goes to the provider."""

    text = ma.fields.String(
        validate=_TEXT, metadata={"description": "Other words, where the reviewer's would give him away"}
    )
    due_on = ma.fields.Date(metadata={"description": "The last day to answer; by default as the settings say"})


class EvidenceReferenceSchema(ma.Schema):
    """Where a piece of evidence is."""

    label = ma.fields.String(required=True, validate=ma.validate.Length(1, 300))
    reference = ma.fields.String(required=True, validate=ma.validate.Length(1, 2000))

    @ma.post_load
    def _reference(self, loaded: dict[str, Any], **_options: object) -> EvidenceReference:
        return EvidenceReference(**loaded)


class AnswerSchema(ma.Schema):
    """The provider's answer."""

    text = ma.fields.String(required=True, validate=ma.validate.Length(1, 10000))
    evidence = ma.fields.List(
        ma.fields.Nested(EvidenceReferenceSchema), load_default=list, validate=ma.validate.Length(max=50)
    )

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {**loaded, "evidence": tuple(loaded["evidence"])}


class QueriesQuerySchema(ma.Schema):
    """Which queries to list."""

    submission_id = ma.fields.String(validate=_ID)
    status = ma.fields.String(validate=_STATUS)


class QuerySchema(ma.Schema):
    """A question to the provider: the same for all who read it."""

    query_id = ma.fields.String()
    submission_id = ma.fields.String()
    number = ma.fields.Integer(metadata={"description": "Counted from 1 within the case"})
    criterion = ma.fields.String()
    text = ma.fields.String()
    status = ma.fields.String(validate=_STATUS)
    forwarded_on = ma.fields.Date()
    due_on = ma.fields.Date()
    answer = ma.fields.String(allow_none=True)
    evidence = ma.fields.List(ma.fields.Nested(EvidenceReferenceSchema))
    answered_on = ma.fields.Date(allow_none=True)
