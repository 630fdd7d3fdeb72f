"""Replays through the ledger and over HTTP: the case is put into a real database, event by event."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest

from qa_platform.audit.cases import NOW, Eyes, Instant, NoSuchViewer, compare, eyes_of, replay, timeline
from qa_platform.kernel.event import stored_name
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.ledger.appending import append
from qa_platform.ledger.canonical import timestamp
from qa_platform.ledger.connections import driver_of
from qa_platform.ledger.record import fresh_salt
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.shape import Header
from tests.audit.story import AUDITOR, CASE, FIRST, OFFICER, RIVAL, START, story
from tests.whole import whole_ledger


@pytest.fixture
def ledger(database):
    """Return a ledger that holds the story, sealed as it would have been."""
    with whole_ledger(database) as ledger:
        with ledger.engine.begin() as connection:
            events = story()
            pairs = [pair for one in events for pair in ledger.codec.subjects(one.event)]
            keys = ledger.keys.for_writing(connection, pairs)
            written = [
                ledger.codec.write(
                    one.event,
                    Header(
                        id=ledger.new_id(),
                        stream=one.stream,
                        version=one.version,
                        name=stored_name(type(one.event)),
                        at=timestamp(one.at),
                        actor=one.actor,
                        case=CASE,
                        cause=None,
                        salt=fresh_salt(),
                    ),
                    keys,
                )
                for one in events
            ]
            append(driver_of(connection), written)
        drain(ledger.engine)
        yield ledger


def text(*parts) -> str:
    return json.dumps(msgspec.to_builtins(parts))


def test_a_case_now_is_a_case_at_its_last_position(ledger):
    eyes = Eyes(viewer=AUDITOR)
    last = len(story()) - 1

    assert replay(ledger, CASE, eyes) == replay(ledger, CASE, eyes, Instant(position=last))
    assert len(timeline(ledger, CASE, eyes)) == len(story())


def test_an_instant_holds_what_was_recorded_by_then(ledger):
    eyes = Eyes(viewer=AUDITOR)

    for hours in (0, 5, 11):
        seen = timeline(ledger, CASE, eyes, Instant(at=START + timedelta(hours=hours, minutes=1)))
        assert [one.position for one in seen] == list(range(hours + 1))
    with pytest.raises(Missing, match="at that instant"):
        timeline(ledger, CASE, eyes, Instant(at=START - timedelta(seconds=1)))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.PROVIDER_OFFICER, Role.COMMITTEE_SECRETARY])
def test_borrowed_eyes_see_what_the_role_sees_but_nothing_that_is_sealed(ledger, role):
    eyes = eyes_of(ledger, CASE, role)
    given = text(timeline(ledger, CASE, eyes), replay(ledger, CASE, eyes))

    assert eyes.borrowed
    assert "canary-note" not in given


def test_the_reviewer_himself_reads_his_private_note_and_the_auditor_does_not(ledger):
    own, audit = Eyes(viewer=FIRST), Eyes(viewer=AUDITOR)

    assert "canary-note-of-rita" in text(replay(ledger, CASE, own))
    assert "canary-note" not in text(timeline(ledger, CASE, audit), replay(ledger, CASE, audit))
    assert "(sealed)" in text(replay(ledger, CASE, audit))


def test_the_eyes_of_a_reviewer_are_those_of_who_sat_there_at_that_instant(ledger):
    assert eyes_of(ledger, CASE, Role.REVIEWER, seat=2).viewer.person_id == "raj"
    with pytest.raises(NoSuchViewer, match="no reviewer there"):
        eyes_of(ledger, CASE, Role.REVIEWER, Instant(position=3))
    with pytest.raises(NoSuchViewer, match="no lead reviewer there"):
        eyes_of(ledger, CASE, Role.LEAD_REVIEWER, Instant(position=3))


def test_what_changed_is_what_the_viewer_could_see_change(ledger):
    span = (Instant(position=0), NOW)
    officer = {change["path"] for change in compare(ledger, CASE, Eyes(viewer=OFFICER), *span)}

    assert "decision.code" in officer
    assert not [path for path in officer if "reviewer_id" in path]
    with pytest.raises(Missing):
        compare(ledger, CASE, Eyes(viewer=RIVAL), Instant(position=0), Instant(position=5))
