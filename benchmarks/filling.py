"""Fill a ledger with lives of dogs by COPY: the very records that commands would have left, many at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg

from benchmarks.dogs import ACTOR, RegisterDog, TeachTrick, dog_decider, new_id
from benchmarks.server import Database
from qa_platform.kernel.event import stored_name
from qa_platform.ledger.canonical import timestamp
from qa_platform.ledger.record import Codec, Written, fresh_salt
from qa_platform.ledger.shape import Header

LIFE = 20
_COPY = (
    "COPY ledger.events (event_id, stream, version, name, record, leaf, case_id, actor, recorded_at, cause) FROM STDIN"
)
_PLACE = """
INSERT INTO ledger.positions (position, id, leaf)
SELECT head.next + row_number() OVER (ORDER BY e.id) - 1, e.id, e.leaf
FROM ledger.events e,
     (SELECT coalesce(max(position) + 1, 0) AS next, coalesce(max(id), 0) AS last FROM ledger.positions) head
WHERE e.id > head.last ORDER BY e.id
"""


def fill(database: Database, events: int) -> list[str]:
    """Add so many events in streams of twenty, each with its position; return the dogs."""
    codec = Codec.of(dog_decider.events)
    dogs = [new_id() for _ in range(events // LIFE)]
    with psycopg.connect(database.plain) as connection:
        with connection.cursor().copy(_COPY) as copy:
            for dog in dogs:
                for one in _life(codec, dog):
                    copy.write_row(columns(one))
        place(connection)
    return dogs


def columns(one: Written) -> tuple[object, ...]:
    """Return the columns of an event as COPY takes them."""
    recorded = one.recorded
    return (
        recorded.id,
        recorded.stream,
        recorded.version,
        stored_name(type(recorded.event)),
        one.record.decode(),
        one.leaf,
        recorded.case_id,
        recorded.actor,
        recorded.at,
        recorded.cause,
    )


def place(connection: psycopg.Connection) -> None:
    """Give positions to all events behind the last that has one."""
    connection.execute(_PLACE)


def _life(codec: Codec, dog: str) -> Iterator[Written]:
    state = dog_decider.initial
    commands = [RegisterDog(dog=dog), *(TeachTrick(dog=dog, trick=f"trick {number}") for number in range(LIFE - 1))]
    for version, command in enumerate(commands, start=1):
        (event,) = dog_decider.decide(command, state)
        state = dog_decider.evolve(state, event)
        header = Header(
            id=new_id(),
            stream=dog_decider.stream(command),
            version=version,
            name=stored_name(type(event)),
            at=timestamp(datetime.now(UTC)),
            actor=ACTOR,
            case=dog,
            cause=None,
            salt=fresh_salt(),
        )
        yield codec.write(event, header, {})
