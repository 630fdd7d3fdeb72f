"""What the requests of this room look at before they ask for anything."""

from __future__ import annotations

from qa_platform.decisions import read_model
from qa_platform.decisions.commands import Dossier
from qa_platform.decisions.decider import NotTabled
from qa_platform.decisions.read_model import CaseFile, DecisionRow, MeetingRow
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.web.context import actor, ledger, reading, release_reading


def visible(submission_id: str) -> DecisionRow:
    """Return the deciding on a submission as the one who asks may see it. Raises Missing."""
    row = read_model.get_decision(reading(), submission_id, actor())
    if row is None:
        raise nothing_there()
    return row


def nothing_there() -> Missing:
    """Return the one sentence for what is not there, and for what may not be known to be there."""
    return Missing("There is no such decision among those that you may see. Check the address.")


def sitting_of(row: DecisionRow) -> MeetingRow:
    """Return the meeting that a submission is an item of. Raises NotTabled."""
    meeting = None if row.item is None else read_model.get_meeting(reading(), row.item.meeting_id, actor())
    if meeting is None:
        raise NotTabled("Nothing was done: the submission is on no agenda. Table it in a meeting first.")
    return meeting


def asked_by() -> str | None:
    """Return who asks for himself; None for the secretary, who records for all."""
    return None if actor().acting_as is Role.COMMITTEE_SECRETARY else actor().person_id


def submission_of(submission_id: str) -> tuple[str, StreamVersion]:
    """Return where a submission stands, and what that rests on."""
    release_reading()
    stream = f"submission-{submission_id}"
    file = read_model.case_file(ledger().read_stream(stream))
    return file.status, StreamVersion(stream=stream, version=file.latest[stream].version)


def dossier_of(submission_id: str) -> tuple[Dossier, CaseFile]:
    """Return what a decision rests on as it stands now. Raises Missing where there is nothing to decide."""
    release_reading()
    file = read_model.case_file(ledger().read_case(submission_id))
    if file.panel is None:
        raise nothing_there()
    dossier = file.dossier(*read_model.rubric_under(reading(), file.panel.rubric_hash))
    if dossier is None:
        raise nothing_there()
    return dossier, file
