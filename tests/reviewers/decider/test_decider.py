from __future__ import annotations

from datetime import date

import pytest

from qa_platform.reviewers.decider import (
    ExpertiseIncomplete,
    InterestUnacceptable,
    InterestUnknown,
    PausedByAgency,
    PracticeTooShort,
    ReviewerNotEligible,
    ReviewerTaken,
    ReviewerUnknown,
    reviewer_decider,
)
from tests.reviewers.factories import (
    ChangeExpertiseFactory,
    DeclareEligibleFactory,
    DeclareInterestFactory,
    EndInterestFactory,
    PauseReviewerFactory,
    RegisterReviewerFactory,
    ResumeReviewerFactory,
    ReviewerDeclaredEligibleFactory,
    ReviewerExpertiseChangedFactory,
    ReviewerInterestDeclaredFactory,
    ReviewerInterestEndedFactory,
    ReviewerPausedFactory,
    ReviewerRegisteredFactory,
    ReviewerResumedFactory,
)
from tests.specification import Specification

nobody = Specification(reviewer_decider)
registered = nobody.given(ReviewerRegisteredFactory())
beginner = nobody.given(ReviewerRegisteredFactory(years_of_practice=4))
eligible = registered.given(ReviewerDeclaredEligibleFactory())
paused = eligible.given(ReviewerPausedFactory())
employed = registered.given(ReviewerInterestDeclaredFactory())


def test_a_person_offers_to_review():
    nobody.when(RegisterReviewerFactory()).then(ReviewerRegisteredFactory())


def test_nobody_is_a_reviewer_twice():
    registered.when(RegisterReviewerFactory()).then_rejected(ReviewerTaken, match="Change the expertise")


def test_a_reviewer_has_a_field():
    nobody.when(RegisterReviewerFactory(fields=())).then_rejected(ExpertiseIncomplete, match="ISCED-F")
    registered.when(ChangeExpertiseFactory(fields=())).then_rejected(ExpertiseIncomplete, match="ISCED-F")


@pytest.mark.parametrize(
    "command",
    [
        ChangeExpertiseFactory(),
        DeclareEligibleFactory(),
        PauseReviewerFactory(),
        ResumeReviewerFactory(),
        DeclareInterestFactory(),
        EndInterestFactory(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nothing_is_changed_about_somebody_who_is_no_reviewer(command):
    nobody.when(command).then_rejected(ReviewerUnknown, match="Register the reviewer first")


def test_expertise_is_replaced_as_a_whole():
    registered.when(ChangeExpertiseFactory()).then(ReviewerExpertiseChangedFactory())
    registered.given(ReviewerExpertiseChangedFactory()).when(ChangeExpertiseFactory()).then_nothing()


def test_a_reviewer_with_five_years_of_practice_is_eligible():
    enough = nobody.given(ReviewerRegisteredFactory(years_of_practice=5))
    enough.when(DeclareEligibleFactory()).then(ReviewerDeclaredEligibleFactory())


def test_a_reviewer_with_less_is_not():
    beginner.when(DeclareEligibleFactory()).then_rejected(PracticeTooShort, match="with 4 years of practice: 5")


def test_expertise_that_was_corrected_can_make_eligible():
    corrected = beginner.given(ReviewerExpertiseChangedFactory(years_of_practice=5))
    corrected.when(DeclareEligibleFactory()).then(ReviewerDeclaredEligibleFactory())


def test_an_eligible_reviewer_keeps_the_practice_that_made_him_so():
    eligible.when(ChangeExpertiseFactory(years_of_practice=4)).then_rejected(PracticeTooShort)


def test_a_reviewer_is_declared_eligible_once():
    eligible.when(DeclareEligibleFactory()).then_nothing()


def test_a_pause_does_not_end_by_declaring_eligible():
    paused.when(DeclareEligibleFactory()).then_rejected(ReviewerNotEligible, match="End the pause")


def test_a_reviewer_pauses_and_resumes():
    eligible.when(PauseReviewerFactory()).then(ReviewerPausedFactory())
    paused.when(PauseReviewerFactory()).then_nothing()
    paused.when(ResumeReviewerFactory()).then(ReviewerResumedFactory())
    eligible.when(ResumeReviewerFactory()).then_nothing()


def test_who_is_not_asked_need_not_pause():
    registered.when(PauseReviewerFactory()).then_rejected(ReviewerNotEligible, match="was not paused")
    registered.when(ResumeReviewerFactory()).then_rejected(ReviewerNotEligible, match="Declare him eligible")


def test_the_agency_takes_over_a_pause_and_only_it_ends_it():
    paused.when(PauseReviewerFactory(reason="agency")).then(ReviewerPausedFactory(reason="agency"))
    by_agency = paused.given(ReviewerPausedFactory(reason="agency"))
    by_agency.when(PauseReviewerFactory()).then_nothing()
    by_agency.when(ResumeReviewerFactory()).then_rejected(PausedByAgency, match="Ask the agency")
    by_agency.when(ResumeReviewerFactory(asked_by="agency")).then(ReviewerResumedFactory())


def test_the_agency_may_end_any_pause():
    paused.when(ResumeReviewerFactory(asked_by="agency")).then(ReviewerResumedFactory())


def test_a_tie_is_declared_in_clear_and_its_detail_sealed():
    registered.when(DeclareInterestFactory(detail="Dean until the merger")).then(
        ReviewerInterestDeclaredFactory(told=True)
    )
    registered.when(DeclareInterestFactory()).then(ReviewerInterestDeclaredFactory())


def test_a_tie_to_one_course_is_declared_as_that():
    registered.when(DeclareInterestFactory(category="DEV", course_id="course-1")).then(
        ReviewerInterestDeclaredFactory(category="DEV", course_id="course-1")
    )


def test_two_ties_do_not_share_an_id():
    employed.when(DeclareInterestFactory()).then_rejected(InterestUnacceptable, match="under a new id")


def test_a_tie_to_come_is_an_offer_or_an_intention():
    command = DeclareInterestFactory(since=date(2026, 1, 2))
    registered.when(command).then_rejected(InterestUnacceptable, match="JOB or FUT")


def test_a_tie_does_not_end_before_it_begins():
    command = DeclareInterestFactory(until=date(2019, 12, 31))
    registered.when(command).then_rejected(InterestUnacceptable, match="Employee.*before it began on 2020-01-01")
    employed.when(EndInterestFactory(ended_on=date(2019, 12, 31))).then_rejected(InterestUnacceptable, match="later")


def test_a_tie_ends_once():
    employed.when(EndInterestFactory()).then(ReviewerInterestEndedFactory())
    ended = employed.given(ReviewerInterestEndedFactory())
    ended.when(EndInterestFactory()).then_nothing()
    ended.when(EndInterestFactory(ended_on=date(2026, 3, 1))).then_rejected(InterestUnacceptable, match="already")


def test_only_a_declared_tie_can_end():
    registered.when(EndInterestFactory()).then_rejected(InterestUnknown, match="“interest-1”")
