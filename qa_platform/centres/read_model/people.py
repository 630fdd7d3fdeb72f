"""Who acts for which centre; `web.reach` asks this table who may be given a part in a case."""

from __future__ import annotations

from msgspec.structs import replace

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.people.events import PersonCentreRoleGranted, PersonCentreRoleWithdrawn
from qa_platform.web.reach import CENTRE_PEOPLE_TABLE

_Event = PersonCentreRoleGranted | PersonCentreRoleWithdrawn


class CentrePersonRow(Row, frozen=True, kw_only=True):
    """An account that holds roles at a centre; who holds none there any more has no row."""

    person_id: str
    centre_id: str
    roles: tuple[str, ...]


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the account that an event is about."""
    return (recorded.event.person_id,)


def fold(row: CentrePersonRow | None, recorded: Recorded[_Event]) -> CentrePersonRow | None:
    """Return for which centre an account acts after one event; one account acts for one."""
    event = recorded.event
    known = row or CentrePersonRow(person_id=event.person_id, centre_id=event.centre_id, roles=())
    if isinstance(event, PersonCentreRoleGranted):
        return replace(known, centre_id=event.centre_id, roles=tuple(sorted({*known.roles, event.role.value})))
    left = tuple(one for one in known.roles if one != event.role.value)
    return replace(known, roles=left) if left else None


CENTRE_PEOPLE: Projection[CentrePersonRow] = Projection(
    name=CENTRE_PEOPLE_TABLE,
    row=CentrePersonRow,
    key="person_id",
    events=(PersonCentreRoleGranted, PersonCentreRoleWithdrawn),
    keys=keys,
    fold=fold,
    indexes=(("centre_id",),),
)
