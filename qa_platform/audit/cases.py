"""Replaying a case: at an instant, as somebody could see it, and between two instants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from qa_platform.audit.sight import Seen, recused, see
from qa_platform.audit.state import CaseState, changes, state_of
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.panels.events import LeadAssigned, ReviewerAssigned, ReviewerStoodDown
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished
from qa_platform.submissions.events import SubmissionAccepted, SubmissionDrafted


class Instant(msgspec.Struct, frozen=True, kw_only=True):
    """A moment of the ledger: after a position, or at a time; neither means now."""

    position: int | None = None
    at: datetime | None = None


NOW = Instant()


class Eyes(msgspec.Struct, frozen=True, kw_only=True):
    """Through whose eyes a case is looked at; borrowed ones see what is sealed as sealed."""

    viewer: Actor
    borrowed: bool = False


class NoSuchViewer(Rejected):
    """Nobody holds the asked role in this case at this instant."""


def timeline(ledger: Ledger, case_id: str, eyes: Eyes, instant: Instant = NOW) -> list[Seen]:
    """Return the events of a case that a viewer sees at an instant. Raises Missing where he sees none."""
    events = _events(ledger, case_id, instant, opened=not eyes.borrowed)
    return _seen(events, eyes.viewer, _apart(ledger, case_id, instant))


def replay(ledger: Ledger, case_id: str, eyes: Eyes, instant: Instant = NOW) -> CaseState:
    """Return the state of a case as a viewer could see it at an instant. Raises Missing where he sees nothing."""
    events = _events(ledger, case_id, instant, opened=not eyes.borrowed)
    seen = _seen(events, eyes.viewer, _apart(ledger, case_id, instant))
    return state_of(case_id, seen, _rubric_of(ledger, events))


def compare(ledger: Ledger, case_id: str, eyes: Eyes, first: Instant, second: Instant) -> list[dict[str, Any]]:
    """Return what a viewer could see change between two instants, as `{path, before, after}`."""
    before = _comparable(ledger, case_id, eyes, first)
    after = _comparable(ledger, case_id, eyes, second)
    if not before and not after:
        raise _missing()
    return changes(before, after)


def eyes_of(ledger: Ledger, case_id: str, role: Role, instant: Instant = NOW, *, seat: int = 1) -> Eyes:
    """Return the eyes of a role's holder in a case at an instant, for an auditor to look through.

    Reviewers are told apart by `seat`. Raises NoSuchViewer when nobody sits there.
    """
    events = _events(ledger, case_id, instant, opened=False)
    providers = {one.event.provider_id for one in events if isinstance(one.event, SubmissionDrafted)}
    person = {Role.REVIEWER: _seated(events, seat), Role.LEAD_REVIEWER: _lead(events)}.get(role, "somebody")
    if person is None:
        raise NoSuchViewer(f"Nothing is shown: at that instant the case has no {role.replace('_', ' ')} there.")
    holder = Actor(
        person_id=person,
        roles=frozenset({role}),
        acting_as=role,
        providers=frozenset(providers) if role in PROVIDER_ROLES else frozenset(),
    )
    return Eyes(viewer=holder, borrowed=True)


def _events(ledger: Ledger, case_id: str, instant: Instant, *, opened: bool) -> list[Recorded[Any]]:
    return ledger.read_case(case_id, until_position=instant.position, until=instant.at, opened=opened)


def _apart(ledger: Ledger, case_id: str, instant: Instant) -> frozenset[str]:
    # Whoever is recused now may not look at the time before he was.
    return frozenset() if instant == NOW else recused(_events(ledger, case_id, NOW, opened=False))


def _seen(events: Sequence[Recorded[Any]], viewer: Actor, apart: frozenset[str]) -> list[Seen]:
    seen = see(events, viewer, apart=apart)
    if not seen:
        raise _missing()
    return seen


def _missing() -> Missing:
    # The same words whether there is no such case, nothing yet, or nothing for this viewer.
    return Missing("There is nothing to show: no such case is known to you at that instant. Check its id and the time.")


def _comparable(ledger: Ledger, case_id: str, eyes: Eyes, instant: Instant) -> dict[str, Any]:
    try:
        state = msgspec.to_builtins(replay(ledger, case_id, eyes, instant))
    except Missing:
        return {}
    return {name: part for name, part in state.items() if name not in {"case_id", "position", "at", "events"}}


def _seated(events: Sequence[Recorded[Any]], seat: int) -> str | None:
    holder: str | None = None
    for recorded in events:
        match recorded.event:
            case ReviewerAssigned() as event if event.seat == seat:
                holder = event.reviewer_id
            case ReviewerStoodDown() as event if event.seat == seat:
                holder = None
    return holder


def _lead(events: Sequence[Recorded[Any]]) -> str | None:
    leads = [recorded.event.lead_id for recorded in events if isinstance(recorded.event, LeadAssigned)]
    return leads[-1] if leads else None


def _rubric_of(ledger: Ledger, events: Sequence[Recorded[Any]]) -> Rubric | None:
    for recorded in reversed(events):
        if isinstance(recorded.event, SubmissionAccepted):
            accepted = recorded.event
            for published in ledger.read_stream(f"standard-{accepted.standard_id}"):
                event = published.event
                if isinstance(event, RubricPublished) and event.content_hash == accepted.rubric_hash:
                    return _parsed(event.text)
    return None


@lru_cache(maxsize=16)
def _parsed(text: str) -> Rubric:
    return known_rubric(text)
