"""Accounts and tokens, as the API shows them and as a request is let in by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor, Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import Projection, Row
from qa_platform.people.decider import Held
from qa_platform.people.events import (
    PeopleEvent,
    PersonCentreRoleGranted,
    PersonCentreRoleWithdrawn,
    PersonContactChanged,
    PersonDeactivated,
    PersonRegistered,
    PersonRoleGranted,
    PersonRoleWithdrawn,
    PersonTokenIssued,
    PersonTokenRevoked,
    Scope,
    SubjectKeyDestroyed,
)


class AccountRow(Row, frozen=True, kw_only=True):
    """An account; names stay closed until the ledger opens the row."""

    person_id: str
    version: int
    name: Sealed[str]
    email: Sealed[str]
    telephone: Sealed[str] | None
    roles: tuple[Held, ...]
    active: bool
    erased: bool
    simulated: bool


class TokenRow(Row, frozen=True, kw_only=True):
    """A token, known by the SHA-256 of its text; `roles` limits it, empty means not."""

    token_id: str
    person_id: str
    digest: str
    label: Sealed[str]
    scopes: tuple[Scope, ...]
    roles: tuple[Role, ...]
    issued_at: datetime
    expires_at: datetime
    revoked: bool


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a living token speaks for."""

    person_id: str
    held: tuple[Held, ...]
    limits: tuple[Role, ...]
    scopes: tuple[Scope, ...]
    expires_at: datetime
    simulated: bool


def account_keys(recorded: Recorded[PeopleEvent]) -> tuple[str, ...]:
    """Return the account that an event is about."""
    event = recorded.event
    return (event.subject if isinstance(event, SubjectKeyDestroyed) else event.person_id,)


def fold_account(row: AccountRow | None, recorded: Recorded[PeopleEvent]) -> AccountRow | None:
    """Return the account after one event; None for people who have none."""
    event = recorded.event
    if isinstance(event, PersonRegistered):
        return AccountRow(
            person_id=event.person_id,
            version=recorded.version,
            name=event.name,
            email=event.email,
            telephone=event.telephone,
            roles=(),
            active=True,
            erased=False,
            simulated=event.simulated,
        )
    # A key may be destroyed of somebody who is named in a submission and has no account.
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _changed(row: AccountRow, event: PeopleEvent) -> AccountRow:
    match event:
        case PersonContactChanged():
            return replace(row, name=event.name, email=event.email, telephone=event.telephone)
        case PersonRoleGranted():
            return replace(row, roles=_sorted({*row.roles, Held(event.role, event.provider_id)}))
        case PersonRoleWithdrawn():
            return replace(row, roles=_sorted({*row.roles} - {Held(event.role, event.provider_id)}))
        case PersonCentreRoleGranted():
            return replace(row, roles=_sorted({*row.roles, Held(event.role, None, event.centre_id)}))
        case PersonCentreRoleWithdrawn():
            return replace(row, roles=_sorted({*row.roles} - {Held(event.role, None, event.centre_id)}))
        case PersonDeactivated():
            return replace(row, active=False)
        case SubjectKeyDestroyed():
            return replace(row, erased=True)
        case _:
            return row


def _sorted(roles: set[Held]) -> tuple[Held, ...]:
    return tuple(sorted(roles, key=lambda held: (held.role, held.provider_id or "", held.centre_id or "")))


ACCOUNTS: Projection[AccountRow] = Projection(
    name="accounts",
    row=AccountRow,
    key="person_id",
    events=get_args(PeopleEvent),
    keys=account_keys,
    fold=fold_account,
)


def token_keys(recorded: Recorded[PersonTokenIssued | PersonTokenRevoked]) -> tuple[str, ...]:
    """Return the token that an event is about."""
    return (recorded.event.token_id,)


def fold_token(row: TokenRow | None, recorded: Recorded[PersonTokenIssued | PersonTokenRevoked]) -> TokenRow | None:
    """Return the token after one event."""
    event = recorded.event
    if isinstance(event, PersonTokenRevoked):
        return None if row is None else replace(row, revoked=True)
    return TokenRow(
        token_id=event.token_id,
        person_id=event.person_id,
        digest=event.digest,
        label=event.label,
        scopes=event.scopes,
        roles=event.roles,
        issued_at=recorded.at,
        expires_at=event.expires_at,
        revoked=False,
    )


