"""An instance out of what is known today, the search for its best panels, and what is asked of the ledger then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import Rotation
from qa_platform.panels.commands import MakeAllocation, ProposePanel
from qa_platform.panels.decider.allocation import Allocation, barring, draw, read_flow
from qa_platform.panels.events.allocation import (
    OTHER_HOUSE,
    CaseInput,
    Instance,
    KnownTie,
    Policy,
    ProposedSeat,
    ReviewerInput,
)
from qa_platform.panels.read_model.assignable import AssignableReviewerRow
from qa_platform.panels.read_model.courses import PANEL_COURSES, PanelCourseRow
from qa_platform.panels.read_model.known import Known, know, ties_of
from qa_platform.panels.read_model.panels import PANELS, PanelRow
from qa_platform.panels.read_model.proposals import PROPOSALS
from qa_platform.solving.flow import cheapest_flow


def gather(
    connection: Connection,
    on: date,
    seed: str,
    submission_ids: Collection[str] | None = None,
    vacating: Mapping[str, Collection[int]] = MappingProxyType({}),
    *,
    rotation: Rotation,
) -> Instance:
    """Return the instance of the panels with free seats that wait for a proposal; of these alone, if named.

    The ties that `rotation` makes are kept in it, so that what was found before stays so under another one.
    Of a panel in `vacating` just these seats are given anew, as if nobody had them any more.
    """
    panels = [
        panel
        for panel in _waiting(connection, vacating)
        if submission_ids is None or panel.submission_id in submission_ids
    ]
    courses = {
        row.submission_id: row
        for row in PANEL_COURSES.rows(connection, sa.select(PANEL_COURSES.table).where(PANEL_COURSES.table.c.waiting))
    }
    waiting = [(panel, courses[panel.submission_id]) for panel in panels if panel.submission_id in courses]
    known = know(connection, [panel.submission_id for panel, _course in waiting], rotation=rotation)
    strangers = {case_id: one.outsiders for case_id, one in known.belongings.items()}
    # Who may take part in none of these cases, for he acts for another centre, is not so much as named.
    nowhere = frozenset.intersection(*strangers.values()) if strangers else frozenset()
    people = [row for row in known.people.values() if row.reviewer_id not in nowhere]
    by_provider: dict[str, list[PanelRow]] = defaultdict(list)
    for panel, _course in waiting:
        by_provider[panel.provider_id].append(panel)
    return Instance(
        on=on,
        seed=seed,
        policy=Policy(),
        cases=tuple(
            _case(
                panel,
                course,
                known,
                on,
                vacating.get(panel.submission_id),
                strangers=strangers[panel.submission_id] - nowhere,
            )
            for panel, course in waiting
        ),
        reviewers=tuple(_reviewer(row, by_provider, known, on) for row in people),
    )


def _waiting(connection: Connection, vacating: Mapping[str, Collection[int]]) -> list[PanelRow]:
    pending = sa.select(PROPOSALS.table.c.submission_id).where(PROPOSALS.table.c.status == "pending")
    table = PANELS.table
    # A third seat is given by hand, and anew only to replace whoever is late in it.
    third = sa.and_(table.c.status == "third_review", table.c.submission_id.in_(sorted(vacating)))
    waits = sa.or_(table.c.status == "seating", third)
    found = PANELS.rows(connection, sa.select(table).where(waits, table.c.submission_id.not_in(pending)))
    return [panel for panel in found if len(panel.seated) < panel.seats or panel.submission_id in vacating]


def _case(
    panel: PanelRow,
    course: PanelCourseRow,
    known: Known,
    on: date,
    vacated: Collection[int] | None,
    *,
    strangers: Collection[str],
) -> CaseInput:
    taken = {seat.seat for seat in panel.seated}
    free = set(range(1, panel.seats + 1)) - taken if vacated is None else set(vacated)
    staying = [one.reviewer_id for one in panel.seated if one.seat not in free]
    sitting, gone = (one.reviewer_id for one in panel.seated), (one.reviewer_id for one in panel.stood_down)
    excluded = {*sitting, *gone, panel.lead_id or "", *(one for one in strangers if one in known.people)}
    return CaseInput(
        submission_id=panel.submission_id,
        provider_id=panel.provider_id,
        field=course.field,
        level=course.level,
        languages=course.languages,
        waiting_days=max((on - (course.accepted_on or on)).days, 0),
        seats=tuple(sorted(free)),
        held=tuple(known.people[one].category for one in staying if one in known.people),
        excluded=tuple(sorted(excluded - {""})),
    )


def _reviewer(
    row: AssignableReviewerRow, by_provider: Mapping[str, list[PanelRow]], known: Known, on: date
) -> ReviewerInput:
    return ReviewerInput(
        reviewer_id=row.reviewer_id,
        category=row.category,
        expertise=row.expertise,
        languages=row.languages,
        available=row.available(on),
        open_cases=known.seated[row.reviewer_id] + known.meant[row.reviewer_id],
        cap=row.cap,
        ties=tuple(sorted({*ties_of(row, by_provider, known, on), *_of_other_houses(row, known)})),
    )


def _of_other_houses(row: AssignableReviewerRow, known: Known) -> Iterator[KnownTie]:
    # It bars by `excluded`, as no conflict does: whoever confirms asks anew whose case it is by then.
    for case_id, belonging in known.belongings.items():
        if row.reviewer_id in belonging.outsiders:
            yield KnownTie(submission_id=case_id, code=OTHER_HOUSE, bars=False)


def allocate(instance: Instance) -> Allocation:
    """Return the best panels of an instance, proven: the one place where the search is called."""
    drawing = draw(instance)
    return read_flow(drawing, cheapest_flow(drawing.network))


def to_keep(allocation_id: str, instance: Instance, found: Allocation) -> MakeAllocation:
    """Return the command that keeps an allocation."""
    return MakeAllocation(
        allocation_id=allocation_id,
        instance=instance,
        digest=found.digest,
        seats=found.seats,
        objective=found.objective,
        bound=found.bound,
        proof=found.proof,
    )


def to_propose(kept: MakeAllocation, found: Allocation, new_id: Callable[[str], str]) -> list[ProposePanel]:
    """Return the proposals that follow from an allocation: one for each case that gets anybody."""
    instance = kept.instance
    sides = {reviewer.reviewer_id: reviewer.category for reviewer in instance.reviewers}
    proposals = []
    for case in sorted(instance.cases, key=lambda one: one.submission_id):
        seats = tuple(
            ProposedSeat(
                seat=one.seat,
                review_id=new_id(f"review/{case.submission_id}/{one.seat}"),
                reviewer_id=one.reviewer_id,
                category=sides[one.reviewer_id],
            )
            for one in found.seats
            if one.submission_id == case.submission_id
        )
        proposals.append(
            ProposePanel(
                submission_id=case.submission_id,
                proposal_id=new_id(f"proposal/{case.submission_id}"),
                allocation_id=kept.allocation_id,
                digest=kept.digest,
                policy_version=instance.policy.version,
                seed=instance.seed,
                on=instance.on,
                seats=seats,
                barred=tuple(sorted(one.reviewer_id for one in instance.reviewers if barring(case, one))),
                reasons=found.reasons[case.submission_id],
            )
        )
    return proposals


def preview_of(instance: Instance, found: Allocation) -> dict[str, Any]:
    """Return what an allocation would propose, case by case, for whoever looks before it is kept."""
    return {
        "digest": found.digest,
        "seed": instance.seed,
        "policy_version": instance.policy.version,
        "proof": found.proof,
        "objective": found.objective,
        "cases": len(instance.cases),
        "reviewers": len(instance.reviewers),
        "panels": [_previewed(case, found) for case in sorted(instance.cases, key=lambda one: one.submission_id)],
    }


def _previewed(case: CaseInput, found: Allocation) -> dict[str, Any]:
    seats = [one for one in found.seats if one.submission_id == case.submission_id]
    return {
        "submission_id": case.submission_id,
        "seats": seats,
        "free": len(case.seats) - len(seats),
        "reasons": found.reasons[case.submission_id],
    }
