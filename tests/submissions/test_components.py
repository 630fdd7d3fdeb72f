"""The component route over HTTP: notified by a provider, listed by intake, ended by the register officer."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import Ledger, Outcome
from qa_platform.submissions.commands.components import EnterComponent
from qa_platform.submissions.decider.components.refusals import ComponentNotifiedBefore
from qa_platform.submissions.jobs import end_expired_listings
from qa_platform.submissions.read_model import stands_alone
from tests.submissions.components import NUMBER, NotifyComponentFactory
from tests.submissions.conftest import OTHER_PROVIDER
from tests.submissions.factories import PROVIDER
from tests.whole import whole_ledger

UNDER = "/api/v1/components"
BODY = {
    "provider_id": PROVIDER,
    "programme": {
        "reference": "MQA/FA 1234",
        "title": "Bachelor of Engineering",
        "level": 6,
        "credits": "120",
        "accredited_to": "2028-12-31",
    },
    "unit": {
        "codes": ["EEE1013"],
        "title_en": "Circuits and Measurement",
        "level": 6,
        "credits": "3",
        "hours": 120,
        "outcomes": [{"text": "Measure a circuit.", "of": "PO1"}],
    },
}


@pytest.fixture
def officer(visitor):
    return visitor(Role.PROVIDER_OFFICER)


@pytest.fixture
def intake(visitor):
    return visitor(Role.INTAKE_OFFICER)


@pytest.fixture
def register(visitor):
    return visitor(Role.REGISTER_OFFICER)


@pytest.fixture
def notified(officer, recognised) -> str:
    """Notify a unit that is not drawn; which one is, its id decides."""
    for code in range(30):
        body = {**BODY, "unit": {**BODY["unit"], "codes": [f"EEE{code}"]}}
        answer = officer.ask("POST", body=body, under=UNDER)
        assert answer.status_code == 201, answer.text
        path = f"/{answer.json['id']}"
        if officer.ask("GET", path, under=UNDER).json["status"] == "notified":
            return path
    raise AssertionError("every unit was drawn")


@pytest.fixture
def entered(intake, notified, ledger) -> str:
    assert intake.ask("PUT", f"{notified}/listing", {}, under=UNDER).status_code == 200
    ledger.execute(EnterComponent(component_id=notified[1:], number=NUMBER), actor="system:journey")
    return notified


def test_a_unit_is_notified_listed_and_ended(officer, intake, register, entered):
    shown = officer.ask("GET", entered, under=UNDER).json
    assert (shown["status"], shown["decision_code"], shown["number"]) == ("listed", "LIST", NUMBER)
    ending = {"ground": "closed_by_provider", "reason": "It is taught no more."}
    assert intake.ask("PUT", f"{entered}/ending", ending, under=UNDER).status_code == 403
    assert register.ask("PUT", f"{entered}/ending", ending, under=UNDER).status_code == 200

    shown = officer.ask("GET", entered, under=UNDER).json
    assert (shown["status"], shown["decision_code"], shown["ended_on"]) == ("ended", "CEASE", "2026-11-24")
    assert register.ask("DELETE", f"{entered}/ending?reason=Error", under=UNDER).status_code == 200
    assert officer.ask("GET", entered, under=UNDER).json["status"] == "listed"


def test_a_refusal_says_why_and_can_be_taken_back(officer, intake, notified):
    assert officer.ask("GET", notified, under=UNDER).json["check_due_on"] == "2026-12-08"
    refusal = {"ground": "figures_differ", "reason": "It has four credits there."}
    assert intake.ask("PUT", f"{notified}/refusal", refusal, under=UNDER).status_code == 200

    shown = officer.ask("GET", notified, under=UNDER).json
    assert (shown["status"], shown["refusal_ground"], shown["reason"]) == ("refused", *refusal.values())
    assert (shown["decision_code"], shown["decision_class"]) == ("ELIG-NO", "not_applicable")
    assert intake.ask("DELETE", f"{notified}/refusal?reason=Error", under=UNDER).status_code == 200
    assert officer.ask("GET", notified, under=UNDER).json["status"] == "notified"


def test_what_is_wrong_is_told_by_field(officer, recognised):
    body = {**BODY, "unit": {**BODY["unit"], "hours": 100, "level": 7}}

    answer = officer.ask("POST", body=body, under=UNDER)

    assert answer.status_code == 409
    assert [fault["field"] for fault in answer.json["errors"]] == ["unit.level", "unit.hours"]


def test_the_same_unit_is_not_notified_twice(officer, notified):
    codes = officer.ask("GET", notified, under=UNDER).json["codes"]
    again = officer.ask("POST", body={**BODY, "unit": {**BODY["unit"], "codes": codes}}, under=UNDER)

    assert (again.status_code, again.json["type"].rpartition(":")[2]) == (409, "component-notified-before")


def test_a_provider_sees_its_own_components_only(visitor, officer, intake, notified):
    other = visitor(Role.PROVIDER_OFFICER, provider_id=OTHER_PROVIDER)

    assert other.ask("GET", notified, under=UNDER).status_code == 404
    assert other.ask("PUT", f"{notified}/withdrawal", under=UNDER).status_code == 404
    assert other.ask("POST", body=BODY, under=UNDER).status_code == 404
    assert intake.ask("GET", "?status=notified", under=UNDER).json["items"][0]["component_id"] == notified[1:]
    assert officer.ask("PUT", f"{notified}/withdrawal", under=UNDER).status_code == 200
    assert officer.ask("GET", notified, under=UNDER).json["decision_code"] == "WD-P"


def test_with_a_programme_all_its_units_end_together(officer, register, entered):
    reference = BODY["programme"]["reference"]
    ending = {"programme_reference": reference, "components": 2, "reason": "It was revoked."}

    refused = register.ask("PUT", "/programme-ending", ending, under=UNDER)
    assert (refused.status_code, refused.json["type"].rpartition(":")[2]) == (409, "programme-otherwise")
    assert register.ask("PUT", "/programme-ending", ending | {"components": 1}, under=UNDER).status_code == 200
    assert officer.ask("GET", entered, under=UNDER).json["end_ground"] == "programme_withdrawn"


def test_a_listing_expires_by_itself_and_once(officer, entered, ledger):
    assert end_expired_listings(ledger, date(2028, 12, 31), lambda _connection: None) == 0
    assert end_expired_listings(ledger, date(2029, 1, 1), lambda _connection: None) == 1
    assert end_expired_listings(ledger, date(2029, 1, 1), lambda _connection: None) == 0
    assert officer.ask("GET", entered, under=UNDER).json["decision_code"] == "EXP"


def test_of_two_notifications_of_one_unit_at_once_one_is_refused(database):
    """Both have asked whether the unit stands already, and heard that it does not, before either is written."""
    first, second = (
        NotifyComponentFactory(component_id=f"0193fac0-0000-7000-8000-0000000000{n}") for n in ("f1", "f2")
    )
    written, go_on = threading.Event(), threading.Event()

    with whole_ledger(database) as ledger, ThreadPoolExecutor(2) as officers:

        def waiting(connection: sa.Connection) -> None:
            stands_alone(first.component_id)(connection)
            written.set()
            go_on.wait(30)

        one = officers.submit(ledger.execute, first, actor="system:tests", also=waiting)
        assert written.wait(30)
        other = officers.submit(ledger.execute, second, actor="system:tests", also=stands_alone(second.component_id))
        try:
            _waits_for_a_lock(ledger, other)
        finally:
            go_on.set()

        assert one.result().recorded
        with pytest.raises(ComponentNotifiedBefore, match=first.component_id):
            other.result()
        assert ledger.read_stream(f"component-{second.component_id}") == []


def _waits_for_a_lock(ledger: Ledger, other: Future[Outcome]) -> None:
    query = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    while not other.done():
        with ledger.engine.connect() as connection:
            if connection.execute(query).scalar_one():
                return
        time.sleep(0.01)


def test_a_refusal_is_not_taken_back_once_the_unit_was_notified_anew(officer, intake, notified):
    """Else one unit would be looked at, and could be listed, twice."""
    unit = officer.ask("GET", notified, under=UNDER).json
    refusal = {"ground": "figures_differ", "reason": "In the programme it has four credits."}
    assert intake.ask("PUT", f"{notified}/refusal", refusal, under=UNDER).status_code == 200
    anew = officer.ask("POST", body={**BODY, "unit": {**BODY["unit"], "codes": unit["codes"]}}, under=UNDER)
    assert anew.status_code == 201

    refused = intake.ask("DELETE", f"{notified}/refusal?reason=It was another unit.", under=UNDER)

    assert refused.status_code == 409, refused.text
    assert anew.json["id"] in refused.json["detail"]
