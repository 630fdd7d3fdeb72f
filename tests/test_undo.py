"""The page of what can be taken back: each event there is stands on it, and what it says of it is what the rules do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path
from typing import NamedTuple

import pytest

from qa_platform.app import ALL_DECIDERS
from qa_platform.kernel.event import stored_name
from qa_platform.kernel.rejected import Rejected
from qa_platform.processes.notices import UNDONE
from tests.rulebook.book import book
from tests.rulebook.words import room_of

TESTS = Path(__file__).resolve().parent
DOCUMENT = TESTS.parent / "docs" / "undo.md"
LINE = re.compile(r"^\| `([a-z_.0-9]+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
EVENTS = {stored_name(event): decider for decider in ALL_DECIDERS for event in decider.events}
COMMANDS = {command.__name__: decider for decider in ALL_DECIDERS for command in decider.commands}
# A review begins with a seat and ends with it: the seat is the panel's.
ELSEWHERE = {("review.invited.v1", "StandReviewerDown")}
# Two streams say it together, after both were written: what was notified anew, and what comes back.
BESIDE_THE_RULES = {"ComponentNotifiedBefore": "tests/submissions"}
# After these nothing is ever asked of a stream again.
ENDS = {"AccountClosed", "CentreGone", "ProviderGone", "ReviewerGone"}


class Row(NamedTuple):
    """What the page says of an event."""

    event: str
    by: list[str]
    until: str
    refusals: list[str]


def rows() -> list[Row]:
    """Return what the page says, in its order."""
    found = LINE.findall(DOCUMENT.read_text(encoding="utf-8"))
    return [
        Row(event, re.findall(r"`(\w+)`", by), until, re.findall(r"`(\w+)`", late)) for event, by, until, late in found
    ]


@cache
def refused() -> frozenset[tuple[str, str]]:
    """Return by which refusal the tests of the rules had which command refused."""
    found = set()
    for history, command in book().asked:
        decider = COMMANDS[type(command).__name__]
        try:
            decider.decide(command, reduce(decider.evolve, history, decider.initial))
        except Rejected as refusal:
            found.add((type(command).__name__, type(refusal).__name__))
    return frozenset(found)


def lies(row: Row) -> Iterator[str]:
    """Yield what a row says that is not so, or leaves unsaid."""
    for command in row.by:
        if command not in COMMANDS:
            yield f"there is no command {command}"
        elif room_of(COMMANDS[command]) != room_of(EVENTS[row.event]) and (row.event, command) not in ELSEWHERE:
            yield f"{command} is asked in another room"
    if not row.until.strip():
        yield "it does not say until when, or why not"
    if row.refusals and not row.by:
        yield "nothing reverses it, and so nothing is refused"
    if row.by and not row.refusals and re.search(r"\b(until|while)\b", row.until):
        yield "it has a limit, and does not say how whoever comes too late is refused"
    yield from _unheard(row)


def _unheard(row: Row) -> Iterator[str]:
    for refusal in row.refusals:
        folder = BESIDE_THE_RULES.get(refusal)
        if folder is None and not any((command, refusal) in refused() for command in row.by):
            yield f"no test of the rules has {' or '.join(row.by)} refused by {refusal}"
        if folder is not None and not any(refusal in file.read_text() for file in (TESTS.parent / folder).glob("*.py")):
            yield f"no test names {refusal}"
    if not row.refusals:
        for command, refusal in refused():
            if command in row.by and refusal in ENDS:
                yield f"{command} is refused by {refusal} at the end, which it does not say"


def test_every_event_stands_on_the_page_once():
    named = [row.event for row in rows()]

    assert set(EVENTS) - set(named) == set(), "say in docs/undo.md what reverses it and until when, or why nothing does"
    assert [event for event in named if named.count(event) > 1] == []
    assert set(named) <= set(EVENTS)


def test_what_the_page_says_is_what_the_rules_do():
    """Each command is one of the event's room, and each limit a refusal that a test of the rules has heard."""
    assert {row.event: found for row in rows() if (found := list(lies(row)))} == {}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("provider.ceased.v1", ["ReviveProvider"], "at any time", []), "there is no command"),
        (Row("provider.ceased.v1", ["RetireReviewer"], "at any time", []), "in another room"),
        (Row("provider.ceased.v1", [], " ", []), "does not say until when"),
        (Row("provider.ceased.v1", [], "its records are gone", ["ProviderGone"]), "nothing is refused"),
        (Row("centre.case_moved.v1", ["MoveCase"], "until the decision", []), "does not say how"),
        (Row("centre.case_moved.v1", ["MoveCase"], "until the decision", ["AlreadyDecided"]), "no test of the rules"),
        (Row("reviewer.paused.v1", ["ResumeReviewer"], "at any time", []), "refused by ReviewerGone at the end"),
    ],
)
def test_a_row_that_is_not_so_is_found(row, said):
    """The positive control of what is above."""
    assert [found for found in lies(row) if said in found]


def test_what_undoes_a_step_with_a_notice_stands_beside_that_step():
    reversed_ = {row.event for row in rows() if row.by}

    assert {stored_name(step) for undoing in UNDONE.values() for step in undoing.undoes} <= reversed_
