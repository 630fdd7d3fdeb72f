"""How somebody becomes a reviewer: he applies, is trained, misses once, and agrees with the benchmarks at last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.roles import Role
from qa_platform.reviewers.commands import (
    ActivateReviewer,
    ApplyToReview,
    ConcludeCalibration,
    FindEligible,
    PublishBenchmark,
    RecordTraining,
    ScoreBenchmark,
)
from qa_platform.reviewers.events import BenchmarkScore, Competence, ReferenceScore
from qa_platform.simulation.acts import Act
from qa_platform.simulation.chance import chance
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import in_office_hours, working_days_after
from qa_platform.simulation.titles import FIELDS

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.kernel.roles import Actor
    from qa_platform.scoring.rubric import Criterion, Rubric
    from qa_platform.simulation.players import Company
    from qa_platform.web.deadlines import Deadlines

# Working days after the agency's first.
_PUBLISHED, _APPLIES, _IS_ELIGIBLE, _IS_TRAINED, _MISSES, _AGREES, _IS_ACTIVE = 10, 20, 24, 31, 36, 44, 45
_ROUTE: Final = "SAMC"
_LEVEL: Final = 7
_MET, _JUST_NOT_MET = 3, 2
_NOT_MET_IN_THREE: Final = 3  # of so many criteria, the reference finds one not met
_TRAININGS: Final = ("The standard and its criteria", "Scoring without prejudice")


def becoming_a_reviewer(  # noqa: PLR0917 -- what a way of several months rests on
    company: Company, seed: int, opened_on: date, rubric: Rubric, deadlines: Deadlines, benchmarks: Sequence[str]
) -> Iterator[Act]:
    """Give the benchmarks of the agency, and the way of its applicant until he can be asked."""
    source, applicant = chance(seed, "becomes a reviewer"), company.applicant
    administrator, person_id = company.one(Role.ADMINISTRATOR).actor, applicant.person_id

    def day(after: int) -> date:
        return working_days_after(opened_on, after)

    def act(actor: Actor, after: int, *commands: Command) -> Act:
        return Act(at=in_office_hours(source, day(after)), actor=actor, commands=commands)

    def calibrating(after: int, *, misses: bool) -> Act:
        on, missed = day(after), misses
        sheets = []
        for number, benchmark_id in enumerate(benchmarks):
            sheets.append(sheet(person_id, benchmark_id, rubric, number, on, misses=missed))
            missed = False
        policy = deadlines.calibration
        conclude = ConcludeCalibration(person_id=person_id, policy=policy, concluded_on=on)
        return act(applicant.actor, after, *sheets, conclude)

    yield act(administrator, _PUBLISHED, *(benchmark(one, rubric, number) for number, one in enumerate(benchmarks)))
    yield act(applicant.actor, _APPLIES, application(person_id, day(_APPLIES)))
    yield act(administrator, _IS_ELIGIBLE, FindEligible(person_id=person_id, found_on=day(_IS_ELIGIBLE)))
    trained = day(_IS_TRAINED)
    yield act(
        administrator,
        _IS_TRAINED,
        *(RecordTraining(person_id=person_id, training=one, completed_on=trained, on=trained) for one in _TRAININGS),
    )
    yield calibrating(_MISSES, misses=True)
    yield calibrating(_AGREES, misses=False)
    active = day(_IS_ACTIVE)
    yield act(administrator, _IS_ACTIVE, ActivateReviewer(person_id=person_id, active_from=active, on=active))


def application(person_id: str, on: date) -> ApplyToReview:
    """Return the application of somebody who would review."""
    return ApplyToReview(
        person_id=person_id,
        competences=tuple(Competence(field=field, highest_level=_LEVEL) for field in sorted(FIELDS)[:2]),
        own_level=_LEVEL,
        years_of_practice=11,
        category="academic",
        languages=("en", "ms"),
        applied_on=on,
        statement=f"I have taught and examined for eleven years {MARK}.",
        simulated=True,
    )


def benchmark(benchmark_id: str, rubric: Rubric, number: int) -> PublishBenchmark:
    """Return a benchmark course; something else is not met in each."""
    return PublishBenchmark(
        benchmark_id=benchmark_id,
        title=f"Benchmark course {number + 1} {MARK}",
        standard_id=rubric.standard_id,
        rubric=rubric,
        route=_ROUTE,
        scores=tuple(
            BenchmarkScore(criterion=one.id, score=_reference(one, place, number))
            for place, one in enumerate(rubric.applying(_ROUTE))
        ),
    )


def _reference(criterion: Criterion, place: int, number: int) -> int:
    # What must be passed is met in all of them; of the rest something else fails in each.
    return _MET if criterion.must_pass or (place + number) % _NOT_MET_IN_THREE else _JUST_NOT_MET


def sheet(
    person_id: str, benchmark_id: str, rubric: Rubric, number: int, on: date, *, misses: bool = False
) -> ScoreBenchmark:
    """Return a sheet on a benchmark course that agrees with it, but for a must-pass criterion where it misses."""
    criteria = rubric.applying(_ROUTE)
    missed = next((one.id for one in criteria if one.must_pass), None) if misses else None
    reference = tuple(
        ReferenceScore(criterion=one.id, score=_reference(one, place, number), must_pass=one.must_pass)
        for place, one in enumerate(criteria)
    )
    return ScoreBenchmark(
        person_id=person_id,
        benchmark_id=benchmark_id,
        standard_id=rubric.standard_id,
        rubric_version=rubric.version,
        scores=tuple(
            BenchmarkScore(criterion=one.criterion, score=_JUST_NOT_MET if one.criterion == missed else one.score)
            for one in reference
        ),
        reference=reference,
        retired=False,
        scored_on=on,
    )
