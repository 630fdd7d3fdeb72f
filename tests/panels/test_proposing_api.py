from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import StreamMoved
from qa_platform.panels.read_model import find_panel, find_proposal, know, rests_on, to_confirm
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.reviewers.commands import ChangeCap, DeclareEligible, PauseReviewer
from tests.centres.factories import CENTRE as NORTH
from tests.centres.factories import OTHER as SOUTH
from tests.centres.factories import AssignCaseFactory, MoveCaseFactory
from tests.panels.test_read_model import interest
from tests.processes.casework import FIRST, SECOND, Agency
from tests.reviewers.factories import RegisterReviewerFactory
from tests.submissions.factories import PROVIDER
from tests.usual import DEADLINES

INTAKE = "intake_officer:intake-1"
PANEL = "/panels/submission-1"
OWN, OTHER = f"provider_officer:officer-1:{PROVIDER}", "provider_officer:officer-2:0193fac0-0000-7000-8000-00000000ffff"
REVIEWERS = tuple(f"0193fac0-0000-7000-8000-0000000001{number:02}" for number in range(6))
TODAY = date(2026, 11, 24)


def register(agency: Agency, *people: str, **different) -> None:
    for person_id in people:
        agency.ask(
            RegisterReviewerFactory(person_id=person_id, fields=("0613", "0713"), highest_level=8, **different),
            DeclareEligible(person_id=person_id, eligible_from=date(2026, 1, 1)),
        )


@pytest.fixture
def waiting(agency) -> Agency:
    """Have a case without reviewers, and six people who might review it."""
    agency.accept()
    register(agency, *REVIEWERS)
    return agency


@pytest.fixture
def confirmed(waiting, desk) -> list[str]:
    """Have a panel proposed and confirmed; give who sits on it."""
    assert desk.put(f"{PANEL}/proposal", {"seed": "a"}, INTAKE).status_code == 200
    assert desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE).status_code == 200
    go_on(waiting)
    return [one["reviewer_id"] for one in desk.get(PANEL, INTAKE).json["seated"]]


def go_on(agency: Agency) -> None:
    """Let the journey follow from everything that happened at the desk."""
    for recorded in agency.ledger.read_case("submission-1"):
        agency.follow(recorded)


def test_a_panel_is_proposed_with_a_reason_for_every_candidate(waiting, desk):
    waiting.ask(interest(REVIEWERS[0], "EMP"))

    receipt = desk.put(f"{PANEL}/proposal", {"seed": "a"}, INTAKE)
    assert receipt.status_code == 200, receipt.text
    assert receipt.json["events"] == ["panel.allocation_made.v1", "panel.proposed.v1"]
    shown = desk.get(f"{PANEL}/proposal", INTAKE).json

    assert (shown["status"], shown["seed"], len(shown["seats"])) == ("pending", "a", 2)
    reasons = {one["reviewer_id"]: one for one in shown["reasons"]}
    assert set(reasons) == set(REVIEWERS)
    assert reasons[REVIEWERS[0]]["code"] == "tie"
    assert "EMP" in reasons[REVIEWERS[0]]["sentence"]
    assert reasons[REVIEWERS[0]]["sentence_ms"].startswith("Tidak dipilih")
    assert {reasons[one["reviewer_id"]]["code"] for one in shown["seats"]} <= {"chosen", "chosen_in_field"}
    assert desk.put(f"{PANEL}/proposal", {}, INTAKE).status_code == 404


def test_a_kept_allocation_made_again_is_the_same(waiting, desk):
    made = desk.put(f"{PANEL}/proposal", {}, INTAKE).json["id"]
    register(waiting, FIRST, SECOND)

    again = desk.get(f"/panels/allocations/{made}/repetition", INTAKE).json

    assert again["same"] is True
    assert (again["proof"], again["cases"], again["reviewers"]) == ("optimal", 1, 6)
    assert again["objective"] == again["bound"]
    assert desk.get("/panels/allocations/nothing/repetition", INTAKE).status_code == 404


def test_a_whole_queue_is_proposed_at_once(waiting, desk):
    waiting.accept("submission-2")
    waiting.accept("submission-3")

    receipt = desk.ask("POST", "/panels/allocations", {}, INTAKE, {})

    assert receipt.status_code == 201, receipt.text
    assert receipt.json["events"].count("panel.proposed.v1") == 3
    sitting = [
        seat["reviewer_id"]
        for number in (1, 2, 3)
        for seat in desk.get(f"/panels/submission-{number}/proposal", INTAKE).json["seats"]
    ]
    assert sorted(sitting) == sorted(REVIEWERS)
    assert desk.ask("POST", "/panels/allocations", {}, INTAKE, {}).status_code == 404


