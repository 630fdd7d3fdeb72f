from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from qa_platform.kernel.sealed import seal
from qa_platform.reviewers import commands, events
from qa_platform.reviewers.decider import (
    CalibrationRunOut,
    CapUnacceptable,
    ExpertiseIncomplete,
    LevelTooLow,
    PeriodUnacceptable,
    PeriodUnknown,
    PostUnacceptable,
    PostUnknown,
    PracticeTooShort,
    ReasonMissing,
    ReviewerGone,
    ReviewerOutOfTurn,
    ReviewerTaken,
    TrainingToCome,
    reviewer_decider,
)
from qa_platform.reviewers.events import Competence
from tests.reviewers.factories import (
    REVIEWER,
    ChangeExpertiseFactory,
    DeclareEligibleFactory,
    DeclareInterestFactory,
    PauseReviewerFactory,
    ResumeReviewerFactory,
    ReviewerDeclaredEligibleFactory,
    ReviewerPausedFactory,
    ReviewerRegisteredFactory,
)
from tests.reviewers.lives import (
    ACTIVATED,
    ACTIVE,
    APPLIED,
    APPLY,
    CALIBRATED,
    DAY,
    FOUND,
    RETIRED,
    TRAINED,
    due,
    suspended,
)
from tests.specification import Specification

reviewer = Specification(reviewer_decider)
FIND = commands.FindEligible(person_id=REVIEWER, found_on=DAY)
REFUSE = commands.RefuseReviewer(person_id=REVIEWER, ground="expertise_not_needed", refused_on=DAY)
REFUSED = events.ReviewerApplicationRefused(
    person_id=REVIEWER, ground="expertise_not_needed", remark=None, refused_on=DAY
)
TRAIN = commands.RecordTraining(person_id=REVIEWER, training="Induction", completed_on=DAY, on=DAY)
ACTIVATE = commands.ActivateReviewer(person_id=REVIEWER, active_from=DAY, on=DAY)
SUSPEND = commands.SuspendReviewer(person_id=REVIEWER, suspended_from=DAY, reason="A complaint is looked into")
REINSTATE = commands.ReinstateReviewer(person_id=REVIEWER, reinstated_from=DAY, reason="The complaint had no ground")
RETIRE = commands.RetireReviewer(person_id=REVIEWER, retired_on=DAY, wished_by="own_request")
OLD_PATH = (ReviewerRegisteredFactory(), ReviewerDeclaredEligibleFactory())


def reinstated(*, recalibration_due: bool = False) -> events.ReviewerReinstated:
    return events.ReviewerReinstated(
        person_id=REVIEWER,
        reinstated_from=DAY,
        recalibration_due=recalibration_due,
        reason=seal(REVIEWER, "The complaint had no ground", purpose="standing"),
    )


def test_a_person_applies_himself_and_once():
    reviewer.given().when(APPLY).then(APPLIED)
    reviewer.given(APPLIED).when(APPLY).then_rejected(ReviewerTaken, match="Look at your own entry")


def test_whoever_was_refused_may_apply_again():
    reviewer.given(APPLIED).when(REFUSE).then(REFUSED)
    reviewer.given(APPLIED, REFUSED).when(REFUSE).then_nothing()
    reviewer.given(APPLIED, REFUSED).when(APPLY).then(APPLIED)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"competences": ()}, "name no field"),
        ({"competences": (Competence(field="0613", highest_level=5),) * 2}, "more than once"),
        ({"languages": ()}, "names no language"),
    ],
)
def test_an_application_says_what_somebody_can_judge(change, says):
    reviewer.given().when(replace(APPLY, **change)).then_rejected(ExpertiseIncomplete, match=says)


def test_an_applicant_is_found_eligible_with_five_years_and_his_own_level():
    reviewer.given(APPLIED).when(FIND).then(FOUND)
    reviewer.given(APPLIED, FOUND).when(FIND).then_nothing()
    reviewer.given(replace(APPLIED, years_of_practice=5, own_level=6)).when(FIND).then(FOUND)
    reviewer.given(replace(APPLIED, years_of_practice=4)).when(FIND).then_rejected(PracticeTooShort)


def test_practice_may_stand_for_a_qualification_that_is_too_low():
    beneath = reviewer.given(replace(APPLIED, own_level=5))

    beneath.when(FIND).then_rejected(LevelTooLow, match="of level 5, and he would judge courses of level 6")
    beneath.when(replace(FIND, equivalent_practice=True)).then(replace(FOUND, equivalent_practice=True))


def test_only_an_open_application_is_answered():
    reviewer.given(*ACTIVE).when(FIND).then_rejected(ReviewerOutOfTurn, match="“active”")
    reviewer.given(*ACTIVE).when(REFUSE).then_rejected(ReviewerOutOfTurn, match="“active”")


