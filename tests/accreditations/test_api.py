"""The register, as anybody reads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qa_platform.accreditations import read_model
from qa_platform.accreditations.decider import register_number
from qa_platform.accreditations.read_model import ACCREDITATIONS
from tests.accreditations.factories import SERIES, IssueRegisterNumberFactory, OpenAccreditationFactory


def enter(agency, serial: int, *, series: str = SERIES, **entry) -> str:
    """Enter a course in the register; return its number."""
    number = register_number(series, serial)
    names = {"accreditation_id": f"accreditation-{serial}", "submission_id": f"submission-{serial}"}
    agency.ledger.execute(OpenAccreditationFactory(number=number, **names, **entry), actor="system:tests")
    return number


@pytest.fixture
def entries(agency) -> list[str]:
    """Enter three courses, one of which has expired."""
    return [
        enter(agency, 1),
        enter(agency, 2, title_en="Bread Baking", title_ms="Membakar Roti", level=3, provider_id="provider-2"),
        enter(
            agency,
            3,
            decision_class="positive_with_conditions",
            valid_from=date(2020, 1, 1),
            valid_to=date(2022, 12, 31),
        ),
    ]


def test_a_number_is_issued_and_its_entry_opened_by_the_journey(agency):
    agency.accept()
    agency.ask(IssueRegisterNumberFactory())

    # Without a decision in the case, a number alone opens nothing.
    assert agency.stored_names("submission-1")[-1] == "register_number.issued.v1"


def test_anybody_reads_an_entry_however_its_number_is_typed(desk, entries):
    shown = desk.get(f"/accreditations/{entries[0]}").json

    assert (shown["number"], shown["title_en"], shown["level"]) == (entries[0], "Solar Panel Maintenance", 4)
    assert (shown["credits"], shown["hours"], shown["status"]) == ("1.5", "60", "listed")
    assert desk.get(f"/accreditations/{entries[0].lower().replace('-', ' ')}").json["number"] == entries[0]


def test_a_number_is_found_whatever_the_register_s_numbers_began_with_then(agency, desk):
    number = enter(agency, 1, series="BN-QA-7-2026")

    for typed in (number, number.lower().replace("-", " "), number.replace("-", "")):
        assert desk.get(f"/accreditations/{typed}").json["number"] == number


def test_a_mistyped_number_is_said_to_be_mistyped_and_no_more(desk, entries):
    wrong = entries[0][:-1] + ("A" if entries[0][-1] != "A" else "B")

    answer = desk.get(f"/accreditations/{wrong}")

    assert answer.status_code == 404
    assert "mistyped" in answer.json["detail"]
    assert entries[0] not in answer.text


def test_a_well_written_number_that_was_never_issued_is_not_there(desk, entries):
    answer = desk.get(f"/accreditations/{register_number(SERIES, 99)}")

    assert answer.status_code == 404
    assert "no such number" in answer.json["detail"]


def test_the_register_is_searched(desk, entries):
    expected = {
        "": [3, 2, 1],
        "q=bread": [2],
        "q=ROTI+membakar": [2],
        "q=bread+solar": [],
        "q=100%25": [],
        "provider_id=provider-2": [2],
        "level=4": [3, 1],
        "status=listed": [2, 1],
        "status=expired": [3],
        "status=conditional": [],
        "limit=2": [3, 2],
    }

    found = {
        query: [entries.index(row["number"]) + 1 for row in desk.get(f"/accreditations?{query}").json["items"]]
        for query in expected
    }

    assert found == expected


def test_a_number_is_found_by_searching_for_it(desk, entries):
    assert [row["number"] for row in desk.get(f"/accreditations?q={entries[1].lower()}").json["items"]] == [entries[1]]


def test_an_entry_expires_after_its_last_day_without_anything_happening(agency, entries):
    with agency.ledger.reading() as connection:
        last = read_model.get_accreditation(connection, entries[0], date(2029, 11, 23))
        after = read_model.get_accreditation(connection, entries[0], date(2029, 11, 24))
        (stored,) = ACCREDITATIONS.rows(
            connection, read_model.select_accreditations(date(2029, 11, 24), q="Bread", status="expired")
        )

    assert (last.status, after.status, stored.credits) == ("listed", "expired", Decimal("1.5"))