def test_a_confirmed_panel_is_seated_and_the_seat_by_seat_way_goes_on(confirmed, desk):
    assert len(set(confirmed)) == 2
    assert desk.put(f"{PANEL}/seats/1/departure", {"ground": "officer"}, INTAKE).status_code == 200
    other = next(one for one in REVIEWERS if one not in confirmed)
    assert desk.put(f"{PANEL}/seats/1", {"reviewer_id": other, "reasons": ["06"]}, INTAKE).status_code == 200


def test_the_officer_changes_and_undoes_with_a_reason(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    before = [one["reviewer_id"] for one in desk.get(f"{PANEL}/proposal", INTAKE).json["seats"]]
    other = next(one for one in REVIEWERS if one not in before)

    changing = f"{PANEL}/proposal/seats/2"
    assert desk.put(changing, {"reviewer_id": other}, INTAKE).status_code == 422
    assert desk.put(changing, {"reviewer_id": other, "reason": "Knows the region."}, INTAKE).status_code == 200
    shown = desk.get(f"{PANEL}/proposal", INTAKE).json
    assert (shown["seats"][1]["reviewer_id"], shown["changes"][0]["reason"]) == (other, "Knows the region.")

    assert desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE).status_code == 200
    go_on(waiting)
    assert desk.put(f"{changing}/undoing", {"reason": "A slip."}, INTAKE).status_code == 200
    assert [one["reviewer_id"] for one in desk.get(PANEL, INTAKE).json["seated"]] == before


def test_a_change_is_not_undone_once_its_reviewer_scores(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    before = [one["reviewer_id"] for one in desk.get(f"{PANEL}/proposal", INTAKE).json["seats"]]
    other = next(one for one in REVIEWERS if one not in before)
    desk.put(f"{PANEL}/proposal/seats/2", {"reviewer_id": other, "reason": "Knows the region."}, INTAKE)
    desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE)
    go_on(waiting)
    review = desk.get(PANEL, INTAKE).json["seated"][1]["review_id"]
    waiting.declare("submission-1", review, other)
    waiting.score("submission-1", review, other)

    refused = desk.put(f"{PANEL}/proposal/seats/2/undoing", {"reason": "A slip."}, INTAKE)

    assert refused.json["type"].endswith("scoring-begun")


def test_a_proposal_is_taken_back_and_another_one_made(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)

    assert desk.put(f"{PANEL}/proposal/withdrawal", {"reason": "More people come."}, INTAKE).status_code == 200
    assert desk.get(f"{PANEL}/proposal", INTAKE).json["status"] == "withdrawn"
    assert desk.put(f"{PANEL}/proposal", {}, INTAKE).status_code == 200


def test_a_provider_knows_sides_and_nobody_and_objects_once(confirmed, desk):
    shown = desk.get(f"{PANEL}/composition", OWN)
    assert [one["seat"] for one in shown.json["disclosed"]] == [1, 2]
    assert shown.json["object_by"] == DEADLINES.objection_to_panel(TODAY).isoformat()
    assert not any(one in shown.text for one in REVIEWERS)
    assert desk.get(f"{PANEL}/composition", OTHER).status_code == 404
    objection = {"seats": [2], "ground": "conflict", "reasons": "That side competes with us."}
    assert desk.put(f"{PANEL}/objection", objection, OTHER).status_code == 404

    assert desk.put(f"{PANEL}/objection", objection, OWN).status_code == 200
    again = desk.put(f"{PANEL}/objection", {**objection, "seats": [1]}, OWN)
    assert again.json["type"].endswith("objection-made-before")
    assert desk.get(f"{PANEL}/composition", INTAKE).json["objection"] == "That side competes with us."

    ruling = {"upheld": True, "reason": "Both teach the same."}
    assert desk.put(f"{PANEL}/objection/ruling", ruling, INTAKE).status_code == 200
    assert [one["seat"] for one in desk.get(PANEL, INTAKE).json["seated"]] == [1]
    assert desk.get(f"{PANEL}/composition", OWN).json["upheld"] is True


def test_nothing_of_a_panel_is_told_before_it_is_confirmed(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)

    assert desk.get(f"{PANEL}/composition", OWN).status_code == 404
    assert desk.get(f"{PANEL}/proposal", OWN).status_code == 403


