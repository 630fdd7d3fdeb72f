from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from qa_platform.ledger.tables import open_engine
from qa_platform.web import assets, errors
from qa_platform.web.application import assemble
from qa_platform.web.readiness import Part, Readiness
from tests.web.board import board_api
from tests.web.conftest import platform_of


def test_the_start_page_speaks_english_unless_asked(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
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

    assert f'<html lang="{language}"' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_choice_of_language_holds_on_the_next_page(client):
    client.get("/?lang=ms")

    answer = client.get("/", headers={"Accept-Language": "en"})

    assert '<html lang="ms"' in answer.text
    assert "Cookie" in answer.headers["Vary"]
    assert '<html lang="en"' in client.get("/?lang=en").text


def test_the_other_language_is_a_link_to_the_same_page_with_what_was_asked(client):
    page = client.get("/?q=roti&lang=en").text

    assert 'href="/?q=roti&amp;lang=ms"' in page


def test_styles_and_scripts_are_kept_for_good_under_names_that_change(client):
    styles = re.search(r'href="(/static/built/main-[A-Z0-9]+\.css)"', client.get("/").text)

    answer = client.get(styles[1], buffered=True)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in client.get("/static/built/main-OTHER.css").headers["Cache-Control"]


def test_who_forgot_to_build_the_styles_is_told_how_and_the_api_answers(client, monkeypatch):
    monkeypatch.setattr(assets, "files", lambda _package: Path("/nowhere"))
    assets._manifest.cache_clear()

    with pytest.raises(assets.AssetsNotBuilt, match="make assets"):
        assets.asset("main.css")
    assert client.get("/healthz").status_code == 200
    assert client.get("/", headers={"Accept": "text/html"}).json["status"] == 500
    assets._manifest.cache_clear()


def test_each_package_that_reaches_a_reader_brings_its_licence():
    licences = Path(assets.__file__).parent / "static" / "built" / "licences"

    assert {one.name for one in licences.iterdir()} == {
        "govuk-frontend.txt",
        "@fontsource-variable-atkinson-hyperlegible-next.txt",
    }
    for one in licences.iterdir():
        assert "permission" in one.read_text(encoding="utf-8").lower()


def test_who_reads_pages_is_told_of_trouble_in_a_page_and_a_program_in_json(client):
    person = client.get("/nothing", headers={"Accept": "text/html,*/*;q=0.8"})
    program = client.get("/nothing")
    of_the_api = client.get("/api/v1/nothing", headers={"Accept": "text/html,*/*;q=0.8"})

    assert (person.status_code, person.mimetype) == (404, "text/html")
    assert "There is no such page" in person.text
    assert (program.status_code, program.mimetype) == (404, "application/problem+json")
    assert of_the_api.mimetype == "application/problem+json"
    assert "Tiada halaman" in client.get("/nothing?lang=ms", headers={"Accept": "text/html"}).text


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


def test_the_link_to_the_other_language_leads_to_this_very_address_and_no_other_host(client):
    for address in ("//elsewhere.invalid/x", "/%2Felsewhere.invalid"):
        page = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        assert 'href="//' not in page.text
    page = client.get("/what%3Fever/a%22b", headers={"Accept": "text/html"})
    assert 'href="/what%3Fever/a%22b?lang=ms"' in page.text


@pytest.mark.parametrize("detail", ["", "“100%s” is no number, and 5% is none."])
def test_what_went_wrong_is_told_as_it_is(client, detail):
    with client.application.test_request_context("/?lang=ms"):
        page = errors._page(400, detail)

    assert "Ini tidak dilakukan" in page
    assert html.escape(detail) in page
    # The catalogue's own header stands under the empty sentence.
    assert "Plural-Forms" not in page
