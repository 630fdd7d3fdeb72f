"""Questions to the provider: asked by one, passed on by an officer, read by all who score."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.rejected import Rejected
from qa_platform.reviews.decider import (
    AnswerAwaited,
    AnswerEmpty,
    EvidenceNotAsked,
    GateNotPassed,
    NotOverdue,
    QueryMissing,
    QueryNotForwarded,
    QueryNotOverdue,
    QueryOver,
    QueryStatus,
    QuestionMissing,
    QuestionRefused,
    QuestionSettled,
    ReviewAlreadyLocked,
    query_decider,
    review_decider,
)
from qa_platform.reviews.events.queries import QueryForwarded
from tests.reviews import factories as f
from tests.scoring.national import national
from tests.specification import Specification

invited = Specification(review_decider).given(f.ReviewerInvitedFactory())
cleared = invited.given(f.InterestsDeclaredFactory())
asked = cleared.given(f.QuestionAskedFactory())
SCORED = tuple(f.CriterionScoredFactory(criterion=each.id) for each in national().applying("SAMC"))
MARKED = f.CriterionScoredFactory(criterion="A1", insufficient_evidence=True)

queries = Specification(query_decider)
forwarded = queries.given(f.QueryForwardedFactory())
answered = forwarded.given(f.QueryAnsweredFactory())
closed = forwarded.given(f.QueryUnansweredFactory())
withdrawn = forwarded.given(f.QueryWithdrawnFactory())


def test_a_reviewer_beyond_the_gate_asks():
    cleared.when(f.AskQuestionFactory()).then(f.QuestionAskedFactory())
    asked.when(f.AskQuestionFactory()).then_nothing()
    invited.when(f.AskQuestionFactory()).then_rejected(GateNotPassed)
    cleared.given(f.ReviewLockedFactory()).when(f.AskQuestionFactory()).then_rejected(ReviewAlreadyLocked)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"criterion": "Z9"}, QuestionRefused),
        ({"text": " "}, QuestionRefused),
        ({"text": "Call 012-345 6789."}, PersonalDataInText),
    ],
)
def test_a_question_is_about_a_criterion_and_says_something_of_nobody(wrong, refusal):
    cleared.when(f.AskQuestionFactory(**wrong)).then_rejected(refusal, at=list(wrong))


def test_a_question_keeps_its_words():
    asked.when(f.AskQuestionFactory(text="Show more.")).then_rejected(QuestionRefused, match="Ask it anew")


def test_a_question_is_taken_back_by_who_asked_until_it_is_settled():
    asked.when(f.TakeQuestionBackFactory()).then(f.QuestionTakenBackFactory())
    asked.given(f.QuestionTakenBackFactory()).when(f.TakeQuestionBackFactory()).then_nothing()
    asked.when(f.TakeQuestionBackFactory(settled=True)).then_rejected(QuestionSettled)
    cleared.when(f.TakeQuestionBackFactory()).then_rejected(QuestionMissing)
    named = f.TakeQuestionBackFactory(reason="Aminah told me: aminah@example.org.")
    asked.when(named).then_rejected(PersonalDataInText, at=["reason"])
    asked.when(f.TakeQuestionBackFactory(reviewer_id="reviewer-2")).then_rejected(Rejected, match="no such review")


def test_missing_evidence_must_be_asked_for_before_the_lock():
    marked = cleared.given(*SCORED, MARKED)

    refused = marked.when(f.LockReviewFactory()).then_rejected(EvidenceNotAsked, match="“A1” lacks evidence")

    assert [fault.field for fault in refused.faults] == ["A1"]
    gone = marked.given(f.QuestionAskedFactory(), f.QuestionTakenBackFactory())
    gone.when(f.LockReviewFactory()).then_rejected(EvidenceNotAsked)
    for enough in (marked.given(f.QuestionAskedFactory()), marked):
        queried = () if enough is not marked else ("A1",)
        state = reduce(review_decider.evolve, enough.history, review_decider.initial)
        assert review_decider.decide(f.LockReviewFactory(queried=queried), state)


def test_a_lock_waits_for_the_answer_to_ones_own_question():
    waiting = asked.given(*SCORED)

    waiting.when(f.LockReviewFactory(waiting=(f.QUERY,))).then_rejected(AnswerAwaited, match="“A1” awaits")
    back = waiting.given(f.QuestionTakenBackFactory())
    state = reduce(review_decider.evolve, back.history, review_decider.initial)
    assert review_decider.decide(f.LockReviewFactory(waiting=(f.QUERY,)), state)


def test_a_late_reviewer_is_marked_once_and_not_on_the_last_day():
    cleared.when(f.MarkOverdueFactory()).then(f.ReviewOverdueFactory())
    cleared.given(f.ReviewOverdueFactory()).when(f.MarkOverdueFactory()).then_nothing()
    last = f.MarkOverdueFactory()
    cleared.when(f.MarkOverdueFactory(on=last.due_on)).then_rejected(NotOverdue)
    invited.when(f.MarkOverdueFactory()).then_rejected(NotOverdue)
    invited.when(f.MarkOverdueFactory(lateness="invitation")).then(f.ReviewOverdueFactory(lateness="invitation"))


def test_questions_are_numbered_as_they_go_out():
    queries.when(f.ForwardQuestionFactory()).then(f.QueryForwardedFactory())
    forwarded.when(f.ForwardQuestionFactory()).then_nothing()
    second = f.QueryForwardedFactory(query_id="question-2", number=2)
    withdrawn.when(f.ForwardQuestionFactory(query_id="question-2")).then(second)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"scoring_closed": True}, QueryNotForwarded),
        ({"text": "  "}, QueryNotForwarded),
        ({"due_on": f.ForwardQuestionFactory().on}, QueryNotForwarded),
        ({"text": "Ask a@example.org."}, PersonalDataInText),
    ],
)
def test_what_cannot_be_answered_is_not_sent(wrong, refusal):
    queries.when(f.ForwardQuestionFactory(**wrong)).then_rejected(refusal)


def test_a_question_goes_out_in_one_wording():
    forwarded.when(f.ForwardQuestionFactory(text="Another.")).then_rejected(QueryNotForwarded, match="number 1")


def test_a_query_is_answered_until_its_last_day():
    last = f.QueryForwardedFactory().due_on

    forwarded.when(f.AnswerQueryFactory(on=last)).then(f.QueryAnsweredFactory(answered_on=last))
    forwarded.when(f.AnswerQueryFactory(on=f.CloseQueryFactory().on)).then_rejected(QueryOver, match="2026-12-01")
    answered.when(f.AnswerQueryFactory()).then_nothing()
    answered.when(f.AnswerQueryFactory(text="Other.")).then_rejected(QueryOver, match="answered before")
    closed.when(f.AnswerQueryFactory()).then_rejected(QueryOver, match="time of question 1 is over")
    withdrawn.when(f.AnswerQueryFactory()).then_rejected(QueryOver, match="withdrawn")
    queries.when(f.AnswerQueryFactory()).then_rejected(QueryMissing)


def test_an_answer_says_something_of_nobody():
    forwarded.when(f.AnswerQueryFactory(text=" ")).then_rejected(AnswerEmpty, at=["text"])
    forwarded.when(f.AnswerQueryFactory(text="Ask a@example.org.")).then_rejected(PersonalDataInText)


def test_what_nobody_answered_is_closed_after_its_last_day():
    forwarded.when(f.CloseQueryFactory()).then(f.QueryUnansweredFactory())
    forwarded.when(f.CloseQueryFactory(on=f.QueryForwardedFactory().due_on)).then_rejected(QueryNotOverdue)
    closed.when(f.CloseQueryFactory()).then_nothing()
    answered.when(f.CloseQueryFactory()).then_rejected(QueryOver)


def test_an_open_query_is_withdrawn_and_a_settled_one_stays():
    forwarded.when(f.WithdrawQueryFactory()).then(f.QueryWithdrawnFactory())
    for settled in (queries, answered, closed, withdrawn):
        settled.when(f.WithdrawQueryFactory()).then_nothing()


COMMANDS = st.one_of(
    *(
        st.builds(factory, query_id=st.sampled_from(["question-1", "question-2", "question-3"]))
        for factory in (f.ForwardQuestionFactory, f.AnswerQueryFactory, f.CloseQueryFactory, f.WithdrawQueryFactory)
    )
)


@settings(deadline=None)
@for_all(st.lists(COMMANDS, max_size=12))
def test_no_sequence_of_commands_settles_a_query_twice_or_leaves_out_a_number(commands):
    """Whatever is asked, in whatever order: numbers have no hole, and a settled query stays as it is."""
    state, numbers = query_decider.initial, []
    for command in commands:
        before = state
        try:
            events = query_decider.decide(command, state)
        except Rejected:
            continue
        state = reduce(query_decider.evolve, events, state)
        numbers += [event.number for event in events if isinstance(event, QueryForwarded)]
        for query_id, query in before.by_id.items():
            assert query.status is QueryStatus.OPEN or state.by_id[query_id] == query

    assert numbers == list(range(1, len(numbers) + 1))
