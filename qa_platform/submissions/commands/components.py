"""What one may ask of a unit of an accredited programme."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.submissions.events.components import ComponentRefusal, ListingEnd, Programme, Unit


class NotifyComponent(Command, frozen=True, kw_only=True):
    """Tell that a unit of an accredited programme is offered by itself.

    Whether the provider is recognised that day, which of its units stands for the same part already
    (`twin`), and whether the unit is `drawn` for a full review, is known at the edge.
    """

    component_id: str
    provider_id: str
    on: date
    check_due_on: date
    programme: Programme
    unit: Unit
    provider_is_recognised: bool
    twin: str | None = None
    drawn: bool = False
    simulated: bool = False


class ListComponent(Command, frozen=True, kw_only=True):
    """List a unit; `accredited_to` is the last day of its programme's accreditation, as the officer found it."""

    component_id: str
    on: date
    accredited_to: date | None = None


class RefuseComponent(Command, frozen=True, kw_only=True):
    """Do not list a unit, and say why."""

    component_id: str
    on: date
    ground: ComponentRefusal
    reason: str


class WithdrawComponent(Command, frozen=True, kw_only=True):
    """Take a notification back that was not answered."""

    component_id: str


class EnterComponent(Command, frozen=True, kw_only=True):
    """Enter a listed unit in the register, under the number that it was issued."""

    component_id: str
    number: str


class EndListing(Command, frozen=True, kw_only=True):
    """End the listing of a unit, above all because its programme is not accredited any more."""

    component_id: str
    on: date
    ended_on: date
    ground: ListingEnd
    reason: str | None = None


class UndoRefusal(Command, frozen=True, kw_only=True):
    """Take a refusal back, so that the unit is looked at again by a day."""

    component_id: str
    on: date
    check_due_on: date
    reason: str


class UndoEnding(Command, frozen=True, kw_only=True):
    """Take back the end of a listing that was an error, while its programme is still accredited."""

    component_id: str
    on: date
    reason: str


ComponentCommand = (
    NotifyComponent
    | ListComponent
    | RefuseComponent
    | WithdrawComponent
    | EnterComponent
    | EndListing
    | UndoRefusal
    | UndoEnding
)
