"""Calibration: measured on benchmark courses, kept with its thresholds, due again by time, standard or drift."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never

from msgspec.structs import replace

from qa_platform.kernel.months import months_after
from qa_platform.kernel.rejected import Fault
from qa_platform.reviewers.commands import (
    CalibrationCommand,
    ConcludeCalibration,
    RaiseRecalibration,
    RecordAgreement,
    ScoreBenchmark,
)
from qa_platform.reviewers.decider.refusals import (
    BenchmarkUnsuited,
    CalibrationIncomplete,
    ReviewerOutOfTurn,
    require_staying,
)
from qa_platform.reviewers.decider.state import Reviewer, Sheet, Status
from qa_platform.reviewers.events import (
    BenchmarkScore,
    CalibrationEvent,
    RecalibrationGround,
    ReferenceScore,
    ReviewerAgreementRecorded,
    ReviewerBenchmarkScored,
    ReviewerCalibrationConcluded,
    ReviewerRecalibrationDue,
)
from qa_platform.scoring.agreement import LONGEST_WINDOW, CalibrationPolicy, Compared, Drift, agreement, drift, passes

_CALIBRATED_IN = (Status.TRAINED, Status.CALIBRATED, Status.ACTIVE, Status.PAUSED, Status.RECALIBRATION_DUE)


class Due(NamedTuple):
    """Why a calibration is due again; `drift` where that is the ground."""

    ground: RecalibrationGround
    drift: Drift


_NO_DRIFT = Drift(criteria=0, deviation_sum=0, exact=0)


def decide_calibration(command: CalibrationCommand, reviewer: Reviewer) -> list[CalibrationEvent]:
    """Return what follows from scores on benchmarks, from moderated scores, or from the day."""
    match command:
        case ScoreBenchmark():
            return _score(command, reviewer)
        case ConcludeCalibration():
            return _conclude(command, reviewer)
        case RecordAgreement():
            return _record_agreement(command, reviewer)
        case RaiseRecalibration():
            return _raise(command, reviewer)
        case _:
            assert_never(command)


def evolve_calibration(reviewer: Reviewer, event: CalibrationEvent) -> Reviewer:
    """Return the reviewer after he was measured, or a measure came due."""
    match event:
        case ReviewerBenchmarkScored():
            sheet = Sheet(
                standard_id=event.standard_id,
                rubric_version=event.rubric_version,
                compared=compared(event.scores, event.reference),
            )
            return replace(reviewer, sheets={**reviewer.sheets, event.benchmark_id: sheet})
        case ReviewerCalibrationConcluded():
            return _concluded(replace(reviewer, sheets={}), event)
        case ReviewerAgreementRecorded():
            pairs = ((one.score, one.moderated) for one in event.criteria)
            window = (*reviewer.window, *pairs)[-LONGEST_WINDOW:]
            return replace(reviewer, window=window, compared=reviewer.compared | {event.review_id})
        case ReviewerRecalibrationDue():
            return replace(reviewer, status=Status.RECALIBRATION_DUE, due=event.ground)
        case _:
            assert_never(event)


def _concluded(reviewer: Reviewer, event: ReviewerCalibrationConcluded) -> Reviewer:
    if not event.passed:
        return reviewer
    status = {Status.TRAINED: Status.CALIBRATED, Status.RECALIBRATION_DUE: Status.ACTIVE}.get(
        reviewer.status, reviewer.status
    )
    # What was moderated before says nothing about how he scores from here on.
    return replace(reviewer, status=status, valid_until=event.valid_until, due=None, window=())


def compared(scores: tuple[BenchmarkScore, ...], reference: tuple[ReferenceScore, ...]) -> tuple[Compared, ...]:
    """Return a sheet beside its reference, criterion by criterion."""
    given = {one.criterion: one.score for one in scores}
    return tuple(
        Compared(
            criterion=one.criterion,
            score=given.get(one.criterion),
            reference=one.score,
            must_pass=one.must_pass,
        )
        for one in reference
    )


def _score(command: ScoreBenchmark, reviewer: Reviewer) -> list[CalibrationEvent]:
    require_staying(reviewer)
    known = reviewer.sheets.get(command.benchmark_id)
    if known is not None:
        if known.compared == compared(command.scores, command.reference):
            return []
        raise BenchmarkUnsuited(
            "The benchmark was not scored again: each is scored once in a calibration. Go on with another one."
        )
    _refuse_unsuited(command, reviewer)
    _refuse_gaps(command)

    return [
        ReviewerBenchmarkScored(
            person_id=command.person_id,
            benchmark_id=command.benchmark_id,
            standard_id=command.standard_id,
            rubric_version=command.rubric_version,
            scores=command.scores,
            reference=command.reference,
            scored_on=command.scored_on,
        )
    ]


def _refuse_unsuited(command: ScoreBenchmark, reviewer: Reviewer) -> None:
    if reviewer.status not in _CALIBRATED_IN:
        raise ReviewerOutOfTurn(
            f"The benchmark was not scored: the reviewer is “{reviewer.status}”. "
            "Calibration follows on eligibility and training; have these recorded first."
        )
    if command.retired:
        raise BenchmarkUnsuited("The benchmark was not scored: it is not in use any more. Choose another one.")
    under = (command.standard_id, command.rubric_version)
    others = {(sheet.standard_id, sheet.rubric_version) for sheet in reviewer.sheets.values()}
    if others - {under}:
        raise BenchmarkUnsuited(
            f"The benchmark was not scored: it is under version {command.rubric_version} of the standard, and this "
            "calibration is under another. Choose one under the same version."
        )


def _refuse_gaps(command: ScoreBenchmark) -> None:
    given = [one.criterion for one in command.scores]
    wanted = {one.criterion for one in command.reference}
    faults = (
        *(Fault(name, "Score this criterion.") for name in sorted(wanted - set(given))),
        *(Fault(name, "Leave this criterion out.") for name in sorted(set(given) - wanted)),
        *(Fault(name, "Score this criterion once.") for name in sorted({one for one in given if given.count(one) > 1})),
    )
    if faults:
        raise CalibrationIncomplete(
            f"The benchmark was not scored: “{faults[0].field}” is missing, unknown or there twice. "
            "Score every criterion of the course once.",
            faults,
        )


def _conclude(command: ConcludeCalibration, reviewer: Reviewer) -> list[CalibrationEvent]:
    require_staying(reviewer)
    missing = command.policy.least_benchmarks - len(reviewer.sheets)
    if missing > 0 or not reviewer.sheets:
        raise CalibrationIncomplete(
            f"The calibration was not concluded: {len(reviewer.sheets)} benchmark courses are scored, and "
            f"{command.policy.least_benchmarks} are needed. Score {max(missing, 1)} more."
        )
    if reviewer.status not in _CALIBRATED_IN:
        raise ReviewerOutOfTurn(
            f"The calibration was not concluded: the reviewer is “{reviewer.status}”. End that first."
        )

    return [_result(command, reviewer)]


def _result(command: ConcludeCalibration, reviewer: Reviewer) -> ReviewerCalibrationConcluded:
    policy, sheets = command.policy, reviewer.sheets
    found = agreement(one for sheet in sheets.values() for one in sheet.compared)
    passed = passes(found, len(sheets), policy)
    one = next(iter(sheets.values()))
    return ReviewerCalibrationConcluded(
        person_id=command.person_id,
        standard_id=one.standard_id,
        rubric_version=one.rubric_version,
        benchmarks=tuple(sorted(sheets)),
        criteria=found.criteria,
        exact=found.exact,
        adjacent=found.adjacent,
        must_pass_misses=found.must_pass_misses,
        least_benchmarks=policy.least_benchmarks,
        least_exact_percent=policy.least_exact_percent,
        least_adjacent_percent=policy.least_adjacent_percent,
        passed=passed,
        concluded_on=command.concluded_on,
        valid_until=months_after(command.concluded_on, policy.valid_months) if passed else None,
    )


def _record_agreement(command: RecordAgreement, reviewer: Reviewer) -> list[CalibrationEvent]:
    # The case goes on whoever reviewed it: somebody unknown here has nothing to be measured by.
    if reviewer.status is Status.UNKNOWN or not command.criteria or command.review_id in reviewer.compared:
        return []

    return [
        ReviewerAgreementRecorded(person_id=command.person_id, review_id=command.review_id, criteria=command.criteria)
    ]


def _raise(command: RaiseRecalibration, reviewer: Reviewer) -> list[CalibrationEvent]:
    require_staying(reviewer)
    due = recalibration_due(
        reviewer.valid_until, reviewer.window, command.new_standard_from, command.on, command.policy
    )
    if reviewer.status is not Status.ACTIVE or due is None:
        return []

    return [
        ReviewerRecalibrationDue(
            person_id=command.person_id,
            ground=due.ground,
            due_on=command.on,
            criteria=due.drift.criteria,
            deviation_sum=due.drift.deviation_sum,
            exact=due.drift.exact,
        )
    ]


def recalibration_due(
    valid_until: date | None,
    window: tuple[tuple[int | None, int | None], ...],
    new_standard_from: date | None,
    on: date,
    policy: CalibrationPolicy,
) -> Due | None:
    """Return why a calibration is due again on a day, or None; its last valid day is not overdue.

    `valid_until` None: there never was one, which no time makes older; drift is seen all the same.
    """
    if valid_until is not None and on > valid_until:
        return Due("term", _NO_DRIFT)
    if valid_until is not None and new_standard_from is not None:
        last_day = months_after(new_standard_from, policy.new_standard_months)
        if on > last_day:
            return Due("new_standard", _NO_DRIFT)
    found = drift(window, policy)
    return None if found is None else Due("drift", found)
