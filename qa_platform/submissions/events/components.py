"""What can have happened to a unit of an accredited programme that is offered as a micro-credential."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, Visibility, of_provider, of_roles

_OFFICE: Visibility = of_roles(Role.INTAKE_OFFICER, Role.REGISTER_OFFICER)
_OWN: Visibility = (*of_provider(), *_OFFICE, *AUDITED)
# The register is public, and so is how an entry came into it and left it; the words of the office are not.
_PUBLIC = of_roles(*(role for role in Role if role is not Role.SYSTEM))
_ENDED: Visibility = (
    *_OWN,
    *of_roles(*(role for role in Role if role is not Role.SYSTEM), hides=("reason",)),
)

UndoneStep = Literal["refusal", "ending"]


class ComponentRefusal(StrEnum):
    """Why a unit is not listed; the values are stored and never change."""

    PROGRAMME_NOT_ACCREDITED = "programme_not_accredited"
    PROGRAMME_NOT_FOUND = "programme_not_found"
    NOT_A_UNIT_OF_IT = "not_a_unit_of_it"
    FIGURES_DIFFER = "figures_differ"
    OTHER = "other"


class ListingEnd(StrEnum):
    """Why a listing ended; the values are stored and never change."""

    PROGRAMME_EXPIRED = "programme_expired"
    PROGRAMME_WITHDRAWN = "programme_withdrawn"
    CLOSED_BY_PROVIDER = "closed_by_provider"


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """An accredited programme, as the provider tells of it; `accredited_to` is the last day of its accreditation."""

    reference: str
    title: str
    level: int
    credits: Decimal
    accredited_to: date


class UnitOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome of the unit, and which outcome of the programme it is a part of."""

    text: str
    of: str


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a programme that is offered by itself, with its share of level, credits and outcomes."""

    codes: tuple[str, ...]
    title_en: str | None
    title_ms: str | None
    level: int
    credits: Decimal
    hours: int
    outcomes: tuple[UnitOutcome, ...]


class ComponentNotified(Event, frozen=True, kw_only=True, tag="component.notified.v1"):
    """A provider told the agency that it offers a unit of an accredited programme by itself.

    What is `drawn` is looked at like a course that stands alone: as a submission on the component route.
    """

    seen_by: ClassVar[Visibility] = _OWN

    component_id: str
    provider_id: str
    programme: Programme
    unit: Unit
    notified_on: date
    check_due_on: date
    drawn: bool
    simulated: bool


class ComponentListed(Event, frozen=True, kw_only=True, tag="component.listed.v1"):
    """An officer found the unit to be what it is said to be, and listed it as long as its programme is accredited."""

    seen_by: ClassVar[Visibility] = _OWN

    component_id: str
    listed_on: date
    valid_to: date
    decision_code: Literal["LIST"]
    decision_class: Literal["positive"]


class ComponentRefused(Event, frozen=True, kw_only=True, tag="component.refused.v1"):
    """An officer did not list the unit, and said why."""

    seen_by: ClassVar[Visibility] = _OWN

    component_id: str
    refused_on: date
    ground: ComponentRefusal
    reason: str
    decision_code: Literal["ELIG-NO"]


class ComponentWithdrawn(Event, frozen=True, kw_only=True, tag="component.withdrawn.v1"):
    """The provider took its notification back before it was answered."""

    seen_by: ClassVar[Visibility] = _OWN

    component_id: str
    decision_code: Literal["WD-P"]


class ComponentEntered(Event, frozen=True, kw_only=True, tag="component.entered.v1"):
    """A listed unit stands in the register, under a number of its own."""

    seen_by: ClassVar[Visibility] = _PUBLIC

    component_id: str
    number: str
    provider_id: str
    programme_reference: str
    programme_title: str
    title_en: str | None
    title_ms: str | None
    level: int
    credits: Decimal
    hours: int
    decision_code: Literal["LIST"]
    decision_class: Literal["positive"]
    valid_from: date
    valid_to: date
    simulated: bool


class ComponentListingEnded(Event, frozen=True, kw_only=True, tag="component.listing_ended.v1"):
    """A unit lost its listing; its entry stays, and says so."""

    seen_by: ClassVar[Visibility] = _ENDED

    component_id: str
    number: str
    ended_on: date
    ground: ListingEnd
    reason: str | None
    decision_code: Literal["EXP", "CEASE"]


class ComponentStepUndone(Event, frozen=True, kw_only=True, tag="component.step_undone.v1"):
    """An officer took back a refusal, or the end of a listing, that was an error."""

    seen_by: ClassVar[Visibility] = _ENDED

    component_id: str
    number: str | None
    undone: UndoneStep
    undone_on: date
    reason: str
    check_due_on: date | None


ComponentEvent = (
    ComponentNotified
    | ComponentListed
    | ComponentRefused
    | ComponentWithdrawn
    | ComponentEntered
    | ComponentListingEnded
    | ComponentStepUndone
)
