"""What the addresses of the register's pages may ask: a wrong value is left out, and never an error page."""

from __future__ import annotations

from datetime import date
from typing import Any

import marshmallow as ma
from werkzeug.datastructures import MultiDict

from qa_platform.accreditations.read_model import ENDED, EXPIRED
from qa_platform.register.read_model import CREDITS, Search

STATUSES = ("listed", "conditional", EXPIRED, ENDED)
KINDS = ("course", "component")
_LAST_PAGE = 1000


class SearchSchema(ma.Schema):
    """The words and facets of a search, and the number of a page of its findings."""

    class Meta:
        """What else an address may hold is nobody's business here."""

        unknown = ma.EXCLUDE

    q = ma.fields.String(validate=ma.validate.Length(max=200))
    status = ma.fields.String(validate=ma.validate.OneOf(STATUSES))
    kind = ma.fields.String(validate=ma.validate.OneOf(KINDS))
    level = ma.fields.Integer(validate=ma.validate.Range(1, 8))
    field = ma.fields.String(validate=ma.validate.Regexp(r"[0-9]{2}\Z"))
    mode = ma.fields.String(validate=ma.validate.Length(max=40))
    language = ma.fields.String(validate=ma.validate.Regexp(r"[a-z]{2}\Z"))
    credits = ma.fields.String(validate=ma.validate.OneOf(tuple(CREDITS)))
    provider_id = ma.fields.String(validate=ma.validate.Length(max=100))
    page = ma.fields.Integer(validate=ma.validate.Range(1, _LAST_PAGE))


def asked(args: MultiDict[str, str]) -> tuple[Search, int]:
    """Return what an address asks for, and which page of it."""
    found = _valid(SearchSchema(), {name: value.strip() for name, value in args.items() if value.strip()})
    page = found.pop("page", 1)
    return Search(**found), page


def asked_day(args: MultiDict[str, str]) -> date | str | None:
    """Return the day that an address asks about, None where it asks about none, or what is no day as it was typed."""
    text = args.get("on", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _valid(schema: ma.Schema, given: dict[str, str]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = schema.load(given)
    except ma.ValidationError as error:
        found = dict(error.valid_data) if isinstance(error.valid_data, dict) else {}
    return found
