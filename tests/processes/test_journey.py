from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.accreditations.events import ConditionSet
from qa_platform.accreditations.read_model import ACCREDITATIONS
from qa_platform.decisions.events import DecisionReleased
from qa_platform.kernel.rejected import Rejected
from qa_platform.panels.commands import StandReviewerDown
from qa_platform.panels.decider import panel_decider
from qa_platform.processes.case import fold_case
from qa_platform.processes.derived_ids import derived_id
from qa_platform.processes.journey import react
from qa_platform.reviews.commands import DeclineReview, ReverseRuling, RuleOnConflict
from qa_platform.reviews.decider import Status, review_decider
from qa_platform.submissions.commands import WithdrawSubmission
from tests.decisions.factories import ConditionFactory, GroundFactory
from tests.panels.factories import AssignReviewerFactory
from tests.processes.casework import FIRST, SECOND, Agency
from tests.reviews.factories import (
    AskQuestionFactory,
    ForwardQuestionFactory,
    QueryWithdrawnFactory,
    TakeQuestionBackFactory,
)


def granted(agency: Agency) -> str:
    case = agency.accept()
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    agency.decide(case)
    agency.release(case)
    return case


def test_an_accepted_submission_travels_to_the_register(agency):
    case = granted(agency)

    names = agency.stored_names(case)
    assert [name for name in names if not name.startswith(("submission.", "review.criterion"))] == [
        "panel.opened.v1",
        *("panel.reviewer_assigned.v1", "review.invited.v1", "review.interests_declared.v1", "review.locked.v1") * 2,
        "panel.scoring_closed.v1",
        "decision.tabled.v1",
        "decision.motion_put.v1",
        *("decision.vote_cast.v1",) * 3,
        "decision.taken.v1",
        "decision.minuted.v1",
        "decision.countersigned.v1",
        "decision.released.v1",
        "decision.notified.v1",
        "register_number.issued.v1",
        "accreditation.opened.v1",
    ]
    with agency.ledger.reading() as connection:
        (entry,) = ACCREDITATIONS.rows(connection, ACCREDITATIONS.table.select())
    assert entry.number.startswith("MY-MC-2026-000001-")
    assert (entry.title_en, entry.level, entry.credits, entry.hours) == (
        "Solar Panel Maintenance",
        4,
        Decimal("1.5"),
        Decimal(60),
    )
    assert (entry.status, entry.valid_from, entry.valid_to) == ("listed", date(2026, 11, 24), date(2029, 11, 23))


def test_an_event_delivered_twice_changes_nothing(agency):
    case = granted(agency)
    before = agency.ledger.read_case(case)

    for recorded in before:
        agency.follow(recorded)

    assert agency.ledger.read_case(case) == before


def test_a_register_that_begins_its_numbers_otherwise_gives_no_second_one(agency):
    case = granted(agency)
    recorded = agency.ledger.read_case(case)

    assert [
        react(each, fold_case(recorded), "BN-QA") for each in recorded if isinstance(each.event, DecisionReleased)
    ] == [[]]


def conditional(agency: Agency, code: str, **drafted: Any) -> str:
    case = agency.accept(**drafted)
    agency.review(case, FIRST, 1, A4=2)
    agency.review(case, SECOND, 2, A4=2)
    conditions = tuple(ConditionFactory(condition_id=f"condition-{place}") for place in (1, 2))
    agency.decide(case, code=code, conditions=conditions)
    assert "condition.set.v1" not in agency.stored_names(case)
    agency.release(case)
    return case


def test_the_conditions_of_a_released_decision_become_obligations_once(agency):
    case = conditional(agency, "APP-C")
    before = agency.ledger.read_case(case)
    for recorded in before:
        agency.follow(recorded)

    assert agency.stored_names(case)[-3:] == ["accreditation.opened.v1", "condition.set.v1", "condition.set.v1"]
    assert agency.ledger.read_case(case) == before
    assert [(one.event.place, one.event.of) for one in before[-2:]] == [(1, 2), (2, 2)]
    assert {one.event.accreditation_id for one in before[-2:]} == {before[-3].event.accreditation_id}


