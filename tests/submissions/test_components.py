"""The component route over HTTP: notified by a provider, listed by intake, ended by the register officer."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.submissions.commands.components import EnterComponent
from qa_platform.submissions.jobs import end_expired_listings
from tests.submissions.components import NUMBER
from tests.submissions.conftest import OTHER_PROVIDER
from tests.submissions.factories import PROVIDER

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
