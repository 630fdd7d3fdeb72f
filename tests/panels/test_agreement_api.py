from __future__ import annotations

from datetime import date, timedelta

import pytest

from qa_platform.ledger.lease import Lease
from qa_platform.panels.jobs import close_factual_checks, let_silence_agree
from tests.panels.reports import AREAS
from tests.processes.casework import FIRST, LEAD, SECOND, Agency
from tests.submissions.factories import PROVIDER
from tests.usual import DEADLINES

INTAKE, AUDITOR = "intake_officer:intake-1", "auditor:a"
LEADING, READING, SECOND_READING = f"lead_reviewer:{LEAD}", f"reviewer:{FIRST}", f"reviewer:{SECOND}"
THIRD = "0193fac0-0000-7000-8000-0000000000b3"
OWN, RIVAL = f"provider_officer:pat:{PROVIDER}", "provider_officer:rival:provider-2"
PANEL = "/panels/submission-1"
REASON = {"reason": "The annex shows it."}
TEXTS = [{"area": area, "text": "The panel found what the standard asks."} for area in AREAS]
FINDING = {"finding_id": "F1", "kind": "recommendation", "criterion": "B2", "text": "Say how hours count."}
DRAFT = {"language": "en", "areas": TEXTS, "findings": [FINDING]}


def locked(agency: Agency, **scores: int) -> Agency:
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, **scores)
    agency.review(case, SECOND, 2)
    return agency


@pytest.fixture
def near(agency) -> Agency:
    """Have two locked reviews, one point apart on B2."""
    return locked(agency, B2=4)


@pytest.fixture
def wide(agency) -> Agency:
    """Have two locked reviews, two points apart on A1."""
    return locked(agency, A1=1)


@pytest.fixture
def drafted(near, desk) -> Agency:
    """Have a draft report with the provider."""
    assert desk.put(f"{PANEL}/moderation", None, LEADING).status_code == 200
    assert desk.put(f"{PANEL}/report/draft", DRAFT, LEADING).status_code == 200
    return near


def leader(agency: Agency) -> Lease:
    lease = Lease(agency.ledger.engine, "jobs", "me")
    lease.acquire()
    return lease


def test_reviewers_agree_to_what_the_lead_proposes(near, desk):
    proposal = f"{PANEL}/score-proposals/B2"
    assert desk.put(proposal, {"score": 3, **REASON}, LEADING).json["events"] == ["panel.score_proposed.v1"]

    [shown] = desk.get(f"{PANEL}/score-proposals", READING).json
    assert (shown["criterion"], shown["score"], shown["silence_agrees"]) == ("B2", 3, True)
    assert desk.put(f"{proposal}/agreement", None, READING).json["events"] == ["panel.score_agreed.v1"]
    assert desk.put(f"{proposal}/objection", REASON, SECOND_READING).json["events"] == ["panel.score_objected.v1"]
    assert desk.put(f"{proposal}/agreement", None, SECOND_READING).json["events"] == [
        "panel.score_agreed.v1",
        "panel.score_carried.v1",
        "panel.criterion_settled.v1",
    ]
    assert desk.put(f"{PANEL}/settlements/B2/reopening", REASON, LEADING).status_code == 200
    compared = {one["criterion"]: one for one in desk.get(f"{PANEL}/moderation", LEADING).json["criteria"]}
    assert compared["B2"]["settlement"] is None
    assert compared["B2"]["superseded"][0]["scores_before"] == [4, 3]
    assert desk.put(proposal, {"score": 4, **REASON}, LEADING).status_code == 200
    assert desk.put(f"{proposal}/withdrawal", REASON, LEADING).status_code == 200
    assert desk.get(f"{PANEL}/score-proposals", LEADING).json == []


def test_silence_agrees_the_day_after_its_time_and_once(near, desk):
    desk.put(f"{PANEL}/score-proposals/B2", {"score": 3, **REASON}, LEADING)
    answer_by = date.fromisoformat(desk.get(f"{PANEL}/score-proposals", LEADING).json[0]["answer_by"])
    lease, after = leader(near), answer_by + timedelta(days=1)

    assert let_silence_agree(near.ledger, answer_by, lease.check) == 0
    assert let_silence_agree(near.ledger, after, lease.check) == 1
    assert let_silence_agree(near.ledger, after, lease.check) == 0
    assert desk.get(PANEL, LEADING).json["settlements"][0]["score"] == 3


