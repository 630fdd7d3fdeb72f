"""A reviewer compared whole after each event."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.sealed import seal
from qa_platform.reviewers import commands, events
from qa_platform.reviewers.decider import Status, reviewer_decider
from qa_platform.reviewers.decider.state import Expertise, Tie
from qa_platform.reviewers.events import Competence
from tests.reviewers.factories import (
    REVIEWER,
    DeclareInterestFactory,
    EndInterestFactory,
    ReviewerExpertiseChangedFactory,
    ReviewerInterestDeclaredFactory,
    ReviewerInterestEndedFactory,
    ReviewerPausedFactory,
    ReviewerRegisteredFactory,
)
from tests.reviewers.lives import ACTIVE, APPLIED, COMPETENCES, DAY, FOUND, RETIRED, TRAINED, due, suspended
from tests.specification import Specification

reviewer = Specification(reviewer_decider)
active = reviewer.given(*ACTIVE)
REMARK = "Lives on another continent"


def reinstated(*, recalibration_due: bool) -> events.ReviewerReinstated:
    reason = seal(REVIEWER, "The complaint had no ground", purpose="standing")
    return events.ReviewerReinstated(
        person_id=REVIEWER, reinstated_from=DAY, recalibration_due=recalibration_due, reason=reason
    )


def test_whoever_registers_has_his_level_in_each_of_his_fields():
    state = reviewer.given(ReviewerRegisteredFactory()).state

    assert state.own_level == 7
    assert state.competences == tuple(Competence(field=field, highest_level=7) for field in ("0613", "0414"))
    later = reviewer.given(ReviewerRegisteredFactory(), ReviewerExpertiseChangedFactory()).state
    assert later.competences == (Competence(field="0613", highest_level=8),)


def test_whoever_applies_is_known_by_what_he_said():
    state = reviewer.given(APPLIED).state

    expertise = Expertise(fields=("0613", "0414"), highest_level=6, years_of_practice=9, category="academic")
    assert state.expertise == expertise
    assert (state.own_level, state.competences, state.languages) == (7, COMPETENCES, ("ms", "en"))


def test_the_category_of_an_applicant_is_his_own():
    assert reviewer.given(replace(APPLIED, category="employer")).state.expertise.category == "employer"


def test_a_refusal_keeps_its_remark_sealed():
    command = commands.RefuseReviewer(person_id=REVIEWER, ground="expertise_not_needed", refused_on=DAY, remark=REMARK)
    remark = seal(REVIEWER, REMARK, purpose="application")

    reviewer.given(APPLIED).when(command).then(
        events.ReviewerApplicationRefused(
            person_id=REVIEWER, ground="expertise_not_needed", remark=remark, refused_on=DAY
        )
    )


def test_an_application_may_be_without_a_statement():
    command = commands.ApplyToReview(
        person_id=REVIEWER,
        competences=COMPETENCES,
        own_level=7,
        years_of_practice=9,
        category="academic",
        languages=("ms", "en"),
        applied_on=DAY,
        statement=None,
    )

    reviewer.given().when(command).then(replace(APPLIED, statement=None))


def test_only_who_waits_for_training_is_trained_by_it():
    later = replace(TRAINED, training="Refresher")

    assert reviewer.given(APPLIED, FOUND, TRAINED).state.status is Status.TRAINED
    assert active.given(later).state.status is Status.ACTIVE
    assert active.given(suspended(), later).state.status is Status.SUSPENDED


def test_a_pause_is_forgotten_once_it_is_over():
    paused = active.given(ReviewerPausedFactory())

    assert paused.given(events.ReviewerResumed(person_id=REVIEWER, resumed_from=DAY)).state == active.state
    assert paused.given(suspended()).state == replace(active.state, status=Status.SUSPENDED)
    assert paused.given(RETIRED).state == replace(active.state, status=Status.RETIRED)


def test_a_suspension_ends_where_it_began_or_in_a_calibration():
    assert active.given(suspended(), reinstated(recalibration_due=False)).state == active.state
    assert active.given(suspended(), reinstated(recalibration_due=True)).state.status is Status.RECALIBRATION_DUE


def test_a_calibration_holds_on_its_last_day():
    def ending(on: date) -> commands.ReinstateReviewer:
        return commands.ReinstateReviewer(person_id=REVIEWER, reinstated_from=on, reason="The complaint had no ground")

    away = active.given(suspended())
    last, after = date(2029, 2, 2), date(2029, 2, 3)
    away.when(ending(last)).then(replace(reinstated(recalibration_due=False), reinstated_from=last))
    away.when(ending(after)).then(replace(reinstated(recalibration_due=True), reinstated_from=after))


def test_whoever_passes_again_is_due_no_more():
    again = active.given(due("drift"), replace(ACTIVE[-2], valid_until=date(2032, 2, 2)))

    assert again.state == replace(active.state, valid_until=date(2032, 2, 2))


def test_terms_are_what_was_said_last():
    one = (Competence(field="0414", highest_level=5),)
    changed = events.ReviewerCompetencesChanged(person_id=REVIEWER, competences=one)
    expertise = replace(active.state.expertise, fields=("0414",), highest_level=5)

    assert active.given(changed).state == replace(active.state, competences=one, expertise=expertise)
    cap = events.ReviewerCapChanged(person_id=REVIEWER, open_cases=1)
    assert active.given(cap).state == replace(active.state, cap=1)
    active.when(commands.ChangeCap(person_id=REVIEWER, open_cases=1)).then(cap)


def test_an_absence_that_was_taken_back_is_gone_and_the_others_stay():
    def away(period: str) -> events.ReviewerUnavailabilityDeclared:
        return events.ReviewerUnavailabilityDeclared(person_id=REVIEWER, period_id=period, first_day=DAY, last_day=DAY)

    back = events.ReviewerUnavailabilityWithdrawn(person_id=REVIEWER, period_id="p-1")
    assert active.given(away("p-1"), away("p-2"), back).state == active.given(away("p-2")).state


def test_a_tie_may_begin_and_end_on_one_day():
    day = date(2026, 1, 1)
    tie = {"since": day, "until": day}
    post = events.ReviewerPostRecorded(person_id=REVIEWER, post_id="post-1", provider_id="provider-1", **tie)
    named = {"person_id": REVIEWER, "post_id": "post-1", "provider_id": "provider-1"}
    command = commands.RecordPost(on=day, **named, **tie)

    active.when(DeclareInterestFactory(**tie)).then(ReviewerInterestDeclaredFactory(**tie))
    active.when(command).then(post)
    assert active.given(ReviewerInterestDeclaredFactory(**tie)).state.interests == {"interest-1": Tie(**tie)}
    assert active.given(post).state.posts == {"post-1": Tie(**tie)}
    open_ = active.given(ReviewerInterestDeclaredFactory(since=day))
    open_.when(EndInterestFactory(ended_on=day)).then(ReviewerInterestEndedFactory(ended_on=day))


def test_the_name_of_a_training_holds_no_personal_data():
    command = commands.RecordTraining(person_id=REVIEWER, training="Ask ali@example.org", completed_on=DAY, on=DAY)

    active.when(command).then_rejected(PersonalDataInText, at=["training"])
