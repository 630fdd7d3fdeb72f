from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest

from qa_platform.centres.api import CasesChanged
from qa_platform.centres.jobs import assign_by_default, hand_over_left_behind
from qa_platform.centres.read_model import CASE_CENTRES, CASE_COSIGNING, CENTRE_PEOPLE, CENTRES
from qa_platform.kernel.roles import CENTRE_ROLES, Role
from qa_platform.web import reach
from qa_platform.web.permissions import AT_CENTRES, PERMISSIONS
from tests.centres.factories import AssignCaseFactory
from tests.journeys.agency import Agency, Person
from tests.query_count import counted_queries
from tests.submissions.factories import COMPLETE, PEOPLE

NO_GUARD = lambda _connection: None  # noqa: E731 -- nothing to guard against here
UNKNOWN = "0193fac0-0000-7000-8000-0000000000ff"


@dataclass(frozen=True)
class House:
    """A centre, and its intake officer."""

    id: str
    intake: Person


@pytest.fixture
def registrar(agency) -> Person:
    return agency.employ(Role.REGISTER_OFFICER)


@pytest.fixture
def officer(agency) -> Person:
    return agency.employ(Role.INTAKE_OFFICER)


def open_house(agency: Agency, registrar: Person, name: str, **details: str) -> House:
    centre_id = registrar.post("/centres", {"name": name, **details})["id"]
    return House(centre_id, agency.employ(Role.INTAKE_OFFICER, centre_id=centre_id))


def lodge(agency: Agency, count: int = 1, provider: str | None = None) -> list[str]:
    """Lodge courses of one provider."""
    home = provider or agency.recognise_provider("Akademi Suria")
    signs = agency.employ(Role.PROVIDER_OFFICER, Role.ACCOUNTABLE_OFFICER, provider_id=home)
    lodged = []
    for _ in range(count):
        submission = signs.post("/submissions", {"provider_id": home, "route": "SAMC"})["id"]
        signs.patch(f"/submissions/{submission}/content", msgspec.to_builtins(COMPLETE))
        for subject in sorted(PEOPLE):
            named = {"capacity": "instructor", "name": "Rahim bin Osman", "email": "rahim@example.org"}
            signs.put(f"/submissions/{submission}/people/{subject}", named)
        signs.put(f"/submissions/{submission}/lodgement", {"text_version": "2026-1"})
        lodged.append(submission)
    return lodged


def test_a_centre_is_approved_suspended_reinstated_and_known_to_everybody(agency, registrar):
    north = open_house(agency, registrar, "Pusat Utara")
    address = f"/centres/{north.id}"

    registrar.put(f"{address}/suspension", {"reason": "No quorum in two cases"})
    shown = agency.public.get(address)
    assert (shown["status"], shown["decision_code"]) == ("suspended", "CTR-SUS")
    assert agency.public.get(address)["reason"] is None
    assert north.intake.get(address)["reason"] == registrar.get(address)["reason"] == "No quorum in two cases"
    registrar.ask("DELETE", f"{address}/suspension?reason=Complete+again", None, 200, {})

    shown = agency.public.get("/centres?status=approved")["items"]
    assert [(one["name"], one["institution"], one["suspended_from"]) for one in shown] == [("Pusat Utara", None, None)]
    registrar.patch(address, {"name": "Pusat Utara dan Timur"})
    assert agency.public.get(address)["name"] == "Pusat Utara dan Timur"
    agency.public.get(f"/centres/{UNKNOWN}", status=404)


def test_a_case_is_given_moved_and_taken_back_by_the_agency(agency, registrar, officer):
    north, south = (open_house(agency, registrar, name) for name in ("Pusat Utara", "Pusat Selatan"))
    (case,) = lodge(agency)
    address = f"/centres/cases/{case}"

    officer.get(address, status=404)
    north.intake.get(f"/submissions/{case}", status=404)
    officer.put(address, {"centre_id": north.id})
    assert north.intake.get(f"/submissions/{case}")["submission_id"] == case
    assert north.intake.get(address)["centre_id"] == north.id

    officer.put(f"{address}/move", {"centre_id": south.id, "reason": "No reviewer of the field"})
    north.intake.get(f"/submissions/{case}", status=404)
    assert south.intake.get(f"/centres/{south.id}/cases")["items"][0]["moves"] == 1
    assert north.intake.get(f"/centres/{south.id}/cases")["items"] == []

    officer.put(f"{address}/move", {"centre_id": None, "reason": "The agency decides itself"})
    south.intake.get(f"/submissions/{case}", status=404)
    assert officer.get(f"/submissions/{case}")["status"] == "lodged"
    told = agency.employ(Role.AUDITOR).get(f"/cases/{case}/events")["items"]
    assert [one["name"] for one in told if one["name"].startswith("centre.")] == [
        "centre.case_assigned.v1",
        "centre.case_moved.v1",
        "centre.case_moved.v1",
    ]


