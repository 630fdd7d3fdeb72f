"""Who may lead a panel: what this room heard of the people who hold the role."""

from __future__ import annotations

from typing import get_args

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
from qa_platform.web.reach import outsiders


class LeadRow(Row, frozen=True, kw_only=True):
    """An account that holds the role of lead reviewer; who does not hold it has no row."""

    person_id: str
    version: int

    @property
    def stream_version(self) -> StreamVersion:
        """Return what the choice of a lead rests on."""
        return StreamVersion(stream=f"person-{self.person_id}", version=self.version)


def keys(recorded: Recorded[PeopleEvent]) -> tuple[str, ...]:
    """Return the account that an event is about."""
    event = recorded.event
    return (event.subject if isinstance(event, SubjectKeyDestroyed) else event.person_id,)


def fold(row: LeadRow | None, recorded: Recorded[PeopleEvent]) -> LeadRow | None:
    """Return the lead reviewer after one event; None for who is none."""
    match recorded.event:
        case PersonRoleGranted(role=Role.LEAD_REVIEWER) | PersonCentreRoleGranted(role=Role.LEAD_REVIEWER):
            return LeadRow(person_id=recorded.event.person_id, version=recorded.version)
        case (
            PersonRoleWithdrawn(role=Role.LEAD_REVIEWER)
            | PersonCentreRoleWithdrawn(role=Role.LEAD_REVIEWER)
            | PersonDeactivated()
        ):
            return None
        case _:
            return None if row is None else replace(row, version=recorded.version)


LEADS: Projection[LeadRow] = Projection(
    name="panel_leads",
    row=LeadRow,
    key="person_id",
    events=get_args(PeopleEvent),
    keys=keys,
    fold=fold,
)


def get_lead(connection: Connection, person_id: str, submission_id: str) -> LeadRow | None:
    """Return a lead reviewer, or None for who is none, or acts for another centre than the case's."""
    if person_id in outsiders(connection, [submission_id])[submission_id]:
        return None
    return LEADS.find(connection, person_id)
