"""Which names are one provider, which titles are double, and ids that come out the same every time."""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from qa_platform.providers.decider import name_key

# Never change it: every id of every import hangs on it.
_NAMESPACE = uuid.UUID("a4b1f3a2-6d0e-5c39-9a53-2f5b8d1f7c60")
_EDGES = " .,;:-–—"  # noqa: RUF001 -- every kind of dash


def identity(name: str) -> str:
    """Return what spellings of one provider's name have in common: blanks, case, form, closing signs."""
    return name_key(name).strip(_EDGES)


def title_key(title: str) -> str:
    """Return what two writings of one title have in common."""
    return name_key(title).strip(_EDGES)


def stable_id(kind: str, *parts: str) -> str:
    """Return the id of a thing by what it is, so that importing it again gives the same id."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps([kind, *parts], ensure_ascii=False)))


def same_address(url: str) -> str:
    """Return a web address as far as it tells pages apart."""
    parts = urlsplit(url.strip())
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}{query}"


def best_spelling(spellings: Sequence[str]) -> str:
    """Return the spelling under which a provider is registered: the most frequent, then the first."""
    once = {" ".join(unicodedata.normalize("NFC", spelling).split()): None for spelling in spellings}
    tidy = [" ".join(unicodedata.normalize("NFC", spelling).split()) for spelling in spellings]
    return max(once, key=tidy.count)


def restored(name: str, known: Iterable[str]) -> str | None:
    """Return the one known name that a name with lost letters can only have been; None if not exactly one.

    A stand-in (an underscore, U+FFFD, or a question mark inside a word) may have been any one
    or two letters outside ASCII; every other letter must be the same.
    """
    pattern = re.compile("".join(_piece(letter) for letter in unicodedata.normalize("NFC", name.strip())))
    fitting = {
        tidy for one in known if pattern.fullmatch(tidy := unicodedata.normalize("NFC", one.strip())) and tidy != name
    }
    return fitting.pop() if len(fitting) == 1 else None


def _piece(letter: str) -> str:
    return "[^\x00-\x7f]{1,2}" if letter in "_?\ufffd" else re.escape(letter)


def look_alikes(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return groups of different names that may be one provider: same letters but for accents, signs, order."""
    groups: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in names:
        plain = unicodedata.normalize("NFKD", name).casefold()
        words = re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
        groups[tuple(sorted(word for word in words if word not in {"the", "of"}))].add(name)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)
