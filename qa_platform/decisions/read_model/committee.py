"""Who may sit on the committee: what this room heard of the people who hold the role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Role
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


class MemberRow(Row, frozen=True, kw_only=True):
    """An account that holds the role of committee member; who does not hold it has no row.

    `centre_id` is the verification centre he holds it at; None is the agency.
    """

    person_id: str
    version: int
    centre_id: str | None = None

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
        case PersonRoleGranted(role=Role.COMMITTEE_MEMBER) as event:
            return MemberRow(person_id=event.person_id, version=recorded.version)
        case PersonCentreRoleGranted(role=Role.COMMITTEE_MEMBER) as event:
            return MemberRow(person_id=event.person_id, version=recorded.version, centre_id=event.centre_id)
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


def members_among(connection: Connection, people: Iterable[str]) -> list[MemberRow]:
    """Return those of some people who are members of the committee."""
    table = COMMITTEE_MEMBERS.table
    query = sa.select(table).where(table.c.person_id.in_(sorted(set(people)))).order_by(table.c.person_id)
    return COMMITTEE_MEMBERS.rows(connection, query)
