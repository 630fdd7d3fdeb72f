"""The raw database: what psycopg alone does with rows of the same size, without any rule or guarantee."""

from __future__ import annotations

import psycopg
from uuid_utils import uuid7

from benchmarks.crew import Task
from benchmarks.dogs import ACTOR, RegisterDog, dog_decider, new_id
from benchmarks.server import plain
from qa_platform.kernel.event import stored_name
from qa_platform.ledger.record import Codec, fresh_salt
from qa_platform.ledger.shape import Header

_TABLE = """
CREATE TABLE rows (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream  uuid NOT NULL,
    version int NOT NULL,
    record  json NOT NULL,
    UNIQUE (stream, version)
)
"""
_INSERT = "INSERT INTO rows (stream, version, record) VALUES (%s, %s, %s)"


class Inserting(Task):
    """Insert rows that carry the very text that our ledger stores for one event."""

    def __init__(self, url: str, rows: int = 1) -> None:
        """Take the owner's address, and how many rows go into one transaction."""
        self._url = url
        self._rows = rows

    def open(self) -> None:
        """Connect; one row is one statement of its own, prepared at its first use."""
        self._record = _record()
        self._connection = psycopg.connect(plain(self._url), autocommit=True, prepare_threshold=0)

    def once(self) -> int:
        """Insert one transaction's rows."""
        stream = str(uuid7())
        if self._rows == 1:
            self._connection.execute(_INSERT, [stream, 1, self._record])
            return 1
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(_INSERT, [(stream, version, self._record) for version in range(1, self._rows + 1)])
        return self._rows


def make_table(url: str) -> None:
    """Make the table in a fresh database."""
    with psycopg.connect(plain(url)) as connection:
        connection.execute(_TABLE)


def _record() -> str:
    command = RegisterDog(dog=new_id())
    (event,) = dog_decider.decide(command, dog_decider.initial)
    header = Header(
        id=new_id(),
        stream=dog_decider.stream(command),
        version=1,
        name=stored_name(type(event)),
        at="2026-11-23T12:00:00.000000Z",
        actor=ACTOR,
        case=command.dog,
        cause=None,
        salt=fresh_salt(),
    )
    return Codec.of(dog_decider.events).write(event, header, {}).record.decode()
