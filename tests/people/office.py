"""An agency of three rooms, and people who visit it with real tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7
from werkzeug.test import TestResponse

from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from qa_platform.people.api import TokenAuthenticator, people_api
from qa_platform.people.commands import GrantRole, IssueToken, RegisterPerson
from qa_platform.people.decider import people_decider
from qa_platform.people.read_model import ACCOUNTS, TOKENS
from qa_platform.people.schemas import new_token, token_digest
from qa_platform.providers.api import providers_api
from qa_platform.providers.decider import provider_decider
from qa_platform.providers.read_model import APPLICATIONS, CONTACTS, LODGINGS, PROVIDERS
from qa_platform.reviewers.api import reviewers_api
from qa_platform.reviewers.decider import benchmark_decider, reviewer_decider
from qa_platform.reviewers.read_model import (
    BENCHMARKS,
    CALIBRATION_STANDARDS,
    REVIEWERS,
    REVIEWS_DONE,
)
from qa_platform.standards.decider import standard_decider
from qa_platform.web.application import assemble
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.usual import DEADLINES, STANDARD_ID

KEK = bytes(range(32))


@dataclass(frozen=True)
class Visitor:
    """Somebody with a token; with none it is the public."""

    client: FlaskClient
    person_id: str | None = None
    token: str | None = None

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self._ask("POST", path, body, headers)

    def put(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self._ask("PUT", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self._ask("PATCH", path, body, headers)

    def delete(self, path: str, **headers: str) -> TestResponse:
        return self._ask("DELETE", path, None, headers)

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str]) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=sent)


@dataclass(frozen=True)
class Office:
    """The agency, and a way to invite people."""

    ledger: Ledger
    app: Flask

    @property
    def public(self) -> Visitor:
        return Visitor(self.app.test_client())

    def stored(self) -> str:
        """Return all records and all rows of the read models, as the database holds them."""
        tables = ["ledger.events", *(f'read_models."{one.name}"' for one in self.ledger.projections)]
        with self.ledger.reading() as connection:
            return "\n".join(
                text for table in tables for text in connection.scalars(sa.text(f"SELECT t::text FROM {table} t"))
            )

    def invite(self, *roles: Role, provider_id: str | None = None, name: str = "Aminah binti Salleh") -> Visitor:
        """Register a person with roles, and hand over a token for all of them."""
        person_id = str(uuid7())
        grants = [
            GrantRole(person_id=person_id, role=role, provider_id=provider_id if role in PROVIDER_ROLES else None)
            for role in roles
        ]
        person = RegisterPerson(person_id=person_id, name=name, email="aminah@example.org")
        self.ledger.execute_together([person, *grants], actor="system:tests")
        return self.hand_token(person_id)

    def hand_token(self, person_id: str, **limits: Any) -> Visitor:
        """Issue a token to a person; `limits` are those of IssueToken."""
        token, now = new_token(), self.ledger.clock()
        given = {"scopes": ("read", "write"), "issued_at": now, "expires_at": now + timedelta(days=30)} | limits
        self.ledger.execute(
            IssueToken(
                person_id=person_id, token_id=str(uuid7()), digest=token_digest(token) or "", label="test", **given
            ),
            actor="system:tests",
        )
        return Visitor(self.app.test_client(), person_id, token)


@contextmanager
def open_office(application_url: str) -> Iterator[Office]:
    """Give an agency on a fresh database for a block."""
    ledger = Ledger(
        open_engine(application_url, connections=3),
        deciders=[standard_decider, people_decider, provider_decider, reviewer_decider, benchmark_decider],
        projections=[
            ACCOUNTS,
            TOKENS,
            PROVIDERS,
            APPLICATIONS,
            CONTACTS,
            LODGINGS,
            REVIEWERS,
            REVIEWS_DONE,
            BENCHMARKS,
            CALIBRATION_STANDARDS,
        ],
        keys=Keys(KEK),
        clock=lambda: datetime.now(UTC),
        new_id=lambda: str(uuid7()),
    )
    rebuild_stale(ledger)
    platform = Platform(
        ledger=ledger,
        authenticator=TokenAuthenticator(),
        permissions=PERMISSIONS,
        zone=ZoneInfo("Asia/Kuala_Lumpur"),
        standard_id=STANDARD_ID,
        deadlines=DEADLINES,
    )
    try:
        yield Office(ledger, assemble(platform, (people_api, providers_api, reviewers_api)))
    finally:
        ledger.engine.dispose()
