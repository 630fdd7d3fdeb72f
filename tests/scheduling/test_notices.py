from __future__ import annotations

import pytest
import sqlalchemy as sa

from qa_platform.cli.people.erasure import destroy_keys
from qa_platform.kernel.roles import Role
from qa_platform.ledger.sequencer import drain
from qa_platform.notices.read_model import NOTICES
from qa_platform.scheduling import notices
from tests.journeys.agency import Agency, lodge_case, open_agency


@pytest.fixture
def agency(database):
    with open_agency(database) as agency:
        yield agency


def rows(agency: Agency, **where: str) -> list:
    column = NOTICES.table.c
    query = sa.select(NOTICES.table).where(*(column[name] == value for name, value in where.items()))
    with agency.ledger.reading() as connection:
        return NOTICES.rows(connection, query)


def events(agency: Agency) -> int:
    with agency.ledger.reading() as connection:
        return connection.scalar(sa.text("SELECT count(*) FROM ledger.events WHERE name LIKE 'notice.%'"))


def test_delivered_again_from_the_start_nothing_is_told_twice(agency):
    lodge_case(agency)
    agency.settle()
    before = events(agency)
    with agency.ledger.engine.begin() as connection:
        connection.execute(sa.text("UPDATE operations.bookmarks SET position = 0 WHERE subscriber = 'notices'"))

    notices.settle(agency.ledger, "another")

    assert events(agency) == before > 0


def test_a_notice_says_which_event_made_it(agency):
    case = lodge_case(agency)
    agency.settle()
    lodged = agency.ledger.read_stream(f"submission-{case.submission_id}")[-1]

    (notice,) = rows(agency, kind="submission_to_check")
    (recorded,) = agency.ledger.read_stream(f"notice-{notice.notice_id}")

    assert notice.cause_id == recorded.cause == lodged.id
    assert (recorded.actor, recorded.case_id) == ("system:notices", None)
    assert notice.about == case.submission_id


def test_no_record_of_a_notice_holds_a_name_or_an_address(agency):
    lodge_case(agency)
    agency.settle()
    with agency.ledger.reading() as connection:
        records = connection.scalars(sa.text("SELECT record::text FROM ledger.events WHERE name LIKE 'notice.%'"))
        told = "\n".join(records)

    assert "submission_to_check" in told
    for private in ("Aminah", "aminah@example.org", "Rahim"):
        assert private not in told


def test_who_holds_two_roles_of_a_provider_is_told_once(agency):
    case = lodge_case(agency)
    home = case.officer.get(case.address)["provider_id"]
    agency.administrator.put(f"/people/{case.officer.id}/roles/accountable_officer", {"provider_id": home})
    agency.settle()

    (notice,) = rows(agency, kind="submission_received", person_id=case.officer.id)
    assert notice.role is Role.ACCOUNTABLE_OFFICER


def test_who_was_erased_or_left_is_told_nothing(agency):
    case = lodge_case(agency)
    destroy_keys(agency.ledger, case.accountable.id, legal_basis="retention_ended", reason="long ago")
    agency.administrator.put(f"/people/{case.intake.id}/deactivation", {"reason": "left"})
    agency.settle()

    assert [row.person_id for row in rows(agency, kind="submission_received")] == [case.officer.id]
    assert rows(agency, kind="submission_to_check") == []


def test_history_from_before_the_migration_is_told_to_nobody(agency):
    """The migration sets the bookmark to the head; a fresh database begins at the beginning."""
    drain(agency.ledger.engine)
    with agency.ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT position FROM operations.bookmarks WHERE subscriber = 'notices'")) == 0


def test_who_joined_a_meeting_later_is_told_that_it_is_cancelled_and_whoever_left_is_not(agency):
    secretary = agency.employ(Role.COMMITTEE_SECRETARY)
    first, second, third, late = (agency.employ(Role.COMMITTEE_MEMBER).id for _ in range(4))
    day = agency.ledger.clock().date().isoformat()
    called = {"held_on": day, "chair_id": first, "members": [first, second, third]}
    address = f"/meetings/{secretary.post('/meetings', called)['id']}"
    exchanged = {"chair_id": first, "members": [first, second, late], "reason": "absence"}
    secretary.put(f"{address}/membership", exchanged)
    secretary.put(f"{address}/cancellation", {"reason": "Too few can come."})
    agency.settle()

    assert {row.person_id for row in rows(agency, kind="meeting_cancelled")} == {first, second, late}
    assert [row.person_id for row in rows(agency, kind="meeting_left")] == [third]
    assert rows(agency, kind="correction") == []
    assert secretary.get(address)["cancelled_because"] == "Too few can come."
