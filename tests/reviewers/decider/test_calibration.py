from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.reviewers import commands, events
from qa_platform.reviewers.decider import (
    BenchmarkTaken,
    BenchmarkUnknown,
    BenchmarkUnsuited,
    CalibrationIncomplete,
    ReviewerGone,
    ReviewerOutOfTurn,
    benchmark_decider,
    reviewer_decider,
)
from qa_platform.reviewers.decider.calibration import compared
from qa_platform.reviewers.events import BenchmarkScore, ReferenceScore
from qa_platform.scoring.rubric import known_rubric
from tests.reviewers.factories import REVIEWER, ReviewerDeclaredEligibleFactory, ReviewerRegisteredFactory
from tests.reviewers.lives import (
    ACTIVE,
    APPLIED,
    DAY,
    FOUND,
    POLICY,
    REFERENCE,
    RETIRED,
    TRAINED,
    agreed,
    concluded,
    due,
    score,
    scored,
    suspended,
)
from tests.specification import Specification

reviewer, benchmark = Specification(reviewer_decider), Specification(benchmark_decider)
READY = (APPLIED, FOUND, TRAINED)
SHEETS = (scored("b-1"), scored("b-2"), scored("b-3"))
CONCLUDE = commands.ConcludeCalibration(person_id=REVIEWER, policy=POLICY, concluded_on=DAY)


def test_each_benchmark_is_scored_once_in_a_calibration():
    reviewer.given(*READY).when(score("b-1")).then(scored("b-1"))
    reviewer.given(*READY, scored("b-1")).when(score("b-1")).then_nothing()
    reviewer.given(*READY, scored("b-1")).when(score("b-1", 4)).then_rejected(BenchmarkUnsuited, match="once")


def test_a_benchmark_can_be_scored_again_in_the_next_calibration():
    failed = concluded(passed=False, valid_until=None)
    reviewer.given(*READY, *SHEETS, failed).when(score("b-1")).then(scored("b-1"))


@pytest.mark.parametrize("history", [(APPLIED,), (APPLIED, FOUND), (*ACTIVE, suspended())])
def test_calibration_follows_on_training(history):
    reviewer.given(*history).when(score("b-1")).then_rejected(ReviewerOutOfTurn, match="Calibration follows")


def test_a_benchmark_that_does_not_suit_is_not_scored():
    retired, other = score("b-2", retired=True), score("b-2", rubric_version="2.0")
    reviewer.given(*READY).when(retired).then_rejected(BenchmarkUnsuited, match="not in use")
    reviewer.given(*READY, scored("b-1")).when(other).then_rejected(BenchmarkUnsuited, match="version 2.0")
    reviewer.given(*READY, scored("b-1")).when(score("b-2")).then(scored("b-2"))
    reviewer.given(*ACTIVE, RETIRED).when(score("b-1")).then_rejected(ReviewerGone)
    reviewer.given(*ACTIVE, RETIRED).when(CONCLUDE).then_rejected(ReviewerGone)


def test_a_sheet_scores_every_criterion_once():
    whole = score("b-1").scores
    for wrong, name in (
        (whole[:-1], "C5"),
        ((*whole, BenchmarkScore(criterion="C9", score=3)), "C9"),
        ((*whole, whole[0]), "C1"),
    ):
        command = score("b-1", scores=wrong)
        reviewer.given(*READY).when(command).then_rejected(CalibrationIncomplete, match=f"“{name}”", at=[name])


def test_a_sheet_stands_beside_its_reference_criterion_by_criterion():
    beside = compared(tuple(reversed(score("b-1", 1, 2).scores)), REFERENCE)

    assert [(one.criterion, one.score) for one in beside] == [("C1", 1), ("C2", 2), ("C3", 3), ("C4", 3), ("C5", 3)]


def test_three_benchmarks_make_a_calibration():
    reviewer.given(*READY, *SHEETS).when(CONCLUDE).then(concluded())
    reviewer.given(*READY, *SHEETS[:2]).when(CONCLUDE).then_rejected(CalibrationIncomplete, match="Score 1 more")
    reviewer.given(*READY, *SHEETS, suspended()).when(CONCLUDE).then_rejected(ReviewerOutOfTurn)


@pytest.mark.parametrize(
    ("sheets", "figures", "passed"),
    [
        # Six of fifteen are one apart: 60 % exact is enough.
        ((scored("b-1", 3, 4, 4), scored("b-2", 3, 4, 4), scored("b-3", 3, 4, 4)), (9, 15, 0), True),
        ((scored("b-1", 3, 4, 4), scored("b-2", 3, 4, 4), scored("b-3", 3, 4, 4, 4)), (8, 15, 0), False),
        # One of fifteen is two apart: 93 % adjacent is enough, and two are not.
        ((scored("b-1", 3, 1), scored("b-2"), scored("b-3")), (14, 14, 0), True),
        ((scored("b-1", 3, 1, 1), scored("b-2"), scored("b-3")), (13, 13, 0), False),
        # One must-pass criterion on the wrong side of met fails all by itself.
        ((scored("b-1", 2), scored("b-2"), scored("b-3")), (14, 15, 1), False),
    ],
)
def test_a_calibration_is_passed_by_the_thresholds_that_are_kept_with_it(sheets, figures, passed):
    exact, adjacent, misses = figures
    outcome = concluded(exact=exact, adjacent=adjacent, must_pass_misses=misses, passed=passed)

    reviewer.given(*READY, *sheets).when(CONCLUDE).then(outcome if passed else replace(outcome, valid_until=None))


def test_other_thresholds_change_results_to_come_alone():
    stricter = replace(POLICY, least_exact_percent=95)
    sheets = (scored("b-1", 4), *SHEETS[1:])
    outcome = concluded(exact=14, passed=False, valid_until=None, least_exact_percent=95)

    reviewer.given(*READY, *sheets).when(replace(CONCLUDE, policy=stricter)).then(outcome)


