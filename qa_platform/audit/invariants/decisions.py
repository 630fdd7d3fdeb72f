"""Decisions: on two locked reviews, by people apart from them, on a basis that stands, released once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Invariant, OfCases, at
from qa_platform.decisions.decider import KINDS
from qa_platform.decisions.events import (
    AreaIndex,
    Basis,
    DecisionReleased,
    DecisionRescinded,
    DecisionTaken,
    MemberRecused,
    RecusalWithdrawn,
)
from qa_platform.decisions.read_model import CaseFile, case_file
from qa_platform.kernel.event import Recorded
from qa_platform.reviews.events import ReviewLocked
from qa_platform.scoring.outcome import outcome

_LOCKED_REVIEWS = 2


def _two_locked_reviews(case: History, _world: World) -> Found:
    by = {(one.stream, one.version): one.event.reviewer_id for one in case.of(ReviewLocked)}
    for taken in case.of(DecisionTaken):
        people = {by[one.stream, one.version] for one in taken.event.basis if (one.stream, one.version) in by}
        if len(people) < _LOCKED_REVIEWS:
            yield at(
                taken, f"its basis holds the locked reviews of {len(people)} people, and {_LOCKED_REVIEWS} are due"
            )


def _basis(case: History, world: World) -> Found:
    for taken in case.of(DecisionTaken):
        for one in taken.event.basis:
            key = (one.stream, one.version)
            digest = case.digests.get(key) or world.digests.get(key)
            if digest != one.digest:
                state = "is not there" if digest is None else "has another digest"
                yield at(taken, f"version {one.version} of “{one.stream}”, which it rests on, {state}")


def _apart(case: History, _world: World) -> Found:
    for taken in case.of(DecisionTaken):
        file = _file_before(case, taken)
        involved = {*file.scored_by, *file.seated.values(), file.lead_id}
        recused = _recused(case, taken)
        if involved & set(taken.event.members):
            yield at(taken, "a member of the committee reviewed the submission, or led its panel")
        if recused & set(taken.event.members):
            yield at(taken, "a member of the committee was recused from it")


def _recused(case: History, until: Recorded[Any]) -> set[str]:
    found: set[str] = set()
    for recorded in case.events:
        if not _before(recorded, until):
            continue
        if isinstance(recorded.event, MemberRecused):
            found.add(recorded.event.member_id)
        elif isinstance(recorded.event, RecusalWithdrawn):
            found.discard(recorded.event.member_id)
    return found


def _outcome(case: History, world: World) -> Found:
    for taken in case.of(DecisionTaken):
        event = taken.event
        rubric = world.rubric(event.standard_id, event.rubric_version)
        file = _file_before(case, taken)
        dossier = rubric and file.dossier(rubric, Basis(stream="", version=0, digest=""))
        if not dossier:
            yield at(taken, "nobody can say from which scores it follows")
            continue
        found = outcome(dossier.rubric, dossier.route, dossier.sheets, dossier.settled)
        areas = tuple(AreaIndex(area=one.area, index=one.index) for one in found.areas)
        if (found.band, found.index, areas) != (event.band_suggested, event.index, event.area_indices):
            yield at(taken, f"the scores give “{found.band}” with {found.index}, and it says otherwise")


def _file_before(case: History, taken: Recorded[DecisionTaken]) -> CaseFile:
    return case_file(one for one in case.events if _before(one, taken))


def _released(case: History, _world: World) -> Found:
    taken: DecisionTaken | None = None
    done: set[str] = set()
    for recorded in _deciding(case):
        event = recorded.event
        if isinstance(event, DecisionTaken | DecisionRescinded):
            taken = event if isinstance(event, DecisionTaken) else None
            continue
        if taken is None or taken.decision_id != event.decision_id:
            yield at(recorded, "it releases a decision that was not the one taken last")
        elif event.released_on < taken.taken_on:
            yield at(recorded, "it was released on a day before it was taken")
        if event.decision_id in done:
            yield at(recorded, "it was released before")
        done.add(event.decision_id)


def _once(case: History, _world: World) -> Found:
    decided = deferred = False
    for recorded in _deciding(case):
        match recorded.event:
            case DecisionReleased():
                decided = decided and not deferred
            case DecisionRescinded():
                decided = False
            case DecisionTaken() as taken:
                if decided:
                    yield at(recorded, "the submission had been decided already")
                decided, deferred = True, taken.code == "DEFER"


def _deciding(case: History) -> Iterator[Recorded[DecisionTaken | DecisionRescinded | DecisionReleased]]:
    for recorded in case.events:
        if isinstance(recorded.event, DecisionTaken | DecisionRescinded | DecisionReleased):
            yield recorded


def _kinds(case: History, _world: World) -> Found:
    for taken in case.of(DecisionTaken):
        event, kind = taken.event, KINDS[taken.event.code]
        if event.decision_class != kind.decision_class:
            yield at(taken, f"“{event.code}” is “{kind.decision_class}”, and it says “{event.decision_class}”")
        if kind.grants != (event.valid_months is not None):
            yield at(
                taken, f"“{event.code}” {'grants' if kind.grants else 'grants nothing'}, and its award says otherwise"
            )
        if kind.conditional != bool(event.conditions):
            yield at(taken, f"its conditions do not go with “{event.code}”")


def _before(one: Recorded[Any], other: Recorded[Any]) -> bool:
    return (one.position or 0) < (other.position or 0)


DECISIONS = (
    Invariant(
        "decisions.two-locked-reviews",
        "Every decision rests on the locked reviews of at least two people.",
        OfCases(_two_locked_reviews),
    ),
    Invariant(
        "decisions.basis-stands",
        "Every stream, version and digest that a decision rests on is there, unaltered.",
        OfCases(_basis),
    ),
    Invariant(
        "decisions.committee-apart",
        "Nobody decides who scored the submission, led its panel, or was recused from it.",
        OfCases(_apart),
    ),
    Invariant(
        "decisions.outcome-follows",
        "The index and the band that a decision states are those that its scores give, computed anew.",
        OfCases(_outcome),
    ),
    Invariant(
        "decisions.kind-fits",
        "Class, award and conditions of a decision go with its code; a refusal awards nothing.",
        OfCases(_kinds),
    ),
    Invariant(
        "decisions.taken-once",
        "A submission is decided once, or again after a rescission, or a deferral that the provider knows of.",
        OfCases(_once),
    ),
    Invariant(
        "decisions.released-as-taken",
        "What is released is the decision that was taken last, not before its day, and once.",
        OfCases(_released),
    ),
)
