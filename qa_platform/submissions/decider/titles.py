"""What a title may not say, and how long the descriptions are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.events import CourseContent

# A micro-credential is none of these, and speaks for no nation; in English, then in Malay.
RESERVED = (
    "national",
    "malaysia",
    "diploma",
    "diplomas",
    "degree",
    "degrees",
    "bachelor",
    "bachelors",
    "master",
    "masters",
    "doctor",
    "doctors",
    "doctoral",
    "doctorate",
    "phd",
    "postgraduate",
    "post graduate",
    "professional certificate",
    "kebangsaan",
    "ijazah",
    "sarjana muda",
    "sarjana",
    "doktor",
    "kedoktoran",
    "pascasiswazah",
    "pasca siswazah",
    "sijil profesional",
)
_RESERVED = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, RESERVED), key=len, reverse=True))})(?!\w)")
_SEPARATORS = re.compile(r"[\s\-‐-―_/.]+")  # noqa: RUF001 -- every kind of dash, for titles are pasted
_DOTTED = re.compile(r"\b(?:\w\.){2,}|\bph\.\s?d\b\.?")

SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION, LONGEST_SYNOPSIS = 30, 60, 300


def reserved_words(title: str) -> tuple[str, ...]:
    """Return the reserved words in a title, each once, whatever their case, accents or dashes."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", title) if not unicodedata.combining(letter))
    folded = _DOTTED.sub(lambda match: match.group().replace(".", "").replace(" ", ""), plain.casefold())
    return tuple(dict.fromkeys(_RESERVED.findall(_SEPARATORS.sub(" ", folded))))


def title_faults(content: CourseContent) -> Iterator[Fault]:
    """Say what is wrong with the titles and descriptions."""
    if not content.title_exception_reason:
        for field in ("title_en", "title_ms"):
            yield from _reserved(field, getattr(content, field) or "")
    words = len((content.short_description or "").split())
    if content.short_description and not SHORTEST_DESCRIPTION <= words <= LONGEST_DESCRIPTION:
        yield Fault("short_description", f"The short description has {words} words; make it 30 to 60 words.")
    words = len((content.synopsis or "").split())
    if words > LONGEST_SYNOPSIS:
        yield Fault("synopsis", f"The synopsis has {words} words; shorten it to 300 words or fewer.")


def _reserved(field: str, title: str) -> Iterator[Fault]:
    for word in reserved_words(title):
        yield Fault(
            field,
            f"“{word}” is a reserved word and may not stand in the title “{title}”: choose another title, "
            "or give the reason for an exception.",
        )