def test_only_what_was_lodged_is_given_and_only_to_an_approved_centre(agency, registrar, officer):
    north = open_house(agency, registrar, "Pusat Utara")
    home = agency.recognise_provider("Akademi Suria")
    provider = agency.employ(Role.PROVIDER_OFFICER, provider_id=home)
    draft = provider.post("/submissions", {"provider_id": home, "route": "SAMC"})["id"]

    officer.put(f"/centres/cases/{draft}", {"centre_id": north.id}, status=409)
    officer.put(f"/centres/cases/{draft}", {"centre_id": UNKNOWN}, status=404)
    (case,) = lodge(agency, provider=home)
    registrar.put(f"/centres/{north.id}/suspension", {"reason": "No quorum in two cases"})
    officer.put(f"/centres/cases/{case}", {"centre_id": north.id}, status=409)


def test_an_officer_of_a_centre_neither_gives_cases_away_nor_sees_what_is_the_agencys(agency, registrar, officer):
    north = open_house(agency, registrar, "Pusat Utara")
    (case,) = lodge(agency)
    officer.put(f"/centres/cases/{case}", {"centre_id": north.id})

    north.intake.put(f"/centres/cases/{case}/move", {"centre_id": None, "reason": "Too much work"}, status=403)
    north.intake.get("/providers/applications", status=403)
    north.intake.put(f"/centres/{north.id}/suspension", {"reason": "x"}, status=403)
    assert north.intake.get("/providers")["items"][0]["legal_name"] == "Akademi Suria"


def test_the_people_of_a_suspended_centre_read_and_change_nothing(agency, registrar, officer):
    north = open_house(agency, registrar, "Pusat Utara")
    (case,) = lodge(agency)
    officer.put(f"/centres/cases/{case}", {"centre_id": north.id})
    registrar.put(f"/centres/{north.id}/suspension", {"reason": "No quorum in two cases"})

    north.intake.get(f"/submissions/{case}")
    refused = north.intake.put(f"/submissions/{case}/acceptance", {}, status=403)
    assert "not approved at present" in refused["detail"]
    north.intake.put(
        "/notices/preferences", {"language": "ms", "mailing": "digest", "digest_hour": 9, "unsubscribed": []}
    )
    registrar.ask("DELETE", f"/centres/{north.id}/suspension?reason=Complete+again", None, 200, {})
    north.intake.put(f"/submissions/{case}/acceptance", {})


def test_when_an_approval_ends_all_cases_are_handed_over_in_one_step(agency, registrar, officer):
    north, south = (open_house(agency, registrar, name) for name in ("Pusat Utara", "Pusat Selatan"))
    cases = lodge(agency, 2)
    for case in cases:
        officer.put(f"/centres/cases/{case}", {"centre_id": north.id})
    ending = {"reason": "The university closes it", "successor_id": south.id}

    refused = registrar.put(f"/centres/{north.id}/approval-end", {**ending, "cases": 1}, status=409)
    assert "has 2 cases, you had seen 1" in refused["detail"]
    assert CasesChanged.__doc__
    registrar.put(f"/centres/{north.id}/approval-end", {**ending, "cases": 2})

    assert agency.public.get(f"/centres/{north.id}")["status"] == "ended"
    assert {one["submission_id"] for one in south.intake.get(f"/centres/{south.id}/cases")["items"]} == set(cases)
    assert north.intake.get("/submissions")["items"] == []


def test_the_usual_centre_gets_what_nobody_has_touched_and_no_course_of_its_own_institution(agency, registrar, officer):
    home = agency.recognise_provider("Institut Bayu")
    north = open_house(agency, registrar, "Pusat Utara", institution=home)
    touched, fresh = lodge(agency, 2)
    (own,) = lodge(agency, provider=home)
    officer.put(f"/submissions/{touched}/acceptance", {})
    today = agency.clock().date()

    done = [assign_by_default(agency.ledger, north.id, today, NO_GUARD) for _ in range(2)]

    assert done == [1, 0]
    assert assign_by_default(agency.ledger, None, today, NO_GUARD) == 0
    shown = north.intake.get(f"/centres/{north.id}/cases")["items"]
    assert [(one["submission_id"], one["by_default"]) for one in shown] == [(fresh, True)]
    officer.get(f"/centres/cases/{own}", status=404)


