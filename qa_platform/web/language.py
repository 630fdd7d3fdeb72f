"""The language of a page: which one a reader wants, the words in it, and how it writes a day or a number."""

from __future__ import annotations

import gettext
import io
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args
from urllib.parse import quote, urlencode

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, Response, g, request

Language = Literal["en", "ms"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
NAMES: Final[dict[Language, str]] = {"en": "English", "ms": "Bahasa Melayu"}
# How English is written where the first day of March is 1 March.
_LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "ms": "ms_MY"}
_COOKIE: Final = "language"
_A_YEAR: Final = 365 * 24 * 3600


def speak(app: Flask) -> None:
    """Give an application's templates the words of the reader's language, and remember a choice for the next page."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        lambda text: words().gettext(text), _counted, newstyle=True
    )
    app.jinja_env.filters.update(day=day, number=number)
    app.jinja_env.globals.update(language=language, languages=NAMES, in_language=in_language)
    app.after_request(_remember)


def language() -> Language:
    """Return the language of this request's reader: chosen here, chosen before, the browser's, else English."""
    if "language" not in g:
        browser = (tag.partition("-")[0].lower() for tag, _ in request.accept_languages)
        wanted = (request.args.get("lang", ""), request.cookies.get(_COOKIE, ""), *browser)
        g.language = next((known for one in wanted for known in LANGUAGES if known == one), LANGUAGES[0])
    found: Language = g.language
    return found


def in_language(wanted: str) -> str:
    """Return the address of this very page in another language."""
    asked = {name: values for name, values in request.args.lists() if name != "lang"}
    # As it was typed; and a path with two slashes in front would be another host's.
    path = "/" + quote(request.path.lstrip("/"))
    return f"{path}?{urlencode({**asked, 'lang': wanted}, doseq=True)}"


def told(sentence: str) -> str:
    """Return a whole sentence in the reader's language, as it is where the catalogue has it not."""
    # Under the empty sentence a catalogue keeps its header.
    return words().gettext(sentence) if sentence else ""


def words() -> gettext.NullTranslations:
    """Return the catalogue of the reader's language; the sentences in the sources are English."""
    return _catalogue(language())


def mark(sentence: str) -> str:
    """Return a sentence as it is: the mark tells the catalogue of it, and a template says it in a language."""
    return sentence


def day(value: date) -> str:
    """Return a day as the reader's language writes it out."""
    return format_date(value, "long", locale=_LOCALES[language()])


def number(value: Decimal | int) -> str:
    """Return a number as the reader's language writes it, without zeros at the end."""
    return format_decimal(value, locale=_LOCALES[language()])


def _counted(one: str, more: str, n: Decimal | int) -> str:
    # One credit and a half are credits: the catalogue asks for a whole number.
    return words().ngettext(one, more, 1 if n == 1 else 2)


@cache
def _catalogue(wanted: Language) -> gettext.NullTranslations:
    if wanted == LANGUAGES[0]:
        return gettext.NullTranslations()
    source = files("qa_platform.web") / "translations" / f"{wanted}.po"
    compiled = io.BytesIO()
    with source.open("rb") as text:
        write_mo(compiled, read_po(text, locale=wanted))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _remember(response: Response) -> Response:
    if response.mimetype != "text/html":
        return response
    response.headers["Content-Language"] = language()
    response.vary.update(("Accept-Language", "Cookie"))
    if request.args.get("lang") in LANGUAGES:
        secure = request.is_secure
        response.set_cookie(_COOKIE, language(), max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
