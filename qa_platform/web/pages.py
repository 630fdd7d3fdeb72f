"""The pages and documents of the platform as a whole: start, health, and the API to look at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from threading import Lock
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from qa_platform.web.context import platform
from qa_platform.web.headers import nonce

pages = Blueprint("web", __name__)

LANGUAGES = ("en", "ms")
_SWAGGER_UI = files("flask_swagger_ui") / "dist"
_SERVED = frozenset({"swagger-ui.css", "swagger-ui-bundle.js"})


@pages.get("/")
def start() -> ResponseReturnValue:
    """Show where to go from here, in English or Malay."""
    language = _language()
    page = render_template("web/start.html", words=_words(language), language=language, register=_register_address())
    response = Response(page, headers={"Content-Language": language})
    response.vary.add("Accept-Language")
    return response


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


def _language() -> str:
    wanted = (request.args.get("lang", ""), *(tag.partition("-")[0].lower() for tag, _ in request.accept_languages))
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def _register_address() -> str | None:
    """Return where the public register is, once there is one."""
    endpoint = "accreditations.Accreditations"
    return url_for(endpoint) if endpoint in current_app.view_functions else None


@cache
def _words(language: str) -> dict[str, str]:
    text = (files("qa_platform.web") / "translations" / f"start.{language}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found
