from __future__ import annotations

import pytest

from qa_platform.standards.imports import publication
from tests.processes.casework import agency
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
