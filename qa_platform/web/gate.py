"""The gate: what every request passes before a view sees it, and what keeps a route from being forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response, g, request
from werkzeug.exceptions import NotFound

from qa_platform.kernel.roles import Actor, Role
from qa_platform.web.auth import NOBODY, SAFE_METHODS, act, bearer_token, unauthorised
from qa_platform.web.context import now, platform, reading
from qa_platform.web.idempotency import check_key
from qa_platform.web.json_body import check_body, check_text
from qa_platform.web.permissions import Table
from qa_platform.web.receipts import repeated

_AUTOMATIC = frozenset({"HEAD", "OPTIONS"})


class RouteNotPermitted(Exception):
    """A route that the table of permissions does not know: a bug, found at start."""


def check_table(app: Flask, table: Table) -> None:
    """Raise RouteNotPermitted unless every route of an application has its row in the table."""
    forgotten = sorted(set(routes(app)) - set(table))
    if forgotten:
        raise RouteNotPermitted(f"no roles in web/permissions.py for {forgotten}")


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield method and endpoint of every route; HEAD goes with GET, and OPTIONS tells nothing."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - _AUTOMATIC:
            yield method, rule.endpoint


def pass_gate() -> Response | None:
    """Settle who asks and whether the request can be taken at its word; raise Problem otherwise.

    A request that was answered before, under its key, gets that answer and goes no further.
    """
    g.actor = NOBODY
    if request.url_rule is None:
        return None  # nothing there, or not in that way: Flask says so
    if "\0" in request.path:
        raise NotFound
    for name, values in request.args.lists():
        for text in (name, *values):
            check_text(text, "its address")
    if request.method == "OPTIONS":
        return None
    g.actor = _asking()
    if request.method in SAFE_METHODS:
        return None
    check_key()
    if request.path.startswith("/api/"):
        check_body()
    return repeated()


def _asking() -> Actor:
    method = "GET" if request.method == "HEAD" else request.method
    permitted = platform().permissions[method, str(request.endpoint)]
    token = bearer_token()
    if token is None:
        if Role.PUBLIC in permitted:
            return NOBODY
        raise unauthorised("This is not open to everybody. Send your token: “Authorization: Bearer …”.", wrong=False)
    holder = platform().authenticator.holder(reading(), token, now=now())
    if holder is None:
        raise unauthorised("Your token opens nothing: it is unknown, expired or revoked. Ask for a new one.")
    g.holder = holder
    return act(holder, permitted)
