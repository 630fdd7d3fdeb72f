"""How those stand who are meant for seats when that is confirmed, and what the confirmation rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import Rotation, SeenEffect
from qa_platform.kernel.event import StreamVersion
from qa_platform.panels.commands import AssignReviewer, Candidacy, ConfirmProposal
from qa_platform.panels.decider.allocation import Allocation, sentence
from qa_platform.panels.read_model.known import Known, know, seen_by_system
from qa_platform.panels.read_model.panels import PANELS, PanelRow
from qa_platform.panels.read_model.proposals import ProposalRow
from qa_platform.web.deadlines import Deadlines


def get_candidacy(
    connection: Connection, panel: PanelRow, reviewer_id: str, on: date, *, rotation: Rotation
) -> Candidacy | None:
    """Return how somebody stands who might sit on a panel; None for no reviewer, or who acts for another centre."""
    found = candidacy_of(know(connection, [panel.submission_id], rotation=rotation), panel, reviewer_id, on)
    return None if found is None or found.outside else found


def candidacy_of(known: Known, panel: PanelRow, reviewer_id: str, on: date) -> Candidacy | None:
    """Return how somebody stands, out of what is known of all reviewers; None for who is none."""
    row = known.people.get(reviewer_id)
    if row is None:
        return None
    seen = seen_by_system(row, panel, known, on)
    belonging = known.belongings[panel.submission_id]
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
        unread=row.unread(known.languages.get(panel.submission_id, ())),
        outside=reviewer_id in belonging.outsiders,
        rests_on=(StreamVersion(stream=f"reviewer-{reviewer_id}", version=row.version), belonging.rests_on),
    )


def to_assign(
    candidate: Candidacy, submission_id: str, review_id: str, seat: int, *, reasons: Iterable[str], on: date
) -> AssignReviewer:
    """Return the command that gives a seat by hand, with how its reviewer stands on the day."""
    shared = set(AssignReviewer.__struct_fields__) & set(Candidacy.__struct_fields__)
    return AssignReviewer(
        submission_id=submission_id,
        review_id=review_id,
        seat=seat,
        reasons=tuple(reasons),
        on=on,
        **{name: getattr(candidate, name) for name in shared},
    )


def to_seat_third(
    known: Known, panel: PanelRow, found: Allocation, new_id: Callable[[], str], on: date
) -> tuple[AssignReviewer, Candidacy] | None:
    """Return the command that gives a third seat to whom an allocation found for it, and how he stands; or None.

    No proposal is made of it: the provider was told of its panel before, and knows of no third reading.
    """
    (seat,) = found.seats
    candidate = candidacy_of(known, panel, seat.reviewer_id, on)
    if candidate is None:
        return None
    why = (sentence(one) for one in found.reasons[panel.submission_id] if one.reviewer_id == seat.reviewer_id)
    command = to_assign(candidate, panel.submission_id, new_id(), seat.seat, reasons=why, on=on)
    return command, candidate


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
    meant = {row.submission_id: row for row in proposals}
    known = know(connection, meant, rotation=deadlines.rotation)
    query = sa.select(PANELS.table).where(PANELS.table.c.submission_id.in_(sorted(meant)))
    return [
        to_confirm(known, panel, [seat.reviewer_id for seat in meant[panel.submission_id].seats], deadlines, on)
        for panel in PANELS.rows(connection, query.order_by(PANELS.table.c.submission_id))
    ]


def rests_on(candidates: Iterable[Candidacy]) -> tuple[StreamVersion, ...]:
    """Return the streams of the reviewers and of whose case it is, as read: who leaves, or a move, moves one."""
    read = {one.stream: one for candidate in candidates for one in candidate.rests_on}
    return tuple(one for _stream, one in sorted(read.items()))
