"""The page of what can be taken back: each event there is stands on it, with commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

from qa_platform.app import ALL_DECIDERS
from qa_platform.kernel.event import stored_name
from qa_platform.processes.notices import UNDONE

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "undo.md"
ROW = re.compile(r"^\| `([a-z_.0-9]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
EVENTS = {stored_name(event): event for decider in ALL_DECIDERS for event in decider.events}
COMMANDS = {command.__name__ for decider in ALL_DECIDERS for command in decider.commands}


def rows() -> list[tuple[str, list[str], str]]:
    """Return event, commands that reverse it, and until when or why not."""
    found = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    return [(event, re.findall(r"`(\w+)`", by), until) for event, by, until in found]


def test_every_event_stands_on_the_page_once():
    named = [event for event, _, _ in rows()]

    assert set(EVENTS) - set(named) == set(), "say in docs/undo.md what reverses it and until when, or why nothing does"
    assert [event for event in named if named.count(event) > 1] == []


def test_what_is_said_to_reverse_an_event_is_a_command_and_has_a_limit():
    for event, by, until in rows():
        if event in EVENTS:
            assert set(by) <= COMMANDS, event
            assert until.strip(), event


def test_what_undoes_a_step_with_a_notice_stands_beside_that_step():
    reversed_ = {event for event, by, _ in rows() if by}

    assert {stored_name(step) for undoing in UNDONE.values() for step in undoing.undoes} <= reversed_