TOKENS: Projection[TokenRow] = Projection(
    name="tokens",
    row=TokenRow,
    key="token_id",
    events=(PersonTokenIssued, PersonTokenRevoked),
    keys=token_keys,
    fold=fold_token,
    indexes=(("digest",), ("person_id",)),
)


_WHO_IT_IS = ("person_id", "name", "active", "erased", "simulated")


def select_accounts(*, role: Role | None = None, active: bool | None = None) -> sa.Select[Any]:
    """Return the query for accounts, of one role if given."""
    table = ACCOUNTS.table
    query = sa.select(table)
    if role is not None:
        query = query.where(table.c.roles.contains([{"role": role.value}]))
    if active is not None:
        query = query.where(table.c.active.is_(active))
    return query


def select_known(viewer: Actor, *, role: Role | None = None, active: bool | None = None) -> sa.Select[Any]:
    """Return the query for the accounts that a viewer may list: an administrator all, others the committee's."""
    if viewer.acting_as is Role.ADMINISTRATOR:
        return select_accounts(role=role, active=active)
    members = select_accounts(role=Role.COMMITTEE_MEMBER, active=active)
    if viewer.centres:
        column = ACCOUNTS.table.c
        at_centres = [
            column.roles.contains([{"role": Role.COMMITTEE_MEMBER.value, "centre_id": centre_id}])
            for centre_id in sorted(viewer.centres)
        ]
        members = members.where(sa.or_(*at_centres))
    # Which other roles a member holds is not to be found out by asking for them.
    return members if role in {None, Role.COMMITTEE_MEMBER} else members.where(sa.false())


def as_listed(viewer: Actor, rows: list[AccountRow]) -> list[dict[str, Any]]:
    """Return accounts as a viewer's list shows them: in full to an administrator, to others who it is."""
    told = AccountRow.__struct_fields__ if viewer.acting_as is Role.ADMINISTRATOR else _WHO_IT_IS
    return [{name: getattr(row, name) for name in told} for row in rows]


def get_account(connection: Connection, person_id: str, viewer: Actor) -> AccountRow | None:
    """Return an account to an administrator or to its person; None to everybody else."""
    if viewer.acting_as is not Role.ADMINISTRATOR and viewer.person_id != person_id:
        return None
    found = ACCOUNTS.rows(connection, select_accounts().where(ACCOUNTS.table.c.person_id == person_id))
    return found[0] if found else None


def list_accounts(connection: Connection, *, role: Role | None = None) -> list[AccountRow]:
    """Return all accounts by pseudonym, of one role if given."""
    return ACCOUNTS.rows(connection, select_accounts(role=role).order_by(ACCOUNTS.table.c.person_id))


def list_tokens(connection: Connection, person_id: str) -> list[TokenRow]:
    """Return the tokens of a person, the newest first."""
    table = TOKENS.table
    query = sa.select(table).where(table.c.person_id == person_id)
    return TOKENS.rows(connection, query.order_by(table.c.issued_at.desc(), table.c.token_id))


def find_bearer(connection: Connection, digest: str, *, now: datetime) -> Bearer | None:
    """Return whom a token speaks for; None if it is unknown, expired, revoked, or its account closed."""
    tokens, accounts = TOKENS.table, ACCOUNTS.table
    query = (
        sa.select(
            accounts.c.person_id,
            accounts.c.roles.label("held"),
            accounts.c.simulated,
            tokens.c.roles.label("limits"),
            tokens.c.scopes,
            tokens.c.expires_at,
        )
        .join(accounts, accounts.c.person_id == tokens.c.person_id)
        .where(tokens.c.digest == digest, tokens.c.expires_at > now, ~tokens.c.revoked, accounts.c.active)
    )
    found = connection.execute(query).mappings().first()
    if found is None:
        return None
    return msgspec.convert({name: found[name] for name in Bearer.__struct_fields__}, Bearer)
