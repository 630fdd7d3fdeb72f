"""Conditions: one obligation for each, in turn, checked apart, extended once; positive only when all are met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.accreditations.decider import (
    AWAITING,
    Condition,
    ConditionStatus,
    condition_decider,
    latest_extension,
)
from qa_platform.accreditations.events import (
    AccreditationConditionsMet,
    ConditionCheckBegun,
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
    ConditionSet,
    ConditionVerdictReversed,
)
from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.audit.invariants.journey import PASSED, found_by
from qa_platform.decisions.events import DecisionReleased, DecisionTaken
from qa_platform.kernel.event import Recorded

_VERDICTS = (ConditionMet, ConditionExtended, ConditionNotMet)
# What an obligation repeats of the condition in its decision.
_REPEATED = ("criterion", "severity", "text", "due_on", "checked_by")


def _obligations(connection: Connection, _ground: Ground) -> Found:
    return found_by(connection, _WITHOUT_OBLIGATION, "a condition of the released decision has no obligation")


# A new entry comes first, and its conditions after it; a renewal's entry is there already.
_WITHOUT_OBLIGATION = sa.text(rf"""
SELECT p.position, e.stream, e.version {PASSED}
WHERE (e.name = 'accreditation.opened.v1' AND e.stream LIKE 'accreditation-%'
       OR e.name = 'decision.released.v1' AND e.stream LIKE 'decision-%'
          AND EXISTS (SELECT FROM ledger.events d WHERE d.stream = 'submission-' || e.case_id AND d.version = 1
                      AND d.record -> 'data' ->> 'prior_accreditation_id' IS NOT NULL))
  AND EXISTS (SELECT FROM ledger.events t, json_array_elements(t.record -> 'data' -> 'conditions') AS c
              WHERE t.stream = 'decision-' || e.case_id AND t.name = 'decision.taken.v1'
              AND t.record -> 'data' ->> 'decision_id' = e.record -> 'data' ->> 'decision_id'
              AND NOT EXISTS (SELECT FROM ledger.events s WHERE s.version = 1
                              AND s.stream = 'condition-' || (c ->> 'condition_id')))
ORDER BY 1
""")


def _as_decided(case: History, _world: World) -> Found:
    decided = {
        (taken.event.decision_id, condition.condition_id): condition
        for taken in case.of(DecisionTaken)
        for condition in taken.event.conditions
    }
    released = {one.event.decision_id: one for one in case.of(DecisionReleased)}
    for recorded in case.of(ConditionSet):
        event = recorded.event
        condition, release = decided.get((event.decision_id, event.condition_id)), released.get(event.decision_id)
        if condition is None or any(getattr(condition, name) != getattr(event, name) for name in _REPEATED):
            yield at(recorded, "no decision of the case asks for this, in these words and until this day")
        if release is None or (release.position or 0) > (recorded.position or 0):
            yield at(recorded, "the decision that asks for it was not released by then")


def _positive(case: History, _world: World) -> Found:
    decided = {one.event.decision_id: one.event for one in case.of(DecisionTaken)}
    for closing in case.of(AccreditationConditionsMet):
        decision = decided.get(closing.event.decision_id)
        asked = () if decision is None else decision.conditions
        unmet = [one.condition_id for one in asked if not _is_met(case, one.condition_id, closing)]
        if unmet or not asked:
            yield at(
                closing, f"the entry was called positive while {len(unmet)} of {len(asked)} conditions were not met"
            )


def _is_met(case: History, condition_id: str, closing: Recorded[Any]) -> bool:
    stand = Condition()
    for recorded in case.streams.get(f"condition-{condition_id}", ()):
        if (recorded.position or 0) < (closing.position or 0):
            stand = condition_decider.evolve(stand, recorded.event)
    return stand.status is ConditionStatus.MET


def _corrected_first(case: History, _world: World) -> Found:
    closed = False
    for recorded in case.events:
        match type(recorded.event).__struct_config__.tag:
            case "accreditation.conditions_met.v1":
                closed = True
            case "accreditation.closing_corrected.v1":
                closed = False
            case "condition.verdict_reversed.v1" if closed and _same_decision(case, recorded):
                yield at(recorded, "the verdict was taken back under a closing document that holds")
            case _:
                pass


def _same_decision(case: History, reversal: Recorded[ConditionVerdictReversed]) -> bool:
    decisions = {one.event.decision_id for one in case.of(AccreditationConditionsMet)}
    return any(one.event.decision_id in decisions for one in case.of(ConditionSet) if one.stream == reversal.stream)


def _steps(events: list[Recorded[Any]]) -> Iterator[tuple[Condition, Recorded[Any]]]:
    """Give each event of a condition's stream with how the condition stood before it."""
    if not events[0].stream.startswith("condition-"):
        return
    stand = Condition()
    for recorded in events:
        yield stand, recorded
        stand = condition_decider.evolve(stand, recorded.event)


