"""Text that was mangled before it reached us: what is certain to repair, and what is lost."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

import ftfy
import ftfy.badness
import msgspec

_UNDECODABLE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]+|#[0-9]+|#x[0-9A-Fa-f]+);")
# What careless conversions leave in place of a character: U+FFFD, a question mark inside a
# word, an underscore where no name of a program would have one.
_LOST = re.compile("[\ufffd\x80-\x9f\ue000-\uf8ff]|[^\\W\\d_][?¿][a-zß-ÿ]|\\?{3,}")
_PROGRAM_NAME = re.compile(r"(?:__\w+?__|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+(?:\.[a-z0-9]+)?)(?:\(\))?", re.ASCII)
# What Latin letters and their punctuation are repaired to; any other character, such as one of
# Chinese or a circled letter, may come from a few accents that stand side by side by right.
_FAMILIAR = re.compile("[\x00-\u017f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac\u2122]")
_FEWEST_UNFAMILIAR = 2
_WESTERN = frozenset({"latin-1", "windows-1252", "sloppy-windows-1252"})
_EDGES = "()[]{}<>.,;:!?'\"“”‘’«»-–—/"  # noqa: RUF001 -- quotation marks and dashes as people write them


class Cause(StrEnum):
    """What happened to a text."""

    UNDECODABLE = "bytes that are no text in the file's encoding"
    MANGLED = "text that was decoded wrongly before"
    ENTITIES = "codes of a web page in place of characters"
    CONTROL = "control characters inside the text"
    LOST = "characters that were lost before"


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """A damaged text as it came, why, and what it certainly was; `after` None: nobody can know."""

    before: str
    cause: Cause
    after: str | None = None


def examine(text: str) -> Damage | None:
    """Return what is wrong with a text, None when nothing is; a repair is only ever a certain one."""
    if text.isascii() and not (set(text) & _SUSPICIOUS or _CONTROL.search(text)):
        return None
    if _UNDECODABLE.search(text):
        return Damage(before=text, cause=Cause.UNDECODABLE)
    cause, repaired = _repaired(text)
    if lost(repaired):
        return Damage(before=text, cause=Cause.LOST)
    if ftfy.badness.is_bad(repaired):
        return Damage(before=text, cause=Cause.MANGLED)
    return Damage(before=text, cause=cause, after=repaired) if cause else None


def lost(text: str) -> bool:
    """Return whether characters of a text were replaced by a stand-in, beyond repair."""
    return _LOST.search(text) is not None or any(_stands_in(word) for word in text.split() if "_" in word)


def readable(text: str) -> str:
    """Return a damaged text as it may be shown and stored: U+FFFD for what is no character."""
    return _CONTROL.sub("", _UNDECODABLE.sub("\ufffd", text))


_SUSPICIOUS = frozenset("_?&")


def _stands_in(word: str) -> bool:
    """Return whether an underscore in a word stands for a character that was lost."""
    return _PROGRAM_NAME.fullmatch(word.strip(_EDGES)) is None or re.search(r"[a-z]__[a-z]", word) is not None


def _repaired(text: str) -> tuple[Cause | None, str]:
    cause: Cause | None = None
    if _CONTROL.search(text):
        cause, text = Cause.CONTROL, _CONTROL.sub("", text)
    if _ENTITY.search(text) and html.unescape(text) != text:
        cause, text = Cause.ENTITIES, html.unescape(text)
    if ftfy.badness.is_bad(text):
        unmangled = _unmangled(text)
        if unmangled is not None:
            cause, text = Cause.MANGLED, unmangled
    return cause, unicodedata.normalize("NFC", text)


def _unmangled(text: str) -> str | None:
    """Return the text before it was mangled, as a whole or word by word; None if uncertain."""
    whole = _undone(text)
    if whole is not None:
        return whole
    parts = [_undone(part) if ftfy.badness.is_bad(part) else part for part in re.split(r"( +)", text)]
    return None if None in parts else "".join(part for part in parts if part is not None)


def _undone(text: str) -> str | None:
    """Return the text before wrong decodings, when it is plausible and doing them again gives exactly this text."""
    found = ftfy.fix_encoding_and_explain(text)
    if not found.explanation or found.text == text or ftfy.badness.is_bad(found.text):
        return None
    again, rounds = found.text, []
    steps = list(found.explanation)
    try:
        while steps:
            (second, target), (first, source) = steps.pop(), steps.pop()
            if (first, second) != ("encode", "decode") or target != "utf-8":
                return None
            again = again.encode(target).decode(source)
            rounds.append(source)
    except (IndexError, UnicodeError):
        return None
    return found.text if again == text and _is_plausible(text, found.text, rounds) else None


def _is_plausible(text: str, before: str, rounds: Sequence[str]) -> bool:
    """Return whether a repair is what somebody wrote, and not what a few letters happen to spell in bytes."""
    if len({"western" if source in _WESTERN else source for source in rounds}) > 1:
        return False  # one program mangles a text, again and again in its one way
    unfamiliar = sum(1 for letter in before if not _FAMILIAR.match(letter) and letter not in text)
    return unfamiliar == 0 or (len(rounds) == 1 and unfamiliar >= _FEWEST_UNFAMILIAR)
