"""The rules of the register: numbers without gaps, one for each accreditation; an entry is opened once."""

from __future__ import annotations

import re
from typing import Any, assert_never, get_args

import msgspec
from msgspec.structs import replace
from stdnum.iso7064 import mod_37_36

from qa_platform.accreditations.commands import (
    AccreditationCommand,
    CorrectClosing,
    IssueClosing,
    IssueRegisterNumber,
    OpenAccreditation,
    RegisterNumberCommand,
)
from qa_platform.accreditations.decider.closing import Accreditation, correct_closing, issue_closing
from qa_platform.accreditations.events import (
    AccreditationClosingCorrected,
    AccreditationConditionsMet,
    AccreditationEvent,
    AccreditationOpened,
    RegisterNumberEvent,
    RegisterNumberIssued,
    Status,
)
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Missing, Rejected

# What a register's numbers begin with: country and kind, such as MY-MC.
REGISTER_PREFIX = r"[A-Z]{2}(?:-[A-Z0-9]{1,8})+"
SERIAL_DIGITS = 6
_SERIES = re.compile(rf"{REGISTER_PREFIX}-\d{{4}}", re.ASCII)
# Of a number without its hyphens nothing says where the prefix ends; the year and the serial end it.
_COMPACT = re.compile(rf"[A-Z]{{2}}[0-9A-Z]+\d{{{4 + SERIAL_DIGITS}}}[0-9A-Z]", re.ASCII)

# What is issued, newest first: (accreditation, the issue before). A series grows for a year, and
# a list that is only ever linked to costs the same for every number; a set would be copied.
Issued = tuple[str, "Issued"] | None


class NumberMistyped(Missing):
    """The check character says that this is no number of the register."""


class AccreditationAlreadyOpen(Rejected):
    """The entry exists, with other contents."""


class EntryImproper(Rejected):
    """The entry cannot be opened like this."""


class SeriesUnknown(Rejected):
    """The series has no year, or no country."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A series of numbers: the last serial, and who has one."""

    last: int = 0
    issued: Any = None


def register_number(series: str, serial: int) -> str:
    """Return the number of a serial: series, six digits, and a check character (ISO 7064, Mod 37,36)."""
    number = f"{series}-{serial:0{SERIAL_DIGITS}d}"
    return f"{number}-{mod_37_36.calc_check_digit(compact(number))}"


def compact(number: str) -> str:
    """Return the letters and digits of a number, by which it is known however it is typed."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def checked_number(number: str) -> str:
    """Return the letters and digits of a number that was typed. Raises NumberMistyped."""
    typed = compact(number)
    if _COMPACT.fullmatch(typed) is None or not mod_37_36.is_valid(typed):
        raise NumberMistyped(
            f"“{number}” is no number of this register: a character is mistyped, missing or swapped. "
            "Compare it with the certificate, character by character."
        )
    return typed


def issue(command: IssueRegisterNumber, series: Series) -> list[RegisterNumberEvent]:
    """Return the next number for an accreditation that has none, or raise Rejected."""
    if _SERIES.fullmatch(command.series) is None:
        raise SeriesUnknown(
            f"No number was issued: “{command.series}” is no series. Write country, kind and year, as in “MY-MC-2026”."
        )
    if _has_number(series, command.accreditation_id):
        return []

    serial = series.last + 1
    return [
        RegisterNumberIssued(
            series=command.series,
            serial=serial,
            number=register_number(command.series, serial),
            accreditation_id=command.accreditation_id,
            submission_id=command.submission_id,
        )
    ]


def count(series: Series, event: RegisterNumberEvent) -> Series:
    """Return the series as it stands after a number was issued. Never refuses."""
    return Series(last=event.serial, issued=(event.accreditation_id, series.issued))


def _has_number(series: Series, accreditation_id: str) -> bool:
    issued: Issued = series.issued
    while issued is not None:
        holder, issued = issued
        if holder == accreditation_id:
            return True
    return False


def decide(command: AccreditationCommand, accreditation: Accreditation) -> list[AccreditationEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case OpenAccreditation():
            return _open(command, accreditation)
        case IssueClosing():
            return issue_closing(command, accreditation)
        case CorrectClosing():
            return correct_closing(command, accreditation)
        case _:
            assert_never(command)


def _open(command: OpenAccreditation, accreditation: Accreditation) -> list[AccreditationEvent]:
    event = _opened(command)
    if accreditation.opened is not None:
        if accreditation.opened == event:
            return []
        raise AccreditationAlreadyOpen(
            f"The entry was not opened: “{accreditation.opened.number}” is open, with other contents. Change that one."
        )
    if not command.title_en and not command.title_ms:
        raise EntryImproper(f"“{command.number}” was not entered: the course has no title.")
    if command.valid_to <= command.valid_from:
        raise EntryImproper(f"“{command.number}” was not entered: its validity ends before it begins.")

    return [event]


def evolve(accreditation: Accreditation, event: AccreditationEvent) -> Accreditation:
    """Return the accreditation as it stands after an event. Never refuses."""
    match event:
        case AccreditationOpened():
            return replace(accreditation, opened=event, status=event.status)
        case AccreditationConditionsMet():
            return replace(accreditation, status="listed", closing=event, correction=None)
        case AccreditationClosingCorrected():
            return replace(accreditation, status="conditional", closing=None, correction=event)
        case _:
            assert_never(event)


def _opened(command: OpenAccreditation) -> AccreditationOpened:
    return AccreditationOpened(
        accreditation_id=command.accreditation_id,
        submission_id=command.submission_id,
        decision_id=command.decision_id,
        decision_code=command.decision_code,
        decision_class=command.decision_class,
        number=command.number,
        course_id=command.course_id,
        course_version=command.course_version,
        provider_id=command.provider_id,
        title_en=command.title_en,
        title_ms=command.title_ms,
        level=command.level,
        credits=command.credits,
        hours=command.hours,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        status=status_of(command.decision_class),
        simulated=command.simulated,
    )


def status_of(decision_class: str) -> Status:
    """Return how a grant of this class stands in the register."""
    return "listed" if decision_class == "positive" else "conditional"


register_number_decider: Decider[RegisterNumberCommand, Series, RegisterNumberEvent] = Decider(
    commands=(IssueRegisterNumber,),
    events=(RegisterNumberIssued,),
    stream=lambda command: f"register_numbers-{command.series}",
    initial=Series(),
    decide=issue,
    evolve=count,
    case=lambda command: command.submission_id,
)

accreditation_decider: Decider[AccreditationCommand, Accreditation, AccreditationEvent] = Decider(
    commands=get_args(AccreditationCommand),
    events=get_args(AccreditationEvent),
    stream=lambda command: f"accreditation-{command.accreditation_id}",
    initial=Accreditation(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
