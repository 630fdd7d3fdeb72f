"""The pages and documents of the platform as a whole: start, health, and the API to look at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus
from importlib.resources import files
from threading import Lock
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from qa_platform.web.context import platform
from qa_platform.web.headers import nonce
from qa_platform.web.language import mark

pages = Blueprint("web", __name__)

_WAYS = (
    (
        "register.search",
        mark("Find a course"),
        mark("Every accredited micro-credential, with its permanent number and validity."),
    ),
    (
        "standard_pages.standards",
        mark("The standard"),
        mark("What every course is judged against, in all its versions."),
    ),
    (
        "web.api_page",
        mark("The API, to look at and to try"),
        mark("Programs can do all that is done here."),
    ),
    ("web.openapi_document", mark("OpenAPI document"), mark("The same, for programs.")),
    ("web.health", mark("Health"), mark("Whether this process answers.")),
)
_SWAGGER_UI = files("flask_swagger_ui") / "dist"
_SERVED = frozenset({"swagger-ui.css", "swagger-ui-bundle.js"})


@pages.get("/")
def start() -> ResponseReturnValue:
    """Show where to go from here."""
    there = current_app.view_functions
    ways = [(url_for(endpoint), name, says) for endpoint, name, says in _WAYS if endpoint in there]
    search = url_for("register.search") if "register.search" in there else None
    return render_template("web/start.html", here="web.start", ways=ways, search=search)


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    """Say that this process answers; whoever restarts it must not do so because the database is away."""
    return _for_machines({"status": "ok"}, HTTPStatus.OK)


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether the platform can do its work, part by part, and with which figures; 503 while it cannot."""
    found = platform().readiness()
    body = {
        "status": "ready" if found.ready else "not ready",
        "says": found.sentence,
        "parts": {part.name: {"ready": part.ready, "says": part.says} for part in found.parts},
        **found.figures,
    }
    return _for_machines(body, HTTPStatus.OK if found.ready else HTTPStatus.SERVICE_UNAVAILABLE)


@pages.get("/api/")
def api_page() -> ResponseReturnValue:
    """Show the API to look at and to try; all that the page loads is ours."""
    return render_template("web/api.html", nonce=nonce())


@pages.get("/api/assets/<name>")
def api_asset(name: str) -> ResponseReturnValue:
    """Serve a file of Swagger UI."""
    if name not in _SERVED:
        raise NotFound
    return send_from_directory(str(_SWAGGER_UI), name, max_age=3600)


@pages.get("/api/v1/openapi.json")
def openapi_document() -> ResponseReturnValue:
    """Serve the OpenAPI document."""
    text, tag = current_app.extensions["openapi_document"].get()
    response = Response(text, content_type="application/json")
    response.set_etag(tag)
    return response.make_conditional(request)


class Kept:
    """A document that is made when it is first asked for, and kept."""

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        """Take what makes the document."""
        self._make = make
        self._lock = Lock()
        self._served: tuple[str, str] | None = None

    def get(self) -> tuple[str, str]:
        """Return the document as it is served, and its tag; of several who ask at once, one makes it."""
        with self._lock:
            if self._served is None:
                text = json.dumps(self._make(), ensure_ascii=False)
                self._served = text, hashlib.sha256(text.encode()).hexdigest()[:32]
            return self._served


def _for_machines(body: dict[str, Any], status: HTTPStatus) -> Response:
    response = Response(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
