"""What is known of a case when one of its events is told: titles, the provider, and who is part of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from qa_platform.accreditations.events import ConditionCheckHandedOver, ConditionSet
from qa_platform.centres.events import CaseAssigned, CaseMoved
from qa_platform.decisions.events import (
    DecisionReleased,
    DecisionTaken,
    EvidenceAwaited,
    MeetingConvened,
    MeetingMembershipChanged,
    MeetingMoved,
    MemberRecused,
    RecusalWithdrawn,
)
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import (
    DraftReportIssued,
    LeadAssigned,
    ReviewerAssigned,
    ReviewerStoodDown,
    SeatChangeUndone,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.reviews.events import ConflictRuled, InterestsDeclared, ReviewLocked, RulingReversed
from qa_platform.submissions.events import SubmissionContentChanged, SubmissionDrafted, SubmissionLodged
from qa_platform.submissions.events.components import ComponentNotified


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice about a case may rest on.

    `asked` are all who were ever asked to review it: until the decision is released they are told
    of it in no other role. Until it is `lodged`, it is nobody's but its provider's; `centre_id` is
    whose case it is, None the agency's. `seated` are reviewers by review, `cleared` the reviews
    beyond the gate, `locked` those that count, and `checked_by` says of each condition whether the
    panel or an officer checks it. `unsought` are seats that nobody is sought for: one that goes back to
    whoever was proposed first, until he has it, and that of a third review which is not wanted any
    more. `check_by` is the last day of the provider's check of the draft report, and `awaited` what the
    deferral that was taken last waits for.

    Of a meeting it is its day, the day before it was moved, and who sits; `joined` and `left` are whom
    the last change of members exchanged.
    """

    provider_id: str | None = None
    centre_id: str | None = None
    lodged: bool = False
    title_en: str | None = None
    title_ms: str | None = None
    lead_id: str | None = None
    asked: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    seated: dict[str, str] = {}
    unsought: frozenset[int] = frozenset()
    cleared: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    checked_by: dict[str, str] = {}
    check_by: date | None = None
    decision: DecisionTaken | None = None
    awaited: EvidenceAwaited | None = None
    released: bool = False
    held_on: date | None = None
    was_on: date | None = None
    sitting: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def apart(self) -> frozenset[str]:
        """Return who is told nothing of this case because of a role that he holds for the agency."""
        return self.recused if self.released else self.recused | self.asked


def fold_known(recorded: Iterable[Recorded[Any]]) -> Known:
    """Return what is known of a case after these events, in the order they come in."""
    return reduce(_after, recorded, Known())


def _after(known: Known, recorded: Recorded[Any]) -> Known:
    event = recorded.event
    match event:
        case SubmissionDrafted():
            return replace(known, provider_id=event.provider_id)
        case ComponentNotified():
            unit = event.unit
            return replace(known, provider_id=event.provider_id, title_en=unit.title_en, title_ms=unit.title_ms)
        case SubmissionContentChanged():
            titles = {name: getattr(event.content, name) for name in ("title_en", "title_ms")}
            return replace(known, **{name: title for name, title in titles.items() if title is not UNSET})
        case SubmissionLodged():
            return replace(known, lodged=True)
        case CaseAssigned():
            return replace(known, centre_id=event.centre_id)
        case CaseMoved():
            return replace(known, centre_id=event.to_centre_id)
        case LeadAssigned():
            return replace(known, lead_id=event.lead_id)
        case InterestsDeclared(effect="none" | "undertaking") | ConflictRuled(ruling="allow"):
            return replace(known, cleared=known.cleared | {event.review_id})
        case RulingReversed():
            return replace(known, cleared=known.cleared - {event.review_id})
        case ReviewLocked():
            return replace(known, locked=known.locked | {event.review_id})
        case MemberRecused():
            return replace(known, recused=known.recused | {event.member_id})
        case RecusalWithdrawn():
            return replace(known, recused=known.recused - {event.member_id})
        case DecisionTaken():
            return replace(known, decision=event)
        case DecisionReleased():
            return replace(known, released=True)
        case EvidenceAwaited():
            return replace(known, awaited=event)
        case ConditionSet() | ConditionCheckHandedOver():
            return replace(known, checked_by={**known.checked_by, event.condition_id: event.checked_by})
        case DraftReportIssued():
            return replace(known, check_by=event.answer_by)
        case _:
            return _met(_seated(known, event), event)


def _seated(known: Known, event: object) -> Known:
    match event:
        case ReviewerAssigned():
            seated = {**known.seated, event.review_id: event.reviewer_id}
            unsought = known.unsought - {event.seat}
            return replace(known, seated=seated, asked=known.asked | {event.reviewer_id}, unsought=unsought)
        case ReviewerStoodDown():
            return replace(known, seated={one: who for one, who in known.seated.items() if one != event.review_id})
        case SeatChangeUndone():
            return replace(known, unsought=known.unsought | {event.seat.seat})
        case ThirdReviewWithdrawn():
            return replace(known, unsought=known.unsought | {event.seat})
        case ThirdReviewRequested():
            return replace(known, unsought=known.unsought - {event.seat})
        case _:
            return known


def _met(known: Known, event: object) -> Known:
    match event:
        case MeetingConvened():
            return replace(known, held_on=event.held_on, sitting=event.members)
        case MeetingMoved():
            return replace(known, held_on=event.held_on, was_on=known.held_on)
        case MeetingMembershipChanged():
            joined = tuple(one for one in event.members if one not in known.sitting)
            left = tuple(one for one in known.sitting if one not in event.members)
            return replace(known, sitting=event.members, joined=joined, left=left)
        case _:
            return known
