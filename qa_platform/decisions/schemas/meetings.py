"""The wire of meetings, and of what happens to an item there."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.decisions.events import CastingVote, Code, MembershipReason, RecusalError, Vote
from qa_platform.web.ids import Id

_REASON = ma.validate.Length(1, 2000)


class MembershipSchema(ma.Schema):
    """Who sits, and who of them chairs."""

    chair_id = Id(required=True)
    members = ma.fields.List(Id(), required=True, validate=ma.validate.Length(1, 50))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {name: tuple(value) if isinstance(value, list) else value for name, value in loaded.items()}


class ConveneSchema(MembershipSchema):
    """A meeting that is called."""

    held_on = ma.fields.Date(required=True)


class MembershipChangeSchema(MembershipSchema):
    """Who sits from now on, and why."""

    reason = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(MembershipReason)))


class ScheduleSchema(ma.Schema):
    """When and where a meeting is held from now on, and why; without a place it stays where it was."""

    held_on = ma.fields.Date(required=True)
    place = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 200))
    reason = ma.fields.String(required=True, validate=_REASON)


class ReasonSchema(ma.Schema):
    """Why something is taken back."""

    reason = ma.fields.String(required=True, validate=_REASON)


class RecusalErrorSchema(ma.Schema):
    """What was wrong with a recusal."""

    reason = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(RecusalError)))


class ItemChairSchema(ma.Schema):
    """Who chairs one item."""

    member_id = Id(required=True)


class MotionSchema(ma.Schema):
    """What the committee votes on."""

    code = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Code)))


class VoteSchema(ma.Schema):
    """A vote."""

    vote = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Vote)))


class CastingVoteSchema(ma.Schema):
    """How a tie is settled."""

    vote = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(CastingVote)))


class AgendaItemSchema(ma.Schema):
    """An item of a meeting; only its number to whom the submission is not known."""

    number = ma.fields.Integer()
    submission_id = ma.fields.String()
    route = ma.fields.String()
    stage = ma.fields.String()

    @ma.post_dump
    def _without_hidden(self, told: dict[str, Any], **_options: object) -> dict[str, Any]:
        return {name: value for name, value in told.items() if value is not None}


class MeetingSchema(ma.Schema):
    """A meeting of the committee."""

    meeting_id = ma.fields.String()
    version = ma.fields.Integer()
    held_on = ma.fields.Date()
    place = ma.fields.String(allow_none=True)
    chair_id = ma.fields.String()
    members = ma.fields.List(ma.fields.String())
    agenda = ma.fields.List(ma.fields.Nested(AgendaItemSchema))
    cancelled = ma.fields.Boolean()
    cancelled_because = ma.fields.String(allow_none=True)


class CountedVoteSchema(ma.Schema):
    """The vote of a member that counts."""

    member_id = ma.fields.String()
    vote = ma.fields.String()


class ItemSchema(ma.Schema):
    """The submission as an item of a meeting; `chair_id` only where another than the meeting's chair chairs it."""

    meeting_id = ma.fields.String()
    held_on = ma.fields.Date()
    chair_id = ma.fields.String(allow_none=True)
    code = ma.fields.String(allow_none=True, metadata={"description": "The motion that is voted on"})
    votes = ma.fields.List(ma.fields.Nested(CountedVoteSchema))
    casting_vote = ma.fields.String(allow_none=True)


class DissentSchema(ma.Schema):
    """Why a member voted against the decision."""

    member_id = ma.fields.String(dump_only=True)
    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 5000))


class MinutesSchema(ma.Schema):
    """How a decision came about, and who signed it as the second one."""

    meeting_id = ma.fields.String()
    chair_id = ma.fields.String()
    quorum = ma.fields.Integer()
    votes = ma.fields.List(ma.fields.Nested(CountedVoteSchema))
    votes_for = ma.fields.Integer()
    votes_against = ma.fields.Integer()
    abstentions = ma.fields.Integer()
    recusals = ma.fields.Integer()
    casting_vote = ma.fields.Boolean()
    recorded_by = ma.fields.String()
    signed_by = ma.fields.String(allow_none=True)
    signed_on = ma.fields.Date(allow_none=True)
    dissents = ma.fields.List(ma.fields.Nested(DissentSchema))
