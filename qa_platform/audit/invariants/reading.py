"""Reading the log for a check: what belongs to no case first, stream by stream, then case by case.

So that memory holds one case, and not the log. Every page is a query of its own by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from qa_platform.audit.invariants.history import Stored
from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.sealing import KeyId, OpeningKeys, SealBroken, open_box

_PAGE = 2_000


class Unit(NamedTuple):
    """The events of one case in the one order, or (case None) of one stream outside of cases."""

    case_id: str | None
    stored: list[Stored]


class Units:
    """All events up to a head, unit by unit."""

    def __init__(self, ledger: Ledger, head: int) -> None:
        """Take the ledger, and where to stop."""
        self._ledger = ledger
        self._head = head

    def __iter__(self) -> Iterator[Unit]:
        """Give the streams outside of cases, then the cases."""
        for _stream, events in groupby(self._pages(_OUTSIDE, stream="", version=0), key=lambda one: one.stream):
            yield Unit(None, list(events))
        for case_id, events in groupby(self._pages(_CASES, case="", id=0), key=lambda one: one.case_id):
            yield Unit(case_id, sorted(events, key=lambda one: one.position))

    def _pages(self, statement: sa.TextClause, **after: Any) -> Iterator[Stored]:  # noqa: ANN401 -- the key of a page
        while True:
            with self._ledger.reading() as connection:
                rows = connection.execute(statement, {**after, "head": self._head, "limit": _PAGE}).all()
                keys = self._ledger.keys.for_reading(connection, self._key_ids(rows))
            for row in rows:
                yield self._stored(row, keys)
            if len(rows) < _PAGE:
                return
            after = _after(rows[-1], after)

    def _key_ids(self, rows: Sequence[Any]) -> Iterator[KeyId]:
        for row in rows:
            # Most records seal nothing, and say so in so many characters.
            if '"sealed":{}' not in row.record:
                try:
                    yield from self._ledger.codec.key_ids(row.record)
                except (msgspec.DecodeError, KeyError):
                    continue

    def _stored(self, row: Any, keys: OpeningKeys) -> Stored:  # noqa: ANN401 -- a row
        columns = row._asdict() | {"record": row.record.encode()}
        try:
            recorded = self._ledger.codec.read(row.record, row.leaf, row.position)
        except Exception as unreadable:  # noqa: BLE001 -- whatever it is, nobody can read it
            return Stored(**columns, recorded=None, unreadable=type(unreadable).__name__)
        opened, lost, broken = _open(recorded, keys)
        return Stored(**columns, recorded=opened, lost=lost, broken=broken)


def _after(row: Any, after: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 -- a row
    return {"case": row.case_id, "id": row.id} if "case" in after else {"stream": row.stream, "version": row.version}


def _open(recorded: Recorded[Any], keys: OpeningKeys) -> tuple[Recorded[Any], tuple[KeyId, ...], tuple[str, ...]]:
    """Return the event with its fields opened, the keys that are nowhere, and the fields that do not open."""
    opened, lost, broken = dict[str, Any](), list[KeyId](), list[str]()
    for name, value in _sealed(recorded.event):
        key: KeyId = (value.box.subject, value.box.purpose, value.box.key_version) if value.box else ("", "", 0)
        if value.box is None or key not in keys:
            lost.append(key)
            continue
        try:
            opened[name] = msgspec.structs.replace(value, value=open_box(value.box, keys))
        except SealBroken:
            broken.append(name)
    if opened:
        event = msgspec.structs.replace(recorded.event, **opened)
        recorded = msgspec.structs.replace(recorded, event=event)
    return recorded, tuple(lost), tuple(broken)


def _sealed(event: Event) -> Iterator[tuple[str, Sealed[Any]]]:
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if isinstance(value, Sealed):
            yield name, value


_COLUMNS = """
SELECT e.id, p.position, e.event_id::text AS event_id, e.stream, e.version, e.name, e.record::text AS record, e.leaf,
       e.case_id, e.actor, e.recorded_at, e.cause
FROM ledger.events e JOIN ledger.positions p ON p.id = e.id
WHERE p.position < :head
"""

_OUTSIDE = sa.text(f"""{_COLUMNS}
  AND e.case_id IS NULL AND (e.stream, e.version) > (:stream, :version) ORDER BY e.stream, e.version LIMIT :limit
""")

_CASES = sa.text(f"""{_COLUMNS}
  AND e.case_id IS NOT NULL AND (e.case_id, e.id) > (:case, :id) ORDER BY e.case_id, e.id LIMIT :limit
""")
