"""Verification centres: one house runs a case, nobody of another does, and no house decides for its own alone."""

from __future__ import annotations

from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.centres.events import CaseAssigned, CaseMoved, DecisionCosigned
from qa_platform.decisions.events import DecisionReleased
from qa_platform.kernel.event import Recorded
from qa_platform.submissions.events import SubmissionDrafted, SubmissionLodged

_Whose = CaseAssigned | CaseMoved


def _one_at_a_time(events: list[Recorded[Any]], _ground: Ground) -> Found:
    owner: str | None = None
    for number, recorded in enumerate(one for one in events if isinstance(one.event, _Whose)):
        event = recorded.event
        if isinstance(event, CaseAssigned):
            if number:
                yield at(recorded, "the case was given away for the first time, and had been before")
            owner = event.centre_id
            continue
        if event.from_centre_id != owner or not number:
            yield at(recorded, "the case was moved from a house that it did not belong to")
        owner = event.to_centre_id


def _lodged_before(case: History, _world: World) -> Found:
    lodged = case.first(SubmissionLodged)
    for assigned in case.of(CaseAssigned):
        if lodged is None or not _before(lodged, assigned):
            yield at(assigned, "a draft was given to a centre")


def _nobody_else(case: History, world: World) -> Found:
    owners = [one for one in case.events if isinstance(one.event, _Whose)]
    for recorded in case.events:
        house = world.house_of(recorded.actor.partition(":")[2], _place(recorded))
        if house is None or house == _owner(owners, recorded):
            continue
        if isinstance(recorded.event, DecisionCosigned) and recorded.event.centre_id == house:
            continue
        yield at(recorded, "somebody acted in it who acts for a centre whose case it was not")


def _cosigned(case: History, world: World) -> Found:
    drafted = case.first(SubmissionDrafted)
    owners = [one for one in case.events if isinstance(one.event, _Whose)]
    for released in case.of(DecisionReleased):
        owner = _owner(owners, released)
        if owner is None or drafted is None:
            continue
        if world.institution_of(owner, _place(released)) != drafted.event.provider_id:
            continue
        signed = [one for one in case.of(DecisionCosigned) if _before(one, released)]
        by = [one.event.centre_id for one in signed if one.event.decision_id == released.event.decision_id]
        if not any(house != owner for house in by):
            yield at(released, "a centre decided on a course of its own institution, and no other house had signed")


def _owner(owners: list[Recorded[Any]], until: Recorded[Any]) -> str | None:
    known: str | None = None
    for one in owners:
        if _before(one, until):
            known = one.event.centre_id if isinstance(one.event, CaseAssigned) else one.event.to_centre_id
    return known


def _before(one: Recorded[Any], other: Recorded[Any]) -> bool:
    return _place(one) < _place(other)


def _place(recorded: Recorded[Any]) -> int:
    # What a check reads has its place.
    return -1 if recorded.position is None else recorded.position


CENTRES = (
    Invariant(
        "centres.one-house-at-a-time",
        "A case is given away once, and moves from the house whose it is; at no instant is it two houses' case.",
        OfStreams(_one_at_a_time),
    ),
    Invariant(
        "centres.given-once-lodged",
        "No case is given to a centre before its course was lodged; until then it is nobody's but its provider's.",
        OfCases(_lodged_before),
    ),
    Invariant(
        "centres.nobody-of-another",
        "Whoever acts for a centre acts only in cases that are its own then, or signs where it was named to.",
        OfCases(_nobody_else),
    ),
    Invariant(
        "centres.own-institution-cosigned",
        "A centre's decision on a course of its own institution is released only with another house's signature.",
        OfCases(_cosigned),
    ),
)
