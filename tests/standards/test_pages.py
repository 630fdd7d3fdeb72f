from __future__ import annotations

import pytest

from qa_platform.standards.imports import publication
from tests.processes.casework import agency
from tests.query_count import counted_queries
from tests.register.conftest import client
from tests.scoring.small import SMALL

__all__ = ["agency", "client"]


@pytest.fixture
def versions(agency) -> None:
    """Publish two versions of a small standard: in the second one criterion is called otherwise."""
    later = SMALL.replace("0.1.0", "0.2.0").replace("Learners", "Learners and their entry")
    for version, text in (("0.1.0", SMALL), ("0.2.0", later)):
        agency.ask(publication(text, standard_id="small", version=version))


def test_the_versions_of_a_standard_are_listed(client, versions):
    page = client.get("/standard").text

    assert page.index("/standard/small/0.2.0") < page.index("/standard/small/0.1.0")


def test_a_version_is_read_in_both_languages(client, versions):
    assert "Learners" in client.get("/standard/small/0.1.0").text
    assert "Pelajar dan kemasukan" in client.get("/standard/small/0.1.0?lang=ms").text


def test_what_differs_from_another_version_is_shown_word_by_word(client, versions):
    page = client.get("/standard/small/0.2.0?since=0.1.0").text

    assert '<ins class="qa-added"> and their entry</ins>' in page
    assert "No criterion differs" not in page
    assert '<del class="qa-removed"> and their entry</del>' in client.get("/standard/small/0.1.0?since=0.2.0").text


def test_what_is_not_published_is_no_page(client, versions):
    for address in ("/standard/small/9.9.9", "/standard/none/0.1.0", "/standard/small/0.1.0?since=9.9.9"):
        answer = client.get(address, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_rule_that_changed_is_named_though_no_word_did(client, agency):
    first = publication(SMALL, standard_id="small", version="0.1.0")
    weighted = SMALL.replace("0.1.0", "0.2.0").replace("    must_pass: true", "    must_pass: false", 1)
    agency.ask(first)
    agency.ask(publication(weighted, standard_id="small", version="0.2.0"))

    assert "Other rules: must be met" in client.get("/standard/small/0.2.0?since=0.1.0").text


def test_the_list_of_standards_costs_as_much_with_many_as_with_one(client, agency, versions):
    def cost() -> int:
        with counted_queries(agency.ledger.engine) as sent:
            assert client.get("/standard").status_code == 200
        return len(sent)

    client.get("/standard")
    one = cost()
    for name in ("second", "third"):
        text = SMALL.replace("standard_id: small", f"standard_id: {name}")
        agency.ask(publication(text, standard_id=name, version="0.1.0"))

    assert cost() == one
