"""The gate: what every request passes before a view sees it, and what keeps a route from being forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response, g, request
from werkzeug.exceptions import NotFound

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor, Role
from qa_platform.web.auth import NOBODY, SAFE_METHODS, act, bearer_token, unauthorised
from qa_platform.web.context import now, platform, reading
from qa_platform.web.errors import Problem
from qa_platform.web.idempotency import check_key
from qa_platform.web.json_body import check_body, check_text
from qa_platform.web.permissions import AT_CENTRES, COSIGNING, OWN_AFFAIRS, Table
from qa_platform.web.reach import is_at_work, is_within_reach
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
    if g.actor.centres:
        _stay_within_reach(g.actor)
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
    return act(holder, permitted, at_centres=(method, str(request.endpoint)) in AT_CENTRES)


def _stay_within_reach(viewer: Actor) -> None:
    """Keep somebody at a verification centre to its cases, and its own affairs while it is suspended."""
    named = request.view_args or {}
    case_id = named.get("submission_id") or named.get("case_id")
    # The same words whether there is no such case or it is another centre's.
    method = "GET" if request.method == "HEAD" else request.method
    cosigning = (method, str(request.endpoint)) in COSIGNING
    if case_id is not None and not is_within_reach(reading(), viewer, case_id, cosigning=cosigning):
        raise Missing(f"There is no case “{case_id}” that is your centre's. Check the address.")
    own = request.blueprint in OWN_AFFAIRS
    if request.method not in SAFE_METHODS and not own and not is_at_work(reading(), viewer):
        raise Problem(
            403,
            "forbidden",
            "Nothing was changed: your verification centre is not approved at present, so that its cases rest. "
            "Ask the agency what is to become of them.",
        )
