from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.people.commands import WithdrawRole
from tests.panels.test_read_model import eligible, interest
from tests.processes.casework import FIRST, LEAD, SECOND, Agency

INTAKE, SECRETARY = "intake_officer:intake-1", "committee_secretary:secretary-1"
LEADING, OTHER_LEAD = f"lead_reviewer:{LEAD}", "lead_reviewer:0193fac0-0000-7000-8000-0000000000c2"
NOBODY = "0193fac0-0000-7000-8000-0000000000ff"
PANEL = "/panels/submission-1"
WANTED = {"reviewer_id": FIRST, "reasons": ["Field 0613"]}


@pytest.fixture
def seating(agency) -> Agency:
    """Open a panel without reviewers, and have two who may be asked."""
    agency.accept()
    eligible(agency, FIRST, SECOND)
    return agency


@pytest.fixture
def apart(agency) -> Agency:
    """Have two locked reviews, two points apart on A1."""
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, A1=1)
    agency.review(case, SECOND, 2)
    return agency


def test_a_seat_is_given_and_taken(seating, desk):
    assert [each["reviewer_id"] for each in desk.get(f"{PANEL}/candidates", INTAKE).json] == [FIRST, SECOND]

    receipt = desk.put(f"{PANEL}/seats/1", WANTED, INTAKE)
    assert receipt.json["events"] == ["panel.reviewer_assigned.v1"]
    assert receipt.headers["Location"] == f"/api/v1/reviews/{receipt.json['id']}"
    seat = desk.get(PANEL, INTAKE).json["seated"][0]
    assert (seat["reviewer_id"], seat["review_id"]) == (FIRST, receipt.json["id"])

    assert desk.put(f"{PANEL}/seats/1/departure", {"ground": "overdue"}, INTAKE).status_code == 200
    assert desk.get(PANEL, INTAKE).json["seated"] == []
    assert desk.put(f"{PANEL}/seats/1/departure", {"ground": "overdue"}, INTAKE).status_code == 404


def test_a_departure_sent_again_under_its_key_answers_as_the_first_time(seating, desk):
    desk.put(f"{PANEL}/seats/1", WANTED, INTAKE)
    leaving = (f"{PANEL}/seats/1/departure", {"ground": "overdue"}, INTAKE)

    first = desk.put(*leaving, Idempotency_Key="k")
    again = desk.put(*leaving, Idempotency_Key="k")

    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_barred_reviewer_gets_no_seat_and_no_lead(seating, desk):
    seating.ask(interest(FIRST, "EMP"))

    assert "bars him" in desk.put(f"{PANEL}/seats/1", WANTED, INTAKE).json["detail"]
    assert "bars him" in desk.put(f"{PANEL}/lead", {"lead_id": FIRST}, INTAKE).json["detail"]
    assert desk.put(f"{PANEL}/lead", {"lead_id": LEAD}, INTAKE).status_code == 200


def test_somebody_unknown_gets_no_seat(seating, desk):
    assert desk.put(f"{PANEL}/seats/1", {**WANTED, "reviewer_id": NOBODY}, INTAKE).status_code == 404


def test_only_a_lead_reviewer_leads(seating, desk):
    refused = desk.put(f"{PANEL}/lead", {"lead_id": SECOND}, INTAKE)
    assert (refused.status_code, refused.json["type"]) == (409, "urn:qa-platform:problem:lead-not-assignable")
    assert "“lead reviewer”" in refused.json["detail"]

    withdrawn = {"role": Role.LEAD_REVIEWER, "reason": "term_ended", "asked_by": "administrator-1"}
    seating.ask(WithdrawRole(person_id=LEAD, **withdrawn))
    assert desk.put(f"{PANEL}/lead", {"lead_id": LEAD}, INTAKE).status_code == 409


def test_no_name_gets_into_a_panel(seating, desk):
    name = "Aminah binti Salleh"

    assert desk.put(f"{PANEL}/seats/1", {**WANTED, "reviewer_id": name}, INTAKE).status_code == 422
    assert desk.put(f"{PANEL}/lead", {"lead_id": name}, INTAKE).status_code == 422


def test_a_panel_shows_its_version(seating, desk):
    tag = desk.get(PANEL, INTAKE).headers["ETag"]

    assert desk.get(PANEL, INTAKE, If_None_Match=tag).status_code == 304
    assert desk.put(f"{PANEL}/seats/1", WANTED, INTAKE, If_Match='"7"').status_code == 412


def test_the_lead_settles_what_the_reviewers_see_differently(apart, desk):
    before = desk.get(f"{PANEL}/moderation", LEADING).json
    first = before["criteria"][0]
    assert [score["score"] for score in first["scores"]] == [1, 3]
    assert {trigger["criterion"] for trigger in before["triggers"]} >= {"A1"}
    assert "Note of" not in desk.get(f"{PANEL}/moderation", LEADING).text
    assert desk.put(f"{PANEL}/moderation", None, LEADING).status_code == 409

    settlement = {"score": 3, "reason": "The certificate was in the annex."}
    assert desk.put(f"{PANEL}/settlements/A1", settlement, OTHER_LEAD).status_code == 404
    assert desk.put(f"{PANEL}/settlements/A1", settlement, LEADING).json["events"] == ["panel.criterion_settled.v1"]
    assert desk.put(f"{PANEL}/settlements/A2", settlement, LEADING).status_code == 409
    assert desk.get(f"{PANEL}/moderation", LEADING).json["triggers"] == []
    assert desk.put(f"{PANEL}/moderation", None, LEADING).json["events"] == ["panel.moderation_closed.v1"]
    assert desk.get(PANEL, INTAKE).json["settlements"] == []


def test_nobody_compares_scores_before_scoring_is_closed(seating, desk):
    seating.lead("submission-1")

    for token in (LEADING, SECRETARY, "auditor:a"):
        assert desk.get(f"{PANEL}/moderation", token).status_code == 404


def test_panels_are_listed_to_a_lead_if_they_are_his(apart, desk):
    assert [row["submission_id"] for row in desk.get("/panels", LEADING).json["items"]] == ["submission-1"]
    assert desk.get("/panels", OTHER_LEAD).json["items"] == []
    assert desk.get("/panels?status=scored", INTAKE).json["items"][0]["status"] == "scored"
