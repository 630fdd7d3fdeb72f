"""A list costs the same number of statements, however long its page is."""

from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role
from tests.journeys.agency import Agency, Person
from tests.query_count import counted_queries

ROWS = 8


@pytest.fixture
def filled(agency) -> tuple[Agency, Person]:
    """Fill the lists of an agency, and give the officer who drafted."""
    home = agency.recognise_provider("Akademi Suria")
    officer = agency.employ(Role.PROVIDER_OFFICER, provider_id=home)
    for number in range(ROWS):
        agency.recognise_provider(f"{number} Institut")
        agency.appoint_reviewer()
        content = {"title_en": f"Course number {number}", "title_ms": f"Kursus nombor {number}"}
        officer.post("/submissions", {"provider_id": home, "route": "SAMC", "content": content})
    return agency, officer


def cost(agency: Agency, asker: Person, path: str, limit: int) -> int:
    with counted_queries(agency.ledger.engine) as sent:
        assert len(asker.get(f"{path}?limit={limit}")["items"]) == limit
    return len(sent)


@pytest.mark.parametrize("path", ["/people", "/providers", "/reviewers", "/submissions"])
def test_a_page_of_one_costs_as_much_as_a_page_of_many(filled, path):
    agency, officer = filled
    asker = officer if path == "/submissions" else agency.administrator
    asker.get(path)

    assert cost(agency, asker, path, 1) == cost(agency, asker, path, ROWS) <= 5
