"""Afterwards: what clients were told against what is there.

Nothing that was acknowledged is missing, nothing is there twice, nothing that was refused is
there; positions are dense, streams have no holes, leaves are those of the records, read models
are those of the events, and everybody who follows is at the head.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_all
from qa_platform.ledger.record import leaf_of
from qa_platform.ledger.sequencer import figures
from qa_platform.ledger.subscription import lags
from qa_platform.scheduling.journey import SUBSCRIBER
from tests.faults.journal import Told

Place = tuple[str, int]
_SHOWN = 20
_PAGE = 2_000


class Verdict(msgspec.Struct, kw_only=True):
    """What one load under one fault came to; `wrong` names, in words, what must not be."""

    commands: int = 0
    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0
    """Commands whose outcome was not known for a while, and then was."""
    unresolved: int = 0
    """Commands whose outcome the clients never learnt."""
    lost: int = 0
    doubled: int = 0
    events: int = 0
    wrong: list[str] = msgspec.field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Return whether nothing at all is wrong, and every outcome is known."""
        return not (self.lost or self.doubled or self.wrong or self.unresolved)

    def say(self, sentence: str) -> None:
        """Add what is wrong, as long as somebody would still read it."""
        if len(self.wrong) < _SHOWN:
            self.wrong.append(sentence)


class _Record(msgspec.Struct):
    """What the ledger holds, as far as clients can tell it."""

    names: dict[Place, str]
    effects: dict[str, list[Place]]
    outcomes: Counter[tuple[Place, ...]]
    answers_by_stream: Counter[str]


def judge(ledger: Ledger, connection: Connection, told: Sequence[Told]) -> Verdict:
    """Return the verdict on a database that is at rest; `connection` sees everything in it."""
    found = judge_record(connection, told)
    judge_followers(connection, found)
    judge_read_models(ledger, found)
    return found


