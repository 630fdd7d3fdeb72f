"""Who is recused from a submission, and so learns nothing of it or its journey here."""

from __future__ import annotations

from msgspec.structs import replace

from qa_platform.decisions.events import MemberRecused, RecusalWithdrawn
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import RECUSALS_TABLE


class SubmissionRecusalRow(Row, frozen=True, kw_only=True):
    """The members of the committee who are recused from a submission."""

    submission_id: str
    members: tuple[str, ...]


def keys(recorded: Recorded[MemberRecused | RecusalWithdrawn]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(
    row: SubmissionRecusalRow | None, recorded: Recorded[MemberRecused | RecusalWithdrawn]
) -> SubmissionRecusalRow | None:
    """Return who is recused after one event."""
    event = recorded.event
    known = row or SubmissionRecusalRow(submission_id=event.submission_id, members=())
    others = tuple(one for one in known.members if one != event.member_id)
    match event:
        case MemberRecused():
            return replace(known, members=(*others, event.member_id))
        case RecusalWithdrawn():
            return replace(known, members=others)


SUBMISSION_RECUSALS: Projection[SubmissionRecusalRow] = Projection(
    name=RECUSALS_TABLE,
    row=SubmissionRecusalRow,
    key="submission_id",
    events=(MemberRecused, RecusalWithdrawn),
    keys=keys,
    fold=fold,
)
