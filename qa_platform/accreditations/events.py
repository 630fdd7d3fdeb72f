"""What can have happened to an accreditation and to the numbers of the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import Visibility, of_roles

Status = Literal["listed", "conditional"]

# The register is public, and so is how an entry came into it.
_PUBLIC: Visibility = of_roles(*(role for role in Role if role is not Role.SYSTEM))


class RegisterNumberIssued(Event, frozen=True, kw_only=True, tag="register_number.issued.v1"):
    """An accreditation got its number: next in its series, with a check character, for ever."""

    seen_by: ClassVar[Visibility] = _PUBLIC

    series: str
    serial: int
    number: str
    accreditation_id: str
    submission_id: str


class AccreditationOpened(Event, frozen=True, kw_only=True, tag="accreditation.opened.v1"):
    """A granted course was entered in the register."""

    seen_by: ClassVar[Visibility] = _PUBLIC

    accreditation_id: str
    submission_id: str
    decision_id: str
    decision_code: str
    decision_class: str
    number: str
    course_id: str
    course_version: str
    provider_id: str
    title_en: str | None
    title_ms: str | None
    level: int | None
    credits: Decimal | None
    hours: Decimal | None
    valid_from: date
    valid_to: date
    status: Status
    simulated: bool


AccreditationEvent = AccreditationOpened
RegisterNumberEvent = RegisterNumberIssued
