"""Whom a panel may be given by hand, and what would keep each of them from a seat today."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import Rotation, SeenEffect, bars
from qa_platform.panels.read_model.assignable import AssignableReviewerRow
from qa_platform.panels.read_model.known import Known, know, seen_by_system
from qa_platform.panels.read_model.panels import PanelRow


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An eligible reviewer for one panel: which ties concern its provider, declared and seen, and how he stands.

    `unread` are languages of the material that he does not read; `fits` says that nothing keeps him from a seat.
    """

    reviewer_id: str
    fields: tuple[str, ...]
    highest_level: int
    category: str
    declared: tuple[str, ...]
    seen: tuple[str, ...]
    barred: bool
    away: bool
    open_cases: int
    cap: int
    unread: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Return whether nothing that is known today keeps him from a seat."""
        return not (self.barred or self.away or self.unread or self.open_cases >= self.cap)


def list_candidates(connection: Connection, panel: PanelRow, on: date, *, rotation: Rotation) -> list[Candidate]:
    """Return the eligible reviewers who have not been on a panel: who fits, and has no tie, first."""
    known = know(connection, [panel.submission_id], rotation=rotation)
    taken = {seat.reviewer_id for seat in panel.seated} | {gone.reviewer_id for gone in panel.stood_down}
    taken |= {panel.lead_id or "", *known.belongings[panel.submission_id].outsiders}
    found = [
        _candidate(row, panel, known, on)
        for row in known.people.values()
        if row.eligible(on) and row.reviewer_id not in taken
    ]
    return sorted(found, key=lambda each: (not each.fits, each.barred, bool(each.declared), each.reviewer_id))


def _candidate(row: AssignableReviewerRow, panel: PanelRow, known: Known, on: date) -> Candidate:
    ties = [
        interest
        for interest in row.interests.values()
        if interest.provider_id == panel.provider_id and interest.course_id in {None, panel.course_id}
    ]
    seen = seen_by_system(row, panel, known, on)
    declared = any(bars(each.category, each.since, each.until, on) for each in ties)
    return Candidate(
        reviewer_id=row.reviewer_id,
        fields=row.fields,
        highest_level=row.highest_level,
        category=row.category,
        declared=tuple(sorted(interest.category for interest in ties)),
        seen=tuple(one.category for one in seen),
        barred=declared or any(one.effect is SeenEffect.BAR for one in seen),
        away=row.away(on),
        open_cases=known.seated[row.reviewer_id],
        cap=row.cap,
        unread=row.unread(known.languages.get(panel.submission_id, ())),
    )
