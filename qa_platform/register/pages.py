"""The pages of the register: a search with facets, and an entry with its status and its history."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import asdict

from qa_platform.accreditations.decider import NumberMistyped, checked_number
from qa_platform.register import read_model
from qa_platform.register.export import as_csv
from qa_platform.register.schemas import KINDS, STATUSES, asked, asked_day
from qa_platform.register.standing import on_day
from qa_platform.register.words import CREDITS, DOCUMENTS, FIELDS, MODES, STANDINGS, STATUS_COLOURS, TONGUES
from qa_platform.web.context import reading, today

# What the API can be asked of the register too.
_OF_THE_API = frozenset({"q", "provider_id", "level", "status", "kind"})

register_pages = Blueprint("register", __name__, template_folder="templates")


@register_pages.get("/register")
def search() -> ResponseReturnValue:
    """Show the entries that somebody looks for."""
    wanted, page = asked(request.args)
    shown = read_model.search(reading(), today(), wanted, page)
    chosen = {name: value for name, value in asdict(wanted).items() if value is not None}
    of_the_api = {name: value for name, value in chosen.items() if name in _OF_THE_API}
    return render_template(
        "register/search.html",
        here="register.search",
        found=shown.found,
        total=shown.total,
        wanted=wanted,
        chosen=chosen,
        filtered=bool(chosen.keys() - {"q"}),
        as_json=url_for("accreditations.Accreditations", **of_the_api),
        as_table=url_for("register.download", **chosen),
        facets=read_model.facets(reading()),
        statuses=STATUSES,
        kinds=KINDS,
        page=shown.number,
        pages=shown.pages,
        **_words(),
    )


@register_pages.get("/register.csv")
def download() -> ResponseReturnValue:
    """Give all entries that somebody looks for as a table for other programs (RFC 4180, UTF-8)."""
    wanted, _ = asked(request.args)
    text = as_csv(read_model.every(reading(), today(), wanted))
    headers = {"Content-Disposition": f'attachment; filename="register-{today()}.csv"'}
    return Response(text, content_type="text/csv; charset=utf-8; header=present", headers=headers)


@register_pages.get("/register/<number>")
def entry(number: str) -> ResponseReturnValue:
    """Show an entry; asked `?on=`, also whether it was accredited on that day."""
    try:
        known = checked_number(number)
    except NumberMistyped:
        return _nothing(number, mistyped=True)
    listed = read_model.find(reading(), known, today())
    if listed is None:
        return _nothing(number, mistyped=False)
    asked_about = asked_day(request.args)
    return render_template(
        "register/entry.html",
        here="register",
        listed=listed,
        entry=listed.entry,
        address=url_for("register.entry", number=listed.entry.number, _external=True),
        asked_about=asked_about,
        answer=on_day(listed.entry, asked_about) if isinstance(asked_about, date) else None,
        **_words(),
    )


def _nothing(number: str, *, mistyped: bool) -> ResponseReturnValue:
    return render_template("register/nothing.html", here="register", number=number, mistyped=mistyped), 404


def _words() -> dict[str, object]:
    return {
        "field_names": FIELDS,
        "mode_names": MODES,
        "language_names": TONGUES,
        "credit_names": CREDITS,
        "standing_names": STANDINGS,
        "status_colours": STATUS_COLOURS,
        "document_names": DOCUMENTS,
    }
