"""The API of people, and the authenticator that lets them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from sqlalchemy import Connection

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.ledger.projection import Row
from qa_platform.people import read_model
from qa_platform.people.commands import (
    ChangeContact,
    DeactivatePerson,
    GrantRole,
    IssueToken,
    Reach,
    RegisterPerson,
    RevokeToken,
    WithdrawRole,
)
from qa_platform.people.decider import Held
from qa_platform.people.read_model import AccountRow
from qa_platform.people.schemas import (
    AccountQuerySchema,
    AccountSchema,
    ContactSchema,
    DeactivateSchema,
    GrantRoleSchema,
    IssueTokenSchema,
    RevokeTokenSchema,
    TokenSchema,
    WithdrawRoleSchema,
    new_token,
    role_named,
    token_digest,
)
from qa_platform.web.auth import Holder, asking_with
from qa_platform.web.context import actor, ledger, new_id, now, reading, release_reading
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

R = TypeVar("R", bound=Row)

people_api = Blueprint("people", __name__, url_prefix="/api/v1/people", description="Accounts, roles and API tokens")


class TokenAuthenticator:
    """Knows people by their API tokens."""

    def holder(self, connection: Connection, token: str, *, now: datetime) -> Holder | None:
        """Return whom a token speaks for; None when it is unknown, expired, revoked or its person inactive."""
        digest = token_digest(token)
        bearer = None if digest is None else read_model.find_bearer(connection, digest, now=now)
        if bearer is None:
            return None
        held = [one for one in bearer.held if not bearer.limits or one.role in bearer.limits]
        return Holder(
            person_id=bearer.person_id,
            roles=frozenset(one.role for one in held),
            scopes=frozenset(bearer.scopes),
            expires_at=bearer.expires_at,
            providers=_providers(held),
            centres=_centres(held),
            simulated=bearer.simulated,
        )


@people_api.route("")
class People(MethodView):
    """All accounts."""

    @people_api.arguments(AccountQuerySchema, location="query")
    @people_api.response(200, paged(AccountSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the accounts; to the committee's secretary its members, by their names alone."""
        found = page(
            reading(),
            read_model.ACCOUNTS,
            read_model.select_known(actor(), **query),
            order_by=(read_model.ACCOUNTS.table.c.person_id,),
        )
        return {**found, "items": read_model.as_listed(actor(), _opened(found["items"]))}

    @people_api.arguments(ContactSchema)
    @people_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Give a person an account, without any role yet."""
        person_id = new_id("person")
        return run(
            RegisterPerson(person_id=person_id, simulated=actor().simulated, **body),
            id=person_id,
            location=f"/api/v1/people/{person_id}",
            status=201,
        )


@people_api.route("/me")
class Me(MethodView):
    """Whoever asks."""

    @people_api.response(200, AccountSchema)
    def get(self) -> tuple[AccountRow, int, dict[str, str]] | Response:
        """Show your own account."""
        return tagged(_opened([_account(actor().person_id)])[0])


@people_api.route("/<person_id>")
class Person(MethodView):
    """One account."""

    @people_api.response(200, AccountSchema)
    def get(self, person_id: str) -> tuple[AccountRow, int, dict[str, str]] | Response:
        """Show an account, to administrators and to its person."""
        return tagged(_opened([_account(person_id)])[0])


@people_api.route("/<person_id>/contact")
class PersonContact(MethodView):
    """How to reach a person."""

    @people_api.arguments(ContactSchema)
    @people_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Replace name, e-mail and telephone; what is left out is emptied."""
        return run(ChangeContact(person_id=person_id, **body), id=person_id)


@people_api.route("/<person_id>/roles/<role>")
class PersonRole(MethodView):
    """One role of a person."""

    @people_api.arguments(GrantRoleSchema)
    @people_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str, role: str) -> Answer:
        """Let a person act in a role."""
        return run(GrantRole(person_id=person_id, role=role_named(role), **body), id=person_id)

    @people_api.arguments(WithdrawRoleSchema, location="query")
    @people_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], person_id: str, role: str) -> Answer:
        """Let a person no longer act in a role."""
        command = WithdrawRole(person_id=person_id, role=role_named(role), asked_by=actor().person_id, **query)
        return run(command, id=person_id)


@people_api.route("/<person_id>/deactivation")
class PersonDeactivation(MethodView):
    """The end of an account."""

    @people_api.arguments(DeactivateSchema)
    @people_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Close an account; its tokens open nothing any more."""
        return run(DeactivatePerson(person_id=person_id, asked_by=actor().person_id, **body), id=person_id)


@people_api.route("/<person_id>/tokens")
class PersonTokens(MethodView):
    """The API tokens of a person."""

    @people_api.response(200, TokenSchema(many=True))
    def get(self, person_id: str) -> list[read_model.TokenRow]:
        """List the tokens of a person, without their text, the newest first."""
        account = _account(person_id)
        return _opened(read_model.list_tokens(reading(), account.person_id))

    @people_api.arguments(IssueTokenSchema)
    @people_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], person_id: str) -> Answer:
        """Issue a token; `extra.token` is told once, and not when the request is repeated under its key.

        A repeated request answers with the header `Idempotency-Replayed` and without the token.
        Who has lost it revokes it and asks for another. A token for yourself opens no more than the
        one that you ask with, and ends no later.
        """
        account, token, token_id = _account(person_id), new_token(), new_id("token")
        command = IssueToken(
            person_id=account.person_id,
            token_id=token_id,
            digest=str(token_digest(token)),
            label=body["label"],
            scopes=tuple(body["scopes"]),
            roles=tuple(body["roles"]),
            within=_may_pass_on(account.person_id),
            issued_at=now(),
            expires_at=body["expires_at"],
        )
        location = f"/api/v1/people/{person_id}/tokens/{token_id}"
        return run(command, id=token_id, location=location, status=201, extra={"token": token})


@people_api.route("/<person_id>/tokens/<token_id>")
class PersonToken(MethodView):
    """One API token of a person."""

    @people_api.arguments(RevokeTokenSchema, location="query")
    @people_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], person_id: str, token_id: str) -> Answer:
        """Revoke a token."""
        account = _account(person_id)
        return run(RevokeToken(person_id=account.person_id, token_id=token_id, **query), id=token_id)


def _providers(held: Sequence[Held]) -> dict[Role, frozenset[str]]:
    found: dict[Role, set[str]] = defaultdict(set)
    for one in held:
        if one.provider_id is not None:
            found[one.role].add(one.provider_id)
    return {role: frozenset(providers) for role, providers in found.items()}


def _centres(held: Sequence[Held]) -> dict[Role, frozenset[str]]:
    found: dict[Role, set[str]] = defaultdict(set)
    for one in held:
        if one.centre_id is not None:
            found[one.role].add(one.centre_id)
    return {role: frozenset(centres) for role, centres in found.items()}


def _account(person_id: str) -> AccountRow:
    row = read_model.get_account(reading(), person_id, actor())
    if row is None:
        raise Missing(f"There is no account “{person_id}”. Check the address.")
    return row


def _opened(rows: Sequence[R]) -> list[R]:
    # Opening takes a connection of its own, and a request never holds two.
    release_reading()
    return ledger().open_rows(rows)


def _may_pass_on(person_id: str) -> Reach | None:
    if actor().acting_as is Role.ADMINISTRATOR and actor().person_id != person_id:
        return None
    own = asking_with()
    return Reach(roles=tuple(sorted(own.roles)), scopes=tuple(sorted(own.scopes)), expires_at=own.expires_at)