def test_a_third_reviewer_is_blind_and_nobody_sees_his_sheet_before_it_is_locked(wide, desk):
    assert desk.put(f"{PANEL}/third-review", REASON, LEADING).json["events"] == ["panel.third_review_requested.v1"]
    asked = desk.get(PANEL, INTAKE).json["third"]
    assert asked["criteria"] == []
    # One day is told, that of his review: it counts from the gate, and the request cannot know it.
    assert "due_on" not in asked
    review = wide.seat("submission-1", THIRD, 3)
    wide.declare("submission-1", review, THIRD)
    wide.score("submission-1", review, THIRD, A1=2)

    third = f"reviewer:{THIRD}"
    assert desk.get(f"{PANEL}/score-proposals", third).status_code == 404
    timing = desk.get(f"/reviews/{review}", third).json["timing"]
    # His own term, shorter than that of the first two; one reminder falls into it.
    assert timing["due_on"] == DEADLINES.third_review(date.fromisoformat(desk.today)).isoformat()
    assert len(timing["reminders"]) == 1
    told = desk.get("/cases/submission-1/events", third).text
    assert "criterion_settled" not in told
    assert "third_review" not in told
    assert f"So says {FIRST}" not in told
    for viewer in (LEADING, "committee_secretary:s", "committee_member:m"):
        assert f"So says {THIRD}" not in desk.get("/cases/submission-1/events", viewer).text
        assert desk.get(f"/reviews/{review}", viewer).json["scores"] in ({}, [])
    assert len(desk.get(f"{PANEL}/moderation", LEADING).json["criteria"][0]["scores"]) == 2

    wide.lock("submission-1", review, THIRD)
    assert len(desk.get(f"{PANEL}/moderation", LEADING).json["criteria"][0]["scores"]) == 3
    settled = desk.put(f"{PANEL}/third-review/median", None, LEADING).json["events"]
    assert settled == ["panel.median_settled.v1", "panel.criterion_settled.v1"]
    [entry] = desk.get(PANEL, LEADING).json["settlements"]
    assert (entry["scores_before"], entry["score"]) == ([1, 3, 2], 2)
    assert desk.put(f"{PANEL}/third-review/withdrawal", REASON, LEADING).status_code == 409


def test_a_provider_checks_the_draft_and_somebody_else_answers(drafted, desk):
    report = desk.get(f"{PANEL}/report", OWN).json
    assert (report["status"], report["held_by"], len(report["drafts"])) == ("draft", "provider", 1)
    assert FIRST not in desk.get(f"{PANEL}/report", OWN).text
    assert desk.get(f"{PANEL}/report", RIVAL).status_code == 404

    claim = {"section": "F1", "text": "They are counted in the annex.", "evidence": ["notional_hours"]}
    made = desk.ask("POST", f"{PANEL}/report/claims", claim, OWN, {})
    spare = desk.ask("POST", f"{PANEL}/report/claims", claim, OWN, {}).json["id"]
    assert made.status_code == 201
    assert desk.put(f"{PANEL}/report/claims/{spare}/withdrawal", None, OWN).status_code == 200
    assert desk.put(f"{PANEL}/report/draft/withdrawal", REASON, LEADING).status_code == 409
    assert desk.put(f"{PANEL}/report/factual-check", {"no_error": False}, OWN).status_code == 200
    assert desk.get(f"{PANEL}/report", INTAKE).json["held_by"] == "officer"

    answer = {"verdict": "accepted", "reason": "The annex says so."}
    path = f"{PANEL}/report/claims/{made.json['id']}/answer"
    assert desk.put(path, answer, f"intake_officer:{LEAD}").status_code == 409
    assert desk.put(path, answer, INTAKE).status_code == 200
    better = {**FINDING, "text": "The hours are counted in the annex."}
    change = {"section": "F1", "claim_id": made.json["id"], "text": "The hours are counted."}
    final = {"areas": TEXTS, "findings": [better], "changes": [change]}
    assert desk.put(f"{PANEL}/report/final", final, LEADING).json["events"] == ["panel.final_report_issued.v1"]
    assert desk.get(f"{PANEL}/report", OWN).json["final"]["changes"] == [change]
    assert desk.put(f"{PANEL}/moderation/reopening", REASON, LEADING).status_code == 409


def test_a_draft_that_nobody_answers_is_closed_the_day_after_its_time_and_once(drafted, desk):
    due = date.fromisoformat(desk.get(f"{PANEL}/report", OWN).json["due_on"])
    lease, after = leader(drafted), due + timedelta(days=1)

    assert close_factual_checks(drafted.ledger, due, after, lease.check) == 0
    assert close_factual_checks(drafted.ledger, after, after, lease.check) == 1
    assert close_factual_checks(drafted.ledger, after, after, lease.check) == 0
    report = desk.get(f"{PANEL}/report", AUDITOR).json
    assert (report["held_by"], report["drafts"][0]["how"]) == ("lead", "silence")


def test_a_decision_waits_for_the_final_report_once_there_was_a_draft(drafted):
    with pytest.raises(Exception, match="final report of the panel is not issued"):
        drafted.decide("submission-1")


def test_a_draft_is_taken_back_and_the_moderation_opened_again(drafted, desk):
    assert desk.put(f"{PANEL}/report/draft/withdrawal", REASON, LEADING).status_code == 200
    assert desk.put(f"{PANEL}/moderation/reopening", REASON, LEADING).status_code == 200
    report = desk.get(f"{PANEL}/report", INTAKE)
    assert report.status_code == 404
    assert desk.get(PANEL, LEADING).json["status"] == "scored"
    assert desk.get(f"{PANEL}/report", OWN).json["drafts"][0]["withdrawn_because"] == REASON["reason"]


def test_reports_are_listed_with_whose_turn_it_is(near, desk):
    assert desk.get("/panels/reports", LEADING).json["items"] == []
    desk.put(f"{PANEL}/moderation", None, LEADING)

    [due] = desk.get("/panels/reports?held_by=lead", LEADING).json["items"]
    assert (due["status"], due["due_on"] is None) == ("due", False)
    assert desk.get("/panels/reports", OWN).json["items"] == []
    assert desk.get("/panels/reports", READING).status_code == 403