def test_the_conditions_of_a_renewal_belong_to_the_entry_that_it_renews(agency):
    case = conditional(agency, "REN-C", route="RENEWAL", prior_accreditation_id="accreditation-0")

    last = agency.ledger.read_case(case)[-2:]
    assert [type(one.event) for one in last] == [ConditionSet, ConditionSet]
    assert {one.event.accreditation_id for one in last} == {"accreditation-0"}


def test_a_refusal_gets_no_number(agency):
    case = agency.accept()
    agency.review(case, FIRST, 1, given=1)
    agency.review(case, SECOND, 2, given=1)

    agency.decide(case, code="REF", grounds=(GroundFactory(),))
    agency.release(case)

    assert agency.stored_names(case)[-1] == "decision.notified.v1"


def test_a_renewal_keeps_the_number_it_has(agency):
    case = agency.accept(route="RENEWAL", prior_accreditation_id="accreditation-0")
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)

    agency.decide(case, code="REN")
    agency.release(case)

    assert agency.stored_names(case)[-1] == "decision.notified.v1"


def test_numbers_follow_each_other_from_case_to_case(agency):
    for name in ("submission-1", "submission-2"):
        case = agency.accept(name)
        agency.review(case, FIRST, 1)
        agency.review(case, SECOND, 2)
        agency.decide(case, decision_id=f"decision of {name}")
        agency.release(case)

    with agency.ledger.reading() as connection:
        found = ACCREDITATIONS.rows(connection, ACCREDITATIONS.table.select())
    assert sorted(entry.number[:17] for entry in found) == ["MY-MC-2026-000001", "MY-MC-2026-000002"]


@pytest.mark.parametrize("way", ["bars", "is ruled out", "declines"])
def test_a_reviewer_who_cannot_review_frees_the_seat(agency, way):
    case = agency.accept()
    review_id = agency.seat(case, FIRST, 1)
    match way:
        case "bars":
            agency.declare(case, review_id, FIRST, "EMP")
        case "is ruled out":
            agency.declare(case, review_id, FIRST, "COL")
            agency.ask(RuleOnConflict(review_id=review_id, submission_id=case, ruled_by="secretary-1", ruling="bar"))
        case _:
            agency.ask(DeclineReview(review_id=review_id, submission_id=case, reviewer_id=FIRST, reason="workload"))

    panel, _version = agency.ledger.state(panel_decider, f"panel-{case}")
    assert panel.seated == {}
    assert panel.left == {review_id: FIRST}


def test_a_reviewer_who_loses_the_seat_loses_the_review(agency):
    case = agency.accept()
    review_id = agency.seat(case, FIRST, 1)
    agency.declare(case, review_id, FIRST)

    agency.ask(StandReviewerDown(submission_id=case, review_id=review_id, ground="overdue"))

    review, _version = agency.ledger.state(review_decider, f"review-{review_id}")
    assert review.status is Status.ENDED
    with pytest.raises(Rejected, match="no longer yours"):
        agency.score(case, review_id, FIRST)


def test_who_reviews_what_is_withdrawn_stands_down(agency):
    case = agency.accept()
    locked, begun = agency.review(case, FIRST, 1), agency.seat(case, SECOND, 2)

    agency.ask(WithdrawSubmission(submission_id=case, decided=False))

    panel, _version = agency.ledger.state(panel_decider, f"panel-{case}")
    assert panel.seated == {}
    late = agency.seat(case, "reviewer-3", 1)
    for review_id in (locked, begun, late):
        review, _version = agency.ledger.state(review_decider, f"review-{review_id}")
        assert review.status is Status.ENDED


def test_the_open_questions_of_what_is_withdrawn_are_withdrawn_with_it(agency):
    case = agency.accept()
    review = agency.seat(case, FIRST, 1)
    agency.declare(case, review, FIRST)
    agency.ask(AskQuestionFactory(review_id=review, reviewer_id=FIRST))
    agency.ask(ForwardQuestionFactory())

    agency.ask(WithdrawSubmission(submission_id=case, decided=False))

    assert agency.ledger.read_stream(f"queries-{case}")[-1].event == QueryWithdrawnFactory(ground="case_withdrawn")


