"""Appending: one statement for any number of events, and the locks that a decision may need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import count, islice
from typing import NamedTuple

import msgspec
import psycopg
from sqlalchemy import Connection

from qa_platform.kernel.event import StreamVersion
from qa_platform.ledger import statements
from qa_platform.ledger.asking import Driver, Value, ask
from qa_platform.ledger.changing import Change
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.outcome import Key, Outcome, StreamHole, StreamMoved
from qa_platform.ledger.record import Written

_NO_PREDECESSOR = "QA001"


class Answer(NamedTuple):
    """What is kept of an outcome under its key."""

    scope: bytes
    fingerprint: bytes
    outcome: str


def append(
    driver: Driver, written: Sequence[Written], changes: Sequence[Change] = (), answer: Answer | None = None
) -> None:
    """Insert events behind their predecessors, queue them, change read models and keep the answer: one statement.

    Raises StreamHole when an event has no predecessor; a version that is taken is the database's
    UniqueViolation, a row of a read model that has moved meanwhile its SerializationFailure.
    """
    alone = len(written) == 1
    shape = tuple((change.statement, len(change.values)) for change in changes)
    values: list[Value] = [*(_alone(written[0]) if alone else (_batch(written),)), *(answer or ()), len(written)]
    for change in changes:
        values += (*change.values, change.reaches)
    try:
        ask(driver, _statement(shape, alone=alone, answered=answer is not None), *values)
    except psycopg.Error as failure:
        if failure.sqlstate == _NO_PREDECESSOR:
            raise StreamHole(f"one of {len(written)} events has no predecessor") from failure
        raise


@lru_cache(maxsize=512)
def _statement(changes: tuple[tuple[str, int], ...], *, alone: bool, answered: bool) -> str:
    numbers = count(11 if alone else 2)
    parameters = iter(lambda: f"${next(numbers)}", None)
    parts = [statements.ALONE if alone else statements.BATCH, statements.QUEUED]
    if answered:
        parts.append(statements.ANSWER.format(*islice(parameters, 3)))
    reaches, checks = next(parameters), ""
    for number, (statement, values) in enumerate(changes):
        name = f"c{number}"
        parts.append(statements.CHANGE.format(name=name, statement=statement.format(*islice(parameters, values))))
        checks += statements.CHANGED.format(next(parameters), name=name)
    return "".join(parts) + statements.CHECKED.format(reaches, checks=checks)


def kept_answer(key: Key | None, outcome: Outcome, keys: Keys) -> Answer | None:
    """Return what is kept of an outcome under its key; None without a key."""
    if key is None:
        return None
    kept = {
        "events": [(one.stream, one.version) for one in outcome.recorded],
        "versions": outcome.versions,
        "answer": outcome.answer,
    }
    return Answer(
        scope=bytes.fromhex(key.scope),
        fingerprint=bytes.fromhex(keys.blind(key.fingerprint)),
        outcome=msgspec.json.encode(kept).decode(),
    )


def hold(connection: Connection, depends_on: Sequence[StreamVersion]) -> None:
    """Hold still what a decision depends on until the transaction ends. Raises StreamMoved if it has moved."""
    if not depends_on:
        return
    streams = sorted({one.stream for one in depends_on})
    # Shared locks first, in a statement of their own: the check below must see whoever held them.
    connection.execute(statements.HOLD_STREAMS, {"streams": streams})
    versions = dict.fromkeys(streams, 0)
    for row in connection.execute(statements.STREAM_VERSIONS, {"streams": streams}):
        versions[row.stream] = row.version
    if any(versions[one.stream] != one.version for one in depends_on):
        raise StreamMoved(
            "Nothing was saved: what this rests on was changed meanwhile. Look at it again, then repeat your step."
        )


def _alone(one: Written) -> tuple[Value, ...]:
    header = one.header
    return (
        header.stream,
        header.version,
        header.id,
        header.name,
        one.record.decode(),
        one.leaf,
        header.case,
        header.actor,
        header.at,
        header.cause,
    )


def _batch(written: Sequence[Written]) -> str:
    here = {(one.header.stream, one.header.version) for one in written}
    rows = [
        {
            "n": n,
            "event_id": one.header.id,
            "stream": one.header.stream,
            "version": one.header.version,
            "name": one.header.name,
            "record": msgspec.Raw(one.record),
            "leaf": one.leaf.hex(),
            "case_id": one.header.case,
            "actor": one.header.actor,
            "recorded_at": one.header.at,
            "cause": one.header.cause,
            "follows": (one.header.stream, one.header.version - 1) in here,
        }
        for n, one in enumerate(written)
    ]
    return msgspec.json.encode(rows).decode()
