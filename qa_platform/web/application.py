"""An application from its parts: the gate, the views, the words for what goes wrong."""

from __future__ import annotations

from flask import Blueprint as Pages
from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Blueprint

from qa_platform.web.assets import serve_assets
from qa_platform.web.context import Platform
from qa_platform.web.errors import answer_problems
from qa_platform.web.frame import frame_pages
from qa_platform.web.gate import check_table, pass_gate
from qa_platform.web.headers import dress_answers
from qa_platform.web.language import speak
from qa_platform.web.openapi import describe, document
from qa_platform.web.pages import Kept, pages


class _Json(DefaultJSONProvider):
    """JSON in the order in which a schema names its fields, and in plain UTF-8."""

    sort_keys = False
    ensure_ascii = False


def assemble(platform: Platform, blueprints: tuple[Blueprint, ...], rooms: tuple[Pages, ...] = ()) -> Flask:
    """Return the application, with its API and the pages of its rooms.

    Raises RouteNotPermitted when a route has no row in the permissions.
    """
    app = Flask("qa_platform.web")
    app.config["MAX_CONTENT_LENGTH"] = platform.largest_body_bytes
    app.json = _Json(app)
    app.extensions["qa_platform"] = platform
    dress_answers(app)
    app.before_request(pass_gate)
    api = describe(app, blueprints)
    answer_problems(app)
    for room in (pages, *rooms):
        app.register_blueprint(room)
    frame_pages(app)
    speak(app)
    serve_assets(app)
    check_table(app, platform.permissions)
    app.extensions["openapi_document"] = Kept(lambda: document(app, api, platform.permissions))
    return app
