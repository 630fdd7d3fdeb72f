from __future__ import annotations

from datetime import date, timedelta

import pytest

from qa_platform.kernel.months import months_after
from qa_platform.people.commands import DeactivatePerson
from qa_platform.submissions.commands import WithdrawSubmission
from tests.decisions.factories import MEMBERS
from tests.processes.casework import FIRST, LEAD, SECOND, Agency
from tests.submissions.factories import PROVIDER

SECRETARY, MEMBER = "committee_secretary:secretary-1", f"committee_member:{MEMBERS[0]}"
OFFICER, RIVAL = f"provider_officer:officer-1:{PROVIDER}", "provider_officer:officer-2:provider-2"
OTHER_MEMBER = "0193fac0-0000-7000-8000-0000000000d9"
DECISION = "/decisions/submission-1"
VERDICT = {"code": "APP", "members": list(MEMBERS)}


@pytest.fixture
def scored(agency) -> Agency:
    """Have a case whose two reviewers agree."""
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    return agency


def sit(desk, code: str = "APP", case: str = "submission-1") -> str:
    """Table the case in a meeting, and let all members vote for a motion; return the meeting's id."""
    today = desk.today
    called = {"held_on": today, "chair_id": MEMBERS[0], "members": list(MEMBERS)}
    meeting_id = desk.ask("POST", "/meetings", called, SECRETARY, {}).json["id"]
    assert desk.put(f"/meetings/{meeting_id}/items/{case}", None, SECRETARY).status_code == 200
    vote(desk, code, case)
    return meeting_id


def vote(desk, code: str, case: str = "submission-1") -> None:
    """Put a motion that all are for."""
    assert desk.put(f"/decisions/{case}/motion", {"code": code}, SECRETARY).status_code == 200
    for member in MEMBERS:
        voted = desk.put(f"/decisions/{case}/votes/{member}", {"vote": "for"}, f"committee_member:{member}")
        assert voted.json["events"] == ["decision.vote_cast.v1"]


def release(desk) -> None:
    """Let the chair sign, and release."""
    assert desk.put(f"{DECISION}/signature", None, MEMBER).status_code == 200
    assert desk.put(f"{DECISION}/release", {}, SECRETARY).status_code == 200


def test_a_decision_is_taken_and_released(scored, desk):
    before = desk.get(DECISION, SECRETARY)
    assert (before.json["stage"], before.json["outcome"]["band"], before.headers["ETag"]) == (
        "scored",
        "approve",
        '"0"',
    )
    assert before.json["outcome"]["explanation"]

    sit(desk)
    tag = desk.get(DECISION, SECRETARY).headers["ETag"]
    taken = desk.put(DECISION, {"code": "APP"}, SECRETARY, If_Match=tag)
    assert taken.json["events"] == ["decision.taken.v1", "decision.minuted.v1"]
    shown = desk.get(DECISION, MEMBER).json["verdict"]
    assert (shown["decision_id"], shown["code"], shown["valid_months"]) == (taken.json["id"], "APP", 36)
    assert (shown["credits_awarded"], shown["hours_accepted"], shown["index"]) == ("1.5", "60", "1.0000")
    assert len(shown["basis"]) == 5
    assert desk.get(DECISION, OFFICER).status_code == 404

    assert desk.put(f"{DECISION}/release", {}, SECRETARY).status_code == 409
    assert desk.put(f"{DECISION}/signature", None, MEMBER).json["events"] == ["decision.countersigned.v1"]
    told = desk.put(f"{DECISION}/release", {}, SECRETARY)
    assert told.json["events"] == ["decision.released.v1", "decision.notified.v1"]
    told = desk.get(DECISION, OFFICER).json
    assert (told["verdict"]["code"], told["recusals"]) == ("APP", [])
    assert "members" not in told["verdict"]
    assert (told["minutes"], told["item"]) == (None, None)
    assert told["appeal_until"] in told["rights"]["en"]
    today = scored.ledger.clock().date()
    assert told["appeal_until"] >= (today + timedelta(days=30)).isoformat()
    assert not any(person in desk.get(DECISION, OFFICER).text for person in (FIRST, SECOND, LEAD, *MEMBERS))
    whole = desk.get(DECISION, MEMBER).json["verdict"]["basis"]
    assert [one["stream"] for one in whole if one["stream"].startswith("review-")] == [
        "review-review-1",
        "review-review-2",
    ]
    numbered = [one | {"stream": one["stream"].replace("review-review-", "Review ")} for one in whole]
    assert told["verdict"]["basis"] == numbered
    assert desk.get(DECISION, RIVAL).status_code == 404


