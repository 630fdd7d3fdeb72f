from __future__ import annotations

import io
import json
import logging
import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from qa_platform.ledger.tables import open_engine
from tests.web.conftest import REVIEWER

NOTES = "/api/v1/board/notes"


def problem(answer, status: int, name: str) -> dict:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.text
    found = json.loads(answer.data)
    assert found["type"] == f"urn:qa-platform:problem:{name}"
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["instance"] == f"urn:uuid:{answer.headers['X-Request-ID']}"
    return found


def test_a_refusal_of_the_rules_is_told_with_its_faults(client):
    found = problem(client.post(NOTES, json={"text": "rude"}, headers=REVIEWER), 409, "note-rude")

    assert found["title"] == "Note rude"
    assert found["detail"] == "The note was not pinned: it is rude. Reword it, then pin it again."
    assert found["errors"] == [{"field": "text", "message": "This is rude."}]


def test_what_is_missing_is_not_found(client):
    problem(client.get(f"{NOTES}/none"), 404, "missing")


def test_what_does_not_fit_the_schema_is_told_field_by_field(client):
    answer = client.post(NOTES, json={"tags": ["fine", "far too long"], "colour": "red"}, headers=REVIEWER)

    errors = {fault["field"]: fault["message"] for fault in problem(answer, 422, "invalid")["errors"]}
    assert errors.keys() == {"text", "tags.1", "colour"}


def test_a_body_that_is_no_object_is_told_as_a_whole(client):
    found = problem(client.post(NOTES, json=[1], headers=REVIEWER), 422, "invalid")

    assert [fault["field"] for fault in found["errors"]] == [""]


def test_a_wrong_query_is_told_field_by_field(client):
    found = problem(client.get(f"{NOTES}?order=sideways", headers=REVIEWER), 422, "invalid")

    assert [fault["field"] for fault in found["errors"]] == ["order"]


def test_an_unknown_address_is_a_problem(client):
    problem(client.get("/api/v1/nothing"), 404, "not-found")


def test_a_method_that_is_not_taken_is_a_problem_that_names_the_others(client):
    answer = client.delete(NOTES, headers=REVIEWER)

    problem(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]


def test_a_body_that_is_too_large_is_refused(client):
    problem(client.post(NOTES, json={"text": "x" * 30_000}, headers=REVIEWER), 413, "request-entity-too-large")


def test_a_body_that_is_too_large_is_refused_without_a_length_too(client):
    body = json.dumps({"text": "x" * 30_000}).encode()

    answer = client.post(
        NOTES,
        input_stream=io.BytesIO(body),
        content_type="application/json",
        headers=REVIEWER | {"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    problem(answer, 413, "request-entity-too-large")


def test_a_bug_tells_its_number_and_nothing_else(client, caplog):
    with caplog.at_level(logging.ERROR):
        answer = client.post(NOTES, json={"text": "bug"}, headers=REVIEWER)

    found = problem(answer, 500, "internal-error")
    assert answer.headers["X-Request-ID"] in found["detail"]
    assert "swordfish" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-ID"] in caplog.text
    assert "swordfish" in caplog.text


def test_a_failed_statement_is_logged_without_its_values(client, caplog, ledger):
    with ledger.engine.begin() as connection:
        connection.execute(sa.text('DROP TABLE read_models."notes"'))

    with caplog.at_level(logging.ERROR):
        problem(client.get(f"{NOTES}/canary-value"), 500, "internal-error")

    assert "canary-value" not in caplog.text


def test_a_database_that_is_not_there_is_said_so(client, ledger, monkeypatch):
    ledger.engine.dispose()
    monkeypatch.setattr(ledger, "engine", open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))

    answer = client.get(NOTES, headers=REVIEWER)

    found = problem(answer, 503, "unavailable")
    assert found["detail"].startswith("The request was not carried out")
    assert answer.headers["Retry-After"] == "5"


def test_a_change_whose_session_was_lost_is_not_called_undone(client, ledger, database):
    """It may have been lost after COMMIT."""

    def lose_all() -> datetime:
        with superuser.begin() as connection:
            ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            connection.execute(sa.text(ended + "AND datname = current_database()"))
        return datetime.now(UTC)

    superuser = sa.create_engine(database.superuser_url, poolclass=sa.NullPool)
    ledger.clock = lose_all

    found = problem(client.post(NOTES, json={"text": "hello"}, headers=REVIEWER), 503, "unavailable")

    assert found["detail"].startswith("It is not known whether")


@pytest.mark.parametrize("given", ["a" * 7, "a" * 65, "with space", "línea"])
def test_a_request_gets_a_number_of_its_own_when_the_given_one_is_none(client, given):
    answer = client.get("/healthz", headers={"X-Request-ID": given.encode().decode("latin-1")})

    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["X-Request-ID"])


def test_a_request_keeps_the_number_it_was_given(client):
    assert client.get("/healthz", headers={"X-Request-ID": "trace-0001"}).headers["X-Request-ID"] == "trace-0001"
