from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from qa_platform.reviews.events import QuestionAsked, QuestionTakenBack
from qa_platform.reviews.events.queries import QueryAnswered, QueryForwarded, QueryUnanswered

DUE = date(2026, 12, 1)


def forwarded(case: str, **other) -> QueryForwarded:
    given = {
        "submission_id": case,
        "query_id": "q-1",
        "provider_id": "provider-1",
        "number": 1,
        "criterion": "A1",
        "text": "Show the certificate.",
        "forwarded_on": DUE - timedelta(days=7),
        "due_on": DUE,
    }
    return QueryForwarded(**given | other)


def answered(case: str, on: date) -> QueryAnswered:
    return QueryAnswered(submission_id=case, query_id="q-1", text="Here.", evidence=(), answered_on=on)


def asked(locked) -> QuestionAsked:
    said = msgspec.json.decode(locked.record)["data"]
    return QuestionAsked(
        review_id=said["review_id"],
        submission_id=locked.case_id,
        reviewer_id=said["reviewer_id"],
        question_id="q-1",
        criterion="A1",
        text="Show the certificate.",
    )


@pytest.fixture
def sent(demo):
    """Plant a question and its query in a case of the demo; return a lock, and the stream of its queries."""
    locked = demo.one("review.locked.v1")
    demo.append(locked.stream, asked(locked), case=locked.case_id)
    stream = f"queries-{locked.case_id}"
    demo.append(stream, forwarded(locked.case_id), case=locked.case_id)
    return locked, stream


def test_a_sound_query_is_no_violation(demo, sent):
    locked, stream = sent
    demo.append(stream, answered(locked.case_id, DUE), case=locked.case_id)

    found = demo.check("queries.numbered-in-order", "queries.settled-once", "queries.asked-and-unnamed")
    assert (found.violations, found.unchecked) == (0, 0)


def test_a_number_that_leaves_a_hole_is_found(demo, sent):
    locked, stream = sent
    version = demo.append(stream, forwarded(locked.case_id, query_id="q-2", number=3), case=locked.case_id)

    demo.finds("queries.numbered-in-order", stream=stream, version=version)


def test_an_answer_after_its_time_is_found(demo, sent):
    locked, stream = sent
    version = demo.append(stream, answered(locked.case_id, DUE + timedelta(days=1)), case=locked.case_id)

    demo.finds("queries.settled-once", stream=stream, version=version)


def test_a_query_that_is_settled_twice_is_found(demo, sent):
    locked, stream = sent
    demo.append(stream, answered(locked.case_id, DUE), case=locked.case_id)
    version = demo.append(stream, answered(locked.case_id, DUE), case=locked.case_id)

    demo.finds("queries.settled-once", stream=stream, version=version)


def test_a_query_that_is_closed_too_early_is_found(demo, sent):
    locked, stream = sent
    early = QueryUnanswered(submission_id=locked.case_id, query_id="q-1", due_on=DUE, closed_on=DUE)
    version = demo.append(stream, early, case=locked.case_id)

    demo.finds("queries.settled-once", stream=stream, version=version)


def test_a_query_that_nobody_asked_is_found(demo, sent):
    locked, stream = sent
    version = demo.append(stream, forwarded(locked.case_id, query_id="q-2", number=2), case=locked.case_id)

    demo.finds("queries.asked-and-unnamed", stream=stream, version=version)


def test_a_query_in_a_reviewer_s_own_name_is_found(demo, sent):
    _locked, stream = sent
    event = demo.one("query.forwarded.v1", "e.stream = :s", s=stream)
    demo.rewrite(event, lambda whole: whole["header"].update(actor="reviewer:somebody"))

    demo.finds("queries.asked-and-unnamed", position=event.position)


def test_a_lock_over_missing_evidence_that_nobody_asked_for_is_found(demo):
    locked = demo.one("review.locked.v1")
    scored = demo.one("review.criterion_scored.v1", "e.stream = :s", s=locked.stream)
    demo.reword(scored, insufficient_evidence=True)

    demo.finds("queries.evidence-asked-for", position=locked.position)


def test_a_question_that_was_taken_back_asks_for_nothing(demo):
    locked = demo.one("review.locked.v1")
    question = asked(locked)
    back = QuestionTakenBack(
        review_id=question.review_id,
        submission_id=locked.case_id,
        reviewer_id=question.reviewer_id,
        question_id="q-1",
        reason="",
    )
    scored = demo.one("review.criterion_scored.v1", "e.stream = :s", s=locked.stream)
    demo.append(locked.stream, question, case=locked.case_id)
    demo.append(locked.stream, back, case=locked.case_id)
    demo.reword(scored, insufficient_evidence=True)
    again = demo.again(locked)

    demo.finds("queries.evidence-asked-for", stream=locked.stream, version=again)
