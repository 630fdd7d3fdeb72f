"""A whole queue at once: looked at first, proposed, confirmed or taken back as one."""

from __future__ import annotations

import pytest

from qa_platform.panels.read_model import list_proposals, to_confirm_all
from qa_platform.reviewers.commands import PauseReviewer
from tests.panels.test_proposing_api import INTAKE, REVIEWERS, TODAY, register
from tests.processes.casework import Agency
from tests.query_count import counted_queries
from tests.usual import DEADLINES

ALLOCATIONS = "/panels/allocations"
CASES = ("submission-1", "submission-2", "submission-3")


@pytest.fixture
def queue(agency) -> Agency:
    """Have three cases without reviewers, and six people who might review them."""
    for case in CASES:
        agency.accept(case)
    register(agency, *REVIEWERS)
    return agency


def allocate(desk, **body) -> str:
    made = desk.ask("POST", ALLOCATIONS, body, INTAKE, {})
    assert made.status_code == 201, made.text
    return made.json["id"]


def test_a_queue_is_looked_at_and_then_proposed_just_so(queue, desk):
    shown = desk.ask("POST", f"{ALLOCATIONS}/preview", {"seed": "a"}, INTAKE, {}).json

    assert (shown["cases"], shown["reviewers"], shown["proof"]) == (3, 6, "optimal")
    assert [one["submission_id"] for one in shown["panels"]] == list(CASES)
    assert [one["free"] for one in shown["panels"]] == [0, 0, 0]
    assert all(reason["sentence"] for one in shown["panels"] for reason in one["reasons"])
    assert desk.get("/panels/submission-1/proposal", INTAKE).status_code == 404

    made = allocate(desk, seed=shown["seed"], digest=shown["digest"])
    told = desk.get(f"{ALLOCATIONS}/{made}", INTAKE).json
    assert told["waiting"] == 3
    seats = {one["submission_id"]: one["seats"] for one in told["panels"]}
    assert seats == {one["submission_id"]: one["seats"] for one in shown["panels"]}


def test_what_changed_since_it_was_looked_at_is_not_proposed(queue, desk):
    shown = desk.ask("POST", f"{ALLOCATIONS}/preview", {}, INTAKE, {}).json
    queue.ask(PauseReviewer(person_id=REVIEWERS[0], paused_from=TODAY, reason="own_request"))

    refused = desk.ask("POST", ALLOCATIONS, {"seed": shown["seed"], "digest": shown["digest"]}, INTAKE, {})

    assert refused.json["type"].endswith("queue-changed")


def test_a_queue_is_confirmed_as_one_by_who_saw_how_many_wait(queue, desk):
    made = allocate(desk)
    confirming = f"{ALLOCATIONS}/{made}/confirmation"
    assert desk.put(confirming, {"proposals": 2}, INTAKE).json["type"].endswith("queue-changed")

    receipt = desk.put(confirming, {"proposals": 3}, INTAKE)

    assert receipt.status_code == 200, receipt.text
    assert receipt.json["events"].count("panel.proposal_confirmed.v1") == 3
    assert [len(desk.get(f"/panels/{case}", INTAKE).json["seated"]) for case in CASES] == [2, 2, 2]
    assert desk.get(f"{ALLOCATIONS}/{made}", INTAKE).json["waiting"] == 0
    assert desk.get(f"{ALLOCATIONS}/nothing", INTAKE).status_code == 404


def test_where_one_of_a_queue_may_not_sit_nobody_is_confirmed(queue, desk):
    made = allocate(desk)
    queue.ask(PauseReviewer(person_id=REVIEWERS[0], paused_from=TODAY, reason="own_request"))

    refused = desk.put(f"{ALLOCATIONS}/{made}/confirmation", {"proposals": 3}, INTAKE)

    assert refused.json["type"].endswith("reviewer-not-assignable")
    assert [desk.get(f"/panels/{case}", INTAKE).json["seated"] for case in CASES] == [[], [], []]


def test_a_queue_is_taken_back_as_one(queue, desk):
    made = allocate(desk)

    taken = desk.put(f"{ALLOCATIONS}/{made}/withdrawal", {"proposals": 3, "reason": "More people come."}, INTAKE)

    assert taken.status_code == 200, taken.text
    assert {one["status"] for one in desk.get(f"{ALLOCATIONS}/{made}", INTAKE).json["panels"]} == {"withdrawn"}
    assert allocate(desk) != made


def test_a_long_queue_is_confirmed_with_no_more_questions_than_a_short_one(queue, desk):
    made = allocate(desk)

    def cost(many: int) -> int:
        with counted_queries(queue.ledger.engine) as sent, queue.ledger.reading() as connection:
            waiting = list_proposals(connection, made)[:many]
            assert len(to_confirm_all(connection, waiting, DEADLINES, TODAY)) == many
        return len(sent)

    assert cost(1) == cost(3)
