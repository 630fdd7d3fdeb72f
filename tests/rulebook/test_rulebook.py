from __future__ import annotations

from dataclasses import replace

import pytest

from qa_platform.app import ALL_DECIDERS
from qa_platform.kernel.event import stored_name
from qa_platform.kernel.rejected import Rejected
from qa_platform.providers.commands import SuspendProvider
from qa_platform.providers.decider import provider_decider
from tests.rulebook.__main__ import DOCUMENT
from tests.rulebook.book import book
from tests.rulebook.process import diagram, renewed
from tests.rulebook.tables import door, signed, table
from tests.rulebook.walk import walk
from tests.rulebook.words import BEFORE, aspects_of, room_of

ROOMS = sorted({room_of(decider) for decider in ALL_DECIDERS})
HINT = "run “make process”, and look at what it changed"


@pytest.mark.parametrize("room", ROOMS)
def test_the_table_on_a_door_is_what_the_rules_do(room):
    sign = door(room).read_text(encoding="utf-8")
    assert sign == signed(sign, book().rooms[room]), HINT


def test_the_diagrams_are_what_the_rules_do():
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == renewed(document, book().rooms), HINT


def test_every_command_is_asked_by_a_test_of_its_rules():
    asked = {type(command) for _, command in book().asked}
    every = {command for decider in ALL_DECIDERS for command in decider.commands}

    assert sorted(command.__name__ for command in every - asked) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_event_is_recorded_in_some_state(room):
    seen = {event for walk in book().rooms[room].values() for events in walk.events.values() for event in events}
    declared = {stored_name(event) for decider in ALL_DECIDERS if room_of(decider) == room for event in decider.events}

    assert sorted(declared - seen) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_state_can_be_reached(room):
    for seen in book().rooms[room].values():
        reached = {goal for goals in seen.moves.values() for goal in goals}
        assert set(seen.states) - reached <= {BEFORE}


def _walked(decider):
    return walk(decider, book().asked, aspects_of(provider_decider))["provider"]


def test_a_rule_that_is_dropped_shows_in_table_and_diagram():
    """The positive control of what is above."""

    def lenient(command, state):
        if isinstance(command, SuspendProvider):
            return []
        return provider_decider.decide(command, state)

    usual, changed = _walked(provider_decider), _walked(replace(provider_decider, decide=lenient))

    assert table("provider", changed) != table("provider", usual)
    assert diagram(changed) != diagram(usual)


def test_a_refusal_without_a_sentence_is_found():
    def terse(_command, _state):
        raise Rejected("no")

    with pytest.raises(AssertionError, match="Rejected: no"):
        _walked(replace(provider_decider, decide=terse))


def test_what_is_raised_and_is_no_refusal_is_found():
    def broken(_command, _state):
        raise KeyError("scores")

    with pytest.raises(KeyError, match="scores"):
        _walked(replace(provider_decider, decide=broken))