def _in_turn(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for stand, recorded in _steps(events):
        event, status = recorded.event, stand.status
        if isinstance(event, ConditionEvidenceFiled) and status not in {*AWAITING, ConditionStatus.FILED}:
            yield at(recorded, f"evidence was filed for what was “{status}”")
        if isinstance(event, ConditionEvidenceFiled) and stand.due_on is not None and event.filed_on > stand.due_on:
            yield at(recorded, f"evidence was taken on {event.filed_on}, and was due on {stand.due_on}")
        if isinstance(event, ConditionCheckBegun) and status is not ConditionStatus.FILED:
            yield at(recorded, f"the check was begun of what was “{status}”")
        if isinstance(event, _VERDICTS) and not _may_be_ruled(event, status):
            yield at(recorded, f"it was ruled on while it was “{status}”")


def _may_be_ruled(event: object, status: ConditionStatus) -> bool:
    on_lapse = status is ConditionStatus.LAPSED and not isinstance(event, ConditionMet)
    return on_lapse or status is ConditionStatus.UNDER_CHECK


def _extended_once(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for stand, recorded in _steps(events):
        event = recorded.event
        if not isinstance(event, ConditionExtended):
            continue
        if stand.extended:
            yield at(recorded, "it was extended a second time")
        if stand.opened is not None and event.due_on > latest_extension(stand.opened.decided_on):
            yield at(recorded, f"it is due on {event.due_on}, more than twelve months after the decision")


def _lapsed_in_time(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for stand, recorded in _steps(events):
        event = recorded.event
        if isinstance(event, ConditionLapsed) and not _is_overdue(stand, event.lapsed_on):
            yield at(recorded, f"it lapsed on {event.lapsed_on} as “{stand.status}”, due on {stand.due_on}")


def _is_overdue(stand: Condition, on: date) -> bool:
    return stand.status in AWAITING and stand.due_on is not None and on > stand.due_on


def _checked_apart(case: History, world: World) -> Found:
    providers = {one.stream: one.event.provider_id for one in case.of(ConditionSet)}
    for stream, provider in providers.items():
        for stand, recorded in _steps(case.streams[stream]):
            person = recorded.actor.partition(":")[2]
            checks = isinstance(recorded.event, (*_VERDICTS, ConditionCheckBegun))
            if checks and world.was_officer(person, provider, recorded.position or 0):
                yield at(recorded, "who checked acts, or acted, for the provider")
            ruled = isinstance(recorded.event, _VERDICTS) and stand.checker_id is not None
            if ruled and stand.status is ConditionStatus.UNDER_CHECK and person != stand.checker_id:
                yield at(recorded, "another ruled than had the check in hand")


CONDITIONS = (
    Invariant(
        "conditions.have-obligations",
        "Every condition of a released grant is an obligation of its own, once the journey has passed its entry.",
        Asked(_obligations),
    ),
    Invariant(
        "conditions.as-decided",
        "Every obligation asks for what a released decision of its case asks for, in its words and until its day.",
        OfCases(_as_decided),
    ),
    Invariant(
        "conditions.positive-when-all-met",
        "No closing document was issued before every condition of its decision was met.",
        OfCases(_positive),
    ),
    Invariant(
        "conditions.corrected-before-reversed",
        "No verdict was taken back while a closing document that rests on it holds.",
        OfCases(_corrected_first),
    ),
    Invariant(
        "conditions.in-turn",
        "Evidence came in time, was checked before it was ruled on, and nothing was met without any.",
        OfStreams(_in_turn),
    ),
    Invariant(
        "conditions.extended-once",
        "No condition was extended twice, nor beyond twelve months after its decision.",
        OfStreams(_extended_once),
    ),
    Invariant(
        "conditions.lapsed-after-their-day",
        "Nothing lapsed before its day had passed, or although evidence was there.",
        OfStreams(_lapsed_in_time),
    ),
    Invariant(
        "conditions.checked-apart",
        "Nobody checked or ruled for whose provider he acts or acted, and whoever began a check ruled.",
        OfCases(_checked_apart),
    ),
)
