"""What committee and provider may ask of each other before a final decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qa_platform.decisions.events import ConsentAnswer, Supplied
from qa_platform.kernel.event import Command


class SupplyEvidence(Command, frozen=True, kw_only=True):
    """Give the committee what a deferral waits for, all of it at once."""

    submission_id: str
    answers: tuple[Supplied, ...]
    on: date


class ProposeVariation(Command, frozen=True, kw_only=True):
    """Ask the provider whether it agrees to another level, credit or number of hours than it claimed.

    What was claimed, and where the case stands, is known at the edge.
    """

    submission_id: str
    variation_id: str
    level: int | None
    credits: Decimal | None
    hours: Decimal | None
    level_claimed: int | None
    credits_claimed: Decimal | None
    hours_claimed: Decimal | None
    route: str
    submission_status: str
    scoring_closed: bool
    reason: str
    due_on: date
    on: date


class WithdrawVariation(Command, frozen=True, kw_only=True):
    """Take the question back before it is answered."""

    submission_id: str
    reason: str


class AnswerVariation(Command, frozen=True, kw_only=True):
    """Agree to a variation, or not, for the provider."""

    submission_id: str
    variation_id: str
    officer_id: str
    answer: ConsentAnswer
    on: date


AskingCommand = SupplyEvidence | ProposeVariation | WithdrawVariation | AnswerVariation