def test_a_lead_does_not_learn_that_a_decision_was_taken_before_it_is_released(scored, desk):
    leading = f"lead_reviewer:{LEAD}"

    def told() -> list[tuple[str, str | None]]:
        asked = (DECISION, "/decisions", *(f"/decisions?stage={one}" for one in ("scored", "decided", "released")))
        answers = [desk.get(address, leading) for address in asked]
        return [(answer.text, answer.headers.get("ETag")) for answer in answers]

    before = told()
    desk.put(f"{DECISION}/recusals/{OTHER_MEMBER}", {"category": "COL"}, SECRETARY)
    sit(desk)
    assert told() == before
    desk.put(DECISION, VERDICT, SECRETARY)
    assert told() == before

    release(desk)
    assert desk.get(DECISION, leading).json["verdict"]["code"] == "APP"
    assert len(desk.get("/decisions?stage=released", leading).json["items"]) == 1


DEFERRAL = {"code": "DEFER", "grounds": [{"area": "A", "text": "A letter is awaited."}], "wanted": ["The letter."]}


def test_a_deferral_stays_what_is_known_until_the_decision_after_it_is_released(scored, desk):
    sit(desk, "DEFER")
    assert desk.put(DECISION, DEFERRAL, SECRETARY).status_code == 200
    release(desk)
    letter = {"answers": [{"wanted": 0, "text": "The letter is in the annex."}]}
    assert desk.put(f"{DECISION}/evidence", letter, OFFICER).json["events"] == ["decision.evidence_supplied.v1"]

    def told() -> list[tuple[str, str | None]]:
        answers = [desk.get(address, OFFICER) for address in (DECISION, "/decisions", "/decisions?stage=released")]
        return [(answer.text, answer.headers.get("ETag")) for answer in answers]

    before = told()
    shown = desk.get(DECISION, OFFICER).json
    assert (shown["verdict"]["code"], shown["awaited"]["wanted"]) == ("DEFER", ["The letter."])
    sit(desk)
    assert desk.get(DECISION, SECRETARY).json["stage"] == "tabled"
    assert told() == before
    assert desk.put(DECISION, VERDICT, SECRETARY).status_code == 200
    assert desk.get(DECISION, SECRETARY).json["stage"] == "decided"
    assert told() == before
    assert desk.put(f"{DECISION}/rescission", {"reason": "Once more."}, SECRETARY).status_code == 200
    assert told() == before
    vote(desk, "APP")
    assert desk.put(DECISION, VERDICT, SECRETARY).status_code == 200
    assert len(desk.get(DECISION, SECRETARY).json["verdict"]["basis"]) == 6

    release(desk)
    assert desk.get(DECISION, OFFICER).json["verdict"]["code"] == "APP"


def test_a_deferred_submission_is_not_tabled_while_its_provider_has_time(scored, desk):
    sit(desk, "DEFER")
    desk.put(DECISION, DEFERRAL, SECRETARY)
    release(desk)
    called = {"held_on": desk.today, "chair_id": MEMBERS[0], "members": list(MEMBERS)}
    meeting_id = desk.ask("POST", "/meetings", called, SECRETARY, {}).json["id"]

    refused = desk.put(f"/meetings/{meeting_id}/items/submission-1", None, SECRETARY)

    assert (refused.status_code, refused.json["type"]) == (409, "urn:qa-platform:problem:evidence-still-due")
    assert desk.get(f"/meetings/{meeting_id}", SECRETARY).json["agenda"] == []


