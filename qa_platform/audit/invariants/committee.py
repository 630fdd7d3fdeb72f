"""The committee: a quorum that voted as the minutes say, nobody recused among them, two people behind each release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Invariant, OfCases, at
from qa_platform.decisions.decider import Deciding, decision_decider
from qa_platform.decisions.events import (
    CastingVoteGiven,
    DecisionCountersigned,
    DecisionMinuted,
    DecisionReleased,
    DissentRecorded,
    ItemChairNamed,
    VoteCast,
)
from qa_platform.kernel.event import Recorded

_TAKING_PART = (CastingVoteGiven, DecisionCountersigned, DissentRecorded, ItemChairNamed, VoteCast)


def _quorum(case: History, _world: World) -> Found:
    # Decisions from before there were meetings have no minutes, and nothing to compare.
    for minuted, before in _met(case, DecisionMinuted):
        event, taken, item = minuted.event, before.taken, before.item
        if taken is None or item is None or taken.decision_id != event.decision_id:
            yield at(minuted, "there is no item of a meeting on which this was decided")
            continue
        votes = Counter(item.votes.values())
        if len(item.votes) < event.quorum:
            yield at(minuted, f"{len(item.votes)} members voted or abstained, and its quorum is {event.quorum}")
        if set(item.votes) != set(taken.members):
            yield at(minuted, "who sat, as the decision says, is not who voted")
        if (votes["for"], votes["against"], votes["abstain"]) != _counted(event):
            yield at(minuted, "its minutes count other votes than were cast")
        if not item.carried:
            yield at(minuted, "the votes do not carry it")


def _counted(event: DecisionMinuted) -> tuple[int, int, int]:
    return (event.votes_for, event.votes_against, event.abstentions)


def _recused(case: History, _world: World) -> Found:
    for recorded, before in _met(case, *_TAKING_PART):
        if recorded.event.member_id in before.recused:
            yield at(recorded, "a member took part who is recused from the submission")


def _signed(case: History, _world: World) -> Found:
    for released, before in _met(case, DecisionReleased):
        minuted, signed, taken = before.minuted, before.signed, before.taken
        if minuted is None or taken is None:
            continue
        if signed is None or signed.decision_id != released.event.decision_id:
            yield at(released, "it was released on one signature")
        elif signed.member_id == minuted.recorded_by:
            yield at(released, "the same person recorded and signed it")
        elif signed.member_id not in taken.members:
            yield at(released, "somebody signed it who did not sit")


def _met(case: History, *events: type[Any]) -> Iterator[tuple[Recorded[Any], Deciding]]:
    """Give each event of these types with the deciding as it stood before it."""
    deciding = decision_decider.initial
    for recorded in case.streams.get(f"decision-{case.case_id}", ()):
        if isinstance(recorded.event, events):
            yield recorded, deciding
        if isinstance(recorded.event, decision_decider.events):
            deciding = decision_decider.evolve(deciding, recorded.event)


COMMITTEE = (
    Invariant(
        "decisions.quorum-voted",
        "Whoever sat voted or abstained, enough of them, as the minutes count, and the motion was carried.",
        OfCases(_quorum),
    ),
    Invariant(
        "decisions.recused-apart",
        "Nobody who is recused from a submission votes on it, chairs it, signs it or dissents from it.",
        OfCases(_recused),
    ),
    Invariant(
        "decisions.two-signatures",
        "What is released was recorded by one person and signed by another, who sat.",
        OfCases(_signed),
    ),
)
