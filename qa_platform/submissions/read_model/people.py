"""The people in a submission: pseudonyms, and names that stay closed until the ledger opens them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import Capacity, SubmissionPersonNamed, SubmissionPersonRemoved

PersonEvent = SubmissionPersonNamed | SubmissionPersonRemoved


class PersonRow(Row, frozen=True, kw_only=True):
    """Somebody in a submission."""

    key: str
    submission_id: str
    subject: str
    capacity: Capacity
    name: Sealed[str]
    email: Sealed[str] | None
    telephone: Sealed[str] | None
    cv_sha256: Sealed[str] | None


def keys(recorded: Recorded[PersonEvent]) -> tuple[str, ...]:
    """Return the person in the submission that an event is about."""
    return (_key(recorded.event),)


def _key(event: PersonEvent) -> str:
    return f"{event.submission_id}/{event.subject}"


def fold(_row: PersonRow | None, recorded: Recorded[PersonEvent]) -> PersonRow | None:
    """Return the person as last named; None once removed."""
    event = recorded.event
    if isinstance(event, SubmissionPersonRemoved):
        return None
    return PersonRow(
        key=_key(event),
        submission_id=event.submission_id,
        subject=event.subject,
        capacity=event.capacity,
        name=event.name,
        email=event.email,
        telephone=event.telephone,
        cv_sha256=event.cv_sha256,
    )


SUBMISSION_PEOPLE: Projection[PersonRow] = Projection(
    name="submission_people",
    row=PersonRow,
    key="key",
    events=(SubmissionPersonNamed, SubmissionPersonRemoved),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",),),
)


def people_of(connection: Connection, submission_id: str) -> list[PersonRow]:
    """Return the people in a submission, closed; whoever may see the submission may see these."""
    table = SUBMISSION_PEOPLE.table
    query = sa.select(table).where(table.c.submission_id == submission_id)
    return SUBMISSION_PEOPLE.rows(connection, query.order_by(table.c.capacity, table.c.subject))


_KNOW_NAMES = PROVIDER_ROLES | {Role.INTAKE_OFFICER}


def opened_for(viewer: Actor, ledger: Ledger, rows: Sequence[PersonRow]) -> list[Any]:
    """Return people with their names to the provider and to intake; to everybody else they stay pseudonyms."""
    return ledger.open_rows(rows) if viewer.acting_as in _KNOW_NAMES else list(rows)
