"""How each event moves the deciding on a submission on."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.decisions.events import (
    AskingEvent,
    CaseTabled,
    CaseTakenOff,
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
    ItemEvent,
    MemberRecused,
    MotionPut,
    RecusalWithdrawn,
    VariationAnswered,
    VariationProposed,
    VariationWithdrawn,
    VerdictEvent,
    VoteCast,
    VoteWithdrawn,
)
from qa_platform.decisions.read_model.rows import (
    Awaited,
    Correction,
    CountedVote,
    DecisionRow,
    Dissent,
    Item,
    Minutes,
    Recusal,
    Rights,
    Variation,
    Verdict,
)
from qa_platform.kernel.event import Event, Recorded
from qa_platform.ledger.projection import Projection
from qa_platform.panels.events import (
    LeadAssigned,
    ModerationClosed,
    ModerationReopened,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)

_PANEL = (
    PanelOpened,
    LeadAssigned,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ModerationClosed,
    ModerationReopened,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
    ThirdReviewCompleted,
)


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: DecisionRow | None, recorded: Recorded[Any]) -> DecisionRow | None:
    """Return the deciding after one event of the panel's or the decision's stream."""
    known = row or DecisionRow(submission_id=recorded.event.submission_id)
    event = recorded.event
    if isinstance(event, _PANEL):
        return _seated(known, event)
    known = replace(known, version=recorded.version)
    if isinstance(event, get_args(ItemEvent)):
        return _itemised(known, event)
    if isinstance(event, get_args(AskingEvent)):
        return _asked(known, event)
    return _decided(known, event)


def _seated(row: DecisionRow, event: Any) -> DecisionRow:  # noqa: ANN401 -- any of the panel's events
    match event:
        case PanelOpened():
            return replace(row, provider_id=event.provider_id, route=event.route, rubric_version=event.rubric_version)
        case LeadAssigned():
            return replace(row, lead_id=event.lead_id)
        case ReviewerAssigned():
            return replace(row, reviewers=(*row.reviewers, event.reviewer_id), reviews=(*row.reviews, event.review_id))
        case ReviewerStoodDown():
            return replace(row, reviewers=tuple(each for each in row.reviewers if each != event.reviewer_id))
        case ScoringClosed():
            return replace(row, scoring_closed=True)
        case ModerationClosed():
            return replace(row, moderation_closed=True)
        case ModerationReopened():
            return replace(row, moderation_closed=False)
        case ThirdReviewRequested():
            return replace(row, scoring_closed=False)
        case ThirdReviewWithdrawn() | ThirdReviewCompleted():
            return replace(row, scoring_closed=True)
        case _:
            return row


def _itemised(row: DecisionRow, event: ItemEvent) -> DecisionRow:
    match event:
        case CaseTabled():
            return replace(row, item=_tabled(row.item, event))
        case CaseTakenOff():
            return replace(row, item=None)
        case MemberRecused():
            recusal = Recusal(member_id=event.member_id, category=event.category)
            return replace(row, recusals=(*row.recusals, recusal), item=_recused(row.item, event.member_id))
        case RecusalWithdrawn():
            return replace(row, recusals=tuple(one for one in row.recusals if one.member_id != event.member_id))
        case ItemChairNamed() | MotionPut() | VoteCast() | VoteWithdrawn() | CastingVoteGiven():
            return row if row.item is None else replace(row, item=_voted(row.item, event))


def _tabled(item: Item | None, event: CaseTabled) -> Item:
    # A meeting that is moved takes its items along, each with whoever chairs it.
    chair = None if item is None or item.meeting_id != event.meeting_id else item.chair_id
    return Item(meeting_id=event.meeting_id, held_on=event.held_on, chair_id=chair)


def _recused(item: Item | None, member_id: str) -> Item | None:
    if item is None:
        return None
    chair = None if item.chair_id == member_id else item.chair_id
    return replace(item, votes=_others(item.votes, member_id), casting_vote=None, chair_id=chair)


def _voted(item: Item, event: ItemChairNamed | MotionPut | VoteCast | VoteWithdrawn | CastingVoteGiven) -> Item:
    match event:
        case ItemChairNamed():
            return replace(item, chair_id=event.member_id, casting_vote=None)
        case MotionPut():
            return replace(item, motion_id=event.motion_id, code=event.code, votes=(), casting_vote=None)
        case VoteCast():
            vote = CountedVote(member_id=event.member_id, vote=event.vote)
            return replace(item, votes=(*_others(item.votes, event.member_id), vote), casting_vote=None)
        case VoteWithdrawn():
            return replace(item, votes=_others(item.votes, event.member_id), casting_vote=None)
        case CastingVoteGiven():
            return replace(item, casting_vote=event.vote)


def _others(votes: tuple[CountedVote, ...], member_id: str) -> tuple[CountedVote, ...]:
    return tuple(one for one in votes if one.member_id != member_id)


def _decided(row: DecisionRow, event: VerdictEvent) -> DecisionRow:
    match event:
        case DecisionTaken():
            fresh = replace(row, earlier=row.told, released_on=None, appeal_until=None, rights=None, minutes=None)
            return replace(fresh, verdict=_copied(Verdict, event))
        case DecisionReleased():
            known = replace(row, released_on=event.released_on, appeal_until=event.appeal_until, item=None)
            return replace(known, released_version=row.version)
        case DecisionNotified():
            return replace(row, rights=Rights(en=event.rights_en, ms=event.rights_ms), released_version=row.version)
        case DecisionRescinded():
            return _rescinded(row, event)
        case DecisionCorrected():
            return replace(row, corrections=(*row.corrections, _copied(Correction, event)))
        case DecisionMinuted() | DecisionCountersigned() | DissentRecorded():
            return replace(row, minutes=_minuted(row, event))


def _rescinded(row: DecisionRow, event: DecisionRescinded) -> DecisionRow:
    item = None if row.item is None else replace(row.item, motion_id=None, code=None, votes=(), casting_vote=None)
    awaited = None if row.awaited is None or row.awaited.decision_id == event.decision_id else row.awaited
    open_again = replace(row, item=item, awaited=awaited, verdict=None, minutes=None, earlier=None)
    before = row.earlier
    if before is None:
        return open_again
    # What was released before it, a deferral, is what is known again.
    return replace(
        open_again,
        verdict=before.verdict,
        released_on=before.released_on,
        appeal_until=before.appeal_until,
        released_version=before.version,
        rights=before.rights,
        minutes=before.minutes,
    )


def _minuted(row: DecisionRow, event: DecisionMinuted | DecisionCountersigned | DissentRecorded) -> Minutes | None:
    match event:
        case DecisionMinuted():
            minutes: Minutes = _copied(Minutes, event, votes=() if row.item is None else row.item.votes)
            return minutes
        case DecisionCountersigned():
            signed = {"signed_by": event.member_id, "signed_on": event.signed_on}
            return None if row.minutes is None else replace(row.minutes, **signed)
        case DissentRecorded():
            dissent = Dissent(member_id=event.member_id, reason=event.reason)
            others = () if row.minutes is None else row.minutes.dissents
            kept = tuple(one for one in others if one.member_id != event.member_id)
            return None if row.minutes is None else replace(row.minutes, dissents=(*kept, dissent))


def _asked(row: DecisionRow, event: AskingEvent) -> DecisionRow:
    match event:
        case EvidenceAwaited():
            return replace(row, awaited=_copied(Awaited, event))
        case EvidenceSupplied():
            supplied = {"answers": event.answers, "supplied_on": event.supplied_on}
            return row if row.awaited is None else replace(row, awaited=replace(row.awaited, **supplied))
        case VariationProposed():
            return replace(row, variation=_copied(Variation, event))
        case VariationWithdrawn():
            return replace(row, variation=None)
        case VariationAnswered():
            answered = {"answer": event.answer, "answered_on": event.answered_on}
            return row if row.variation is None else replace(row, variation=replace(row.variation, **answered))


def _copied(kind: type[Any], event: Event, **more: Any) -> Any:  # noqa: ANN401 -- a struct of that kind
    shared = {name: getattr(event, name) for name in kind.__struct_fields__ if hasattr(event, name)}
    return msgspec.convert(shared | more, kind, from_attributes=True)


DECISIONS: Projection[DecisionRow] = Projection(
    name="decisions",
    row=DecisionRow,
    key="submission_id",
    events=(*_PANEL, *get_args(DecisionEvent)),
    keys=keys,
    fold=fold,
    indexes=(("provider_id",), ("lead_id",), ("released_on",)),
)
