"""The wire of agreeing on scores."""

from __future__ import annotations

import marshmallow as ma


class ReasonSchema(ma.Schema):
    """Why something is done, or taken back."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 5000))


class ObjectionSchema(ma.Schema):
    """Why a review's writer objects."""

    review_id = ma.fields.String()
    reason = ma.fields.String()


class ProposalSchema(ma.Schema):
    """A proposed score; up to and with `answer_by` it can be answered."""

    criterion = ma.fields.String()
    scores_before = ma.fields.List(ma.fields.Integer(allow_none=True))
    score = ma.fields.Integer(allow_none=True)
    reason = ma.fields.String()
    proposed_on = ma.fields.Date()
    answer_by = ma.fields.Date()
    silence_agrees = ma.fields.Boolean()
    agreed = ma.fields.List(ma.fields.String())
    objections = ma.fields.List(ma.fields.Nested(ObjectionSchema))


class ThirdReviewSchema(ma.Schema):
    """A third review; to those who do not weigh scores without criteria and reason.

    Until when it is due stands with the review itself: its days count from the gate, as every reviewer's do.
    """

    seat = ma.fields.Integer()
    criteria = ma.fields.List(ma.fields.String())
    reason = ma.fields.String()
    requested_on = ma.fields.Date()
    completed = ma.fields.Boolean()
