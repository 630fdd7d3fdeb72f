"""Every role at every route of the whole platform, against the one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from qa_platform.app import ALL_BLUEPRINTS, ALL_PAGES, create_app
from qa_platform.config import load_settings
from qa_platform.kernel.roles import Role
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.context import Platform
from qa_platform.web.gate import routes
from qa_platform.web.permissions import PERMISSIONS
from tests.usual import DEADLINES, STANDARD_ID
from tests.whole import whole_ledger

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class AnyRole:
    """Tokens that say themselves which role they are for; nobody holds more than one."""

    def holder(self, _connection, token: str, *, now) -> Holder:
        scopes = frozenset({"read", "write"})
        return Holder(person_id="somebody", roles=frozenset({Role(token)}), scopes=scopes)


@pytest.fixture
def whole(database) -> Iterator[Flask]:
    """Assemble the platform, with tokens of any role."""
    with whole_ledger(database) as ledger:
        platform = Platform(
            ledger=ledger,
            authenticator=AnyRole(),
            permissions=PERMISSIONS,
            zone=ZoneInfo("Asia/Kuala_Lumpur"),
            standard_id=STANDARD_ID,
            deadlines=DEADLINES,
        )
        yield assemble(platform, ALL_BLUEPRINTS, ALL_PAGES)


def addresses(app: Flask) -> list[tuple[str, str, str]]:
    """Return method, endpoint and an address of every route."""
    known = set(routes(app))
    somebody = "0193fac0-0000-7000-8000-0000000000a1"
    parts = ((r"<int:[^>]+>", "1"), (r"<uuid:[^>]+>", somebody), (r"<[^>]+>", "x"))
    return [
        (method, rule.endpoint, reduce(lambda rest, part: re.sub(*part, rest), parts, rule.rule))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if (method, rule.endpoint) in known
    ]


def permitted(role: Role | None) -> set[tuple[str, str]]:
    return {key for key, roles in PERMISSIONS.items() if Role.PUBLIC in roles or (role is not None and role in roles)}


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_every_role_is_let_in_where_the_table_says_so_and_nowhere_else(whole, role):
    client = whole.test_client()
    headers = {"Authorization": f"Bearer {role}"} if role else {}
    let_in: set[tuple[str, str]] = set()
    for method, endpoint, address in addresses(whole):
        with client.open(address, method=method, headers=headers, json={} if method in UNSAFE else None) as answer:
            assert answer.status_code < 500, (method, address, answer.text)
            if answer.status_code not in {401, 403}:
                let_in.add((method, endpoint))
            else:
                assert answer.status_code == (403 if role else 401)
                assert answer.content_type == "application/problem+json"

    assert let_in == permitted(role)


def test_the_table_has_no_rows_for_routes_that_are_not_there(whole):
    assert set(PERMISSIONS) == set(routes(whole))


def test_nobody_changes_anything_without_a_token():
    assert [key for key, roles in PERMISSIONS.items() if key[0] in UNSAFE and Role.PUBLIC in roles] == []


def test_no_route_is_for_the_platform_itself():
    assert [key for key, roles in PERMISSIONS.items() if Role.SYSTEM in roles] == []


def test_an_auditor_changes_nothing_but_his_own_affairs():
    changes = {key for key, roles in PERMISSIONS.items() if key[0] in UNSAFE and Role.AUDITOR in roles}

    tokens = {("POST", "people.PersonTokens"), ("DELETE", "people.PersonToken")}
    assert changes <= tokens | {("PUT", "notices.NoticeReading"), ("PUT", "notices.Preferences")}


def test_the_platform_starts_with_the_tokens_of_its_people(database):
    with whole_ledger(database) as ledger:
        client = create_app(load_settings(), ledger=ledger).test_client()

        assert client.get("/api/v1/people", headers={"Authorization": "Bearer reviewer"}).status_code == 401
        assert client.get("/readyz").json["unaccounted"] == 0


def test_every_operation_is_described(whole):
    document = whole.test_client().get("/api/v1/openapi.json").json
    described = {(method.upper(), path) for path, found in document["paths"].items() for method in found}

    for method, _, address in addresses(whole):
        if address.startswith("/api/v1/") and not address.endswith("openapi.json"):
            assert any(
                method == known and re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", path), address)
                for known, path in described
            ), (method, address)
