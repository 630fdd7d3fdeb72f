"""Who asks: a bearer token becomes an actor, under one of the roles that the route permits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

from qa_platform.kernel.roles import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

READ = "read"
WRITE = "write"
ROLE_PREFIX = "role:"
"""The scopes a token may have: `read`, `write`, and `role:<role>` to use only some of the roles."""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a valid token speaks for, and how far."""

    person_id: str
    roles: frozenset[Role]
    scopes: frozenset[str]
    providers: frozenset[str] = frozenset()
    simulated: bool = False


class Authenticator(Protocol):
    """Who knows the tokens."""

    def holder(self, connection: Connection, token: str, *, now: datetime) -> Holder | None:
        """Return whom a token speaks for; None when it is unknown, expired, revoked or its person inactive."""
        ...