def record(review: str, *pairs: tuple[int | None, int | None]) -> commands.RecordAgreement:
    event = agreed(review, *pairs)
    return commands.RecordAgreement(person_id=REVIEWER, review_id=review, criteria=event.criteria)


def test_the_moderated_scores_of_a_review_are_recorded_once():
    reviewer.given(*ACTIVE).when(record("r-1", (3, 4))).then(agreed("r-1", (3, 4)))
    reviewer.given(*ACTIVE, agreed("r-1", (3, 4))).when(record("r-1", (3, 4))).then_nothing()
    reviewer.given().when(record("r-1", (3, 4))).then_nothing()
    reviewer.given(*ACTIVE).when(record("r-1")).then_nothing()


def raise_(on: date, new_standard_from: date | None = None) -> commands.RaiseRecalibration:
    return commands.RaiseRecalibration(person_id=REVIEWER, on=on, policy=POLICY, new_standard_from=new_standard_from)


def test_a_calibration_is_due_the_day_after_its_last_one():
    reviewer.given(*ACTIVE).when(raise_(date(2029, 2, 2))).then_nothing()
    reviewer.given(*ACTIVE).when(raise_(date(2029, 2, 3))).then(due())
    reviewer.given(*ACTIVE, due()).when(raise_(date(2029, 2, 4))).then_nothing()


def test_a_new_standard_makes_it_due_after_24_months():
    since = date(2026, 6, 1)
    reviewer.given(*ACTIVE).when(raise_(date(2028, 6, 1), since)).then_nothing()
    reviewer.given(*ACTIVE).when(raise_(date(2028, 6, 2), since)).then(due("new_standard", date(2028, 6, 2)))


@pytest.mark.parametrize(
    ("pairs", "figures"),
    [
        # 15 of 30 agree exactly, and the mean is half a score too high: both are just allowed.
        ([(4, 3)] * 15 + [(3, 3)] * 15, None),
        ([(4, 3)] * 16 + [(3, 3)] * 14, (30, 16, 14)),
        ([(4, 2)] * 8 + [(3, 3)] * 22, (30, 16, 22)),
        ([(4, 3), (3, 4)] * 8 + [(3, 3)] * 14, (30, 0, 14)),
        ([(4, 2)] * 29, None),
    ],
)
def test_drift_is_seen_over_the_last_thirty_criteria(pairs, figures):
    history = reviewer.given(*ACTIVE, agreed("r-0", *([(1, 4)] * 40)), concluded(), agreed("r-1", *pairs))
    asked = history.when(raise_(DAY))
    if figures is None:
        asked.then_nothing()
    else:
        asked.then(due("drift", DAY, figures))


def test_drift_is_seen_with_those_too_who_came_without_a_calibration():
    old = (ReviewerRegisteredFactory(), ReviewerDeclaredEligibleFactory())
    reviewer.given(*old).when(raise_(date(2050, 1, 1), date(2020, 1, 1))).then_nothing()
    drifted = (*old, agreed("r-1", *([(4, 2)] * 30)))
    reviewer.given(*drifted).when(raise_(DAY)).then(due("drift", DAY, (30, 60, 0)))


def test_a_passed_recalibration_lets_a_reviewer_be_asked_again():
    again = (*ACTIVE, due(), *SHEETS, concluded())
    reviewer.given(*again).when(raise_(DAY)).then_nothing()
    suspend = commands.SuspendReviewer(person_id=REVIEWER, suspended_from=DAY, reason="A complaint is looked into")
    reviewer.given(*again).when(suspend).then(suspended())


RUBRIC = known_rubric(next(iter(sorted(Path("rubrics/nmcs").glob("*.yaml")))).read_text())
PUBLISH = commands.PublishBenchmark(
    benchmark_id="b-1",
    title="Data literacy for clerks",
    standard_id="nmcs",
    rubric=RUBRIC,
    route="SAMC",
    scores=tuple(BenchmarkScore(criterion=one.id, score=3) for one in RUBRIC.applying("SAMC")),
)
PUBLISHED = events.BenchmarkPublished(
    benchmark_id="b-1",
    title="Data literacy for clerks",
    standard_id="nmcs",
    rubric_version=RUBRIC.version,
    route="SAMC",
    reference=tuple(
        ReferenceScore(criterion=one.id, score=3, must_pass=one.must_pass) for one in RUBRIC.applying("SAMC")
    ),
)


def test_a_benchmark_is_published_whole_and_never_changed():
    benchmark.given().when(PUBLISH).then(PUBLISHED)
    benchmark.given(PUBLISHED).when(PUBLISH).then_nothing()
    benchmark.given(PUBLISHED).when(replace(PUBLISH, title="Another")).then_rejected(BenchmarkTaken, match="new id")
    gap = replace(PUBLISH, scores=PUBLISH.scores[1:])
    first = PUBLISH.scores[0].criterion
    benchmark.given().when(gap).then_rejected(CalibrationIncomplete, match="lacks a reference", at=[first])


def test_the_title_of_a_benchmark_names_nobody():
    named = replace(PUBLISH, title="Course of aminah@example.org")
    benchmark.given().when(named).then_rejected(PersonalDataInText, at=["title"])


def test_a_benchmark_is_retired_once():
    retire, retired = commands.RetireBenchmark(benchmark_id="b-1"), events.BenchmarkRetired(benchmark_id="b-1")
    benchmark.given(PUBLISHED).when(retire).then(retired)
    benchmark.given(PUBLISHED, retired).when(retire).then_nothing()
    benchmark.given().when(retire).then_rejected(BenchmarkUnknown)
