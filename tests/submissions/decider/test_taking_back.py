"""Which step of a submission can be taken back, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.submissions.decider import refusals, submission_decider
from qa_platform.submissions.events import Step
from tests.specification import Specification
from tests.submissions import factories as f

submission = Specification(submission_decider)
LODGED = (*f.draft_of(), f.SubmissionLodgedFactory())
RETURNED = (*LODGED, f.SubmissionReturnedFactory())
EXTENDED = (*RETURNED, f.SubmissionReturnExtendedFactory())
CLOSED = (*LODGED, f.SubmissionClosedAtIntakeFactory())
LAPSED = (*RETURNED, f.SubmissionLapsedFactory())
LATER = date(2026, 12, 14)
FIRST_DAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("history", "step", "status", "due_on"),
    [
        (RETURNED, Step.RETURN, "lodged", None),
        (EXTENDED, Step.EXTENSION, "returned", FIRST_DAY),
        (CLOSED, Step.CLOSURE, "lodged", None),
        ((*LODGED, f.SubmissionWithdrawnFactory()), Step.WITHDRAWAL, "lodged", None),
        ((*f.draft_of(), f.SubmissionWithdrawnFactory()), Step.WITHDRAWAL, "draft", None),
        ((*RETURNED, f.SubmissionWithdrawnFactory()), Step.WITHDRAWAL, "returned", FIRST_DAY),
    ],
)
def test_the_last_step_is_taken_back_and_all_is_as_before_it(history, step, status, due_on):
    taken = f.SubmissionStepTakenBackFactory(step=step, status=status, due_on=due_on)

    submission.given(*history).when(f.TakeBackStepFactory(step=step)).then(taken)


def test_what_had_lapsed_gets_a_new_day_and_needs_one():
    lapsed = submission.given(*LAPSED)

    lapsed.when(f.TakeBackStepFactory(step=Step.LAPSE, on=LATER, due_on=date(2026, 12, 28))).then(
        f.SubmissionStepTakenBackFactory(step=Step.LAPSE, status="returned", due_on=date(2026, 12, 28))
    )
    for day in (None, LATER):
        again = f.TakeBackStepFactory(step=Step.LAPSE, on=LATER, due_on=day)
        lapsed.when(again).then_rejected(
            refusals.ReturnDateNotAhead, match="^The lapse of .* needs a new day", at=["due_on"]
        )


def test_steps_are_taken_back_one_after_the_other_the_last_first():
    submission.given(*EXTENDED).when(f.TakeBackStepFactory()).then_rejected(
        refusals.StepNotLast, match="the last step is its extension. Take that back first"
    )
    back = (*EXTENDED, f.SubmissionStepTakenBackFactory(step=Step.EXTENSION, status="returned", due_on=FIRST_DAY))
    submission.given(*back).when(f.TakeBackStepFactory()).then(f.SubmissionStepTakenBackFactory())


def test_an_extension_that_was_taken_back_can_be_given_again():
    back = (*EXTENDED, f.SubmissionStepTakenBackFactory(step=Step.EXTENSION, status="returned", due_on=FIRST_DAY))

    submission.given(*back).when(f.ExtendReturnFactory()).then(f.SubmissionReturnExtendedFactory())


def test_a_return_that_was_extended_stays_so_when_its_withdrawal_is_taken_back():
    back = f.SubmissionStepTakenBackFactory(step=Step.WITHDRAWAL, status="returned", due_on=date(2026, 12, 22))
    returned = submission.given(*EXTENDED, f.SubmissionWithdrawnFactory(), back)

    returned.when(f.ExtendReturnFactory(due_on=date(2027, 1, 5))).then_rejected(refusals.ReturnExtendedBefore)
    returned.when(f.TakeBackStepFactory(step=Step.EXTENSION)).then(
        f.SubmissionStepTakenBackFactory(step=Step.EXTENSION, status="returned", due_on=FIRST_DAY)
    )


def test_a_day_is_given_only_to_what_comes_back_as_returned():
    withdrawn = submission.given(*RETURNED, f.SubmissionStepTakenBackFactory(), f.SubmissionWithdrawnFactory())

    withdrawn.when(f.TakeBackStepFactory(step=Step.WITHDRAWAL)).then(
        f.SubmissionStepTakenBackFactory(step=Step.WITHDRAWAL, status="lodged", due_on=None)
    )


def test_taking_back_once_does_not_take_back_twice():
    back = (*RETURNED, f.SubmissionStepTakenBackFactory())

    submission.given(*back).when(f.TakeBackStepFactory()).then_rejected(refusals.StepNotLast, match="it is lodged")
    submission.given(*back).when(f.AcceptSubmissionFactory()).then(f.SubmissionAcceptedFactory())


@pytest.mark.parametrize(
    "followed",
    [f.SubmissionContentChangedFactory(), f.SubmissionLodgedFactory(round=2)],
)
def test_a_return_stays_once_the_provider_has_worked_on_it(followed):
    submission.given(*RETURNED, followed).when(f.TakeBackStepFactory()).then_rejected(
        refusals.StepNotLast, match="other steps have followed"
    )


def test_what_was_withdrawn_after_its_acceptance_does_not_come_back():
    withdrawn = (*LODGED, f.SubmissionAcceptedFactory(), f.SubmissionWithdrawnFactory())

    submission.given(*withdrawn).when(f.TakeBackStepFactory(step=Step.WITHDRAWAL)).then_rejected(
        refusals.StepNotLast, match="its reviewers were stood down"
    )


@pytest.mark.parametrize(("history", "step"), [(CLOSED, Step.CLOSURE), (LAPSED, Step.LAPSE)])
def test_what_ended_does_not_come_back_beside_its_successor(history, step):
    anew = f.TakeBackStepFactory(step=step, put_forward_anew=True, due_on=date(2026, 12, 28))

    submission.given(*history).when(anew).then_rejected(refusals.CoursePutForwardAnew, match="newer submission")


def test_nothing_comes_back_to_a_day_that_is_over():
    late = f.TakeBackStepFactory(step=Step.EXTENSION, on=date(2026, 12, 9))

    submission.given(*EXTENDED).when(late).then_rejected(refusals.ReturnOverdue, match="would lapse at once")
    on_the_day = f.TakeBackStepFactory(step=Step.EXTENSION, on=FIRST_DAY)
    submission.given(*EXTENDED).when(on_the_day).then(
        f.SubmissionStepTakenBackFactory(step=Step.EXTENSION, status="returned", due_on=FIRST_DAY)
    )


def test_a_reason_names_nobody():
    named = f.TakeBackStepFactory(reason="Ask aisyah@example.edu.my.")

    submission.given(*RETURNED).when(named).then_rejected(refusals.PersonalDataInText)
