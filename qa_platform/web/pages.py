"""The pages and documents of the platform as a whole: start, health, and the API to look at."""

from __future__ import annotations

import hashlib
import json
import time
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from qa_platform.ledger import sequencer
from qa_platform.ledger.subscription import Lag, lags
from qa_platform.web.context import reading
from qa_platform.web.headers import nonce

pages = Blueprint("web", __name__)

LANGUAGES = ("en", "ms")
_SWAGGER_UI = files("flask_swagger_ui") / "dist"
_SERVED = frozenset({"swagger-ui.css", "swagger-ui-bundle.js"})
# Anybody may ask how we are; counting events anew for each of them would be a way to keep us busy.
_FIGURES_KEPT_SECONDS = 5


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
    """Say whether the database answers, whether the ledger's figures add up, and who is behind.

    A stopped subscriber is `attention`, and still 200: the pages work, but a case does not move.
    """
    figures, behind = _figures()
    stopped = any(lag.failure is not None for lag in behind)
    body = {
        "status": "broken" if figures.missing else "attention" if stopped else "ok",
        "database": "reachable",
        "lag": figures.unsequenced,
        "unaccounted": figures.missing,
        # What stopped a subscriber is for the operator's log, not for whoever asks.
        "subscribers": [
            {"name": lag.subscriber, "behind": lag.behind, "stopped": lag.failure is not None} for lag in behind
        ],
    }
    # An event without place or queue means that history is damaged: somebody must look.
    response = Response(json.dumps(body), status=200 if figures.missing == 0 else 503, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


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
    text, tag = current_app.extensions["openapi_document"]
    response = Response(text, content_type="application/json")
    response.set_etag(tag)
    return response.make_conditional(request)


def keep_document(document: dict[str, Any]) -> tuple[str, str]:
    """Return a document as it is served, and its tag."""
    text = json.dumps(document, ensure_ascii=False)
    return text, hashlib.sha256(text.encode()).hexdigest()[:32]


def _figures() -> tuple[sequencer.Figures, list[Lag]]:
    kept: tuple[float, sequencer.Figures, list[Lag]] | None = current_app.extensions.get("figures")
    if kept is None or time.monotonic() - kept[0] > _FIGURES_KEPT_SECONDS:
        kept = (time.monotonic(), sequencer.figures(reading()), lags(reading()))
        current_app.extensions["figures"] = kept
    return kept[1:]


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