# --- what still holds when it is confirmed


def test_who_became_busy_since_the_proposal_is_not_confirmed(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    meant = desk.get(f"{PANEL}/proposal", INTAKE).json["seats"][0]["reviewer_id"]
    waiting.ask(ChangeCap(person_id=meant, open_cases=1))
    waiting.accept("submission-2")
    waiting.seat("submission-2", meant, 1)

    refused = desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE)

    assert refused.json["type"].endswith("reviewer-not-assignable")
    assert "1 open cases by now" in refused.json["detail"]
    assert desk.get(PANEL, INTAKE).json["seated"] == []


def test_who_declared_a_tie_since_the_proposal_is_not_confirmed(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    meant = desk.get(f"{PANEL}/proposal", INTAKE).json["seats"][0]["reviewer_id"]
    waiting.ask(interest(meant, "EMP"))

    refused = desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE)

    assert "a declared interest in this provider bars him" in refused.json["detail"]


def test_a_confirmation_rests_on_the_reviewers_as_they_were_read(waiting, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    with waiting.ledger.reading() as connection:
        panel, proposal = (find(connection, "submission-1") for find in (find_panel, find_proposal))
        meant = [seat.reviewer_id for seat in proposal.seats]
        command = to_confirm(
            know(connection, ["submission-1"], rotation=DEADLINES.rotation), panel, meant, DEADLINES, TODAY
        )
    waiting.ask(PauseReviewer(person_id=meant[0], paused_from=TODAY, reason="own_request"))

    with pytest.raises(StreamMoved):
        waiting.ledger.execute(command, actor="system:tests", depends_on=rests_on(command.candidates))


def move(agency: Agency) -> None:
    agency.ask(MoveCaseFactory(submission_id="submission-1", to_centre_id=SOUTH))


@pytest.fixture
def of_the_north(waiting) -> Agency:
    """Give the case to a centre for which all who might review it act."""
    for person_id in REVIEWERS:
        waiting.ask(
            RegisterPerson(person_id=person_id, name="Aminah binti Salleh", email="aminah@example.org"),
            GrantRole(person_id=person_id, role=Role.REVIEWER, centre_id=NORTH),
        )
    waiting.ask(AssignCaseFactory(submission_id="submission-1", centre_id=NORTH))
    return waiting


def test_nobody_is_confirmed_on_a_case_that_moved_to_another_centre_since_the_proposal(of_the_north, desk):
    made = desk.put(f"{PANEL}/proposal", {}, INTAKE)
    assert made.status_code == 200, made.text
    with of_the_north.ledger.reading() as connection:
        allocation = find_proposal(connection, "submission-1").allocation_id
    move(of_the_north)

    one = desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE)
    queue = desk.put(f"/panels/allocations/{allocation}/confirmation", {"proposals": 1}, INTAKE)

    for refused in (one, queue):
        assert refused.status_code == 409, refused.text
        assert "acts for another centre" in refused.json["detail"]
    assert desk.get(PANEL, INTAKE).json["seated"] == []


def test_a_case_that_moves_while_its_proposal_is_confirmed_is_noticed(of_the_north, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    with of_the_north.ledger.reading() as connection:
        panel, proposal = (find(connection, "submission-1") for find in (find_panel, find_proposal))
        meant = [seat.reviewer_id for seat in proposal.seats]
        command = to_confirm(
            know(connection, ["submission-1"], rotation=DEADLINES.rotation), panel, meant, DEADLINES, TODAY
        )
    move(of_the_north)

    with pytest.raises(StreamMoved):
        of_the_north.ledger.execute(command, actor="system:tests", depends_on=rests_on(command.candidates))


def test_a_queue_of_several_houses_says_who_acts_for_another_one(of_the_north, desk):
    of_the_north.accept("submission-2")
    register(of_the_north, FIRST, SECOND)

    assert desk.ask("POST", "/panels/allocations", {}, INTAKE, {}).status_code == 201

    shown = desk.get("/panels/submission-2/proposal", INTAKE).json
    reasons = {one["reviewer_id"]: one for one in shown["reasons"]}
    assert {one["reviewer_id"] for one in shown["seats"]} == {FIRST, SECOND}
    assert {reasons[one]["code"] for one in REVIEWERS} == {"other_house"}
    assert "sat on it" not in reasons[REVIEWERS[0]]["sentence"]
