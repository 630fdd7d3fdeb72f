"""How those stand who are meant for seats when that is confirmed, and what the confirmation rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import SeenEffect
from qa_platform.kernel.event import StreamVersion
from qa_platform.panels.commands import Candidacy, ConfirmProposal
from qa_platform.panels.read_model.known import Known, know, seen_by_system
from qa_platform.panels.read_model.panels import PANELS, PanelRow
from qa_platform.panels.read_model.proposals import ProposalRow
from qa_platform.web.deadlines import Deadlines
from qa_platform.web.reach import outsiders


def get_candidacy(connection: Connection, panel: PanelRow, reviewer_id: str, on: date) -> Candidacy | None:
    """Return how somebody stands who might sit on a panel; None for no reviewer, or who acts for another centre."""
    if reviewer_id in outsiders(connection, [panel.submission_id])[panel.submission_id]:
        return None
    return candidacy_of(know(connection), panel, reviewer_id, on)


def candidacy_of(known: Known, panel: PanelRow, reviewer_id: str, on: date) -> Candidacy | None:
    """Return how somebody stands, out of what is known of all reviewers; None for who is none."""
    row = known.people.get(reviewer_id)
    if row is None:
        return None
    seen = seen_by_system(row, panel, known, on)
    return Candidacy(
        reviewer_id=reviewer_id,
        category=row.category,
        status=row.status,
        eligible_from=row.eligible_from,
        interests=tuple(row.interests.values()),
        seen=tuple(one.category for one in seen if one.effect is SeenEffect.BAR),
        employers=row.employers(on),
        away=row.away(on),
        open_cases=known.seated[reviewer_id],
        cap=row.cap,
        version=row.version,
    )


def to_confirm(
    known: Known, panel: PanelRow, reviewer_ids: Iterable[str], deadlines: Deadlines, on: date
) -> ConfirmProposal:
    """Return the command that confirms a panel's proposal, with how everybody in it stands on the day."""
    found = (candidacy_of(known, panel, one, on) for one in reviewer_ids)
    return ConfirmProposal(
        submission_id=panel.submission_id,
        candidates=tuple(one for one in found if one is not None),
        on=on,
        remind_on=deadlines.reviewer_reminder(on),
        answer_by=deadlines.reviewer_answer(on),
        object_by=deadlines.objection_to_panel(on),
    )


def to_confirm_all(
    connection: Connection, proposals: Sequence[ProposalRow], deadlines: Deadlines, on: date
) -> list[ConfirmProposal]:
    """Return the commands that confirm several proposals, in as many queries whatever their number."""
    known, meant = know(connection), {row.submission_id: row for row in proposals}
    query = sa.select(PANELS.table).where(PANELS.table.c.submission_id.in_(sorted(meant)))
    return [
        to_confirm(known, panel, [seat.reviewer_id for seat in meant[panel.submission_id].seats], deadlines, on)
        for panel in PANELS.rows(connection, query.order_by(PANELS.table.c.submission_id))
    ]


def rests_on(candidates: Iterable[Candidacy]) -> tuple[StreamVersion, ...]:
    """Return the reviewers' own streams as they were read: whoever declares, leaves or pauses meanwhile moves one."""
    versions = {f"reviewer-{one.reviewer_id}": one.version for one in candidates}
    return tuple(StreamVersion(stream=stream, version=version) for stream, version in sorted(versions.items()))