def test_a_meeting_is_moved_with_its_agenda_until_something_is_voted_on(scored, desk):
    called = {"held_on": desk.today, "chair_id": MEMBERS[0], "members": list(MEMBERS)}
    address = f"/meetings/{desk.ask('POST', '/meetings', called, SECRETARY, {}).json['id']}"
    desk.put(f"{address}/items/submission-1", None, SECRETARY)
    desk.put(f"{DECISION}/chair", {"member_id": MEMBERS[1]}, SECRETARY)
    later = (date.fromisoformat(desk.today) + timedelta(days=7)).isoformat()
    moved = {"held_on": later, "place": "Hall 2", "reason": "The hall is taken."}

    assert desk.put(f"{address}/schedule", moved, MEMBER).status_code == 403
    told = desk.put(f"{address}/schedule", moved, SECRETARY).json["events"]

    assert told == ["meeting.moved.v1", "decision.tabled.v1"]
    shown = desk.get(address, MEMBER).json
    assert (shown["held_on"], shown["place"], len(shown["agenda"])) == (later, "Hall 2", 1)
    item = desk.get(DECISION, MEMBER).json["item"]
    assert (item["held_on"], item["chair_id"]) == (later, MEMBERS[1])
    desk.put(f"{address}/schedule", {"held_on": desk.today, "reason": "It is free again."}, SECRETARY)
    vote(desk, "APP")
    refused = desk.put(f"{address}/schedule", moved, SECRETARY)
    assert (refused.status_code, refused.json["type"]) == (409, "urn:qa-platform:problem:meeting-opened")


def test_nobody_sees_an_outcome_before_scoring_is_closed(agency, desk):
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1)

    assert desk.get(DECISION, SECRETARY).json["outcome"] is None
    for token in (SECRETARY, MEMBER, "auditor:a", f"lead_reviewer:{LEAD}", OFFICER):
        assert desk.get(f"{DECISION}/outcome", token).status_code == 404
    assert desk.put(DECISION, VERDICT, SECRETARY).status_code == 409


def test_an_outcome_explains_itself_in_both_languages(scored, desk):
    english = desk.get(f"{DECISION}/outcome", MEMBER).json
    malay = desk.get(f"{DECISION}/outcome?language=ms", MEMBER).json

    assert english["band"] == malay["band"] == "approve"
    assert english["explanation"] != malay["explanation"]


def test_a_conditional_approval_names_its_conditions(agency, desk):
    case = agency.accept()
    agency.review(case, FIRST, 1, A4=2)
    agency.review(case, SECOND, 2, A4=2)
    due = (agency.ledger.clock().date() + timedelta(days=180)).isoformat()
    condition = {"criterion": "A4", "severity": "minor", "text": "Correct the price.", "due_on": due}

    missing = desk.put(DECISION, {**VERDICT, "code": "APP-C", "conditions": [condition]}, SECRETARY)
    assert [error["field"] for error in missing.json["errors"]] == ["conditions.0.checked_by"]
    whole = {**condition, "checked_by": "officer"}
    sit(desk, "APP-C")
    assert desk.put(DECISION, {**VERDICT, "code": "APP-C", "conditions": [whole]}, SECRETARY).status_code == 200
    (shown,) = desk.get(DECISION, MEMBER).json["verdict"]["conditions"]
    assert shown.pop("condition_id")
    assert shown == whole


def test_a_condition_without_a_day_is_due_by_the_agency_s_terms(agency, desk):
    case = agency.accept()
    agency.review(case, FIRST, 1, A4=2)
    agency.review(case, SECOND, 2, A4=2)
    said = {"criterion": "A4", "text": "Correct the price.", "checked_by": "officer"}
    conditions = [said | {"severity": "critical"}, said | {"severity": "minor"}]
    sit(desk, "APP-CX")

    assert desk.put(DECISION, {**VERDICT, "code": "APP-CX", "conditions": conditions}, SECRETARY).status_code == 200

    shown = desk.get(DECISION, MEMBER).json["verdict"]
    taken_on = date.fromisoformat(shown["taken_on"])
    due = [months_after(taken_on, months).isoformat() for months in (3, 6)]
    assert [one["due_on"] for one in shown["conditions"]] == due


def test_a_recused_member_does_not_sit(scored, desk):
    recusal = desk.put(f"{DECISION}/recusals/{MEMBERS[0]}", {"category": "EMP"}, SECRETARY)
    assert recusal.json["events"] == ["decision.member_recused.v1"]
    called = {"held_on": desk.today, "chair_id": MEMBERS[1], "members": list(MEMBERS)}
    meeting_id = desk.ask("POST", "/meetings", called, SECRETARY, {}).json["id"]
    desk.put(f"/meetings/{meeting_id}/items/submission-1", None, SECRETARY)

    refused = desk.put(DECISION, VERDICT, SECRETARY)

    assert refused.status_code == 409
    assert "recused" in refused.json["detail"]


