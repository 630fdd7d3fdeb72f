"""Reviewers: how they stand, on what terms, tied to whom, for the agency and for themselves."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.decider import USUAL_CAP, Status
from qa_platform.reviewers.events import (
    CalibrationEvent,
    Competence,
    EnteringEvent,
    RecalibrationGround,
    RefusalGround,
    ReviewerActivated,
    ReviewerAgreementRecorded,
    ReviewerApplicationRefused,
    ReviewerApplied,
    ReviewerBenchmarkScored,
    ReviewerCalibrationConcluded,
    ReviewerCapChanged,
    ReviewerCategory,
    ReviewerCompetencesChanged,
    ReviewerDeclaredEligible,
    ReviewerEvent,
    ReviewerExpertiseChanged,
    ReviewerFoundEligible,
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerLanguagesChanged,
    ReviewerPaused,
    ReviewerPostEnded,
    ReviewerPostRecorded,
    ReviewerRecalibrationDue,
    ReviewerRegistered,
    ReviewerReinstated,
    ReviewerResumed,
    ReviewerRetired,
    ReviewerSuspended,
    ReviewerTrainingRecorded,
    ReviewerUnavailabilityDeclared,
    ReviewerUnavailabilityWithdrawn,
    StandingEvent,
    TermsEvent,
    TieEvent,
)
from qa_platform.scoring.agreement import LONGEST_WINDOW
from qa_platform.web.reach import of_own_centre


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """A declared tie; its detail stays in the stream, sealed."""

    interest_id: str
    provider_id: str
    course_id: str | None
    category: ConflictCode
    since: date
    until: date | None


class PostHeld(msgspec.Struct, frozen=True, kw_only=True):
    """Where a reviewer works or worked."""

    post_id: str
    provider_id: str
    since: date
    until: date | None


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which a reviewer cannot be asked, the first and the last included."""

    period_id: str
    first_day: date
    last_day: date


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """A training that a reviewer completed."""

    training: str
    completed_on: date


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a calibration, with the thresholds that it was judged by."""

    standard_id: str
    rubric_version: str
    benchmarks: tuple[str, ...]
    criteria: int
    exact: int
    adjacent: int
    must_pass_misses: int
    least_benchmarks: int
    least_exact_percent: int
    least_adjacent_percent: int
    passed: bool
    concluded_on: date
    valid_until: date | None


class ReviewerRow(Row, frozen=True, kw_only=True):
    """A reviewer.

    `scored_benchmarks` are those of the calibration under way; `window` the pairs of own and
    moderated score since the last one, which are nobody's to see before a case is released.
    """

    person_id: str
    version: int
    fields: tuple[str, ...]
    highest_level: int
    own_level: int
    competences: tuple[Competence, ...]
    languages: tuple[str, ...] = ()
    years_of_practice: int
    category: ReviewerCategory
    status: Status
    eligible_from: date | None = None
    paused_from: date | None = None
    suspended_from: date | None = None
    retired_on: date | None = None
    refused_for: RefusalGround | None = None
    recalibration_for: RecalibrationGround | None = None
    valid_until: date | None = None
    open_cases_cap: int = USUAL_CAP
    interests: tuple[Interest, ...] = ()
    posts: tuple[PostHeld, ...] = ()
    absences: tuple[Absence, ...] = ()
    trainings: tuple[Training, ...] = ()
    scored_benchmarks: tuple[str, ...] = ()
    calibrations: tuple[Calibration, ...] = ()
    window: tuple[tuple[int | None, int | None], ...] = ()
    simulated: bool


def keys(recorded: Recorded[ReviewerEvent]) -> tuple[str, ...]:
    """Return the reviewer that an event is about."""
    return (recorded.event.person_id,)


def fold(row: ReviewerRow | None, recorded: Recorded[ReviewerEvent]) -> ReviewerRow | None:
    """Return the reviewer after one event."""
    event = recorded.event
    if isinstance(event, ReviewerRegistered):
        return _registered(event, recorded.version)
    if isinstance(event, ReviewerApplied):
        return _applied(event, recorded.version)
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _registered(event: ReviewerRegistered, version: int) -> ReviewerRow:
    return ReviewerRow(
        person_id=event.person_id,
        version=version,
        fields=event.fields,
        highest_level=event.highest_level,
        own_level=event.highest_level,
        competences=_all_at(event.fields, event.highest_level),
        years_of_practice=event.years_of_practice,
        category=event.category,
        status=Status.REGISTERED,
        simulated=event.simulated,
    )


def _applied(event: ReviewerApplied, version: int) -> ReviewerRow:
    return ReviewerRow(
        person_id=event.person_id,
        version=version,
        fields=tuple(one.field for one in event.competences),
        highest_level=max(one.highest_level for one in event.competences),
        own_level=event.own_level,
        competences=event.competences,
        languages=event.languages,
        years_of_practice=event.years_of_practice,
        category=event.category,
        status=Status.APPLIED,
        simulated=event.simulated,
    )


def _all_at(fields: tuple[str, ...], level: int) -> tuple[Competence, ...]:
    return tuple(Competence(field=field, highest_level=level) for field in fields)


def _changed(row: ReviewerRow, event: ReviewerEvent) -> ReviewerRow:
    if isinstance(event, EnteringEvent):
        return _entered(row, event)
    if isinstance(event, StandingEvent):
        return _standing(row, event)
    if isinstance(event, CalibrationEvent):
        return _measured(row, event)
    if isinstance(event, TieEvent):
        return _tied(row, event)
    return _on_terms(row, event)


def _entered(row: ReviewerRow, event: EnteringEvent) -> ReviewerRow:
    match event:
        case ReviewerExpertiseChanged():
            known = {name: getattr(event, name) for name in event.__struct_fields__}
            competences = _all_at(event.fields, event.highest_level)
            return replace(row, own_level=event.highest_level, competences=competences, **known)
        case ReviewerDeclaredEligible():
            return replace(row, status=Status.ACTIVE, eligible_from=event.eligible_from)
        case ReviewerFoundEligible():
            return replace(row, status=Status.ELIGIBLE)
        case ReviewerApplicationRefused():
            return replace(row, status=Status.REFUSED, refused_for=event.ground)
        case _:
            return row


def _standing(row: ReviewerRow, event: StandingEvent) -> ReviewerRow:
    match event:
        case ReviewerTrainingRecorded():
            status = Status.TRAINED if row.status is Status.ELIGIBLE else row.status
            done = Training(training=event.training, completed_on=event.completed_on)
            return replace(row, status=status, trainings=(*row.trainings, done))
        case ReviewerActivated():
            return replace(row, status=Status.ACTIVE, eligible_from=event.active_from)
        case ReviewerPaused():
            return replace(row, status=Status.PAUSED, paused_from=event.paused_from)
        case ReviewerResumed():
            return replace(row, status=Status.ACTIVE, paused_from=None)
        case ReviewerSuspended():
            return replace(row, status=Status.SUSPENDED, paused_from=None, suspended_from=event.suspended_from)
        case ReviewerReinstated():
            status = Status.RECALIBRATION_DUE if event.recalibration_due else Status.ACTIVE
            return replace(row, status=status, suspended_from=None)
        case ReviewerRetired():
            return replace(row, status=Status.RETIRED, paused_from=None, retired_on=event.retired_on)


def _measured(row: ReviewerRow, event: CalibrationEvent) -> ReviewerRow:
    match event:
        case ReviewerBenchmarkScored():
            return replace(row, scored_benchmarks=(*row.scored_benchmarks, event.benchmark_id))
        case ReviewerCalibrationConcluded():
            return _concluded(row, event)
        case ReviewerAgreementRecorded():
            pairs = ((one.score, one.moderated) for one in event.criteria)
            return replace(row, window=(*row.window, *pairs)[-LONGEST_WINDOW:])
        case ReviewerRecalibrationDue():
            return replace(row, status=Status.RECALIBRATION_DUE, recalibration_for=event.ground)


def _concluded(row: ReviewerRow, event: ReviewerCalibrationConcluded) -> ReviewerRow:
    result = Calibration(**{name: getattr(event, name) for name in Calibration.__struct_fields__})
    row = replace(row, scored_benchmarks=(), calibrations=(*row.calibrations, result))
    if not event.passed:
        return row
    status = {Status.TRAINED: Status.CALIBRATED, Status.RECALIBRATION_DUE: Status.ACTIVE}.get(row.status, row.status)
    return replace(row, status=status, valid_until=event.valid_until, recalibration_for=None, window=())


def _tied(row: ReviewerRow, event: TieEvent) -> ReviewerRow:
    match event:
        case ReviewerInterestDeclared():
            interest = Interest(**{name: getattr(event, name) for name in Interest.__struct_fields__})
            return replace(row, interests=(*row.interests, interest))
        case ReviewerInterestEnded():
            return replace(row, interests=tuple(_ended(one, event) for one in row.interests))
        case ReviewerPostRecorded():
            post = PostHeld(**{name: getattr(event, name) for name in PostHeld.__struct_fields__})
            return replace(row, posts=(*row.posts, post))
        case ReviewerPostEnded():
            return replace(row, posts=tuple(_left(one, event) for one in row.posts))


def _ended(interest: Interest, event: ReviewerInterestEnded) -> Interest:
    return replace(interest, until=event.ended_on) if interest.interest_id == event.interest_id else interest


def _left(post: PostHeld, event: ReviewerPostEnded) -> PostHeld:
    return replace(post, until=event.ended_on) if post.post_id == event.post_id else post


def _on_terms(row: ReviewerRow, event: TermsEvent) -> ReviewerRow:
    match event:
        case ReviewerCompetencesChanged():
            return replace(
                row,
                competences=event.competences,
                fields=tuple(one.field for one in event.competences),
                highest_level=max(one.highest_level for one in event.competences),
            )
        case ReviewerLanguagesChanged():
            return replace(row, languages=event.languages)
        case ReviewerUnavailabilityDeclared():
            absence = Absence(period_id=event.period_id, first_day=event.first_day, last_day=event.last_day)
            return replace(row, absences=(*row.absences, absence))
        case ReviewerUnavailabilityWithdrawn():
            return replace(row, absences=tuple(one for one in row.absences if one.period_id != event.period_id))
        case ReviewerCapChanged():
            return replace(row, open_cases_cap=event.open_cases)


REVIEWERS: Projection[ReviewerRow] = Projection(
    name="reviewers",
    row=ReviewerRow,
    key="person_id",
    events=get_args(ReviewerEvent),
    keys=keys,
    fold=fold,
    indexes=(("status",),),
)

_AGENCY = frozenset({Role.ADMINISTRATOR, Role.COMMITTEE_SECRETARY, Role.AUDITOR, Role.LEAD_REVIEWER})


def select_reviewers(viewer: Actor, *, status: Status | None = None, field: str | None = None) -> sa.Select[Any]:
    """Return the query for the reviewers that a viewer may see: the agency all, a centre its own, others themselves."""
    table = REVIEWERS.table
    query = sa.select(table)
    if viewer.acting_as not in _AGENCY:
        himself = viewer.person_id if viewer.acting_as is Role.REVIEWER else None
        query = query.where(table.c.person_id == himself)
    query = query.where(of_own_centre(viewer, table.c.person_id))
    if status is not None:
        query = query.where(table.c.status == status.value)
    if field is not None:
        query = query.where(table.c.fields.contains([field]))
    return query


def get_reviewer(connection: Connection, person_id: str, viewer: Actor) -> ReviewerRow | None:
    """Return a reviewer, or None if there is none that the viewer may see."""
    found = REVIEWERS.rows(connection, select_reviewers(viewer).where(REVIEWERS.table.c.person_id == person_id))
    return found[0] if found else None


def get_own(connection: Connection, viewer: Actor, person_id: str | None = None) -> ReviewerRow | None:
    """Return the viewer's own entry; None if he is no reviewer, or if another person is meant."""
    table = REVIEWERS.table
    query = sa.select(table).where(table.c.person_id == viewer.person_id)
    if person_id is not None:
        query = query.where(table.c.person_id == person_id)
    found = REVIEWERS.rows(connection, query)
    return found[0] if found else None


def list_active(connection: Connection) -> list[ReviewerRow]:
    """Return the reviewers who may be asked, from some day on."""
    table = REVIEWERS.table
    query = sa.select(table).where(table.c.status == Status.ACTIVE.value).order_by(table.c.person_id)
    return REVIEWERS.rows(connection, query)
