"""Whose cases somebody may see at all: the one rule that every room asks, and the gate before every view.

Whoever holds his role at a verification centre sees and does what concerns its cases; whoever holds
it for the agency sees all. The read model of centres keeps the table; here is only how it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import SCHEMA

CASE_CENTRES_TABLE = "case_centres"
CENTRES_TABLE = "centres"
_AT_WORK = "approved"
_CENTRES = sa.table(CENTRES_TABLE, sa.column("centre_id"), sa.column("status"), schema=SCHEMA)
CENTRE_PEOPLE_TABLE = "centre_people"
_PEOPLE = sa.table(CENTRE_PEOPLE_TABLE, sa.column("person_id"), sa.column("centre_id"), schema=SCHEMA)
_CASES = sa.table(CASE_CENTRES_TABLE, sa.column("case_id"), sa.column("centre_id"), schema=SCHEMA)


def within_reach(viewer: Actor, case_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return what holds for the rows of cases that a viewer may know of: at a centre, those that are its own."""
    if not viewer.centres:
        return sa.true()
    return case_id.in_(sa.select(_CASES.c.case_id).where(_CASES.c.centre_id.in_(sorted(viewer.centres))))


def is_within_reach(connection: Connection, viewer: Actor, case_id: str) -> bool:
    """Return whether a viewer may know of a case."""
    if not viewer.centres:
        return True
    query = sa.select(_CASES.c.case_id).where(_CASES.c.case_id == case_id, within_reach(viewer, _CASES.c.case_id))
    return connection.execute(query).first() is not None


def is_at_work(connection: Connection, viewer: Actor) -> bool:
    """Return whether a viewer's centre is approved, and neither suspended nor at its end."""
    query = sa.select(_CENTRES.c.centre_id).where(
        _CENTRES.c.centre_id.in_(sorted(viewer.centres)), _CENTRES.c.status == _AT_WORK
    )
    return connection.execute(query).first() is not None


def of_own_centre(viewer: Actor, person_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return what holds for the rows of people that a viewer may know of: at a centre, those who act for it."""
    if not viewer.centres:
        return sa.true()
    return person_id.in_(sa.select(_PEOPLE.c.person_id).where(_PEOPLE.c.centre_id.in_(sorted(viewer.centres))))


def outsiders(connection: Connection, case_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return by case who may be given no part in it: whoever acts for another centre than its own."""
    wanted = sorted(set(case_ids))
    owners = dict.fromkeys(wanted)
    for row in connection.execute(sa.select(_CASES).where(_CASES.c.case_id.in_(wanted))):
        owners[row.case_id] = row.centre_id
    acting = [(row.person_id, row.centre_id) for row in connection.execute(sa.select(_PEOPLE))]
    return {
        case_id: frozenset(person_id for person_id, centre_id in acting if centre_id != owner)
        for case_id, owner in owners.items()
    }
