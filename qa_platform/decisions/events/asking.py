"""What can have passed between committee and provider before a final decision: evidence, and consent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from qa_platform.decisions.events.words import COMMITTEE, ONCE_RELEASED, WITH_PROVIDER, Supplied
from qa_platform.kernel.event import Event
from qa_platform.kernel.visibility import Visibility

ConsentAnswer = Literal["consented", "refused"]


class EvidenceAwaited(Event, frozen=True, kw_only=True, tag="decision.evidence_awaited.v1"):
    """A deferral says what is to be supplied, and by when; the provider learns it with the release."""

    seen_by: ClassVar[Visibility] = (*COMMITTEE, *ONCE_RELEASED)

    submission_id: str
    decision_id: str
    wanted: tuple[str, ...]
    due_on: date


class EvidenceSupplied(Event, frozen=True, kw_only=True, tag="decision.evidence_supplied.v1"):
    """The provider supplied what a deferral waits for."""

    seen_by: ClassVar[Visibility] = WITH_PROVIDER

    submission_id: str
    decision_id: str
    answers: tuple[Supplied, ...]
    supplied_on: date


class VariationProposed(Event, frozen=True, kw_only=True, tag="decision.variation_proposed.v1"):
    """The provider was asked whether it agrees to another level, credit or number of hours than it claimed."""

    seen_by: ClassVar[Visibility] = WITH_PROVIDER

    submission_id: str
    variation_id: str
    level: int | None
    credits: Decimal | None
    hours: Decimal | None
    reason: str
    due_on: date


class VariationWithdrawn(Event, frozen=True, kw_only=True, tag="decision.variation_withdrawn.v1"):
    """The question was taken back before it was answered."""

    seen_by: ClassVar[Visibility] = WITH_PROVIDER

    submission_id: str
    variation_id: str
    reason: str


class VariationAnswered(Event, frozen=True, kw_only=True, tag="decision.variation_answered.v1"):
    """The provider's accountable officer agreed to the variation, or did not."""

    seen_by: ClassVar[Visibility] = WITH_PROVIDER

    submission_id: str
    variation_id: str
    officer_id: str
    answer: ConsentAnswer
    answered_on: date


AskingEvent = EvidenceAwaited | EvidenceSupplied | VariationProposed | VariationWithdrawn | VariationAnswered
