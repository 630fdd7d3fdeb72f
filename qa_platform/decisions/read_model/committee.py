"""Who may sit on the committee: what this room heard of the people who hold the role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.people.events import (
    PeopleEvent,
    PersonCentreRoleGranted,
    PersonCentreRoleWithdrawn,
    PersonDeactivated,
    PersonRoleGranted,
    PersonRoleWithdrawn,
    SubjectKeyDestroyed,
)
from qa_platform.web.reach import of_the_house


class MemberRow(Row, frozen=True, kw_only=True):
    """An account that holds the role of committee member; who does not hold it has no row."""

    person_id: str
    version: int

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a decision rests on."""
        return StreamVersion(stream=f"person-{self.person_id}", version=self.version)


def keys(recorded: Recorded[PeopleEvent]) -> tuple[str, ...]:
    """Return the account that an event is about."""
    event = recorded.event
    return (event.subject if isinstance(event, SubjectKeyDestroyed) else event.person_id,)


def fold(row: MemberRow | None, recorded: Recorded[PeopleEvent]) -> MemberRow | None:
    """Return the member after one event; None for who is none."""
    match recorded.event:
        case PersonRoleGranted(role=Role.COMMITTEE_MEMBER) | PersonCentreRoleGranted(role=Role.COMMITTEE_MEMBER):
            return MemberRow(person_id=recorded.event.person_id, version=recorded.version)
        case (
            PersonRoleWithdrawn(role=Role.COMMITTEE_MEMBER)
            | PersonCentreRoleWithdrawn(role=Role.COMMITTEE_MEMBER)
            | PersonDeactivated()
        ):
            return None
        case _:
            return None if row is None else replace(row, version=recorded.version)


COMMITTEE_MEMBERS: Projection[MemberRow] = Projection(
    name="decision_committee_members",
    row=MemberRow,
    key="person_id",
    events=get_args(PeopleEvent),
    keys=keys,
    fold=fold,
)


def members_among(connection: Connection, people: Iterable[str], viewer: Actor) -> list[MemberRow]:
    """Return those of some people who are members of the committee of the viewer's own house."""
    table = COMMITTEE_MEMBERS.table
    named = table.c.person_id.in_(sorted(set(people)))
    query = sa.select(table).where(named, of_the_house(viewer, table.c.person_id)).order_by(table.c.person_id)
    return COMMITTEE_MEMBERS.rows(connection, query)