def test_a_training_is_recorded_once_it_is_done():
    reviewer.given(APPLIED, FOUND).when(TRAIN).then(TRAINED)
    reviewer.given(APPLIED, FOUND, TRAINED).when(TRAIN).then_nothing()
    to_come = replace(TRAIN, completed_on=DAY + timedelta(days=1))
    reviewer.given(APPLIED, FOUND).when(to_come).then_rejected(TrainingToCome, match="which is to come")
    reviewer.given(APPLIED).when(TRAIN).then_rejected(ReviewerOutOfTurn, match="Find him eligible first")


def test_a_calibrated_reviewer_is_activated_and_nobody_else():
    reviewer.given(*CALIBRATED).when(ACTIVATE).then(ACTIVATED)
    reviewer.given(*ACTIVE).when(ACTIVATE).then_nothing()
    reviewer.given(APPLIED, FOUND, TRAINED).when(ACTIVATE).then_rejected(ReviewerOutOfTurn, match="“trained”")


def test_a_calibration_that_ran_out_activates_nobody():
    last = replace(ACTIVATE, on=date(2029, 2, 2))
    after = replace(ACTIVATE, on=date(2029, 2, 3))

    reviewer.given(*CALIBRATED).when(last).then(ACTIVATED)
    reviewer.given(*CALIBRATED).when(after).then_rejected(CalibrationRunOut, match="held until 2029-02-02")


def test_the_short_way_is_for_those_whom_the_agency_registered():
    reviewer.given(APPLIED).when(DeclareEligibleFactory()).then_rejected(ReviewerOutOfTurn, match="by training")
    reviewer.given(*OLD_PATH).when(PauseReviewerFactory()).then(ReviewerPausedFactory())


@pytest.mark.parametrize("history", [ACTIVE, OLD_PATH, (*ACTIVE, ReviewerPausedFactory()), (*ACTIVE, due())])
def test_whoever_may_be_asked_can_be_suspended(history):
    reviewer.given(*history).when(SUSPEND).then(suspended())
    reviewer.given(*history, suspended()).when(SUSPEND).then_nothing()


def test_a_suspension_and_its_end_need_a_reason():
    reviewer.given(*ACTIVE).when(replace(SUSPEND, reason=" ")).then_rejected(ReasonMissing, match="not suspended")
    again = replace(REINSTATE, reason="")
    reviewer.given(*ACTIVE, suspended()).when(again).then_rejected(ReasonMissing, match="not ended")


def test_whom_nobody_asks_yet_is_not_suspended():
    reviewer.given(APPLIED).when(SUSPEND).then_rejected(ReviewerOutOfTurn, match="Refuse his application")
    reviewer.given(*CALIBRATED).when(SUSPEND).then_rejected(ReviewerOutOfTurn)


def test_a_suspension_ends_in_what_the_calibration_allows():
    after = date(2029, 2, 3)
    reviewer.given(*ACTIVE, suspended()).when(REINSTATE).then(reinstated())
    reviewer.given(*ACTIVE, suspended(), reinstated()).when(REINSTATE).then_nothing()
    reviewer.given(*ACTIVE, due("drift"), suspended()).when(REINSTATE).then(reinstated(recalibration_due=True))
    late = replace(REINSTATE, reinstated_from=after)
    outcome = replace(reinstated(recalibration_due=True), reinstated_from=after)
    reviewer.given(*ACTIVE, suspended()).when(late).then(outcome)
    reviewer.given(APPLIED).when(REINSTATE).then_rejected(ReviewerOutOfTurn, match="No suspension was ended")


def test_a_suspended_reviewer_neither_pauses_nor_resumes():
    reviewer.given(*ACTIVE, suspended()).when(PauseReviewerFactory()).then_rejected(ReviewerOutOfTurn)
    reviewer.given(*ACTIVE, suspended()).when(ResumeReviewerFactory()).then_rejected(ReviewerOutOfTurn)


def test_a_reviewer_retires_for_good():
    reviewer.given(*ACTIVE).when(RETIRE).then(RETIRED)
    retired = reviewer.given(*ACTIVE, RETIRED)
    retired.when(RETIRE).then_nothing()
    for command in (FIND, TRAIN, ACTIVATE, SUSPEND, REINSTATE, PauseReviewerFactory(), DeclareEligibleFactory()):
        retired.when(command).then_rejected(ReviewerGone, match="has retired")
    retired.when(ResumeReviewerFactory()).then_rejected(ReviewerGone)


def test_what_is_known_of_a_reviewer_changes_until_he_retires():
    away = {"person_id": REVIEWER, "period_id": "p-1"}
    for command in (
        ChangeExpertiseFactory(),
        commands.ChangeCompetences(person_id=REVIEWER, competences=(Competence(field="0613", highest_level=8),)),
        commands.ChangeLanguages(person_id=REVIEWER, languages=("en",)),
        commands.ChangeCap(person_id=REVIEWER, open_cases=2),
        commands.DeclareUnavailable(**away, first_day=DAY, last_day=DAY),
        commands.WithdrawUnavailability(**away),
        commands.RecordPost(person_id=REVIEWER, post_id="post-1", provider_id="p-1", since=DAY, on=DAY),
        DeclareInterestFactory(),
    ):
        reviewer.given(*ACTIVE, RETIRED).when(command).then_rejected(ReviewerGone, match="has retired")


