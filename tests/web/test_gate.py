from __future__ import annotations

import re

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.gate import RouteNotPermitted, routes
from tests.web.board import BOARD, board_api
from tests.web.conftest import platform_of


class AnyRole:
    """Tokens that say themselves which role they are for."""

    def holder(self, _connection, token: str, *, now) -> Holder:
        return Holder(person_id="p", roles=frozenset({Role(token)}), scopes=frozenset({"read", "write"}))


def test_a_route_without_a_row_keeps_the_application_from_starting(ledger):
    table = {key: roles for key, roles in BOARD.items() if key != ("PUT", "board.Note")}

    with pytest.raises(RouteNotPermitted, match=re.escape("('PUT', 'board.Note')")):
        assemble(platform_of(ledger, permissions=table), (board_api,))


@pytest.mark.parametrize("role", [*Role, None])
def test_every_role_is_let_in_where_the_table_says_so_and_nowhere_else(ledger, role):
    app = assemble(platform_of(ledger, authenticator=AnyRole()), (board_api,))
    client = app.test_client()
    headers = {"Authorization": f"Bearer {role}"} if role else {}

    let_in = {
        (method, endpoint)
        for method, endpoint, address in addresses(app)
        if client.open(address, method=method, headers=headers).status_code not in {401, 403}
    }

    assert let_in == {key for key, roles in BOARD.items() if role in roles or Role.PUBLIC in roles}


def addresses(app) -> list[tuple[str, str, str]]:
    known = set(routes(app))
    return [
        (method, rule.endpoint, re.sub(r"<[^>]+>", "x", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods
        if (method, rule.endpoint) in known
    ]
