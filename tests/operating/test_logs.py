from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest
import sqlalchemy as sa

from qa_platform.kernel.roles import Role
from qa_platform.operating.logs import pipe
from tests.journeys.agency import Agency, open_agency
from tests.operating.conftest import Log, listening

CANARY = "Kanarifah"
CONTACT = {"name": f"{CANARY} binti Burung", "email": f"{CANARY}@example.org"}
PROVIDER = {"legal_name": f"{CANARY} Sdn Bhd", "registration_number": "K-1", "kind": "company", "country": "MY"}


@pytest.fixture(scope="module")
def agency():
    from tests.servers import fresh_database  # noqa: PLC0415 -- one agency for all tests below

    with fresh_database() as database, open_agency(database) as opened:
        tamper = sa.create_engine(database.superuser_url, poolclass=sa.NullPool)
        with tamper.begin() as connection:
            # Whatever is written into these two is refused, and the database quotes the row.
            for table in ("read_models.providers", "keys.subject_keys"):
                connection.execute(sa.text(f"ALTER TABLE {table} ADD CONSTRAINT never CHECK (false) NOT VALID"))
        yield opened


def asked(agency: Agency, method: str, path: str, status: int | None, **options) -> Log:
    """Ask as the administrator unless headers say otherwise, and return what was logged of it."""
    headers = {"Authorization": f"Bearer {agency.administrator.token}"} | options.pop("headers", {})
    with listening() as log:
        answer = agency.app.test_client().open(path, method=method, headers=headers, **options)
    assert status in {None, answer.status_code}, answer.text
    return log


@pytest.mark.parametrize(
    ("method", "path", "status", "options"),
    [
        ("POST", "/api/v1/people", 500, {"json": CONTACT}),
        ("POST", "/api/v1/providers", 500, {"json": PROVIDER}),
        ("POST", "/api/v1/people", 422, {"json": {"name": CANARY, CANARY: CANARY}}),
        ("POST", "/api/v1/people", 400, {"data": f'{{"name": "{CANARY}', "content_type": "application/json"}),
        ("POST", "/api/v1/people", 415, {"data": CONTACT}),
        ("POST", "/api/v1/people", 400, {"data": f'{{"name": "{CANARY}\\ud800"}}', "content_type": "application/json"}),
        ("GET", f"/api/v1/people?after={CANARY}", None, {}),
        ("GET", f"/api/v1/people/{CANARY}", 404, {}),
        ("GET", f"/{CANARY}", 404, {}),
        (CANARY.upper(), "/api/v1/people", 405, {}),
        ("GET", "/api/v1/people", 403, {"headers": {"X-Acting-As": CANARY}}),
        ("GET", "/api/v1/people", 401, {"headers": {"Authorization": f"Bearer {CANARY}"}}),
        ("GET", "/api/v1/people", 200, {"headers": {"X-Request-ID": f"of {CANARY}", "Referer": f"https://{CANARY}/"}}),
        ("POST", "/api/v1/people", 400, {"json": CONTACT, "headers": {"Idempotency-Key": f"{CANARY} ü"}}),
    ],
)
def test_no_way_of_sending_a_name_brings_it_into_the_log(agency, method, path, status, options):
    log = asked(agency, method, path, status, **options)

    assert log.events[-1]["event"] == "request"
    assert status in {None, log.events[-1]["status"]}
    assert CANARY.lower() not in log.text.lower()


def test_a_mistake_on_our_side_is_found_by_the_number_that_the_person_was_told(agency):
    log = asked(agency, "POST", "/api/v1/providers", 500, json=PROVIDER, headers={"X-Request-ID": "trace-0001"})

    [mistake, request] = log.events
    assert {mistake["request_id"], request["request_id"]} == {"trace-0001"}
    assert mistake["level"] == "error"
    assert "CheckViolation 23514" in mistake["exception"]
    assert "in post" in mistake["exception"]


def test_a_request_is_one_line_with_the_route_and_the_role(agency):
    [request] = asked(agency, "GET", f"/api/v1/people/{agency.administrator.id}", 200).events

    assert request.pop("duration_ms") > 0
    assert request.pop("timestamp").endswith("Z")
    assert len(request.pop("request_id")) == 36
    assert request == {
        "level": "info",
        "event": "request",
        "logger": "qa_platform.access",
        "method": "GET",
        "route": "/api/v1/people/<person_id>",
        "status": 200,
        "role": Role.ADMINISTRATOR.value,
    }


def test_one_request_s_number_is_not_the_next_one_s(agency):
    first = asked(agency, "GET", "/", 200, headers={"X-Request-ID": "trace-0001"})
    second = asked(agency, "GET", "/", 200)

    assert first.events[0]["request_id"] == "trace-0001"
    assert second.events[0]["request_id"] != "trace-0001"


@pytest.mark.parametrize(
    ("name", "message", "arguments", "event"),
    [
        ("gunicorn.error", f"Invalid request from ip=127.0.0.1: {CANARY}", (), "Invalid request"),
        ("gunicorn.error", "Error handling request %s %s", ("GET", f"/{CANARY}"), "Error handling request"),
        ("sqlalchemy.pool", "it failed: %s", (KeyError(CANARY),), "it failed: KeyError"),
        ("apscheduler", "%d of %d", (1, 2), "1 of 2"),
        ("gunicorn.error", KeyError(CANARY), (), "KeyError"),
    ],
)
def test_what_libraries_say_goes_the_same_way(name, message, arguments, event):
    with listening() as log:
        logging.getLogger(name).error(message, *arguments)

    [said] = log.events
    assert (said["event"], said["logger"]) == (event, name)
    assert CANARY not in log.text


def test_a_line_whose_arguments_do_not_fit_is_logged_without_them():
    log = Log()
    careless = logging.LogRecord("careless", logging.ERROR, "x.py", 1, "%s and %s", (CANARY,), None)

    pipe("json", log.stream).handle(careless)

    assert log.events[0]["event"] == "%s and %s"


def test_a_person_at_a_terminal_reads_lines_of_words():
    with listening("console") as log:
        logging.getLogger("qa_platform.x").warning("the disk is full", extra={"job": "lapse"})

    assert "the disk is full" in log.text
    assert "job" in log.text
    assert "{" not in log.text


def test_a_process_or_thread_that_dies_says_so_in_one_line_without_the_words_of_its_error():
    script = (
        "import threading; from qa_platform.operating.logs import configure; configure('INFO', 'json')\n"
        f"def die(): raise ValueError('{CANARY}')\n"
        "one = threading.Thread(target=die, name='loop'); one.start(); one.join(); die()"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    thread, process = [json.loads(line) for line in done.stderr.splitlines()]
    assert thread["event"] == "the thread loop ended by a mistake"
    assert process["level"] == "critical"
    assert process["exception"].endswith("ValueError")
    # The code is quoted where it lies in a file, and here it lies in none.
    assert CANARY not in done.stderr
