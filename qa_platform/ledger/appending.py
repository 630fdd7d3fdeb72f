"""Appending: one statement for any number of events, and the locks that a decision may need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import psycopg
from sqlalchemy import Connection

from qa_platform.kernel.event import StreamVersion, stored_name
from qa_platform.ledger import statements
from qa_platform.ledger.asking import Driver, ask
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.outcome import Key, Outcome, StreamHole, StreamMoved
from qa_platform.ledger.projection import Change
from qa_platform.ledger.record import Written

_NO_PREDECESSOR = "QA001"


def append(
    driver: Driver, written: Sequence[Written], changes: Sequence[Change] = (), answer: Mapping[str, Any] | None = None
) -> None:
    """Insert events behind their predecessors, queue them, change read models and keep the answer: one statement.

    Raises StreamHole when an event has no predecessor; a version that is taken is the database's
    UniqueViolation, a row of a read model that has moved meanwhile its SerializationFailure.
    """
    try:
        ask(
            driver,
            _statement(tuple(change.statement for change in changes)),
            _batch(written),
            msgspec.json.encode([answer] if answer else []).decode(),
            len(written),
            *(value for change in changes for value in (change.rows, change.reaches)),
        )
    except psycopg.Error as failure:
        if failure.sqlstate == _NO_PREDECESSOR:
            raise StreamHole(f"one of {len(written)} events has no predecessor") from failure
        raise


@lru_cache(maxsize=512)
def _statement(changes: tuple[str, ...]) -> str:
    parts: list[str] = []
    checks: list[str] = []
    for number, change in enumerate(changes):
        place = {"name": f"c{number}", "rows": f"${4 + 2 * number}", "reaches": f"${5 + 2 * number}"}
        parts.append(statements.CHANGE.format(statement=change.replace("$rows", place["rows"]), **place))
        checks.append(statements.CHANGED.format(**place))
    return statements.APPEND.format(changes="".join(parts), checks="".join(checks))


def kept_answer(key: Key | None, outcome: Outcome, keys: Keys) -> dict[str, Any] | None:
    """Return what is kept of an outcome under its key; None without a key."""
    if key is None:
        return None
    return {
        "scope": key.scope,
        "fingerprint": keys.blind(key.fingerprint),
        "outcome": {
            "events": [(one.stream, one.version) for one in outcome.recorded],
            "versions": outcome.versions,
            "answer": outcome.answer,
        },
    }


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


def _batch(written: Sequence[Written]) -> str:
    here = {(one.recorded.stream, one.recorded.version) for one in written}
    rows = [
        {
            "n": n,
            "event_id": one.recorded.id,
            "stream": one.recorded.stream,
            "version": one.recorded.version,
            "name": stored_name(type(one.recorded.event)),
            "record": msgspec.Raw(one.record),
            "leaf": one.leaf.hex(),
            "case_id": one.recorded.case_id,
            "actor": one.recorded.actor,
            "recorded_at": one.recorded.at,
            "cause": one.recorded.cause,
            "follows": (one.recorded.stream, one.recorded.version - 1) in here,
        }
        for n, one in enumerate(written)
    ]
    return msgspec.json.encode(rows).decode()
