"""The API of an item: who takes no part, who chairs it, what is moved, and the votes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from qa_platform.decisions.api.blueprints import decisions_api
from qa_platform.decisions.api.looking import asked_by, sitting_of, visible
from qa_platform.decisions.commands import (
    CastVote,
    GiveCastingVote,
    NameItemChair,
    PutMotion,
    RecuseMember,
    WithdrawRecusal,
    WithdrawVote,
)
from qa_platform.decisions.schemas import (
    CastingVoteSchema,
    ItemChairSchema,
    MotionSchema,
    RecusalErrorSchema,
    RecusalSchema,
    VoteSchema,
)
from qa_platform.web.context import new_id, today
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@decisions_api.route("/<submission_id>/recusals/<uuid:member_id>")
class DecisionRecusal(MethodView):
    """A member of the committee who takes no part."""

    @decisions_api.arguments(RecusalSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, member_id: UUID) -> Answer:
        """Record that a member takes no part; from then on the submission is hidden from him."""
        visible(submission_id)
        member = str(member_id)
        return run(RecuseMember(submission_id=submission_id, member_id=member, **body), id=member)

    @decisions_api.arguments(RecusalErrorSchema, location="query")
    @decisions_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], submission_id: str, member_id: UUID) -> Answer:
        """Take back a recusal that was recorded in error, before anything is decided."""
        visible(submission_id)
        member = str(member_id)
        return run(WithdrawRecusal(submission_id=submission_id, member_id=member, **query), id=member)


@decisions_api.route("/<submission_id>/chair")
class DecisionChair(MethodView):
    """Who chairs the item."""

    @decisions_api.arguments(ItemChairSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Let another member than the meeting's chair chair this item."""
        meeting = sitting_of(visible(submission_id))
        command = NameItemChair(submission_id=submission_id, sitting=meeting.sitting, **body)
        return run(command, id=submission_id, depends_on=(meeting.stream_version,))


@decisions_api.route("/<submission_id>/motion")
class DecisionMotion(MethodView):
    """What the committee votes on."""

    @decisions_api.arguments(MotionSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Put a motion; votes on an earlier one count no more."""
        row = visible(submission_id)
        meeting = sitting_of(row)
        motion_id = new_id("motion")
        command = PutMotion(
            submission_id=submission_id,
            motion_id=motion_id,
            route=row.route or "",
            sitting=meeting.sitting,
            on=today(),
            **body,
        )
        return run(command, id=motion_id, depends_on=(meeting.stream_version,))


@decisions_api.route("/<submission_id>/votes/<uuid:member_id>")
class DecisionVote(MethodView):
    """The vote of a member."""

    @decisions_api.arguments(VoteSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, member_id: UUID) -> Answer:
        """Vote, or vote differently, or record a member's vote as the secretary."""
        row = visible(submission_id)
        meeting, member = sitting_of(row), str(member_id)
        command = CastVote(
            submission_id=submission_id,
            member_id=member,
            asked_by=asked_by(),
            sitting=meeting.sitting,
            reviewed_by=(*row.reviewers, *((row.lead_id,) if row.lead_id else ())),
            **body,
        )
        return run(command, id=member, depends_on=(meeting.stream_version,))

    @decisions_api.response(200, ReceiptSchema)
    def delete(self, submission_id: str, member_id: UUID) -> Answer:
        """Take a vote back before the item is closed."""
        visible(submission_id)
        member = str(member_id)
        return run(WithdrawVote(submission_id=submission_id, member_id=member, asked_by=asked_by()), id=member)


@decisions_api.route("/<submission_id>/casting-vote/<uuid:member_id>")
class DecisionCastingVote(MethodView):
    """The vote that settles a tie."""

    @decisions_api.arguments(CastingVoteSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, member_id: UUID) -> Answer:
        """Settle a tie, as the one who chairs the item."""
        meeting, member = sitting_of(visible(submission_id)), str(member_id)
        command = GiveCastingVote(
            submission_id=submission_id, member_id=member, asked_by=asked_by(), sitting=meeting.sitting, **body
        )
        return run(command, id=member, depends_on=(meeting.stream_version,))
