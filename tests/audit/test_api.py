from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from qa_platform.audit.api import checks_api
from qa_platform.audit.invariants import keeping
from qa_platform.kernel.roles import Role
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.audit.invariants.test_keeping import AT, FOUND
from tests.usual import DEADLINES, STANDARD_ID
from tests.whole import whole_ledger

CHECKS = "/api/v1/audit/checks"


class AnyRole:
    """Tokens that say themselves which role they are for."""

    def holder(self, _connection, token: str, *, now: datetime) -> Holder:
        return Holder(person_id="somebody", roles=frozenset({Role(token)}), scopes=frozenset({"read"}))


@pytest.fixture
def client(database) -> Iterator[FlaskClient]:
    """Give a client of a platform that was checked on three nights."""
    with whole_ledger(database) as ledger:
        with ledger.engine.begin() as connection:
            for day in range(3):
                at = AT + timedelta(days=day)
                keeping.keep(connection, FOUND, started_at=at, finished_at=at)
        platform = Platform(
            ledger=ledger,
            authenticator=AnyRole(),
            permissions=PERMISSIONS,
            zone=ZoneInfo("Asia/Kuala_Lumpur"),
            standard_id=STANDARD_ID,
            deadlines=DEADLINES,
        )
        yield assemble(platform, [checks_api]).test_client()


def ask(client: FlaskClient, address: str, role: str = "auditor"):
    return client.get(f"{CHECKS}{address}", headers={"Authorization": f"Bearer {role}"})


def test_results_come_in_pages_with_the_newest_first(client):
    first = ask(client, "?limit=2").json
    second = ask(client, f"?limit=2&cursor={first['next']}").json

    nights = [item["started_at"] for item in first["items"] + second["items"]]
    assert nights == [(AT + timedelta(days=day)).astimezone(UTC).isoformat() for day in (2, 1, 0)]
    assert second["next"] is None
    assert first["items"][0].keys() >= {"violations", "unchecked", "head", "unsequenced"}
    assert "findings" not in first["items"][0]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_the_last_result_is_told_invariant_by_invariant(client, role):
    latest = ask(client, "/latest", role).json

    assert latest == ask(client, f"/{latest['check_id']}", role).json
    assert latest["violations"] == 30
    assert latest["findings"][0]["shown"][0] == {
        "what": "twice", "position": 0, "stream": None, "version": None, "row": None
    }  # fmt: skip
    assert latest["findings"][1]["trouble"] == "KeyError"


def test_a_result_that_is_not_there_is_404(client):
    assert ask(client, "/999").status_code == 404


def test_others_are_not_told(client):
    assert ask(client, "", "reviewer").status_code == 403