def test_competences_and_languages_are_replaced_as_a_whole():
    competences = commands.ChangeCompetences(
        person_id=REVIEWER, competences=(Competence(field="0613", highest_level=8),)
    )
    changed = events.ReviewerCompetencesChanged(person_id=REVIEWER, competences=competences.competences)
    languages = commands.ChangeLanguages(person_id=REVIEWER, languages=("en",))
    spoken = events.ReviewerLanguagesChanged(person_id=REVIEWER, languages=("en",))

    reviewer.given(*ACTIVE).when(competences).then(changed)
    reviewer.given(*ACTIVE, changed).when(competences).then_nothing()
    reviewer.given(*ACTIVE).when(languages).then(spoken)
    reviewer.given(*ACTIVE, spoken).when(languages).then_nothing()
    reviewer.given(*ACTIVE).when(replace(competences, competences=())).then_rejected(ExpertiseIncomplete)
    reviewer.given(*ACTIVE).when(replace(languages, languages=())).then_rejected(ExpertiseIncomplete)


def test_an_absence_is_declared_and_taken_back():
    away = commands.DeclareUnavailable(person_id=REVIEWER, period_id="p-1", first_day=DAY, last_day=DAY)
    declared = events.ReviewerUnavailabilityDeclared(person_id=REVIEWER, period_id="p-1", first_day=DAY, last_day=DAY)
    back = commands.WithdrawUnavailability(person_id=REVIEWER, period_id="p-1")
    later = replace(away, last_day=DAY + timedelta(days=1))

    reviewer.given(*ACTIVE).when(away).then(declared)
    reviewer.given(*ACTIVE, declared).when(away).then_nothing()
    reviewer.given(*ACTIVE, declared).when(later).then_rejected(PeriodUnacceptable, match="new id")
    backwards = replace(away, last_day=DAY - timedelta(days=1))
    reviewer.given(*ACTIVE).when(backwards).then_rejected(PeriodUnacceptable, match="before it begins")
    reviewer.given(*ACTIVE, declared).when(back).then(
        events.ReviewerUnavailabilityWithdrawn(person_id=REVIEWER, period_id="p-1")
    )
    reviewer.given(*ACTIVE).when(back).then_rejected(PeriodUnknown, match="“p-1”")


def test_the_number_of_open_cases_is_four_until_it_is_changed():
    def cap(open_cases):
        return commands.ChangeCap(person_id=REVIEWER, open_cases=open_cases)

    reviewer.given(*ACTIVE).when(cap(4)).then_nothing()
    reviewer.given(*ACTIVE).when(cap(2)).then(events.ReviewerCapChanged(person_id=REVIEWER, open_cases=2))
    reviewer.given(*ACTIVE).when(cap(0)).then_rejected(CapUnacceptable, match="Pause the reviewer")


def test_a_post_is_recorded_and_ended_once():
    record = commands.RecordPost(person_id=REVIEWER, post_id="post-1", provider_id="p-1", since=DAY, on=DAY)
    recorded = events.ReviewerPostRecorded(
        person_id=REVIEWER, post_id="post-1", provider_id="p-1", since=DAY, until=None
    )
    end = commands.EndPost(person_id=REVIEWER, post_id="post-1", ended_on=DAY)
    ended = events.ReviewerPostEnded(person_id=REVIEWER, post_id="post-1", ended_on=DAY)
    other_day, before = DAY + timedelta(days=1), DAY - timedelta(days=1)

    reviewer.given(*ACTIVE).when(record).then(recorded)
    reviewer.given(*ACTIVE, recorded).when(record).then_rejected(PostUnacceptable, match="new id")
    reviewer.given(*ACTIVE).when(replace(record, since=other_day)).then_rejected(PostUnacceptable, match="to come")
    reviewer.given(*ACTIVE).when(replace(record, until=before)).then_rejected(PostUnacceptable, match="before it began")
    reviewer.given(*ACTIVE, recorded).when(end).then(ended)
    reviewer.given(*ACTIVE, recorded, ended).when(end).then_nothing()
    again = replace(end, ended_on=other_day)
    reviewer.given(*ACTIVE, recorded, ended).when(again).then_rejected(PostUnacceptable, match="already")
    reviewer.given(*ACTIVE, recorded).when(replace(end, ended_on=before)).then_rejected(PostUnacceptable)
    reviewer.given(*ACTIVE).when(end).then_rejected(PostUnknown, match="“post-1”")
