"""Who asks: a bearer token becomes an actor, under one of the roles that the route permits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, cast

import msgspec
from flask import g, request
from sqlalchemy import Connection

from qa_platform.kernel.roles import Actor, Role
from qa_platform.web.errors import Problem

# The scopes that a token may have; neither implies the other.
READ = "read"
WRITE = "write"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_TOKEN = 512

NOBODY = Actor(person_id="public", roles=frozenset({Role.PUBLIC}), acting_as=Role.PUBLIC)


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a valid token speaks for, and how far.

    `roles` are those that the person holds and the token allows; `providers` says for whom he
    holds each of the provider's roles, since an officer of one may be accountable for another;
    `centres` says the same of the roles that he holds at verification centres;
    `expires_at` is None for what does not end by itself.
    """

    person_id: str
    roles: frozenset[Role]
    scopes: frozenset[str]
    expires_at: datetime | None = None
    providers: Mapping[Role, frozenset[str]] = {}
    centres: Mapping[Role, frozenset[str]] = {}
    simulated: bool = False


class Authenticator(Protocol):
    """Who knows the tokens."""

    def holder(self, connection: Connection, token: str, *, now: datetime) -> Holder | None:
        """Return whom a token speaks for; None when it is unknown, expired, revoked or its person inactive."""
        ...


def actor() -> Actor:
    """Return who asks, and the role he asks in."""
    return cast("Actor", g.actor)


def asking_with() -> Holder:
    """Return what the token of this request opens; only where a token was needed."""
    return cast("Holder", g.holder)


def bearer_token() -> str | None:
    """Return the token of this request, None when it brings none."""
    headers = request.headers.getlist("Authorization")
    if not headers:
        return None
    scheme, _, token = headers[0].partition(" ")
    token = token.strip()
    well_formed = token.isascii() and token.isprintable() and " " not in token
    if len(headers) > 1 or scheme.lower() != "bearer" or not well_formed or not 0 < len(token) <= LONGEST_TOKEN:
        raise unauthorised("The Authorization header is not understood. Send “Bearer” and one token.")
    return token


def unauthorised(detail: str, *, wrong: bool = True) -> Problem:
    """Return the problem of a request that must say, or say better, who asks."""
    challenge = 'Bearer realm="qa_platform"' + (', error="invalid_token"' if wrong else "")
    return Problem(401, "unauthorised", detail, headers={"WWW-Authenticate": challenge})


def act(holder: Holder, permitted: tuple[Role, ...], *, at_centres: bool = True) -> Actor:
    """Return the actor for a route that permits some roles, in their order; raise Problem when none fits.

    Unless it is open `at_centres` too, a role must be held for the agency.
    """
    _require_scope(holder)
    usable = [
        role
        for role in permitted
        if role is Role.PUBLIC or (role in holder.roles and (at_centres or role not in holder.centres))
    ]
    role = _chosen(usable, holder.roles)
    if role is None:
        raise _forbidden("None of your roles may do this. Ask an administrator if you think that one should.")
    return Actor(
        person_id=holder.person_id,
        roles=holder.roles,
        acting_as=role,
        providers=holder.providers.get(role, frozenset()),
        centres=holder.centres.get(role, frozenset()),
        simulated=holder.simulated,
    )


def _require_scope(holder: Holder) -> None:
    needed = READ if request.method in SAFE_METHODS else WRITE
    if needed in holder.scopes:
        return
    problem = _forbidden(f"Your token may not do this: it lacks the scope “{needed}”. Use one that has it.")
    problem.headers["WWW-Authenticate"] = f'Bearer realm="qa_platform", error="insufficient_scope", scope="{needed}"'
    raise problem


def _chosen(usable: list[Role], held: frozenset[Role]) -> Role | None:
    wanted = request.headers.get("X-Acting-As")
    if wanted is None:
        return usable[0] if usable else None
    if wanted not in {role.value for role in held}:
        raise _forbidden(f"You cannot act as “{wanted[:40]}”: you do not hold that role. Leave out X-Acting-As.")
    return next((role for role in usable if role.value == wanted), None)


def _forbidden(detail: str) -> Problem:
    return Problem(403, "forbidden", detail)
