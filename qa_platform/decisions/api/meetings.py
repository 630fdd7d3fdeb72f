"""The API of meetings: convened, changed, and what is on their agenda."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.decisions import read_model
from qa_platform.decisions.api.blueprints import meetings_api
from qa_platform.decisions.api.looking import submission_of, visible
from qa_platform.decisions.commands import (
    CancelMeeting,
    ChangeMembership,
    ConveneMeeting,
    MoveMeeting,
    RetableCase,
    TableCase,
    TableItem,
    TakeCaseOff,
    TakeItemOff,
)
from qa_platform.decisions.read_model import MEETINGS, MeetingRow
from qa_platform.decisions.schemas import (
    ConveneSchema,
    MeetingSchema,
    MembershipChangeSchema,
    ReasonSchema,
    ScheduleSchema,
)
from qa_platform.kernel.rejected import Missing
from qa_platform.web.context import actor, deadlines, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@meetings_api.route("")
class Meetings(MethodView):
    """All meetings."""

    @meetings_api.response(200, paged(MeetingSchema))
    def get(self) -> dict[str, Any]:
        """List meetings, the latest first, with what you may know of their agenda."""
        order = (MEETINGS.table.c.held_on.desc(),)
        found = page(reading(), MEETINGS, read_model.select_meetings(actor()), order_by=order)
        return {**found, "items": read_model.agenda_as_seen_by(actor(), reading(), found["items"])}

    @meetings_api.arguments(ConveneSchema)
    @meetings_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Convene a meeting."""
        meeting_id = new_id("meeting")
        command = ConveneMeeting(meeting_id=meeting_id, on=today(), **_sitting(body))
        return run(command, id=meeting_id, location=f"/api/v1/meetings/{meeting_id}", status=201)


@meetings_api.route("/<meeting_id>")
class Meeting(MethodView):
    """One meeting."""

    @meetings_api.response(200, MeetingSchema)
    def get(self, meeting_id: str) -> tuple[MeetingRow, int, dict[str, str]]:
        """Show a meeting, with what you may know of its agenda."""
        (row,) = read_model.agenda_as_seen_by(actor(), reading(), [_meeting(meeting_id)])
        # Never 304: who may know of an item changes without the meeting.
        return row, 200, {"ETag": etag(row.version)}


@meetings_api.route("/<meeting_id>/membership")
class MeetingMembership(MethodView):
    """Who sits in a meeting, and who chairs it."""

    @meetings_api.arguments(MembershipChangeSchema)
    @meetings_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], meeting_id: str) -> Answer:
        """Let other people sit, or another one chair."""
        return run(ChangeMembership(meeting_id=meeting_id, **_sitting(body)), id=meeting_id)


@meetings_api.route("/<meeting_id>/schedule")
class MeetingSchedule(MethodView):
    """When and where a meeting is held."""

    @meetings_api.arguments(ScheduleSchema)
    @meetings_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], meeting_id: str) -> Answer:
        """Hold a meeting on another day, or in another place, with all that is on its agenda, before it begins."""
        agenda = tuple(one.submission_id for one in _meeting(meeting_id).agenda if one.submission_id is not None)
        moving = MoveMeeting(meeting_id=meeting_id, agenda=agenda, on=today(), **body)
        along = [RetableCase(submission_id=one, meeting_id=meeting_id, held_on=body["held_on"]) for one in agenda]
        return run([moving, *along], id=meeting_id)


@meetings_api.route("/<meeting_id>/cancellation")
class MeetingCancellation(MethodView):
    """The end of a meeting that does not take place."""

    @meetings_api.arguments(ReasonSchema)
    @meetings_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], meeting_id: str) -> Answer:
        """Cancel a meeting whose agenda is empty."""
        return run(CancelMeeting(meeting_id=meeting_id, **body), id=meeting_id)


@meetings_api.route("/<meeting_id>/items/<submission_id>")
class MeetingItem(MethodView):
    """A submission on the agenda."""

    @meetings_api.response(200, ReceiptSchema)
    def put(self, meeting_id: str, submission_id: str) -> Answer:
        """Put a submission on the agenda."""
        row, meeting = visible(submission_id), _meeting(meeting_id)
        status, standing = submission_of(submission_id)
        tabling = TableCase(
            submission_id=submission_id,
            meeting_id=meeting_id,
            held_on=meeting.held_on,
            submission_status=status,
            scoring_closed=row.scoring_closed,
            on=today(),
        )
        item = TableItem(meeting_id=meeting_id, submission_id=submission_id)
        return run([item, tabling], id=submission_id, depends_on=(standing,))

    @meetings_api.arguments(ReasonSchema, location="query")
    @meetings_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], meeting_id: str, submission_id: str) -> Answer:
        """Take a submission off the agenda, as long as nothing is decided on it."""
        visible(submission_id)
        item = TakeItemOff(meeting_id=meeting_id, submission_id=submission_id)
        return run([item, TakeCaseOff(submission_id=submission_id, meeting_id=meeting_id, **query)], id=submission_id)


def _sitting(body: dict[str, Any]) -> dict[str, Any]:
    committee = read_model.members_among(reading(), (*body["members"], body["chair_id"]), actor())
    known = tuple(member.person_id for member in committee)
    return {**body, "committee": known, "quorum": deadlines().committee_quorum}


def _meeting(meeting_id: str) -> MeetingRow:
    row = read_model.get_meeting(reading(), meeting_id, actor())
    if row is None:
        raise Missing("There is no such meeting. Check the address.")
    return row
