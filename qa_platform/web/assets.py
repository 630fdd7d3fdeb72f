"""The styles and scripts of the pages, under names that change with what is in them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from flask import Flask, Response, request, url_for

_FOREVER = "public, max-age=31536000, immutable"


class AssetsNotBuilt(Exception):
    """The styles and scripts are not there: “make assets” builds them."""


def serve_assets(app: Flask) -> None:
    """Let templates name an asset, and browsers keep it: another content has another name."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


def are_built() -> bool:
    """Return whether somebody built the styles and scripts."""
    try:
        return bool(_manifest())
    except AssetsNotBuilt:
        return False


def asset(name: str) -> str:
    """Return the address of an asset by its name in the sources; raise AssetsNotBuilt where nobody built them."""
    return url_for("static", filename=f"built/{_manifest()[name]}")


@cache
def _manifest() -> dict[str, str]:
    file = files("qa_platform.web") / "static" / "built" / "manifest.json"
    try:
        found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssetsNotBuilt(
            "The pages have no styles yet. Run “make assets”, then start the platform again."
        ) from None
    return found


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and request.path.startswith("/static/built/") and response.status_code < 400:  # noqa: PLR2004 -- an answer, and no refusal
        response.headers["Cache-Control"] = _FOREVER
    return response
