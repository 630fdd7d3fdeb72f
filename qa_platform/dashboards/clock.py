"""The legal clock of a case: whose turn it was for how long, and what is left; pure, from the case's marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Literal

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.calendar import Calendar

Alarm = Literal["none", "near", "late"]


class State(StrEnum):
    """Where a case stands, as its clock counts."""

    DRAFT = "draft"
    INTAKE_CHECK = "intake_check"
    COMPONENT_CHECK = "component_check"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CONFLICT_CLEARANCE = "conflict_clearance"
    SCORING = "scoring"
    QUERIED = "queried"
    MODERATION = "moderation"
    COMMITTEE = "committee"
    DECIDED = "decided"
    PUBLISHING = "publishing"
    DEFERRED = "deferred"
    ENDED = "ended"
    # What a provider is told of everything between acceptance and release.
    ASSESSMENT = "assessment"


HOLDERS: Mapping[State, str] = {
    State.DRAFT: "provider",
    State.INTAKE_CHECK: "intake",
    State.COMPONENT_CHECK: "intake",
    State.RETURNED: "provider",
    State.ACCEPTED: "intake",
    State.CONFLICT_CLEARANCE: "reviewers",
    State.SCORING: "reviewers",
    State.QUERIED: "provider",
    State.MODERATION: "lead",
    State.COMMITTEE: "committee",
    State.DECIDED: "secretary",
    State.PUBLISHING: "register",
    State.DEFERRED: "provider",
    State.ENDED: "nobody",
    State.ASSESSMENT: "agency",
}

# While the agency, or somebody for it, has the case; what is before acceptance is not of the legal time.
_COUNTED = frozenset(
    {
        State.ACCEPTED,
        State.CONFLICT_CLEARANCE,
        State.SCORING,
        State.MODERATION,
        State.COMMITTEE,
        State.DECIDED,
        State.PUBLISHING,
        State.ASSESSMENT,
    }
)
_BEHIND_THE_DOOR = _COUNTED - {State.PUBLISHING}
_QUERIED_IN = frozenset({State.ACCEPTED, State.CONFLICT_CLEARANCE, State.SCORING})


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a case that moves its clock: `what` happened on a day, to which review or query.

    `due_on` is a day that the event set for the provider, `count` how many seats a panel has.
    """

    what: str
    on: date
    subject: str = ""
    due_on: date | None = None
    count: int = 0


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A time in one state; `until` is None for the one that lasts."""

    state: State
    since: date
    until: date | None = None


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    state: State = State.DRAFT
    spans: tuple[Span, ...] = ()
    seats: int = 0
    seated: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    open_queries: Mapping[str, date | None] = {}
    due_on: date | None = None
    granted: bool = False
    deferred: bool = False
    has_entry: bool = False
    awaited_until: date | None = None

    @property
    def shown(self) -> State:
        return State.QUERIED if self.open_queries and self.state in _QUERIED_IN else self.state


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A case's clock as of a day; days are working days.

    `used` and `target` are those of the state, `total_used` and `total_target` of the whole time.
    """

    state: State
    holder: str
    since: date
    used: int
    target: int | None
    due_on: date | None
    stopped: bool
    total_used: int
    total_target: int
    total_due_on: date | None
    alarm: Alarm
    by_state: dict[str, int]
    by_holder: dict[str, int]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How many working days each state and the whole may take, and from what share on it is near its end."""

    calendar: Calendar
    states: Mapping[str, int]
    whole: int
    near_percent: int


def spans_of(marks: Iterable[Mark]) -> tuple[Span, ...]:
    """Return in which states a case was, one after the other, from its marks in order."""
    return reduce(_after, marks, _Case()).spans


def clock_of(marks: Sequence[Mark], terms: Terms, on: date, *, coarse: bool = False) -> Clock | None:
    """Return the clock of a case as of a day, or None before anything was lodged.

    `coarse` is for its provider: it tells nothing of what happens between acceptance and release.
    """
    case = _lapsed(reduce(_after, [mark for mark in marks if mark.on <= on], _Case()), on)
    spans = _coarse(case.spans) if coarse else case.spans
    if not spans:
        return None
    now, spent = spans[-1], _spent(spans, terms.calendar, on)
    used, total = spent.get(now.state, 0), sum(spent.get(state, 0) for state in _COUNTED)
    target = terms.states.get(now.state)
    ended, held = now.state is State.ENDED, HOLDERS[now.state] == "provider"
    due_on = case.due_on if held and case.due_on else _due(terms.calendar, on, used, target)
    accepted = any(span.state in _COUNTED for span in spans)
    return Clock(
        state=now.state,
        holder=HOLDERS[now.state],
        since=now.since,
        used=used,
        target=target,
        due_on=None if ended else due_on,
        stopped=held or ended,
        total_used=total,
        total_target=terms.whole,
        total_due_on=_due(terms.calendar, on, total, terms.whole) if accepted and not ended else None,
        alarm="none" if ended else _alarm(((used, target), (total, terms.whole)), terms.near_percent),
        by_state={state.value: days for state, days in spent.items() if state is not State.ENDED},
        by_holder=_by_holder(spent),
    )


def _spent(spans: Sequence[Span], calendar: Calendar, on: date) -> dict[State, int]:
    spent: dict[State, int] = {}
    for span in spans:
        spent[span.state] = spent.get(span.state, 0) + calendar.between(span.since, span.until or on)
    return spent


def _by_holder(spent: Mapping[State, int]) -> dict[str, int]:
    held: dict[str, int] = {}
    for state, days in spent.items():
        if state is not State.ENDED:
            held[HOLDERS[state]] = held.get(HOLDERS[state], 0) + days
    return held


def _due(calendar: Calendar, on: date, used: int, target: int | None) -> date | None:
    return None if target is None else calendar.after(on, target - used)


def _alarm(used: Iterable[tuple[int, int | None]], near_percent: int) -> Alarm:
    known = [(days, target) for days, target in used if target is not None]
    # Due today is not overdue.
    if any(days > target for days, target in known):
        return "late"
    return "near" if any(100 * days >= near_percent * target for days, target in known) else "none"


def _coarse(spans: Sequence[Span]) -> tuple[Span, ...]:
    told: list[Span] = []
    for span in spans:
        state = State.ASSESSMENT if span.state in _BEHIND_THE_DOOR else span.state
        if told and told[-1].state is state:
            told[-1] = replace(told[-1], until=span.until)
        else:
            told.append(replace(span, state=state))
    return tuple(told)


def _after(case: _Case, mark: Mark) -> _Case:
    case = _lapsed(case, mark.on)
    return _moved(case, _learned(case, mark), mark.on)


def _lapsed(case: _Case, on: date) -> _Case:
    # The time of a deferral runs out by itself; due today is not overdue.
    if case.state is not State.DEFERRED or case.due_on is None or on <= case.due_on:
        return case
    return _moved(case, replace(case, state=State.COMMITTEE, due_on=None), case.due_on)


def _learned(case: _Case, mark: Mark) -> _Case:
    match mark.what:
        case "drafted":
            return replace(case, has_entry=bool(mark.subject))
        case "draft_again":
            return replace(case, state=State.DRAFT, due_on=None)
        case "lodged" | "lodged_again":
            return replace(case, state=State.INTAKE_CHECK, due_on=None)
        case "notified":
            return replace(case, state=State.COMPONENT_CHECK, due_on=None)
        case "returned" | "return_extended" | "returned_again":
            return replace(case, state=State.RETURNED, due_on=mark.due_on)
        case "accepted":
            return replace(case, state=State.ACCEPTED)
        case "panel_opened":
            return replace(case, seats=mark.count)
        case "invited":
            seated = replace(case, seated=case.seated | {mark.subject})
            return replace(seated, state=State.CONFLICT_CLEARANCE) if case.state is State.ACCEPTED else seated
        case "stood_down":
            return replace(case, seated=case.seated - {mark.subject})
        case "cleared":
            return _cleared(replace(case, cleared=case.cleared | {mark.subject}))
        # After a bar that was taken back nobody is invited anew.
        case "uncleared":
            return _uncleared(replace(case, seated=case.seated | {mark.subject}, cleared=case.cleared - {mark.subject}))
        case "scoring_closed":
            return replace(case, state=State.MODERATION)
        case "moderation_closed":
            return replace(case, state=State.COMMITTEE)
        case "queried":
            return replace(case, open_queries={**case.open_queries, mark.subject: mark.due_on}, due_on=mark.due_on)
        case "query_settled":
            left = {one: due for one, due in case.open_queries.items() if one != mark.subject}
            return replace(case, open_queries=left)
        case "entered" | "over":
            return replace(case, state=State.ENDED, open_queries={})
        case _:
            return _deliberated(case, mark)


def _deliberated(case: _Case, mark: Mark) -> _Case:
    match mark.what:
        case "granted" | "deferred" | "refused":
            return replace(
                case, state=State.DECIDED, granted=mark.what == "granted", deferred=mark.what == "deferred", due_on=None
            )
        case "awaited":
            return replace(case, awaited_until=mark.due_on)
        case "released":
            # The provider holds what was deferred, until its evidence is there or its time is over.
            return replace(case, state=_released(case), due_on=case.awaited_until if case.deferred else None)
        case "supplied":
            return replace(case, state=State.COMMITTEE, due_on=None) if case.state is State.DEFERRED else case
        case "tabled":
            return _tabled(case)
        case "rescinded":
            return replace(case, state=State.COMMITTEE, granted=False, deferred=False, awaited_until=None)
        case _:
            return case


def _uncleared(case: _Case) -> _Case:
    return replace(case, state=State.CONFLICT_CLEARANCE) if case.state is State.SCORING else case


def _tabled(case: _Case) -> _Case:
    # What needs no moderation comes before the committee as it is.
    waits = case.state in {State.MODERATION, State.DEFERRED}
    return replace(case, state=State.COMMITTEE, due_on=None) if waits else case


def _cleared(case: _Case) -> _Case:
    full = case.seats > 0 and len(case.cleared & case.seated) >= case.seats
    return replace(case, state=State.SCORING) if full and case.state is State.CONFLICT_CLEARANCE else case


def _released(case: _Case) -> State:
    if case.deferred:
        return State.DEFERRED
    # A renewal or a change belongs to an entry that is there.
    return State.PUBLISHING if case.granted and not case.has_entry else State.ENDED


def _moved(before: _Case, after: _Case, on: date) -> _Case:
    if after.shown is State.DRAFT or (before.spans and before.shown is after.shown):
        return after
    # What is closed late counts from its day, and never from before what came between.
    on = max([on, *(span.since for span in before.spans)])
    ended = tuple(replace(span, until=on) if span.until is None else span for span in before.spans)
    return replace(after, spans=(*ended, Span(state=after.shown, since=on)))
