"""The people and the providers: invented, plausible in Malaysia, and marked as simulated."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import convert

from qa_platform.providers.events import Kind
from qa_platform.simulation.chance import chance
from qa_platform.simulation.tables import table, words

if TYPE_CHECKING:
    from random import Random

MARK: Final = "(simulated)"
# Shorter words only count as whole words: “mit” is no reason to refuse “Summit”.
_LETTERS_THAT_STAND_OUT: Final = 5


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An invented person; the address is in a domain that can never exist (RFC 2606)."""

    name: str
    email: str


class ProviderName(msgspec.Struct, frozen=True, kw_only=True):
    """An invented provider's legal name, and the kind of body it claims to be."""

    legal_name: str
    kind: Kind
    registration_number: str


def person(seed: int, number: int) -> Person:
    """Return an invented person; the number is in the address, for names may repeat."""
    source = chance(seed, "person", number)
    name = _person_name(source)
    local = re.sub(r"[^a-z]+", ".", name.lower())
    return Person(name=f"{name} {MARK}", email=f"{local}.{number}@simulated.example")


def provider(seed: int, number: int) -> ProviderName:
    """Return an invented provider, never one of real name; no two numbers share a name."""
    names = _composed(seed, "work")
    name, kind = names[number % len(names)]
    again = f" {number // len(names) + 1}" if number >= len(names) else ""
    return ProviderName(
        legal_name=f"{name}{again} {MARK}",
        kind=convert(kind, Kind),
        registration_number=f"SIM-{number + 1:06d}",
    )


def partner(seed: int, number: int) -> tuple[str, str]:
    """Return an invented organisation that stands behind a course, and its sector."""
    names = _composed(seed, "partner")
    name, sector = names[number % len(names)]
    return f"{name} {MARK}", sector


def names_a_real_body(name: str) -> bool:
    """Return whether a name holds a word by which people know a real body or place."""
    return _real_names().search(name.lower()) is not None


@cache
def _real_names() -> re.Pattern[str]:
    known = sorted(words("real_names"))
    inside = [re.escape(word) for word in known if len(word) >= _LETTERS_THAT_STAND_OUT]
    alone = [re.escape(word) for word in known if len(word) < _LETTERS_THAT_STAND_OUT]
    return re.compile(rf"{'|'.join(inside)}|\b(?:{'|'.join(alone)})\b")


@cache
def _composed(seed: int, part: str) -> list[tuple[str, str]]:
    words_of = {
        each: [row["word"] for row in table("providers") if row["part"] == each] for each in ("head", "tail", part)
    }
    names = [
        (f"{head}{tail} {work}", kind)
        for head in words_of["head"]
        for tail in words_of["tail"]
        for work, kind in (entry.split("|") for entry in words_of[part])
        if not names_a_real_body(f"{head}{tail} {work}")
    ]
    chance(seed, part).shuffle(names)
    return names


def _person_name(source: Random) -> str:
    community = source.choice(("malay", "malay", "malay", "chinese", "chinese", "tamil", "sikh", "iban", "kadazan"))
    woman = source.random() < 0.5  # noqa: PLR2004 -- as many women as men
    given = _pick(source, community, "given") or _pick(source, community, "woman" if woman else "man")
    family = _pick(source, community, "family")
    match community:
        case "malay":
            return f"{given} {'binti' if woman else 'bin'} {family}"
        case "chinese":
            return f"{family} {given}"
        case "tamil":
            return f"{given} {'a/p' if woman else 'a/l'} {family}"
        case "sikh":
            return f"{given} {'Kaur' if woman else 'Singh'}"
        case "iban":
            return f"{given} anak {family}"
        case _:
            return f"{given} {family}"


def _pick(source: Random, community: str, part: str) -> str:
    choices = [row["name"] for row in table("people") if (row["community"], row["part"]) == (community, part)]
    return source.choice(choices) if choices else ""
