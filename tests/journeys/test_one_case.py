"""One course on the straight way, from its draft to the public register, through HTTP only."""

from __future__ import annotations

from qa_platform.app import ALL_DECIDERS
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import check
from tests.journeys.agency import STANDARD, Case, criteria, decide, lock, lodge_case, pass_gate, score, seat_panel


def test_a_course_goes_from_its_draft_to_the_register(agency):
    case = lodge_case(agency)
    assert case.officer.get(case.address)["status"] == "lodged"
    seat_panel(case)
    accepted = case.officer.get(case.address)
    assert (accepted["status"], accepted["rubric_version"]) == ("accepted", "0.1.0")

    for seat in (0, 1):
        pass_gate(case, seat)
    agency.settle()
    assert case.reviewers[0].get(f"/reviews/{case.reviews[0]}/submission")["content"]["title_en"]
    optional = next(one for one in agency.public.get(STANDARD)["rubric"]["criteria"] if not one["must_pass"])["id"]
    assert len(criteria(case)) == 33
    score(case, 0, 3, **{optional: 2})
    score(case, 1, 3, **{optional: 4})
    lock(case, 0)
    lock(case, 1)

    panel = f"/panels/{case.submission_id}"
    moderation = case.lead.get(f"{panel}/moderation")
    assert [trigger["criterion"] for trigger in moderation["triggers"]] == [optional]
    case.lead.put(f"{panel}/settlements/{optional}", {"score": 3, "reason": "The sample shows that it is met."})
    case.lead.put(f"{panel}/moderation")
    agency.settle()

    decision = f"/decisions/{case.submission_id}"
    outcome = case.secretary.get(f"{decision}/outcome")
    assert outcome["band"] == "approve"
    assert outcome["explanation"]
    decide(case, "APP", valid_months=36)
    case.officer.get(decision, status=404)
    assert agency.public.get("/accreditations")["items"] == []

    release_all(case, case.secretary.get(decision)["item"]["meeting_id"])
    agency.settle()

    assert case.officer.get(decision)["verdict"]["code"] == "APP"
    [entry] = agency.public.get("/accreditations")["items"]
    assert entry["number"].startswith("MY-MC-2026-000001-")
    assert entry["title_en"] == accepted["title_en"]
    assert (entry["valid_from"], entry["status"]) == ("2026-11-24", "listed")
    assert agency.public.get(f"/accreditations/{entry['number']}")["submission_id"] == case.submission_id

    events = [event["name"] for event in case.auditor.get(f"/cases/{case.submission_id}/events")["items"]]
    assert events[0] == "submission.drafted.v1"
    assert events[-1] == "accreditation.opened.v1"
    assert events.count("review.criterion_scored.v1") == 66
    ready = agency.public.client.get("/readyz").json
    assert (ready["unsequenced"], ready["unaccounted"]) == (0, 0)
    subscribers = {one["name"]: one for one in ready["subscribers"]}
    assert set(subscribers) == {"journey", "notices"}
    assert not any(one["behind"] or one["stopped"] for one in subscribers.values())
    checked = check(agency.ledger, INVARIANTS, ALL_DECIDERS)
    assert [one for one in checked.findings if one.violations or one.trouble] == []
    assert checked.read == checked.head > len(events)


def release_all(case: Case, meeting_id: str) -> None:
    """Release what a meeting decided: shown first, done as one, and for good."""
    wanted = {"act": "release_decisions", "meeting_id": meeting_id}
    shown = case.secretary.post("/batches/preview", wanted, status=200)
    assert [one["subject"] for one in shown["ready"]] == [case.submission_id]
    assert "are not taken back" in shown["final"]
    batch = case.secretary.post("/batches", wanted | {"number": shown["number"]})["id"]
    refused = case.secretary.put(f"/batches/{batch}/reversal", {"reason": "Too early."}, status=409)
    assert shown["final"] in refused["detail"]


def test_a_journey_that_is_told_twice_goes_the_same_way_once(agency):
    case = lodge_case(agency)

    first = case.intake.put(f"{case.address}/acceptance", {}, Idempotency_Key="accept-1")
    again = case.intake.put(f"{case.address}/acceptance", {}, Idempotency_Key="accept-1")
    agency.settle()
    agency.settle()

    assert first == again
    events = [event["name"] for event in case.auditor.get(f"/cases/{case.submission_id}/events")["items"]]
    assert events.count("submission.accepted.v1") == events.count("panel.opened.v1") == 1
