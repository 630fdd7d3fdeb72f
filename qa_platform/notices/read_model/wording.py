"""The words of notices: from a kind, a version of its words, facts and a language, and from nothing else.

What was once told is told in the same words for ever: a text that must change gets a new version
beside the old one. Names of people never stand in a notice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from qa_platform.notices.events import Fact, Language

_FOLDER = Path(__file__).resolve().parent.parent / "templates" / "notices"

_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "ms": (
        *("Januari", "Februari", "Mac", "April", "Mei", "Jun"),
        *("Julai", "Ogos", "September", "Oktober", "November", "Disember"),
    ),
}
_DAYS = ("_on", "_until", "_from", "_to", "_by")


class Worded(Protocol):
    """What has words: a notice as a row, or as it was composed."""

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def wording(self) -> int:
        """The version of its words."""
        ...

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it says."""
        ...


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as its reader reads it: `now` is what to do, and until when; empty where there is nothing to do."""

    subject: str
    text: str
    now: str


class _Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    subject: str
    text: str
    now: str = ""


class _Templates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    en: _Template
    ms: _Template


def words_of(notice: Worded, language: Language) -> Words:
    """Return the words of a notice in a language."""
    template: _Template = getattr(templates()[notice.kind, notice.wording], language)
    said = _said(notice.facts, language)
    return Words(
        subject=_line(template.subject.format_map(said)),
        text=template.text.strip().format_map(said),
        now=template.now.strip().format_map(said),
    )


@cache
def templates() -> Mapping[tuple[str, int], _Templates]:
    """Return all words there are, by kind and version."""
    found: dict[tuple[str, int], _Templates] = {}
    for file in sorted(_FOLDER.glob("[a-z]*.toml")):
        for kind, versions in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for version, languages in versions.items():
                found[kind, int(version.removeprefix("v"))] = msgspec.convert(languages, _Templates)
    return found


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Return how codes are said, by language: decisions, roles, grounds."""
    return msgspec.convert(
        tomllib.loads((_FOLDER / "_phrases.toml").read_text(encoding="utf-8")), dict[str, dict[str, str]]
    )


def _said(facts: Iterable[Fact], language: Language) -> dict[str, str]:
    """Return the facts as a language says them; a title in the reader's own where there is one."""
    given = {fact.name: fact.value for fact in facts}
    other = "en" if language == "ms" else "ms"
    title = given.get(f"title_{language}") or given.get(f"title_{other}")
    said = {name: _value(name, value, language) for name, value in given.items()}
    said["title"] = _line(title) if title else phrases()[language]["untitled"]
    return said


def _value(name: str, value: str, language: Language) -> str:
    if name.endswith(_DAYS):
        day = date.fromisoformat(value)
        return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
    # A code is said in words where there are words for it.
    return phrases()[language].get(f"{name}.{value}", value)


def _line(text: str) -> str:
    # A subject is one line, whatever somebody typed into a title.
    return " ".join(text.split())
