from __future__ import annotations

import pytest

from qa_platform.ledger.tables import open_engine
from qa_platform.web import pages
from qa_platform.web.application import assemble
from qa_platform.web.readiness import Part, Readiness
from tests.web.board import board_api
from tests.web.conftest import platform_of


def test_the_start_page_speaks_english_unless_asked(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert "Quality assurance of micro-credentials" in answer.text
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "ms-MY, ms;q=0.9, en;q=0.5", "ms"),
        ("/", "en-GB, ms;q=0.9", "en"),
        ("/", "fr", "en"),
        ("/?lang=ms", "en", "ms"),
        ("/?lang=en", "ms", "en"),
        ("/?lang=xx", "ms", "ms"),
    ],
)
def test_the_reader_chooses_the_language(client, address, accepted, language):
    answer = client.get(address, headers={"Accept-Language": accepted})

    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_both_languages_say_the_same_things():
    assert pages._words("en").keys() == pages._words("ms").keys()


@pytest.mark.parametrize("address", ["/", "/api/"])
def test_a_page_names_no_other_host(client, address):
    assert "//" not in client.get(address).text.replace("<!doctype html>", "")


def test_health_says_that_the_process_answers_and_asks_no_database(client, ledger, monkeypatch):
    monkeypatch.setattr(ledger, "engine", open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_readiness_is_told_in_parts_and_in_a_sentence(ledger):
    parts = (
        Part(name="database", ready=True, says="The database answers."),
        Part(name="worker", ready=False, says="No worker is at work."),
    )
    platform = platform_of(ledger, readiness=lambda: Readiness(parts=parts, figures={"unsequenced": 7}))

    answer = assemble(platform, (board_api,)).test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {
        "status": "not ready",
        "says": "No worker is at work.",
        "parts": {
            "database": {"ready": True, "says": "The database answers."},
            "worker": {"ready": False, "says": "No worker is at work."},
        },
        "unsequenced": 7,
    }


def test_a_platform_without_trouble_is_ready(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json["says"]) == (200, "The platform is ready.")


def test_only_the_files_of_the_page_are_served(client):
    assert client.get("/api/assets/swagger-ui.css", buffered=True).status_code == 200
    for name in ("oauth2-redirect.html", "index.css", "..%2f__init__.py", "LICENSE"):
        assert client.get(f"/api/assets/{name}").status_code == 404
