"""At which fields a refusal stands, and what a review keeps whole."""

from __future__ import annotations

import pytest

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.reviews.decider import query_decider
from qa_platform.reviews.decider.refusals import AnswerEmpty, QuestionRefused
from tests.reviews import factories as f
from tests.reviews.test_queries import asked, cleared
from tests.specification import Specification

SECRET = "Ask ali@example.org."
queries = Specification(query_decider)
forwarded = queries.given(f.QueryForwardedFactory())


@pytest.mark.parametrize(
    ("before", "command", "refusal", "field"),
    [
        (cleared, f.AskQuestionFactory(criterion="Z9"), QuestionRefused, "criterion"),
        (cleared, f.AskQuestionFactory(text=" "), QuestionRefused, "text"),
        (cleared, f.AskQuestionFactory(text=SECRET), PersonalDataInText, "text"),
        (asked, f.TakeQuestionBackFactory(reason=SECRET), PersonalDataInText, "reason"),
        (queries, f.ForwardQuestionFactory(text=SECRET), PersonalDataInText, "text"),
        (forwarded, f.AnswerQueryFactory(text=" "), AnswerEmpty, "text"),
    ],
)
def test_a_refusal_stands_at_what_was_wrong(before, command, refusal, field):
    before.when(command).then_rejected(refusal, at=[field])


def test_a_gate_that_was_passed_keeps_what_was_declared():
    passed = f.InterestsDeclaredFactory(categories=("COL",), effect="officer_decides")

    assert cleared.state.categories == f.InterestsDeclaredFactory().categories
    assert Specification(cleared.decider).given(f.ReviewerInvitedFactory(), passed).state.categories == ("COL",)
