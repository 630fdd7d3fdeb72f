"""The wire of allocations: a whole queue looked at first, proposed, confirmed or taken back as one, made again."""

from __future__ import annotations

import marshmallow as ma

from qa_platform.panels.schemas.proposing import CandidateReasonSchema, SeatingReasonSchema
from qa_platform.web.ids import Id


class QueueSchema(ma.Schema):
    """Which panels to look at (all that wait, unless named), and the seed that decides between equals."""

    submission_ids = ma.fields.List(Id(), validate=ma.validate.Length(1, 1000))
    seed = ma.fields.String(validate=ma.validate.Length(1, 64))


class AllocateSchema(QueueSchema):
    """Which panels to propose for; with the `digest` of a preview only if everything still is as it was then."""

    digest = ma.fields.String(validate=ma.validate.Length(1, 80))


class BulkSchema(ma.Schema):
    """How many proposals whoever asks has seen waiting; with another number nothing happens."""

    proposals = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(1))


class BulkWithdrawalSchema(SeatingReasonSchema, BulkSchema):
    """How many proposals are taken back, and why."""


class AllocatedSeatSchema(ma.Schema):
    """Who would have a seat, or has it in a proposal."""

    seat = ma.fields.Integer()
    reviewer_id = ma.fields.String()


class PreviewedPanelSchema(ma.Schema):
    """What would be proposed for one panel: its seats, how many stay free, and a reason for every candidate."""

    submission_id = ma.fields.String()
    seats = ma.fields.List(ma.fields.Nested(AllocatedSeatSchema))
    free = ma.fields.Integer()
    reasons = ma.fields.List(ma.fields.Nested(CandidateReasonSchema))


class PreviewSchema(ma.Schema):
    """What would be proposed for a queue; nothing of it is kept. The same seed and digest propose just this."""

    digest = ma.fields.String()
    seed = ma.fields.String()
    policy_version = ma.fields.String()
    proof = ma.fields.String()
    objective = ma.fields.Integer()
    cases = ma.fields.Integer()
    reviewers = ma.fields.Integer()
    panels = ma.fields.List(ma.fields.Nested(PreviewedPanelSchema))


class AllocatedPanelSchema(ma.Schema):
    """The proposal for one panel, out of an allocation."""

    submission_id = ma.fields.String()
    status = ma.fields.String()
    seats = ma.fields.List(ma.fields.Nested(AllocatedSeatSchema))


class AllocationSchema(ma.Schema):
    """How the proposals of an allocation stand: how many wait, and each of them."""

    allocation_id = ma.fields.String()
    waiting = ma.fields.Integer()
    panels = ma.fields.List(ma.fields.Nested(AllocatedPanelSchema))


class RepetitionSchema(ma.Schema):
    """A kept allocation made again from its inputs: `same` where nothing is different, bit for bit."""

    allocation_id = ma.fields.String()
    same = ma.fields.Boolean()
    digest = ma.fields.String()
    policy_version = ma.fields.String()
    seed = ma.fields.String()
    on = ma.fields.Date()
    cases = ma.fields.Integer()
    reviewers = ma.fields.Integer()
    objective = ma.fields.Integer()
    bound = ma.fields.Integer()
    proof = ma.fields.String()