def test_what_was_given_to_a_centre_at_the_moment_of_its_end_is_handed_over_by_the_worker(agency, registrar):
    north, south = (open_house(agency, registrar, name) for name in ("Pusat Utara", "Pusat Selatan"))
    (case,) = lodge(agency)
    registrar.put(f"/centres/{north.id}/approval-end", {"reason": "It closes", "successor_id": south.id})
    late = AssignCaseFactory(submission_id=case, centre_id=north.id)
    agency.ledger.execute(late, actor="system:tests")

    today = agency.clock().date()
    done = [hand_over_left_behind(agency.ledger, today, NO_GUARD) for _ in range(2)]

    assert done == [1, 0]
    assert south.intake.get(f"/centres/cases/{case}")["centre_id"] == south.id


def test_who_gets_a_case_and_whose_it_is_are_told(agency, registrar, officer):
    north, south = (open_house(agency, registrar, name) for name in ("Pusat Utara", "Pusat Selatan"))
    (case,) = lodge(agency)
    officer.put(f"/centres/cases/{case}", {"centre_id": north.id})
    registrar.put(f"/centres/{south.id}/suspension", {"reason": "No quorum in two cases"})
    agency.settle()

    def kinds(person: Person) -> set[str]:
        return {one["kind"] for one in person.get("/notices")["items"]} - {
            "token_issued",
            "role_granted",
            "standard_in_force",
        }

    assert kinds(north.intake) == {"case_received"}
    assert kinds(south.intake) == set()  # its own suspension waits for who reads it first
    assert kinds(officer) == {"submission_to_check"}
    officer.put(f"/centres/cases/{case}/move", {"centre_id": None, "reason": "The agency decides itself"})
    assert kinds(north.intake) == set()


def test_lists_cost_the_same_with_one_row_and_with_many(agency, registrar, officer):
    north = open_house(agency, registrar, "Pusat Utara")
    cases = lodge(agency, 3)
    officer.put(f"/centres/cases/{cases[0]}", {"centre_id": north.id})
    paths = ("/centres", f"/centres/{north.id}/cases", "/submissions")
    with counted_queries(agency.ledger.engine) as few:
        for path in paths:
            north.intake.get(path)
    for case in cases[1:]:
        officer.put(f"/centres/cases/{case}", {"centre_id": north.id})
    for number in range(5):
        registrar.post("/centres", {"name": f"Pusat {number}"})
    with counted_queries(agency.ledger.engine) as many:
        for path in paths:
            north.intake.get(path)

    assert len(few) == len(many)


def test_the_tables_that_reach_asks_are_those_of_the_read_models():
    asking = (reach._CASES, reach._CENTRES, reach._COSIGNING, reach._PEOPLE)
    kept_in = (CASE_CENTRES, CENTRES, CASE_COSIGNING, CENTRE_PEOPLE)
    for asked, kept in zip(asking, (one.table for one in kept_in), strict=True):
        assert (asked.schema, asked.name) == (kept.schema, kept.name)
        assert set(asked.c.keys()) <= set(kept.c.keys())


def test_every_route_is_settled_for_roles_at_a_centre():
    """What only the agency may do is a list; whatever is not on it is limited to the centre's own cases."""
    closed = {key for key in PERMISSIONS if key not in AT_CENTRES and set(PERMISSIONS[key]) & CENTRE_ROLES}
    assert {key for key in closed if not key[1].startswith(("providers.", "batches.", "components."))} == {
        ("PUT", "centres.CaseCentre"),
        ("PUT", "centres.CaseCentreMove"),
        ("PUT", "centres.CaseCosigner"),
        ("GET", "clocks.ComponentClock"),
        ("GET", "panels.PanelAllocation"),
        ("PUT", "panels.PanelAllocationConfirmation"),
        ("POST", "panels.PanelAllocationPreview"),
        ("GET", "panels.PanelAllocationRepetition"),
        ("PUT", "panels.PanelAllocationWithdrawal"),
        ("POST", "panels.PanelAllocations"),
        ("GET", "reviewers.ReviewerConflicts"),
    }
