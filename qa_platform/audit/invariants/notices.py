"""Notices: once for each event and person, nothing before its release, and nothing to who is gone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, OfStreams, Violation, at
from qa_platform.kernel.event import Recorded
from qa_platform.notices.decider import KINDS, Notice, Status, notice_decider, notice_id_of
from qa_platform.notices.events import NoticeDrafted, NoticeIssued, NoticeMailed, NoticeRead


def _twice(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_TWICE):
        yield Violation(
            what=f"{row.notices} notices of the kind “{row.kind}” tell one person of one event",
            stream=row.stream,
            version=row.version,
        )


_TWICE = sa.text("""
SELECT record -> 'data' ->> 'kind' AS kind, count(*) AS notices, max(stream) AS stream, 1 AS version
FROM ledger.events WHERE name IN ('notice.issued.v1', 'notice.drafted.v1')
GROUP BY 1, record -> 'data' ->> 'cause_id', record -> 'data' ->> 'person_id', record -> 'data' ->> 'stage'
HAVING count(*) > 1 ORDER BY 3
""")


def _ids_follow(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for recorded in events:
        event = recorded.event
        if isinstance(event, NoticeIssued | NoticeDrafted) and event.notice_id != notice_id_of(
            event.cause_id, event.kind, event.person_id, event.stage
        ):
            yield at(recorded, "its id does not follow from the event, the kind and the person")


def _waited(events: list[Recorded[Any]], _ground: Ground) -> Found:
    notice = Notice()
    for recorded in _of_a_notice(events):
        event = recorded.event
        if isinstance(event, NoticeMailed | NoticeRead) and notice.status is not Status.TOLD:
            yield at(recorded, f"it was sent or read while it was {notice.status or 'not composed'}")
        if isinstance(event, NoticeIssued) and (kind := KINDS.get(event.kind)) and kind.releaser is not None:
            yield at(recorded, f"a notice of the kind “{event.kind}” went out and nobody had read it before")
        notice = notice_decider.evolve(notice, event)


def _of_a_notice(events: list[Recorded[Any]]) -> list[Recorded[Any]]:
    return events if events[0].stream.startswith("notice-") else []


def _gone(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_GONE):
        yield Violation(
            what="somebody was told, or mailed, after his account was closed or erased",
            position=row.position,
            stream=row.stream,
            version=row.version,
        )


# A closed account is told nothing new; what is under way when it is closed may just have left.
_GONE = sa.text("""
SELECT p.position, e.stream, e.version FROM ledger.events e JOIN ledger.positions p ON p.id = e.id
JOIN (
    SELECT gone.record -> 'data' ->> 'person_id' AS person, min(gone.recorded_at) AS at
    FROM ledger.events gone WHERE gone.name = 'person.deactivated.v1' GROUP BY 1
) closed ON closed.person = e.record -> 'data' ->> 'person_id'
WHERE e.name IN ('notice.issued.v1', 'notice.drafted.v1', 'notice.mailed.v1')
  AND e.recorded_at > closed.at + interval '1 hour'
ORDER BY p.position
""")

NOTICES = (
    Invariant(
        "notices.once-per-event-and-person",
        "Nobody is told twice of one event in one kind of notice, however often the event was delivered.",
        Asked(_twice),
    ),
    Invariant(
        "notices.ids-follow-from-events",
        "The id of a notice follows from event, kind and person; otherwise a second delivery would tell once more.",
        OfStreams(_ids_follow),
    ),
    Invariant(
        "notices.nothing-sent-that-waits",
        "Nothing is sent or read before it was told, and what a person must read first was released by one; "
        "a decision or a refusal that went out by itself could not be taken back.",
        OfStreams(_waited),
    ),
    Invariant(
        "notices.nobody-told-who-is-gone",
        "Nobody is told anything after his account was closed or his data were erased.",
        Asked(_gone),
    ),
)
