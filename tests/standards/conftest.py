from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from uuid_utils import uuid7

from qa_platform.kernel.roles import Role
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from qa_platform.standards.api import standards_api
from qa_platform.standards.decider import standard_decider
from qa_platform.standards.read_model import RUBRICS, STANDARDS
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.usual import DEADLINES, STANDARD_ID

# The middle of 1 July 2026 in the agency's zone.
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


class RoleTokens:
    """A token for each role: its name."""

    def holder(self, _connection, token: str, *, now: datetime) -> Holder:
        assert now == NOON
        return Holder(person_id="someone", roles=frozenset({Role(token)}), scopes=frozenset({"read", "write"}))


@pytest.fixture
def ledger(database) -> Iterator[Ledger]:
    ledger = Ledger(
        open_engine(database.application_url, connections=2),
        deciders=[standard_decider],
        projections=[STANDARDS, RUBRICS],
        keys=Keys(bytes(range(32))),
        clock=lambda: NOON,
        new_id=lambda: str(uuid7()),
    )
    rebuild_stale(ledger)
    yield ledger
    ledger.engine.dispose()


@pytest.fixture
def client(ledger) -> FlaskClient:
    platform = Platform(
        ledger=ledger,
        authenticator=RoleTokens(),
        permissions=PERMISSIONS,
        zone=ZoneInfo("Asia/Kuala_Lumpur"),
        standard_id=STANDARD_ID,
        deadlines=DEADLINES,
    )
    return assemble(platform, (standards_api,)).test_client()


@pytest.fixture
def put(client) -> Callable[..., object]:
    """Put as the administrator, below the standards."""

    def put(path: str, body: dict[str, str], *, role: str = "administrator", **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.put(f"/api/v1/standards/{path}", json=body, headers={"Authorization": f"Bearer {role}"} | named)

    return put
