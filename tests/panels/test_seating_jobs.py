"""What time brings to the seats of a panel: a reminder, and somebody else in time."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from qa_platform.panels.events import AllocationMade
from qa_platform.panels.jobs import remind_reviewers, replace_late
from qa_platform.panels.read_model import allocate, to_keep
from qa_platform.reviews.jobs import mark_late
from qa_platform.reviews.read_model import Agenda
from tests.panels.test_proposing_api import INTAKE, PANEL, REVIEWERS, TODAY, confirmed, go_on, register, waiting
from tests.processes.casework import FIRST, LEAD, SECOND, Agency
from tests.usual import DEADLINES

__all__ = ["confirmed", "waiting"]

after = DEADLINES.calendar.after
# The tests happen today by the real clock, and the day of asking by the calendar.
LAST_TO_ANSWER = DEADLINES.reviewer_answer(TODAY)


def unguarded(*_held) -> None:
    """Stand for a lease that is held."""


def found_late(agency: Agency, on: date) -> int:
    agenda = Agenda(on=on, zone=ZoneInfo("Asia/Kuala_Lumpur"), deadlines=DEADLINES)
    return mark_late(agency.ledger, agenda, unguarded)


def replace(agency: Agency, on: date) -> int:
    return replace_late(agency.ledger, DEADLINES, on, unguarded)


@pytest.fixture
def panel(desk):
    """Show the panel, as often as it is asked for."""
    return lambda: desk.get(PANEL, INTAKE).json


def test_who_does_not_answer_is_reminded_once(confirmed, waiting):
    ledger = waiting.ledger
    assert remind_reviewers(ledger, TODAY, unguarded) == 0
    day = DEADLINES.reviewer_reminder(TODAY)
    assert remind_reviewers(ledger, day, unguarded) == 2
    assert remind_reviewers(ledger, day, unguarded) == 0


def test_who_answered_is_neither_reminded_nor_replaced(confirmed, waiting, panel):
    for seat in panel()["seated"]:
        waiting.declare("submission-1", seat["review_id"], seat["reviewer_id"])

    assert remind_reviewers(waiting.ledger, DEADLINES.reviewer_reminder(TODAY), unguarded) == 0
    assert found_late(waiting, after(LAST_TO_ANSWER, 1)) == 0
    assert replace(waiting, date(2026, 12, 4)) == 0


def test_who_was_reminded_and_did_not_answer_is_replaced_by_the_next_best_once(confirmed, waiting, panel):
    remind_reviewers(waiting.ledger, DEADLINES.reviewer_reminder(TODAY), unguarded)
    assert found_late(waiting, LAST_TO_ANSWER) == 0
    assert replace(waiting, LAST_TO_ANSWER) == 0
    over = after(LAST_TO_ANSWER, 1)
    assert found_late(waiting, over) == 2

    assert replace(waiting, over) == 1
    assert replace(waiting, over) == 0

    shown = panel()
    assert [one["ground"] for one in shown["stood_down"]] == ["overdue", "overdue"]
    seated = {one["reviewer_id"] for one in shown["seated"]}
    assert len(seated) == 2
    assert not seated & set(confirmed)


def test_a_replacement_keeps_what_it_was_chosen_from(confirmed, waiting, desk):
    over = after(LAST_TO_ANSWER, 1)
    found_late(waiting, over)
    replace(waiting, after(over, 2))

    made = desk.get(f"{PANEL}/proposal", INTAKE).json["allocation_id"]
    (kept,) = [one.event for one in waiting.ledger.read_stream(f"allocation-{made}")]

    assert isinstance(kept, AllocationMade)
    assert set(kept.instance.cases[0].excluded) >= set(confirmed)
    again = to_keep(made, kept.instance, allocate(kept.instance))
    assert (again.seats, again.digest) == (kept.seats, kept.digest)


def test_who_was_never_reminded_has_a_day_more_once_he_was_told_that_he_is_late(confirmed, waiting):
    over = after(LAST_TO_ANSWER, 1)
    found_late(waiting, over)

    assert replace(waiting, DEADLINES.last_chance(over)) == 0
    assert replace(waiting, after(over, 2)) == 1


def test_who_does_not_lock_in_time_is_replaced_and_the_other_stays(confirmed, waiting, panel):
    slow, quick = panel()["seated"]
    for seat in (slow, quick):
        waiting.declare("submission-1", seat["review_id"], seat["reviewer_id"])
    waiting.score("submission-1", quick["review_id"], quick["reviewer_id"])
    waiting.lock("submission-1", quick["review_id"], quick["reviewer_id"])
    over = after(TODAY, DEADLINES.scoring_working_days + 1)
    assert found_late(waiting, over) == 1

    assert replace(waiting, over) == 0
    assert replace(waiting, after(over, 2)) == 1

    shown = panel()
    assert [one["reviewer_id"] for one in shown["stood_down"]] == [slow["reviewer_id"]]
    assert quick in shown["seated"]
    assert len(shown["seated"]) == 2


def test_who_answers_late_but_before_his_last_chance_keeps_his_seat(confirmed, waiting, panel):
    over = after(LAST_TO_ANSWER, 1)
    found_late(waiting, over)
    seated = panel()["seated"]
    for seat in seated:
        waiting.declare("submission-1", seat["review_id"], seat["reviewer_id"])

    assert replace(waiting, after(over, 2)) == 0
    assert panel()["seated"] == seated


def test_where_nobody_else_fits_the_late_one_stays(agency, desk, panel):
    agency.accept()
    register(agency, FIRST, SECOND)
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    desk.put(f"{PANEL}/proposal/confirmation", None, INTAKE)
    go_on(agency)
    over = after(LAST_TO_ANSWER, 1)
    assert found_late(agency, over) == 2

    assert replace(agency, after(over, 2)) == 0
    assert len(panel()["seated"]) == 2

    register(agency, REVIEWERS[0])
    assert replace(agency, after(over, 2)) == 1
    assert REVIEWERS[0] in {one["reviewer_id"] for one in panel()["seated"]}


@pytest.fixture
def reading_a_third_time(agency, desk) -> Agency:
    """Have two reviewers far apart, a third one who was asked, and others who might be."""
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, A1=1)
    agency.review(case, SECOND, 2)
    desk.put(f"{PANEL}/third-review", {"reason": "They are far apart."}, f"lead_reviewer:{LEAD}")
    register(agency, FIRST, SECOND, *REVIEWERS)
    agency.seat(case, REVIEWERS[0], 3)
    return agency


def test_a_late_third_reviewer_is_replaced_once_by_the_next_best(reading_a_third_time, panel, desk):
    agency, over = reading_a_third_time, after(LAST_TO_ANSWER, 1)
    assert found_late(agency, over) == 1
    assert replace(agency, DEADLINES.last_chance(over)) == 0

    assert replace(agency, after(over, 2)) == 1
    assert replace(agency, after(over, 2)) == 0

    shown = panel()
    assert (shown["status"], [one["ground"] for one in shown["stood_down"]]) == ("third_review", ["overdue"])
    first, second, third = (one["reviewer_id"] for one in sorted(shown["seated"], key=lambda one: one["seat"]))
    assert (first, second) == (FIRST, SECOND)
    assert third in REVIEWERS[1:]
    assigned = [one.event for one in agency.ledger.read_stream("panel-submission-1")][-1]
    assert assigned.reasons[0].startswith("Chosen")
    assert desk.get(f"{PANEL}/proposal", INTAKE).status_code == 404


def test_a_third_reviewer_whom_nobody_could_replace_stays(agency, desk, panel):
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, A1=1)
    agency.review(case, SECOND, 2)
    desk.put(f"{PANEL}/third-review", {"reason": "They are far apart."}, f"lead_reviewer:{LEAD}")
    register(agency, FIRST, SECOND, REVIEWERS[0])
    agency.seat(case, REVIEWERS[0], 3)
    over = after(LAST_TO_ANSWER, 1)
    assert found_late(agency, over) == 1

    assert replace(agency, after(over, 2)) == 0
    assert REVIEWERS[0] in {one["reviewer_id"] for one in panel()["seated"]}
