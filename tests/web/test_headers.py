from __future__ import annotations

import logging
import re

import pytest

from tests.web.conftest import REVIEWER

NOTES = "/api/v1/board/notes"
ADDRESSES = ["/", "/api/", "/healthz", "/readyz", "/api/v1/openapi.json", "/static/mark.svg", "/nothing", NOTES]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_protected_in_the_browser(client, address):
    headers = client.get(address, buffered=True).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_sets_a_cookie(client, address):
    assert "Set-Cookie" not in client.get(address, headers=REVIEWER, buffered=True).headers


def test_a_page_lets_only_its_own_scripts_run(client):
    answer = client.get("/api/")

    nonce = re.search(r"script-src 'nonce-([^']+)' 'strict-dynamic'", answer.headers["Content-Security-Policy"])[1]
    assert re.findall(r'<script nonce="([^"]+)"', answer.text) == [nonce, nonce]
    assert answer.text.count("<script") == 2
    assert nonce not in client.get("/api/").text


def test_what_one_may_see_is_not_kept_for_another(client):
    headers = client.get(NOTES, headers=REVIEWER).headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert {part.strip() for part in headers["Vary"].split(",")} >= {"Authorization", "X-Acting-As"}


def test_a_problem_is_kept_by_nobody(client):
    assert client.get("/nothing").headers["Cache-Control"] == "no-store"


def test_strict_transport_is_asked_for_only_where_there_is_transport_security(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    assert "Strict-Transport-Security" in client.get("/healthz", base_url="https://example.org").headers


def test_the_log_knows_neither_person_nor_token_nor_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="qa_platform.access"):
        client.get(f"{NOTES}/secret-id?order=secret-query", headers=REVIEWER)

    [record] = [record for record in caplog.records if record.name == "qa_platform.access"]
    assert (record.method, record.route, record.status) == ("GET", "/api/v1/board/notes/<note_id>", 404)
    assert record.role == "reviewer"
    assert record.duration_ms > 0
    for hidden in ("secret", "reviewer-token", "127.0.0.1", "rev "):
        assert hidden not in str(vars(record))


def test_the_log_knows_only_methods_that_there_are(client, caplog):
    with caplog.at_level(logging.INFO, logger="qa_platform.access"):
        client.open(NOTES, method="KANARIFAH")

    [record] = [record for record in caplog.records if record.name == "qa_platform.access"]
    assert record.method == "other"
    assert "KANARIFAH" not in str(vars(record))


def test_a_load_balancer_that_asks_again_and_again_fills_no_log(client, caplog):
    with caplog.at_level(logging.INFO, logger="qa_platform.access"):
        client.get("/healthz")
        client.get("/readyz")

    assert caplog.records == []
