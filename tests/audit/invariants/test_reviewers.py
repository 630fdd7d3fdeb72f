from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from qa_platform.ledger.sequencer import drain
from qa_platform.reviewers.commands import ReinstateReviewer, SuspendReviewer
from qa_platform.reviewers.events import ReviewerPostEnded, ReviewerPostRecorded, ReviewerRetired
from tests.reviewers.lives import concluded, scored

ASSIGNED = "panel.reviewer_assigned.v1"
DAY = date(2020, 1, 1)


def data(event):
    return msgspec.json.decode(event.record)["data"]


def ask(demo, command):
    demo.ledger.execute(command, actor="system:tests")
    drain(demo.ledger.engine)


def test_a_seat_for_a_suspended_reviewer_is_found(demo):
    seat = demo.one(ASSIGNED)
    person = data(seat)["reviewer_id"]
    ask(demo, SuspendReviewer(person_id=person, suspended_from=DAY, reason="A complaint is looked into"))
    # Who is suspended later sat there rightly.
    assert demo.check("reviewers.asked-while-active").violations == 0
    version = demo.again(seat)

    demo.finds("reviewers.asked-while-active", stream=seat.stream, version=version)


def test_a_seat_after_a_suspension_is_no_violation(demo):
    seat = demo.one(ASSIGNED)
    person = data(seat)["reviewer_id"]
    ask(demo, SuspendReviewer(person_id=person, suspended_from=DAY, reason="A complaint is looked into"))
    ask(demo, ReinstateReviewer(person_id=person, reinstated_from=DAY, reason="The complaint had no ground"))
    demo.again(seat)

    assert demo.check("reviewers.asked-while-active").violations == 0


def test_a_seat_for_a_retired_reviewer_is_found(demo):
    seat = demo.one(ASSIGNED)
    person = data(seat)["reviewer_id"]
    demo.append(f"reviewer-{person}", ReviewerRetired(person_id=person, retired_on=DAY, wished_by="agency"))
    version = demo.again(seat)

    demo.finds("reviewers.asked-while-active", stream=seat.stream, version=version)


@pytest.mark.parametrize(("ended_on", "found"), [(None, True), (DAY, False)])
def test_a_seat_over_the_own_employer_is_found(demo, ended_on, found):
    seat = demo.one(ASSIGNED)
    opened = demo.one("panel.opened.v1", "e.stream = :s", s=seat.stream)
    person = data(seat)["reviewer_id"]
    post = ReviewerPostRecorded(
        person_id=person, post_id="post", provider_id=data(opened)["provider_id"], since=date(2000, 1, 1), until=None
    )
    demo.append(f"reviewer-{person}", post)
    assert demo.check("reviewers.not-their-employer").violations == 0
    if ended_on is not None:
        demo.append(f"reviewer-{person}", ReviewerPostEnded(person_id=person, post_id="post", ended_on=ended_on))
    version = demo.again(seat)

    if found:
        demo.finds("reviewers.not-their-employer", stream=seat.stream, version=version)
    else:
        assert demo.check("reviewers.not-their-employer").violations == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"exact": 14},
        {"benchmarks": ("b-1", "b-2")},
        {"least_exact_percent": 101},
        {"passed": False, "valid_until": None},
    ],
)
def test_a_result_that_its_own_sheets_do_not_give_is_found(demo, wrong):
    person = data(demo.one("reviewer.registered.v1"))["person_id"]
    for benchmark in ("b-1", "b-2", "b-3"):
        demo.append(f"reviewer-{person}", replace(scored(benchmark), person_id=person))
    version = demo.append(f"reviewer-{person}", replace(concluded(), person_id=person, **wrong))

    demo.finds("reviewers.calibrated-by-their-sheets", stream=f"reviewer-{person}", version=version)


def test_a_result_that_its_sheets_give_is_none(demo):
    person = data(demo.one("reviewer.registered.v1"))["person_id"]
    for benchmark in ("b-1", "b-2", "b-3"):
        demo.append(f"reviewer-{person}", replace(scored(benchmark), person_id=person))
    demo.append(f"reviewer-{person}", replace(concluded(), person_id=person))

    assert demo.check("reviewers.calibrated-by-their-sheets").violations == 0
