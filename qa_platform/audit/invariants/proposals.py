"""Proposals of reviewers: made again they are the same, everybody has a reason, nobody barred is confirmed."""

from __future__ import annotations

from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.panels.decider.allocation import CODES, digest_of
from qa_platform.panels.events import AllocationMade, PanelObjected, PanelProposed, ProposalChanged, ProposalConfirmed
from qa_platform.panels.read_model import allocate


def _the_same_again(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for recorded in events:
        if not isinstance(recorded.event, AllocationMade):
            continue
        made = recorded.event
        if digest_of(made.instance) != made.digest:
            yield at(recorded, "its inputs are not those that its digest binds")
            continue
        again = allocate(made.instance)
        if again.seats != made.seats:
            yield at(recorded, "made again from its inputs, with its policy and seed, it gives other panels")
        elif (again.objective, again.bound, again.proof) != (made.objective, made.bound, made.proof):
            yield at(recorded, "made again it costs something else, or is proven otherwise")


def _follows(case: History, world: World) -> Found:
    for proposed in case.of(PanelProposed):
        event, made = proposed.event, world.allocations.get(proposed.event.allocation_id)
        if made is None:
            yield at(proposed, "there is no allocation that it rests on")
        elif (event.digest, event.policy_version, event.seed) != made.terms:
            yield at(proposed, "it names other inputs, another policy or another seed than its allocation")
        elif {(one.seat, one.reviewer_id) for one in event.seats} != made.seats_of(case.case_id):
            yield at(proposed, "it proposes others than its allocation chose")


def _explained(case: History, world: World) -> Found:
    for proposed in case.of(PanelProposed):
        made = world.allocations.get(proposed.event.allocation_id)
        told = {one.reviewer_id for one in proposed.event.reasons if one.code in CODES}
        missing = (frozenset() if made is None else made.candidates) - told
        if missing:
            yield at(proposed, f"{len(missing)} of its candidates have no sentence")


def _nobody_barred(case: History, _world: World) -> Found:
    barred, meant = frozenset[str](), dict[int, str]()
    for recorded in case.events:
        match recorded.event:
            case PanelProposed() as event:
                barred = frozenset(event.barred)
                meant = {one.seat: one.reviewer_id for one in event.seats}
            case ProposalChanged() as event:
                # Whom the officer put in is looked at as he stood on that day: see panels.no-declared-tie.
                meant = {seat: one for seat, one in meant.items() if seat != event.seat.seat}
            case ProposalConfirmed() if barred & set(meant.values()):
                yield at(recorded, "somebody was confirmed whom a conflict barred that the proposal knew of")
            case _:
                pass


def _objected_once(case: History, _world: World) -> Found:
    for again in case.of(PanelObjected)[1:]:
        yield at(again, "the provider had objected to this panel before")


PROPOSALS = (
    Invariant(
        "proposals.the-same-again",
        "An allocation made again from its stored inputs, policy and seed gives the same panels at the same cost; "
        "a choice that cannot be repeated cannot be defended.",
        OfStreams(_the_same_again),
    ),
    Invariant(
        "proposals.follow-their-allocation",
        "A proposal rests on an allocation that is kept, with its inputs, policy and seed, and proposes whom it chose.",
        OfCases(_follows),
    ),
    Invariant(
        "proposals.everybody-has-a-reason",
        "Every candidate of a proposal has a sentence that says why he was chosen, or why not.",
        OfCases(_explained),
    ),
    Invariant(
        "proposals.nobody-barred",
        "Nobody is confirmed out of a proposal whom a conflict barred that it knew of.",
        OfCases(_nobody_barred),
    ),
    Invariant(
        "proposals.objected-once",
        "A provider objects to its panel at most once; whoever could object again and again could choose its judges.",
        OfCases(_objected_once),
    ),
)
