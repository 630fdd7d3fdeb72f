"""What the rules must remember of the deciding on a submission."""

from __future__ import annotations

from typing import assert_never

import msgspec
from msgspec.structs import replace

from qa_platform.decisions.commands import Sitting
from qa_platform.decisions.events import (
    CaseTabled,
    CaseTakenOff,
    CastingVote,
    CastingVoteGiven,
    DecisionCorrected,
    DecisionCountersigned,
    DecisionEvent,
    DecisionMinuted,
    DecisionNotified,
    DecisionReleased,
    DecisionRescinded,
    DecisionTaken,
    DissentRecorded,
    EvidenceAwaited,
    EvidenceSupplied,
    ItemChairNamed,
    MemberRecused,
    MotionPut,
    RecusalWithdrawn,
    VariationAnswered,
    VariationProposed,
    VariationWithdrawn,
    Vote,
    VoteCast,
    VoteWithdrawn,
)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """The submission as an item of a meeting, until it is decided and released, or taken off."""

    tabled: CaseTabled
    chair_id: str | None = None
    motion: MotionPut | None = None
    votes: dict[str, Vote] = {}
    casting: CastingVote | None = None

    def count(self, vote: Vote) -> int:
        """Return how many voted like that."""
        return sum(one == vote for one in self.votes.values())

    @property
    def tied(self) -> bool:
        """Return whether as many are for the motion as against it."""
        return self.count("for") == self.count("against")

    @property
    def carried(self) -> bool:
        """Return whether the motion has the majority of those who did not abstain, or the casting vote."""
        if self.tied:
            return self.casting == "for"
        return self.count("for") > self.count("against")


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """The deciding on a submission; `taken` is the last decision that stands, `told` those that were released."""

    recused: frozenset[str] = frozenset()
    item: Item | None = None
    taken: DecisionTaken | None = None
    minuted: DecisionMinuted | None = None
    signed: DecisionCountersigned | None = None
    dissents: dict[str, str] = {}
    released: DecisionReleased | None = None
    told: frozenset[str] = frozenset()
    corrections: frozenset[str] = frozenset()
    deferred: bool = False
    awaited: EvidenceAwaited | None = None
    supplied: EvidenceSupplied | None = None
    variation: VariationProposed | None = None
    consent: VariationAnswered | None = None

    @property
    def is_decided(self) -> bool:
        """Return whether nothing is open: a deferral, once the provider knows of it, opens the case again."""
        if self.taken is None:
            return False
        return self.taken.code != "DEFER" or self.released is None

    def chair(self, sitting: Sitting) -> str | None:
        """Return who chairs the item; None while the one who would is recused, and nobody else is named."""
        named = None if self.item is None else self.item.chair_id
        chair = named or sitting.chair_id
        return None if chair in self.recused else chair


def evolve(deciding: Deciding, event: DecisionEvent) -> Deciding:
    """Return the deciding as it stands after an event. Never refuses."""
    match event:
        case CaseTabled():
            return replace(deciding, item=_tabled(deciding.item, event))
        case CaseTakenOff():
            return replace(deciding, item=None)
        case MemberRecused():
            item = _without(deciding.item, event.member_id)
            return replace(deciding, recused=deciding.recused | {event.member_id}, item=item)
        case RecusalWithdrawn():
            return replace(deciding, recused=deciding.recused - {event.member_id})
        case ItemChairNamed() | MotionPut() | VoteCast() | VoteWithdrawn() | CastingVoteGiven():
            return replace(deciding, item=_moved(deciding.item, event))
        case EvidenceAwaited():
            return replace(deciding, awaited=event)
        case EvidenceSupplied():
            return replace(deciding, supplied=event)
        case VariationProposed():
            return replace(deciding, variation=event, consent=None)
        case VariationWithdrawn():
            return replace(deciding, variation=None, consent=None)
        case VariationAnswered():
            return replace(deciding, consent=event)
        case _:
            return _decided(deciding, event)


def _decided(
    deciding: Deciding,
    event: DecisionTaken
    | DecisionMinuted
    | DecisionCountersigned
    | DissentRecorded
    | DecisionRescinded
    | DecisionReleased
    | DecisionNotified
    | DecisionCorrected,
) -> Deciding:
    match event:
        case DecisionTaken():
            deferred = deciding.deferred or event.code == "DEFER"
            fresh = replace(deciding, minuted=None, signed=None, dissents={}, released=None)
            return replace(fresh, taken=event, deferred=deferred)
        case DecisionMinuted():
            return replace(deciding, minuted=event)
        case DecisionCountersigned():
            return replace(deciding, signed=event)
        case DissentRecorded():
            return replace(deciding, dissents={**deciding.dissents, event.member_id: event.reason})
        case DecisionRescinded():
            return _rescinded(deciding)
        case DecisionReleased():
            return replace(deciding, released=event, told=deciding.told | {event.decision_id}, item=None)
        case DecisionNotified():
            return deciding
        case DecisionCorrected():
            return replace(deciding, corrections=deciding.corrections | {event.correction_id})
        case _:
            assert_never(event)


def _rescinded(deciding: Deciding) -> Deciding:
    item = None if deciding.item is None else Item(tabled=deciding.item.tabled, chair_id=deciding.item.chair_id)
    open_again = replace(deciding, taken=None, minuted=None, signed=None, dissents={}, item=item)
    if deciding.taken is not None and deciding.taken.code == "DEFER":
        # It was never told to anybody, so it does not use up the one that there may be.
        return replace(open_again, deferred=False, awaited=None)
    return open_again


def _moved(
    item: Item | None, event: ItemChairNamed | MotionPut | VoteCast | VoteWithdrawn | CastingVoteGiven
) -> Item | None:
    if item is None:
        return None
    match event:
        case ItemChairNamed():
            return replace(item, chair_id=event.member_id, casting=None)
        case MotionPut():
            return replace(item, motion=event, votes={}, casting=None)
        case VoteCast():
            # A casting vote settles the votes that were there, and no others.
            return replace(item, votes={**item.votes, event.member_id: event.vote}, casting=None)
        case VoteWithdrawn():
            return replace(item, votes=_others(item.votes, event.member_id), casting=None)
        case CastingVoteGiven():
            return replace(item, casting=event.vote)


def _tabled(item: Item | None, event: CaseTabled) -> Item:
    # A meeting that is moved takes its items along, each with whoever chairs it.
    chair = None if item is None or item.tabled.meeting_id != event.meeting_id else item.chair_id
    return Item(tabled=event, chair_id=chair)


def _without(item: Item | None, member_id: str) -> Item | None:
    if item is None:
        return None
    chair = None if item.chair_id == member_id else item.chair_id
    return replace(item, votes=_others(item.votes, member_id), casting=None, chair_id=chair)


def _others(votes: dict[str, Vote], member_id: str) -> dict[str, Vote]:
    return {member: vote for member, vote in votes.items() if member != member_id}