def test_a_withdrawn_submission_is_not_decided(scored, desk):
    sit(desk)
    scored.ask(WithdrawSubmission(submission_id="submission-1", decided=False))

    assert "withdrawn" in desk.put(DECISION, VERDICT, SECRETARY).json["detail"]


def test_decisions_are_listed_to_whom_they_concern(scored, desk):
    listed = desk.get("/decisions?stage=scored", SECRETARY).json["items"]
    assert [row["submission_id"] for row in listed] == ["submission-1"]
    assert desk.get("/decisions", OFFICER).json["items"] == []

    sit(desk)
    listed = desk.get("/decisions?stage=tabled", SECRETARY).json["items"]
    assert [row["stage"] for row in listed] == ["tabled"]
    assert desk.get("/decisions?stage=scored", SECRETARY).json["items"] == []
    desk.put(DECISION, VERDICT, SECRETARY)
    release(desk)

    assert [row["stage"] for row in desk.get("/decisions", OFFICER).json["items"]] == ["released"]
    assert desk.get("/decisions", RIVAL).json["items"] == []


def test_what_is_no_case_is_not_there(desk):
    assert desk.get("/decisions/nothing", SECRETARY).status_code == 404
    assert desk.put("/decisions/nothing", VERDICT, SECRETARY).status_code == 404


def test_nothing_is_withdrawn_once_the_committee_has_it_on_its_agenda(scored, desk):
    withdrawal, accountable = "/submissions/submission-1/withdrawal", OFFICER.replace("provider_", "accountable_")
    desk.put(f"{DECISION}/recusals/{OTHER_MEMBER}", {"category": "COL"}, SECRETARY)
    sit(desk, "DEFER")
    before = desk.put(withdrawal, {}, accountable).json
    desk.put(DECISION, DEFERRAL, SECRETARY)

    refused = desk.put(withdrawal, {}, accountable)
    assert (refused.status_code, refused.json["type"]) == (409, "urn:qa-platform:problem:submission-decided")
    assert refused.json["detail"] == before["detail"]

    release(desk)
    assert desk.put(withdrawal, {}, accountable).status_code == 200


def test_who_is_no_member_of_the_committee_does_not_sit(scored, desk):
    sit(desk)
    stranger = desk.put(DECISION, {**VERDICT, "members": [*MEMBERS[:2], OTHER_MEMBER]}, SECRETARY)
    assert (stranger.status_code, stranger.json["errors"][0]["field"]) == (409, "members")
    assert "no member of the committee" in stranger.json["detail"]

    scored.ask(DeactivatePerson(person_id=MEMBERS[2], reason="left", asked_by="administrator-1"))
    assert "no member of the committee" in desk.put(DECISION, VERDICT, SECRETARY).json["detail"]


@pytest.mark.parametrize("name", ["Aminah binti Salleh", "member-1", MEMBERS[0].upper(), MEMBERS[0].replace("-", "")])
def test_no_name_gets_into_a_decision(scored, desk, name):
    sitting = desk.put(DECISION, {**VERDICT, "members": [*MEMBERS, name]}, SECRETARY)
    assert (sitting.status_code, sitting.json["errors"][0]["field"]) == (422, "members.3")

    recused = desk.put(f"{DECISION}/recusals/Aminah binti Salleh", {"category": "COL"}, SECRETARY)
    assert recused.status_code == 404
    assert not scored.ledger.read_stream("decision-submission-1")


def test_a_decision_on_what_was_withdrawn_is_not_released(scored, desk):
    sit(desk)
    desk.put(DECISION, VERDICT, SECRETARY)
    scored.ask(WithdrawSubmission(submission_id="submission-1", decided=False))

    refused = desk.put(f"{DECISION}/release", {}, SECRETARY)

    assert (refused.status_code, refused.json["type"]) == (409, "urn:qa-platform:problem:not-ready-to-decide")
    assert "“withdrawn”" in refused.json["detail"]