def settle(connection: Connection, within_seconds: float = 60.0) -> bool:
    """Wait until all is sequenced and followed; return whether it came to that."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        with connection.begin():
            waiting = figures(connection).unsequenced
            behind = [lag.behind for lag in lags(connection)]
        if waiting == 0 and not any(behind):
            return True
        time.sleep(0.1)
    return False


def judge_record(connection: Connection, told: Sequence[Told]) -> Verdict:
    """Return what clients were told against the events, and the events against themselves."""
    found = Verdict(commands=len(told))
    record = _read(connection, found)
    _judge_told(told, record, found)
    _judge_kept_answers(told, record, found)
    for check in _CHECKS:
        for row in connection.execute(sa.text(check.query)):
            found.say(check.sentence.format(**row._asdict()))
    return found


def judge_followers(connection: Connection, found: Verdict) -> None:
    """Add what still waits for a place, and who stands behind the head."""
    now = figures(connection)
    if now.missing or now.unsequenced:
        found.say(f"of {now.events} events {now.unsequenced} wait for a place and {now.missing} are nowhere")
    subscribers = lags(connection)
    if SUBSCRIBER not in {lag.subscriber for lag in subscribers}:
        found.say(f"nobody follows as “{SUBSCRIBER}”")
    for lag in subscribers:
        if lag.behind or lag.failure:
            found.say(f"“{lag.subscriber}” is {lag.behind} behind the head ({lag.failure or 'without a failure'})")


def judge_read_models(ledger: Ledger, found: Verdict) -> None:
    """Add every read model that differs from its rebuild."""
    for report in rebuild_all(ledger, ledger.projections, check=True):
        if report.differing:
            first = report.differences[0]
            found.say(f"the read model “{report.name}” differs from its rebuild in {report.differing} rows: {first}")


def _read(connection: Connection, found: Verdict) -> _Record:
    record = _Record({}, {}, Counter(), Counter())
    start = -1
    while rows := connection.execute(_EVENTS, {"start": start, "limit": _PAGE}).all():
        start = rows[-1].id
        for row in rows:
            place = (row.stream, row.version)
            record.names[place] = row.name
            if (effect := _effect(row)) is not None:
                record.effects.setdefault(effect, []).append(place)
            if leaf_of(row.record) != row.leaf:
                found.say(f"the leaf of {row.stream} {row.version} is not that of its record")
    found.events = len(record.names)
    for row in connection.execute(sa.text("SELECT outcome::text AS outcome FROM ledger.commands")):
        events = msgspec.json.decode(row.outcome, type=_Outcome).events
        record.outcomes[tuple(events)] += 1
        record.answers_by_stream.update({stream for stream, _ in events})
    return record


class _Outcome(msgspec.Struct):
    events: list[Place]


class _Data(msgspec.Struct):
    subject: str | None = None
    reason: str | None = None
    content: dict[str, Any] = {}


class _Stored(msgspec.Struct):
    data: _Data


def _effect(row: sa.Row[Any]) -> str | None:
    """Return what a client knows an event by, where it is one that clients ask for."""
    if not row.stream.startswith("submission-") or row.name not in _EFFECTS:
        return None
    known = _EFFECTS[row.name](msgspec.json.decode(row.record, type=_Stored).data)
    return f"{row.stream} {row.name}" if known is None else str(known)


_EFFECTS: dict[str, Callable[[_Data], Any]] = {
    "submission.content_changed.v1": lambda data: data.content.get("synopsis"),
    "submission.person_named.v1": lambda data: data.subject,
    "submission.withdrawn.v1": lambda data: data.reason,
    "submission.lodged.v1": lambda _data: None,
    "submission.accepted.v1": lambda _data: None,
}


def _judge_told(told: Iterable[Told], record: _Record, found: Verdict) -> None:
    effects: set[str] = set()
    for one in told:
        effects.add(one.effect)
        there = record.effects.get(one.effect, [])
        if one.acknowledged:
            found.acknowledged += 1
            _judge_acknowledged(one, there, record, found)
        elif one.refused:
            found.refused += 1
            if there:
                found.say(f"{_named(one)} was refused ({one.refused[-1]}), and yet stands at {there}")
        else:
            found.unresolved += 1
        if one.unknown and (one.acknowledged or one.refused):
            found.unknown += 1
    for effect in effects:
        if len(there := record.effects.get(effect, [])) > 1:
            found.doubled += len(there) - 1
            found.say(f"“{effect}” stands in the ledger {len(there)} times: {there}")


def _judge_acknowledged(one: Told, there: list[Place], record: _Record, found: Verdict) -> None:
    first = one.receipts[0]
    if one.refused or any(receipt != first for receipt in one.receipts):
        found.say(f"{_named(one)} was answered in two ways: {one.receipts} {one.refused}")
    names = tuple(record.names.get(place) for place in first.places)
    # The right events of another command may stand where ours were: then ours are lost all the same.
    if names != first.events or (first.events and not set(there) & set(first.places)):
        found.lost += 1
        found.say(f"{_named(one)} was acknowledged as {first}, and is not there")


def _judge_kept_answers(told: Sequence[Told], record: _Record, found: Verdict) -> None:
    """Each key that led to an outcome has it once, and no outcome is there that nobody asked for."""
    expected = Counter(one.receipts[0].places for one in told if one.acknowledged)
    for places, count in expected.items():
        if record.outcomes[places] != count and places:
            found.say(f"{count} keys were acknowledged for {places}, and {record.outcomes[places]} answers are kept")
    open_effects = [record.effects.get(one.effect, []) for one in told if not one.acknowledged]
    explained = {place for there in open_effects for place in there}
    ours = {place for places in expected for place in places}
    streams = {stream for stream, _ in ours}
    for places in record.outcomes:
        if places and places[0][0] in streams and not set(places) & (ours | explained):
            found.say(f"an answer is kept for {places}, which no client was ever told")


def _named(one: Told) -> str:
    return f"“{one.kind}” {one.id} (tried {one.attempts} times, not known {one.unknown} times)"


class _Check(msgspec.Struct, frozen=True):
    """A query that must find nothing, and what it means where it does."""

    sentence: str
    query: str


_EVENTS = sa.text("""
SELECT id, stream, version, name, record::text AS record, leaf FROM ledger.events
WHERE id > :start ORDER BY id LIMIT :limit
""")

_CHECKS = (
    _Check(
        "positions are not dense: {count} of them, from {first} to {last}",
        "SELECT count(*) AS count, min(position) AS first, max(position) AS last FROM ledger.positions "
        "HAVING count(*) > 0 AND (min(position) <> 0 OR max(position) <> count(*) - 1)",
    ),
    _Check(
        "the stream {stream} has {count} events and goes from {first} to {last}",
        "SELECT stream, count(*) AS count, min(version) AS first, max(version) AS last FROM ledger.events "
        "GROUP BY stream HAVING min(version) <> 1 OR max(version) <> count(*) "
        "OR count(DISTINCT version) <> count(*) LIMIT 5",
    ),
    _Check(
        "{stream} comes in its positions as version {version} after version {before}",
        "SELECT stream, version, before FROM (SELECT e.stream, e.version, "
        "lag(e.version) OVER (PARTITION BY e.stream ORDER BY p.position) AS before "
        "FROM ledger.positions p JOIN ledger.events e ON e.id = p.id) AS one WHERE before >= version LIMIT 5",
    ),
    _Check(
        "position {position} has no event, or another leaf than its event",
        "SELECT p.position FROM ledger.positions p LEFT JOIN ledger.events e ON e.id = p.id "
        "WHERE e.leaf IS DISTINCT FROM p.leaf LIMIT 5",
    ),
    _Check(
        "{stream} {version} has no position and does not wait for one",
        "SELECT stream, version FROM ledger.events e "
        "WHERE NOT EXISTS (SELECT FROM ledger.positions p WHERE p.id = e.id) "
        "AND NOT EXISTS (SELECT FROM ledger.unsequenced u WHERE u.id = e.id) LIMIT 5",
    ),
    _Check(
        "event {id} has a position and waits for one all the same",
        "SELECT u.id FROM ledger.unsequenced u JOIN ledger.positions p ON p.id = u.id LIMIT 5",
    ),
    _Check(
        "the accepted {stream} has {count} panels",
        "SELECT a.stream, count(p.id) AS count FROM ledger.events a "
        "LEFT JOIN ledger.events p ON p.case_id = a.case_id AND p.name = 'panel.opened.v1' "
        "WHERE a.name = 'submission.accepted.v1' GROUP BY a.stream HAVING count(p.id) <> 1 LIMIT 5",
    ),
)
