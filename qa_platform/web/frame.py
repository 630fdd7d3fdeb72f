"""What frames every page: the components that it is made of, and the way to the parts of the platform."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from qa_platform.web.headers import nonce
from qa_platform.web.language import mark

# The parts by the endpoint of their first page.
_PARTS: Final = {
    "register.search": mark("Find a course"),
    "standard_pages.standards": mark("The standard"),
    "web.api_page": mark("For programs"),
}


def frame_pages(app: Flask) -> None:
    """Give an application's templates the components of GOV.UK Frontend, and what frames a page."""
    own = app.jinja_env.loader
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_env.loader = components if own is None else ChoiceLoader([own, components])
    app.jinja_env.globals.update(parts=parts, nonce=nonce)


def parts() -> tuple[tuple[str, str, str], ...]:
    """Return the parts that this application has: endpoint, address and English name of each."""
    there = current_app.view_functions
    return tuple((endpoint, url_for(endpoint), name) for endpoint, name in _PARTS.items() if endpoint in there)
