from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.roles import Actor, Role
from qa_platform.reviewers import read_model
from qa_platform.reviewers.decider import Status
from qa_platform.reviewers.read_model import REVIEWERS, Interest
from tests.reviewers.factories import (
    REVIEWER,
    ChangeExpertiseFactory,
    DeclareEligibleFactory,
    DeclareInterestFactory,
    EndInterestFactory,
    PauseReviewerFactory,
    RegisterReviewerFactory,
    ResumeReviewerFactory,
)


def viewer(role: Role, person_id: str = "somebody") -> Actor:
    return Actor(person_id=person_id, roles=frozenset({role}), acting_as=role)


@pytest.fixture
def registered(office):
    office.ledger.execute(RegisterReviewerFactory(), actor="administrator:a")
    return office


def test_a_row_tells_what_a_reviewer_knows_and_is_tied_to(registered):
    for command in (
        DeclareEligibleFactory(),
        PauseReviewerFactory(),
        ChangeExpertiseFactory(),
        DeclareInterestFactory(detail="Dean until the merger"),
        DeclareInterestFactory(interest_id="interest-2", category="COL"),
        EndInterestFactory(),
    ):
        registered.ledger.execute(command, actor="administrator:a")
    with registered.ledger.reading() as connection:
        row = read_model.get_reviewer(connection, REVIEWER, viewer(Role.ADMINISTRATOR))
    tie = Interest(
        interest_id="interest-1",
        provider_id="provider-1",
        course_id=None,
        category="EMP",
        since=date(2020, 1, 1),
        until=date(2026, 2, 1),
    )
    assert (row.version, row.status, row.paused_from) == (7, Status.PAUSED, date(2026, 3, 1))
    assert (row.fields, row.highest_level, row.years_of_practice) == (("0613",), 8, 10)
    assert [one.category for one in row.interests] == ["EMP", "COL"]
    assert row.interests[0] == tie


def test_a_resumed_reviewer_is_active_again(registered):
    for command in (DeclareEligibleFactory(), PauseReviewerFactory(), ResumeReviewerFactory()):
        registered.ledger.execute(command, actor="administrator:a")
    with registered.ledger.reading() as connection:
        row = read_model.get_own(connection, viewer(Role.REVIEWER, REVIEWER))
    assert (row.status, row.paused_from) == (Status.ACTIVE, None)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (viewer(Role.ADMINISTRATOR), True),
        (viewer(Role.COMMITTEE_SECRETARY), True),
        (viewer(Role.AUDITOR), True),
        (viewer(Role.LEAD_REVIEWER), True),
        (viewer(Role.REVIEWER, REVIEWER), True),
        (viewer(Role.REVIEWER), False),
        (viewer(Role.PROVIDER_OFFICER), False),
        (viewer(Role.PROVIDER_OFFICER, REVIEWER), False),
        (viewer(Role.PUBLIC), False),
    ],
)
def test_who_reviews_is_known_to_the_agency_and_to_each_himself(registered, who, sees):
    with registered.ledger.reading() as connection:
        assert (read_model.get_reviewer(connection, REVIEWER, who) is not None) is sees
        assert bool(REVIEWERS.rows(connection, read_model.select_reviewers(who))) is sees


def test_reviewers_are_found_by_status_and_field(registered):
    def found(**filters):
        query = read_model.select_reviewers(viewer(Role.AUDITOR), **filters)
        with registered.ledger.reading() as connection:
            return len(REVIEWERS.rows(connection, query))

    assert found(field="0414", status=Status.REGISTERED) == 1
    assert found(field="04") == found(status=Status.ACTIVE) == 0


def test_ones_own_entry_is_nobody_elses(registered):
    with registered.ledger.reading() as connection:
        assert read_model.get_own(connection, viewer(Role.REVIEWER, REVIEWER), REVIEWER) is not None
        assert read_model.get_own(connection, viewer(Role.LEAD_REVIEWER), REVIEWER) is None
