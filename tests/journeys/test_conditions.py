"""A course that is granted with a condition, until the register shows it without one, through HTTP only."""

from __future__ import annotations

import pytest

from qa_platform.app import ALL_DECIDERS
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import check
from qa_platform.kernel.roles import Role
from tests.journeys.agency import Case, Person, lock, lodge_case, pass_gate, score, seat_panel, table, vote
from tests.journeys.test_blindness import assert_not_told, everything_told
from tests.journeys.test_two_centres import open_house

EVIDENCE = {"statement": "canary-evidence", "documents": [{"title": "Samples", "sha256": "a" * 64}]}
DOCUMENT = {"documents": [{"language": "en", "sha256": "c" * 64}, {"language": "ms", "sha256": "d" * 64}]}
VERDICT = {"verdict": "met", "reason": "canary-reason"}


@pytest.fixture
def recused(agency) -> Person:
    """Employ a member of the committee who also keeps the register, and has a tie to the course."""
    return agency.employ(Role.COMMITTEE_MEMBER, Role.REGISTER_OFFICER)


@pytest.fixture
def granted(agency, recused) -> tuple[Case, Person]:
    """Grant a course with a condition that the panel checks; return the case and a register officer."""
    case = lodge_case(agency)
    seat_panel(case)
    for seat in (0, 1):
        pass_gate(case, seat)
        score(case, seat, 3, A4=2)
        lock(case, seat)
    case.lead.put(f"/panels/{case.submission_id}/moderation")
    asked = {"criterion": "A4", "severity": "critical", "text": "canary-condition", "checked_by": "panel"}
    table(case)
    case.secretary.put(f"/decisions/{case.submission_id}/recusals/{recused.id}", {"category": "COL"})
    vote(case, "APP-CX")
    case.secretary.put(f"/decisions/{case.submission_id}", {"code": "APP-CX", "conditions": [asked]})
    case.members[0].put(f"/decisions/{case.submission_id}/signature")
    agency.settle()
    assert case.auditor.get("/conditions")["items"] == []
    case.secretary.put(f"/decisions/{case.submission_id}/release", {})
    agency.settle()
    return case, agency.employ(Role.REGISTER_OFFICER)


def test_a_condition_is_met_and_the_register_shows_it(granted, recused):
    case, registrar = granted
    elsewhere = open_house(case.agency, "Pusat Timur").secretary
    (condition,) = case.officer.get("/conditions?mine=true")["items"]
    address = f"/conditions/{condition['condition_id']}"
    assert (condition["due_on"], condition["held_by"]) == ("2027-02-24", "provider")
    [entry] = case.agency.public.get("/accreditations")["items"]
    assert (entry["status"], entry["open_conditions"], entry["intake_allowed"]) == ("conditional", 1, False)

    case.officer.post(f"{address}/filings", EVIDENCE)
    case.reviewers[0].put(f"{address}/check")
    case.reviewers[0].put(f"{address}/verdict", VERDICT)
    closings = "/conditions/closings"
    assert [one["number"] for one in registrar.get(closings)["items"]] == [entry["number"]]
    assert recused.get(closings, X_Acting_As=Role.REGISTER_OFFICER)["items"] == []
    assert elsewhere.get(closings)["items"] == []
    closing, by = f"/accreditations/{entry['number']}/closing", {"X_Acting_As": Role.REGISTER_OFFICER}
    recused.put(closing, DOCUMENT, status=404, **by)
    recused.put(f"{closing}/correction", DOCUMENT | {"reason": "It was issued in error."}, status=404, **by)
    registrar.put(closing, DOCUMENT)
    case.agency.settle()

    [entry] = case.agency.public.get("/accreditations")["items"]
    assert (entry["status"], entry["open_conditions"], entry["intake_allowed"]) == ("listed", 0, True)
    assert [one["kind"] for one in entry["history"]] == ["APP-CX", "COND-MET"]
    checked = check(case.agency.ledger, INVARIANTS, ALL_DECIDERS)
    assert [one for one in checked.findings if one.violations or one.trouble] == []


def test_a_recusal_hides_the_conditions_of_a_released_decision_too(granted, recused):
    case, registrar = granted
    (condition,) = registrar.get("/conditions")["items"]
    address = f"/conditions/{condition['condition_id']}"

    for role in (Role.COMMITTEE_MEMBER, Role.REGISTER_OFFICER):
        assert recused.get("/conditions", X_Acting_As=role)["items"] == []
        recused.get(address, status=404, X_Acting_As=role)
        assert_not_told(everything_told(case, recused, X_Acting_As=role), condition["condition_id"], "canary-condition")
    case.officer.post(f"{address}/filings", EVIDENCE)
    recused.ask("PUT", f"{address}/check", None, 404, {"X-Acting-As": Role.REGISTER_OFFICER})


def test_who_checks_is_hidden_from_the_provider_and_every_word_from_the_public(granted):
    case, registrar = granted
    address = f"/conditions/{case.officer.get('/conditions')['items'][0]['condition_id']}"
    case.officer.post(f"{address}/filings", EVIDENCE)
    case.reviewers[0].put(f"{address}/check")
    registrar.put(f"{address}/check", status=409)
    case.reviewers[1].put(f"{address}/verdict", VERDICT, status=409)
    case.reviewers[0].put(f"{address}/verdict", VERDICT)
    hidden = [person.id for person in (*case.reviewers, case.lead, *case.members)]

    told = everything_told(case, case.officer)

    assert "canary-reason" in told
    assert_not_told(told, *hidden)
    assert_not_told(everything_told(case, case.reviewers[1]), case.reviewers[0].id, "Reviewer 2")
    for outside in (case.stranger, case.agency.public):
        assert_not_told(everything_told(case, outside), "canary-condition", "canary-evidence", "canary-reason")
    case.stranger.get(address, status=404)
    case.stranger.post(f"{address}/filings", EVIDENCE, status=404)
    case.officer.put(f"{address}/verdict", VERDICT, status=403)
