from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7

from qa_platform.kernel.roles import Role
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.context import Platform
from tests.usual import DEADLINES, STANDARD_ID
from tests.web.board import BOARD, NOTES, board_api, board_decider

BOTH = frozenset({"read", "write"})

HOLDERS = {
    "reviewer-token": Holder(person_id="rev", roles=frozenset({Role.REVIEWER}), scopes=BOTH),
    "other-reviewer-token": Holder(person_id="rev2", roles=frozenset({Role.REVIEWER}), scopes=BOTH),
    "auditor-token": Holder(person_id="aud", roles=frozenset({Role.AUDITOR}), scopes=BOTH),
    "reading-token": Holder(person_id="rev", roles=frozenset({Role.REVIEWER}), scopes=frozenset({"read"})),
    "writing-token": Holder(person_id="rev", roles=frozenset({Role.REVIEWER}), scopes=frozenset({"write"})),
    "double-token": Holder(
        person_id="two",
        roles=frozenset({Role.INTAKE_OFFICER, Role.REVIEWER, Role.PROVIDER_OFFICER, Role.ACCOUNTABLE_OFFICER}),
        scopes=BOTH,
        providers={Role.PROVIDER_OFFICER: frozenset({"A"}), Role.ACCOUNTABLE_OFFICER: frozenset({"B"})},
    ),
}


class KnownTokens:
    """Tokens known beforehand; what is not among them opens nothing."""

    def holder(self, _connection, token: str, *, now: datetime) -> Holder | None:
        assert now.tzinfo is not None
        return HOLDERS.get(token)


@pytest.fixture
def ledger(database) -> Iterator[Ledger]:
    ledger = Ledger(
        open_engine(database.application_url, connections=4),
        deciders=[board_decider],
        projections=[NOTES],
        keys=Keys(bytes(range(32))),
        clock=lambda: datetime.now(UTC),
        new_id=lambda: str(uuid7()),
    )
    rebuild_stale(ledger)
    yield ledger
    ledger.engine.dispose()


def platform_of(ledger: Ledger, **changed) -> Platform:
    given = {
        "ledger": ledger,
        "authenticator": KnownTokens(),
        "permissions": BOARD,
        "zone": ZoneInfo("Asia/Kuala_Lumpur"),
        "standard_id": STANDARD_ID,
        "deadlines": DEADLINES,
    }
    return Platform(**(given | changed))


@pytest.fixture
def app(ledger) -> Flask:
    return assemble(platform_of(ledger, largest_body_bytes=20_000), (board_api,))


@pytest.fixture
def client(app) -> FlaskClient:
    """Give a client of nobody."""
    return app.test_client()


def bearer(token: str, **headers: str) -> dict[str, str]:
    """Return the headers of a request with a token; `If_Match` stands for `If-Match`."""
    return {"Authorization": f"Bearer {token}"} | {name.replace("_", "-"): value for name, value in headers.items()}


REVIEWER = bearer("reviewer-token")


@pytest.fixture
def note(client) -> str:
    """Pin a note and give its address; it is at version 1."""
    answer = client.post("/api/v1/board/notes", json={"text": "first"}, headers=REVIEWER)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]