def test_a_question_that_is_passed_on_while_it_is_taken_back_is_withdrawn(agency):
    case = agency.accept()
    review = agency.seat(case, FIRST, 1)
    agency.declare(case, review, FIRST)
    agency.ask(AskQuestionFactory(review_id=review, reviewer_id=FIRST))
    agency.ask(TakeQuestionBackFactory(review_id=review, reviewer_id=FIRST))

    agency.ask(ForwardQuestionFactory())

    assert agency.ledger.read_stream(f"queries-{case}")[-1].event == QueryWithdrawnFactory()


def test_what_was_compared_stays_when_the_submission_is_withdrawn(agency):
    case = agency.accept()
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)

    agency.ask(WithdrawSubmission(submission_id=case, decided=False))
    for recorded in agency.ledger.read_case(case):
        agency.follow(recorded)

    assert agency.stored_names(case)[-1] == "submission.withdrawn.v1"


def test_scoring_closes_over_the_reviewers_who_hold_the_seats_in_the_end(agency):
    case = agency.accept()
    gone = agency.review(case, FIRST, 1)
    agency.ask(StandReviewerDown(submission_id=case, review_id=gone, ground="conflict"))
    second = agency.review(case, SECOND, 2)
    third = agency.review(case, "reviewer-3", 1)

    panel, _version = agency.ledger.state(panel_decider, f"panel-{case}")
    assert {each.stream for each in panel.closed_over} == {f"review-{second}", f"review-{third}"}


@for_all(st.text(), st.text())
def test_a_derived_id_is_a_uuid_of_its_cause(cause, label):
    found = uuid.UUID(derived_id(cause, label))

    assert found == uuid.uuid5(uuid.UUID("0d1f7c5c-2e8f-5b0f-9c3b-7a64d1a2e9b3"), f"{cause}\0{label}")


def test_whose_bar_is_taken_back_has_his_seat_again(agency):
    case = agency.accept()
    review_id = agency.seat(case, FIRST, 1)
    whose = {"review_id": review_id, "submission_id": case}
    agency.declare(case, review_id, FIRST, "COL")
    agency.ask(RuleOnConflict(ruled_by="secretary-1", ruling="bar", **whose))
    assert fold_case(agency.ledger.read_case(case)).seated == {}

    agency.ask(ReverseRuling(reversed_by="secretary-1", reason="It was another person.", seat_free=True, **whose))
    agency.ask(RuleOnConflict(ruled_by="secretary-1", ruling="allow", **whose))
    agency.score(case, review_id, FIRST)
    agency.lock(case, review_id, FIRST)

    after = fold_case(agency.ledger.read_case(case))
    assert (after.seated, list(after.locked)) == ({1: review_id}, [review_id])


@pytest.mark.parametrize("first", ["somebody else", "the way back"])
def test_whose_seat_was_taken_before_he_had_it_again_has_no_review_any_more(agency, first):
    case = agency.accept()
    review_id = agency.seat(case, FIRST, 1)
    agency.declare(case, review_id, FIRST, "EMP")
    reversal = ReverseRuling(
        reversed_by="secretary-1", reason="A slip.", seat_free=True, review_id=review_id, submission_id=case
    )
    seating = AssignReviewerFactory(submission_id=case, review_id="review-other", reviewer_id=SECOND)
    # What follows from the reversal comes only after somebody else has got the seat.
    back, other = (agency.ledger.execute(one, actor="system:tests").recorded for one in (reversal, seating))

    for recorded in (*other, *back) if first == "somebody else" else (*back, *other):
        agency.follow(recorded)

    review, _version = agency.ledger.state(review_decider, f"review-{review_id}")
    assert review.status is Status.ENDED
    assert fold_case(agency.ledger.read_case(case)).seated == {1: "review-other"}
