"""Whoever takes a step back learns at once who had been told of it, and what corrects it."""

from __future__ import annotations

from tests.journeys.agency import Case
from tests.notices.test_api import closed, kinds, returned

TAKEN_BACK = {"step": "return", "reason": "It was another course that lacked a sample."}


def take_back(case: Case, **said: str) -> dict:
    return case.intake.put(f"{case.address}/reversal", TAKEN_BACK | said)


def test_the_answer_says_who_had_been_told_and_which_correction_waits(lodged):
    letter = returned(lodged)

    (undone,) = take_back(lodged)["undone"]

    (told,) = undone["told"]
    assert (undone["step"], told["letter_id"]) == ("submission.returned.v1", letter)
    assert (told["kind"], told["held_back"], told["releaser"]) == ("submission_returned", False, "intake_officer")
    assert told["told_at"] is not None
    assert [(one["role"], one["people"], one["told"], one["mailed"]) for one in told["readers"]] == [
        ("accountable_officer", 1, 1, 0),
        ("provider_officer", 1, 1, 0),
    ]
    lodged.agency.settle()
    (waiting,) = lodged.intake.get("/notices/outbox")["items"]
    assert (waiting["letter_id"], waiting["corrects"]) == (told["correction"], letter)
    assert kinds(lodged.officer)[0] == "submission_returned"
    lodged.intake.put(f"/notices/letters/{told['correction']}/release")
    assert kinds(lodged.officer)[0] == "correction"


def test_what_had_not_gone_is_held_back_and_corrected_to_nobody(lodged):
    closed(lodged)

    (undone,) = take_back(lodged, step="closure")["undone"]

    (told,) = undone["told"]
    assert (told["held_back"], told["correction"], told["told_at"]) == (True, None, None)
    lodged.agency.settle()
    assert lodged.intake.get("/notices/outbox")["items"] == []
    assert "submission_closed" not in kinds(lodged.officer)


def test_nobody_had_been_told_before_the_worker_came_to_it(lodged):
    lodged.intake.put(f"{lodged.address}/return", {"remark": "Say more."})

    (undone,) = take_back(lodged)["undone"]

    assert undone["told"] == []


def test_of_two_returns_the_one_that_stands_is_corrected(lodged):
    first = returned(lodged)
    take_back(lodged)
    lodged.intake.put(f"{lodged.address}/return", {"remark": "Say more."})
    lodged.agency.settle()

    (undone,) = take_back(lodged)["undone"]

    (told,) = undone["told"]
    assert (told["kind"], told["letter_id"] == first) == ("submission_returned", False)


def test_a_request_that_comes_twice_is_answered_alike(lodged):
    returned(lodged)
    key = {"Idempotency_Key": "once"}

    answers = [lodged.intake.ask("PUT", f"{lodged.address}/reversal", TAKEN_BACK, 200, key).json for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0]["undone"][0]["told"] != []
