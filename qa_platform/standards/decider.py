"""The rules about the standard: a version is published once, and in force once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import unified_diff
from itertools import islice
from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.standards.commands import PublishRubric, PutRubricInForce, RetireRubric, StandardCommand
from qa_platform.standards.events import RubricPublished, RubricPutInForce, RubricRetired, StandardEvent

_SHOWN_LINES = 20
_SHOWN_WIDTH = 200


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a version."""

    content_hash: str
    text: str
    in_force_from: date | None = None
    retired_from: date | None = None


class Standard(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a standard: its versions, in the order of their publication."""

    versions: Mapping[str, Version] = {}


class PublishedRubricEdited(Rejected):
    """A published version came again with another text."""


class RubricUnknown(Missing):
    """No such version was published."""


class RubricAlreadyInForce(Rejected):
    """The version is, or was to be, in force from another day."""


class RubricRetiredAlready(Rejected):
    """The version is retired."""


class RubricDateImpossible(Rejected):
    """The day contradicts today, or the days of other versions."""


def decide(command: StandardCommand, standard: Standard) -> list[StandardEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case PublishRubric():
            return _publish(command, standard)
        case PutRubricInForce():
            return _put_in_force(command, standard)
        case RetireRubric():
            return _retire(command, standard)
        case _:
            assert_never(command)


def evolve(standard: Standard, event: StandardEvent) -> Standard:
    """Return the standard as it stands after an event. Never refuses."""
    match event:
        case RubricPublished():
            version = Version(content_hash=event.content_hash, text=event.text)
        case RubricPutInForce():
            version = replace(standard.versions[event.version], in_force_from=event.in_force_from)
        case RubricRetired():
            version = replace(standard.versions[event.version], retired_from=event.retired_from)
        case _:
            assert_never(event)
    return Standard(versions={**standard.versions, event.version: version})


def _publish(command: PublishRubric, standard: Standard) -> list[StandardEvent]:
    known = standard.versions.get(command.version)
    if known is not None and known.content_hash != command.content_hash:
        raise PublishedRubricEdited(
            f"“{command.standard_id} {command.version}” was not published: it is published already, with another "
            "text, and a published version is never edited. Put the file back as it was, and publish the change as "
            f"a new version. What differs:\n{_difference(command, known.text)}"
        )
    if known is not None:
        return []

    return [
        RubricPublished(
            standard_id=command.standard_id,
            version=command.version,
            content_hash=command.content_hash,
            text=command.text,
            title_en=command.title_en,
            title_ms=command.title_ms,
        )
    ]


def _put_in_force(command: PutRubricInForce, standard: Standard) -> list[StandardEvent]:
    name = f"“{command.standard_id} {command.version}”"
    version = _known(command, standard)
    if version.in_force_from == command.in_force_from:
        return []
    if version.in_force_from is not None:
        raise RubricAlreadyInForce(
            f"{name} was not put in force from {command.in_force_from}: its day is {version.in_force_from}, and a "
            "version comes into force once. Publish a new version for another day."
        )
    if version.retired_from is not None:
        raise RubricRetiredAlready(
            f"{name} was not put in force: it is retired from {version.retired_from}. Publish a new version instead."
        )
    if command.in_force_from < command.on:
        raise RubricDateImpossible(
            f"{name} was not put in force from {command.in_force_from}: that day is past, and what was accepted "
            f"since is judged under another version. Choose {command.on} or later."
        )
    latest = _latest(standard)
    if latest is not None and command.in_force_from <= latest:
        raise RubricDateImpossible(
            f"{name} was not put in force from {command.in_force_from}: another version comes into force on {latest}. "
            "Choose a later day."
        )

    return [
        RubricPutInForce(standard_id=command.standard_id, version=command.version, in_force_from=command.in_force_from)
    ]


def _retire(command: RetireRubric, standard: Standard) -> list[StandardEvent]:
    name = f"“{command.standard_id} {command.version}”"
    version = _known(command, standard)
    if version.retired_from == command.retired_from:
        return []
    if version.retired_from is not None:
        raise RubricRetiredAlready(
            f"{name} was not retired from {command.retired_from}: it is retired from {version.retired_from}, and that "
            "day stands. Leave it so."
        )
    earliest = max(command.on, version.in_force_from or command.on)
    if command.retired_from < earliest:
        raise RubricDateImpossible(
            f"{name} was not retired from {command.retired_from}: that is before today, or before the version comes "
            f"into force. Choose {earliest} or later."
        )

    return [RubricRetired(standard_id=command.standard_id, version=command.version, retired_from=command.retired_from)]


def _known(command: PutRubricInForce | RetireRubric, standard: Standard) -> Version:
    version = standard.versions.get(command.version)
    if version is None:
        raise RubricUnknown(f"There is no version “{command.version}” of “{command.standard_id}”. Publish it first.")
    return version


def _latest(standard: Standard) -> date | None:
    days = [version.in_force_from for version in standard.versions.values() if version.in_force_from is not None]
    return max(days, default=None)


def _difference(command: PublishRubric, published: str) -> str:
    """Return the first lines of the difference, so that one sees what was edited without the whole file."""
    lines = list(
        unified_diff(
            published.splitlines(), command.text.splitlines(), "as published", "as it is now", lineterm="", n=1
        )
    )
    if not lines:
        return "Only the line endings, or the end of the file."
    shown = [line[:_SHOWN_WIDTH] for line in islice(lines, _SHOWN_LINES)]
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"… and {more} more lines"] if more else shown)


standard_decider: Decider[StandardCommand, Standard, StandardEvent] = Decider(
    commands=get_args(StandardCommand),
    events=get_args(StandardEvent),
    stream=lambda command: f"standard-{command.standard_id}",
    initial=Standard(),
    decide=decide,
    evolve=evolve,
)
