"""Who learns what of a panel, and whom a panel may be given, asked of the queries themselves."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor, Role
from qa_platform.panels import read_model
from qa_platform.panels.read_model import PANELS
from qa_platform.reviewers.commands import DeclareEligible, DeclareInterest, EndInterest, PauseReviewer
from tests.panels.factories import TODAY
from tests.processes.casework import FIRST, HASH, LEAD, SECOND, Agency
from tests.reviewers.factories import RegisterReviewerFactory
from tests.scoring.national import national
from tests.submissions.factories import PROVIDER
from tests.usual import DEADLINES


def viewer(role: Role, person_id: str = "somebody") -> Actor:
    return Actor(person_id=person_id, roles=frozenset({role}), acting_as=role)


def panel_as(agency: Agency, viewer: Actor, case: str, *, scored: bool = False):
    get = read_model.get_scored_panel if scored else read_model.get_panel
    with agency.ledger.reading() as connection:
        return get(connection, case, viewer)


def test_a_panel_shows_who_sits_who_left_and_who_leads(agency):
    case = agency.accept()
    gone = agency.seat(case, "reviewer-3", 2)
    agency.declare(case, gone, "reviewer-3", "EMP")
    agency.seat(case, SECOND, 2)
    agency.seat(case, FIRST, 1)
    agency.lead(case)

    row = panel_as(agency, viewer(Role.INTAKE_OFFICER), case)

    assert [(seat.seat, seat.reviewer_id) for seat in row.seated] == [(1, FIRST), (2, SECOND)]
    assert [(each.reviewer_id, each.ground) for each in row.stood_down] == [("reviewer-3", "conflict")]
    assert (row.lead_id, row.status, row.version) == (LEAD, "seating", 6)


RUNNING = {Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}


def test_a_panel_is_for_who_runs_it_and_for_its_lead(agency):
    case = agency.accept()
    agency.seat(case, FIRST, 1)
    agency.lead(case)

    def who_sees(person_id: str) -> set[Role]:
        return {role for role in Role if panel_as(agency, viewer(role, person_id), case) is not None}

    assert who_sees("somebody") == RUNNING
    assert who_sees(LEAD) == RUNNING | {Role.LEAD_REVIEWER}
    # Who scores here sees no panel that has his seat in it, whatever else he is.
    assert who_sees(FIRST) == set()


def test_scores_are_compared_once_scoring_is_closed(agency):
    case = agency.accept()
    agency.lead(case)

    def who_compares() -> set[Role]:
        return {role for role in Role if panel_as(agency, viewer(role, LEAD), case, scored=True) is not None}

    agency.review(case, FIRST, 1)
    assert who_compares() == set()

    agency.review(case, SECOND, 2)
    assert who_compares() == RUNNING - {Role.INTAKE_OFFICER} | {Role.LEAD_REVIEWER}
    assert panel_as(agency, viewer(Role.INTAKE_OFFICER), case).reviews == ()


def test_panels_are_found_by_how_far_they_are(agency):
    agency.accept("submission-2")
    case = agency.accept()
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)

    with agency.ledger.reading() as connection:
        found = {
            status: [
                row.submission_id
                for row in PANELS.rows(connection, read_model.select_panels(viewer(Role.AUDITOR), status=status))
            ]
            for status in ("seating", "scored", "moderated")
        }
    assert found == {"seating": ["submission-2"], "scored": ["submission-1"], "moderated": []}


# --- whom a panel may be given


def eligible(agency: Agency, *reviewers: str) -> None:
    for person_id in reviewers:
        agency.ask(
            RegisterReviewerFactory(person_id=person_id),
            DeclareEligible(person_id=person_id, eligible_from=date(2026, 1, 1)),
        )


def interest(person_id: str, category: str, provider_id: str = PROVIDER) -> DeclareInterest:
    return DeclareInterest(
        person_id=person_id,
        interest_id=f"{person_id} {category}",
        provider_id=provider_id,
        course_id=None,
        category=category,
        since=date(2020, 1, 1),
        until=None,
        detail=None,
        declared_on=TODAY,
    )


def test_candidates_are_eligible_and_those_without_a_tie_come_first(agency):
    case = agency.accept()
    eligible(agency, "barred", "close", "far", "free", "paused", "seated")
    agency.ask(RegisterReviewerFactory(person_id="new"))
    agency.ask(interest("barred", "EMP"), interest("close", "COL"), interest("far", "EMP", "provider-2"))
    agency.ask(PauseReviewer(person_id="paused", paused_from=TODAY, reason="agency"))
    agency.seat(case, "seated", 1)

    with agency.ledger.reading() as connection:
        panel = read_model.get_panel(connection, case, viewer(Role.INTAKE_OFFICER))
        found = read_model.list_candidates(connection, panel, TODAY, rotation=DEADLINES.rotation)
        early = read_model.list_candidates(connection, panel, date(2025, 12, 31), rotation=DEADLINES.rotation)

    assert [(each.reviewer_id, each.declared, each.barred) for each in found] == [
        ("far", (), False),
        ("free", (), False),
        ("close", ("COL",), False),
        ("barred", ("EMP",), True),
    ]
    assert early == []


def test_an_interest_that_ended_is_kept_with_its_end(agency):
    eligible(agency, "ann")
    agency.ask(interest("ann", "EMP"))
    agency.ask(EndInterest(person_id="ann", interest_id="ann EMP", ended_on=TODAY))

    with agency.ledger.reading() as connection:
        row = read_model.get_assignable(connection, "ann", "submission-1")
        assert read_model.get_assignable(connection, "nobody", "submission-1") is None

    assert (row.status, row.version, row.interests["ann EMP"].until) == ("eligible", 4, TODAY)


def test_a_panel_works_under_its_own_version_of_the_standard(agency):
    with agency.ledger.reading() as connection:
        assert read_model.rubric_under(connection, HASH) == national()
        with pytest.raises(Missing, match="not published here"):
            read_model.rubric_under(connection, "sha256:bb")
