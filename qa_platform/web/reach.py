"""Whose cases somebody may see at all: the one rule that every room asks, and the gate before every view.

Whoever holds his role at a verification centre sees and does what concerns its cases; whoever holds
it for the agency sees all. The read model of centres keeps the table; here is only how it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import SCHEMA

CASE_CENTRES_TABLE = "case_centres"
CENTRES_TABLE = "centres"
CASE_COSIGNING_TABLE = "case_cosigning"
_AT_WORK = "approved"
_CENTRES = sa.table(
    CENTRES_TABLE,
    *(sa.column(name) for name in ("centre_id", "status", "institution", "version")),
    schema=SCHEMA,
)
_COSIGNING = sa.table(
    CASE_COSIGNING_TABLE,
    *(sa.column(name) for name in ("case_id", "version", "cosigner_id")),
    sa.column("signed", JSONB),
    schema=SCHEMA,
)
CENTRE_PEOPLE_TABLE = "centre_people"
_PEOPLE = sa.table(CENTRE_PEOPLE_TABLE, sa.column("person_id"), sa.column("centre_id"), schema=SCHEMA)
_CASES = sa.table(CASE_CENTRES_TABLE, *(sa.column(name) for name in ("case_id", "centre_id", "version")), schema=SCHEMA)


RECUSALS_TABLE = "submission_recusals"
_RECUSALS = sa.table(RECUSALS_TABLE, sa.column("submission_id"), sa.column("members", JSONB), schema=SCHEMA)


def not_recused(viewer: Actor, case_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return what holds for the rows of cases from which a viewer is not recused, in whatever role he asks.

    The read model of submissions keeps the table.
    """
    apart = _RECUSALS.c.members.contains([viewer.person_id])
    return ~sa.exists().where(_RECUSALS.c.submission_id == case_id, apart)


def is_recused(connection: Connection, viewer: Actor, case_id: str | None) -> bool:
    """Return whether a viewer is recused from a case; from what is about none nobody is."""
    if case_id is None:
        return False
    query = sa.select(_RECUSALS.c.members).where(_RECUSALS.c.submission_id == case_id)
    return viewer.person_id in (connection.scalar(query) or ())


def recused_from(connection: Connection, case_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return by case who is recused from it, in one query whatever their number."""
    query = sa.select(_RECUSALS).where(_RECUSALS.c.submission_id.in_(sorted(set(case_ids))))
    return {row.submission_id: frozenset(row.members) for row in connection.execute(query)}


def within_reach(viewer: Actor, case_id: sa.ColumnElement[str], *, cosigning: bool = False) -> sa.ColumnElement[bool]:
    """Return what holds for the rows of cases that a viewer may know of: at a centre, those that are its own.

    What concerns `cosigning` he may know of too where his centre was named to sign beside another one.
    """
    if not viewer.centres:
        return sa.true()
    centres = sorted(viewer.centres)
    own = case_id.in_(sa.select(_CASES.c.case_id).where(_CASES.c.centre_id.in_(centres)))
    beside = sa.select(_COSIGNING.c.case_id).where(_COSIGNING.c.cosigner_id.in_(centres))
    return sa.or_(own, case_id.in_(beside)) if cosigning else own


def is_within_reach(connection: Connection, viewer: Actor, case_id: str, *, cosigning: bool = False) -> bool:
    """Return whether a viewer may know of a case, or of what concerns `cosigning` in it."""
    if not viewer.centres:
        return True
    query = sa.select(_CASES.c.case_id).where(
        _CASES.c.case_id == case_id, within_reach(viewer, _CASES.c.case_id, cosigning=cosigning)
    )
    return connection.execute(query).first() is not None


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a decision on a case needs the signature of another house, which are signed, and what that rests on."""

    needed: bool
    signed: frozenset[str]
    rests_on: tuple[StreamVersion, ...]

    def is_missing(self, decision_id: str | None) -> bool:
        """Return whether a decision lacks a signature that it needs."""
        return self.needed and decision_id not in self.signed


def signing_of(connection: Connection, case_id: str, provider_id: str | None) -> Signing:
    """Return how it is with signatures: a centre needs another's where the course is its own institution's."""
    return signings_of(connection, {case_id: provider_id})[case_id]


def signings_of(connection: Connection, providers: Mapping[str, str | None]) -> dict[str, Signing]:
    """Return by case how it is with signatures, given whose course each is, in two queries whatever their number."""
    query = (
        sa.select(*_CASES.c, _CENTRES.c.institution, _CENTRES.c.version.label("standing"))
        .outerjoin(_CENTRES, _CENTRES.c.centre_id == _CASES.c.centre_id)
        .where(_CASES.c.case_id.in_(sorted(providers)))
    )
    owners = {row.case_id: row for row in connection.execute(query)}
    beside = sa.select(_COSIGNING).where(_COSIGNING.c.case_id.in_(sorted(providers)))
    signed = {row.case_id: frozenset(row.signed) for row in connection.execute(beside)}
    return {
        case_id: _signing(case_id, provider_id, owners.get(case_id), signed.get(case_id, frozenset()))
        for case_id, provider_id in providers.items()
    }


def _signing(
    case_id: str, provider_id: str | None, owner: sa.Row[*tuple[Any, ...]] | None, signed: frozenset[str]
) -> Signing:
    rests_on = [StreamVersion(stream=f"assignment-{case_id}", version=0 if owner is None else owner.version)]
    if owner is not None and owner.centre_id is not None:
        rests_on.append(StreamVersion(stream=f"centre-{owner.centre_id}", version=owner.standing))
    return Signing(
        needed=owner is not None and owner.institution is not None and owner.institution == provider_id,
        signed=signed,
        rests_on=tuple(rests_on),
    )


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


def of_the_house(viewer: Actor, person_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return what holds for people of the viewer's own house: his centre, or the agency."""
    return of_own_centre(viewer, person_id) if viewer.centres else person_id.not_in(sa.select(_PEOPLE.c.person_id))


class Belonging(msgspec.Struct, frozen=True, kw_only=True):
    """Who may be given no part in a case, for he acts for another centre than its own; and what that rests on."""

    outsiders: frozenset[str]
    rests_on: StreamVersion


def belongings(connection: Connection, case_ids: Iterable[str]) -> dict[str, Belonging]:
    """Return by case who stands outside its house, in as many queries whatever their number."""
    wanted = sorted(set(case_ids))
    found = connection.execute(sa.select(_CASES).where(_CASES.c.case_id.in_(wanted)))
    owners = {row.case_id: (row.centre_id, row.version) for row in found}
    acting = [(row.person_id, row.centre_id) for row in connection.execute(sa.select(_PEOPLE))]
    belonging = {}
    for case_id in wanted:
        owner, version = owners.get(case_id, (None, 0))
        belonging[case_id] = Belonging(
            outsiders=frozenset(person_id for person_id, centre_id in acting if centre_id != owner),
            rests_on=StreamVersion(stream=f"assignment-{case_id}", version=version),
        )
    return belonging


def outsiders(connection: Connection, case_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return by case who may be given no part in it: whoever acts for another centre than its own."""
    return {case_id: one.outsiders for case_id, one in belongings(connection, case_ids).items()}
