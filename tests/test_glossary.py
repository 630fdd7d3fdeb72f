"""The glossary has every word that the code uses for what the agency knows."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from qa_platform.accreditations.events import AccreditationClosingCorrected, AccreditationConditionsMet
from qa_platform.accreditations.events.conditions import Severity, VerdictCode
from qa_platform.app import ALL_DECIDERS
from qa_platform.centres.events import CentreCode
from qa_platform.decisions.decider import KINDS
from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.roles import Role
from qa_platform.submissions.events import IntakeCode
from qa_platform.submissions.events.components import ComponentListingEnded
from tests.rulebook.words import aspects_of, room_of, stream_of

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
STATES = [words for decider in ALL_DECIDERS for words in aspects_of(decider)]
KINDS_OF_DOCUMENT = {
    code
    for event in (AccreditationClosingCorrected, AccreditationConditionsMet)
    for code in get_args(get_type_hints(event)["kind"])
}


@cache
def rows() -> dict[str, list[list[str]]]:
    """Return the rows of each chapter, cell by cell."""
    chapters = re.split(r"^##+ ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        chapter.split("\n")[0].split(" · ")[0]: [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in chapter.splitlines()
            if line.startswith("|") and not line.startswith(("| ---", "| Term |", "| State |", "| Code |", "| Room "))
        ]
        for chapter in chapters[1:]
    }


def codes(chapter: str) -> list[str]:
    """Return the words in code style that a chapter explains."""
    return [code for first, *_ in rows()[chapter] for code in re.findall(r"`([^`]+)`", first)]


def test_every_room_and_every_kind_of_stream_has_an_entry():
    rooms = {room_of(decider) for decider in ALL_DECIDERS}
    streams = {stream_of(decider) for decider in ALL_DECIDERS}

    assert Counter(codes("Rooms and their streams")) == Counter(rooms | streams)


@pytest.mark.parametrize("words", STATES, ids=lambda words: words.title)
def test_every_state_has_an_entry(words):
    assert codes(words.title.capitalize()) == list(words.order)


def test_every_kind_of_decision_has_an_entry():
    of_units = get_args(get_type_hints(ComponentListingEnded)["decision_code"])
    expected = {*KINDS, *get_args(VerdictCode), *KINDS_OF_DOCUMENT, *IntakeCode, *of_units, *get_args(CentreCode)}

    assert Counter(codes("Kinds of decision")) == Counter(expected)


def test_every_category_of_interest_has_an_entry():
    assert codes("Categories of interest") == list(CATEGORIES)


def test_every_role_and_every_severity_has_an_entry():
    assert codes("Who acts") == [role.value for role in Role]
    assert set(get_args(Severity)) <= set(codes("From decision to register"))


def test_every_entry_says_it_in_both_languages():
    wanting = [row for chapter in rows().values() for row in chapter if len(row) != 4 or not all(row)]
    assert wanting == []


@pytest.mark.parametrize("column", [0, 1], ids=["English", "Malay"])
def test_no_term_has_two_meanings(column):
    terms = [
        row[column]
        for chapter, found in rows().items()
        if chapter not in {words.title.capitalize() for words in STATES} | {"Rooms and their streams"}
        for row in found
    ]
    assert [term for term, times in Counter(terms).items() if times > 1] == []
