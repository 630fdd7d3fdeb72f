"""What many cases, or many letters, are released by: nothing of it is ever taken back, and each act says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa_platform.bulk.asking import Asking, Planned, submissions_of, unknown
from qa_platform.decisions.commands import ReleaseDecision
from qa_platform.decisions.read_model import DECISIONS, DecisionRow, get_meeting, select_decisions
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.notices.commands import ReleaseNotice
from qa_platform.notices.read_model import readers_of
from qa_platform.submissions.read_model import SubmissionRow
from qa_platform.web.reach import Signing, recused_from, signings_of

LETTERS_GONE = (
    "Letters that were released are not taken back: people have read them. "
    "Propose a correction of each, with “POST notices/letters/ID/correction”."
)
DECISIONS_STAND = (
    "Decisions that were released are not taken back: their providers have them. "
    "Put a slip of the pen right in each, with “POST decisions/ID/corrections”, and its provider is told; "
    "against what was decided there is the appeal."
)


def release_decisions(asking: Asking, items: Sequence[Mapping[str, Any]]) -> list[Planned]:
    """Return the release of the decisions on these cases, or of what a whole meeting has decided.

    Raises Missing where there is no such meeting.
    """
    meeting_id = asking.said["meeting_id"]
    wanted = [item["id"] for item in items] if meeting_id is None else _decided_in(asking, meeting_id)
    rows = {row.submission_id: row for row in _decidings(asking, wanted)}
    # Whoever only signs beside another house reads the decision, but has no such case to release.
    cases = submissions_of(asking, rows)
    signings = signings_of(asking.connection, {one: rows[one].provider_id for one in cases})
    return [_release(asking, rows[one], cases[one], signings[one]) if one in cases else unknown(one) for one in wanted]


def _decided_in(asking: Asking, meeting_id: str) -> list[str]:
    """Return what waits for its release, in the order of the agenda."""
    meeting = get_meeting(asking.connection, meeting_id, asking.actor)
    if meeting is None:
        raise Missing(f"There is no meeting “{meeting_id}”. Check its id.")
    agenda = [one.submission_id for one in meeting.agenda if one.submission_id is not None]
    # What was deferred and tabled again stands on two agendas: it was decided in the later meeting.
    decided = {
        row.submission_id
        for row in _decidings(asking, agenda, stage="decided")
        if row.item is not None and row.item.meeting_id == meeting_id
    }
    return [one for one in agenda if one in decided]


def _decidings(asking: Asking, ids: Sequence[str], stage: str | None = None) -> list[DecisionRow]:
    query = select_decisions(asking.actor, stage=stage)
    return DECISIONS.rows(asking.connection, query.where(DECISIONS.table.c.submission_id.in_(sorted(set(ids)))))


def _release(asking: Asking, row: DecisionRow, case: SubmissionRow, signing: Signing) -> Planned:
    command = ReleaseDecision(
        submission_id=row.submission_id,
        cosignature_missing=signing.is_missing(None if row.verdict is None else row.verdict.decision_id),
        submission_status=case.status.value,
        released_on=asking.on,
        appeal_until=asking.said["appeal_until"] or asking.deadlines.appeal_until(asking.on),
        appeal_calendar_days=asking.deadlines.appeal_calendar_days,
    )
    standing = StreamVersion(stream=f"submission-{row.submission_id}", version=case.version)
    return Planned(
        about=row.submission_id,
        subject=row.submission_id,
        title=case.title_en or case.title_ms,
        commands=(command,),
        depends_on=(standing, *signing.rests_on),
    )


def release_letters(asking: Asking, items: Sequence[Mapping[str, Any]]) -> list[Planned]:
    """Return the release of these letters, each to all its readers."""
    letters = readers_of(asking.connection, {item["id"] for item in items})
    recused = recused_from(asking.connection, {row.about for rows in letters.values() for row in rows if row.about})
    planned = []
    for letter_id in (item["id"] for item in items):
        rows = [
            row
            for row in letters[letter_id]
            if row.releaser is asking.actor.acting_as
            and asking.actor.person_id not in recused.get(row.about or "", frozenset())
        ]
        if rows:
            commands = tuple(ReleaseNotice(notice_id=row.notice_id) for row in rows)
            planned.append(Planned(about=rows[0].about or letter_id, subject=letter_id, commands=commands))
        else:
            why = f"There is no letter “{letter_id}” in your outbox. Check its id."
            planned.append(Planned(about=letter_id, subject=letter_id, why=why))
    return planned
