"""Bytes -> text: UTF-8 and UTF-16 exactly, Windows-1252 where it is plain, else a refusal."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
import msgspec

from qa_platform.importing.reading.sheet import FileRefused

# UTF-32 first: its little-endian mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One line in twenty may be damaged, in a short file one; beyond that the file is something else.
_DAMAGED_SHARE = 0.05
_ENOUGH_LINES = 5
# Text that is western European throughout still holds a strange word now and then.
_ODD_WORDS_SHARE = 0.02

# Letters that western European languages (and Malay loans) use; š, ž, ý, ð and þ are left out
# because they betray Czech, Turkish or Baltic text in another single-byte encoding.
_LOWER = "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœ"
_UPPER = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ"
_WESTERN = f"A-Za-z{_LOWER}{_UPPER}"
_INSIDE = "’·–—"  # noqa: RUF001 -- signs that may stand inside a word
_SIGNS = "‘“”…•®™©°«»¿¡€£§"  # noqa: RUF001 -- signs that may not
_IMPLAUSIBLE = re.compile(
    rf"[^\x00-\x7f{_LOWER}{_UPPER}\xa0{_INSIDE}{_SIGNS}²³½ºª]"  # no letter or sign of these
    rf"|[a-z{_LOWER}][{_UPPER}]"  # a capital inside a word: another alphabet's letter
    rf"|[{_LOWER}{_UPPER}]{{3}}"  # three accents in a row: another alphabet altogether
    rf"|[{_WESTERN}][{_SIGNS}²³½][{_WESTERN}]"  # a sign inside a word
    rf"|_[{_LOWER}{_UPPER}]|[{_LOWER}{_UPPER}]_"  # what is left of lost characters
    r"|(?<![0-9A-Za-z])[²³½ºª°]"  # a sign that follows a figure or a letter, following none
)


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text, the encoding it was read in, and what the reader of a report must know."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, encoding: str | None = None) -> Text:
    """Return the text of a file; raises FileRefused when no reading is certain enough.

    With `encoding` given, exactly that is used. Single invalid lines of a UTF-8 file keep
    their bytes as lone surrogates, for their rows to fail by themselves.
    """
    if encoding is not None:
        return _as_told(content, encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], name)
    unmarked = _unmarked_utf16(content)
    if unmarked is not None:
        return _marked(content, unmarked, " It carries no byte-order mark; the zero bytes gave it away.")
    try:
        return Text(text=content.decode(), encoding="utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(content)


def _as_told(content: bytes, encoding: str) -> Text:
    try:
        name = codecs.lookup(encoding).name
        text = content.decode(name)
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"The file was not read: line {_line_of(content, error.start)} is not valid “{encoding}”. "
            "Give another encoding, or save the file again as UTF-8."
        ) from None
    except (LookupError, UnicodeError):
        raise FileRefused(
            f"The file was not read: there is no encoding of texts named “{encoding}”. "
            "Give one such as utf-8, utf-16, windows-1252 or windows-1251."
        ) from None
    return Text(
        text=text.removeprefix("\ufeff"), encoding=name, notes=(f"The file was read as “{encoding}”, as told.",)
    )


def _marked(content: bytes, name: str, why: str = "") -> Text:
    if name == "utf-8":
        try:
            return Text(text=content.decode(), encoding=name)
        except UnicodeDecodeError:
            return _not_quite_utf8(content, marked=True)
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(name, "replace").count("\n") + 1
        raise FileRefused(
            f"The file was not read: it begins as {name.upper()} but line {line} is no such text, "
            "so it was cut short or joined from two files. Save it again as UTF-8."
        ) from None
    return Text(text=text, encoding=name, notes=(f"The file was read as {name.upper()}.{why}",))


def _unmarked_utf16(content: bytes) -> str | None:
    """Return UTF-16's flavour when every other byte is mostly zero, as in Latin text."""
    sample = content[:4000]
    if len(sample) < 4 or len(content) % 2:  # noqa: PLR2004 -- two characters are no sample
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.4 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.4 and odd < pairs * 0.05:
        return "utf-16-be"
    return None


def _not_quite_utf8(content: bytes, *, marked: bool = False) -> Text:
    """Return the text of a file with invalid UTF-8, by where the evidence points."""
    lines = content.splitlines()
    foreign = [number for number, line in enumerate(lines, 1) if not line.isascii()]
    invalid = [number for number in foreign if not _is_utf8(lines[number - 1])]
    valid = len(foreign) - len(invalid)
    # A valid many-byte sequence hardly ever happens by chance: where they prevail, the
    # file is UTF-8 and the rest is damage; decoding it all as cp1252 would mangle the good.
    if marked or valid > len(invalid):
        return _damaged(content, invalid)
    if not valid:
        western = _western(content, invalid)
        if western is not None:
            return western
        few = len(invalid) <= len(lines) * _DAMAGED_SHARE
        if few or (len(invalid) == 1 and len(lines) >= _ENOUGH_LINES):
            return _damaged(content, invalid)
    raise FileRefused(_unknown(content, valid, invalid))


def _damaged(content: bytes, invalid: list[int]) -> Text:
    note = (
        f"The file is UTF-8, but {len(invalid)} of its lines hold bytes that are no text "
        f"(line {_some(invalid)}); nothing was guessed for them."
    )
    return Text(text=content.decode(errors="surrogateescape"), encoding="utf-8", notes=(note,))


def _western(content: bytes, invalid: list[int]) -> Text | None:
    """Return the text as Windows-1252, only when it reads as western European throughout."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    words = list(dict.fromkeys(re.findall(r"\S*[^\x00-\x7f]\S*", text)))
    if sum(1 for word in words if _IMPLAUSIBLE.search(word)) > len(words) * _ODD_WORDS_SHARE:
        return None
    note = (
        f"The file is not UTF-8. It was read as Windows-1252 throughout ({len(invalid)} lines hold accents); "
        f"look at some of the words: {', '.join(f'“{word[:40]}”' for word in words[:10])}. "
        "If they are wrong, name the encoding and import again."
    )
    return Text(text=text, encoding="cp1252", notes=(note,))


def _unknown(content: bytes, valid: int, invalid: list[int]) -> str:
    best = charset_normalizer.from_bytes(content).best()
    guess = f" It may be “{best.encoding}”." if best is not None and not valid else ""
    found = (
        f"{valid} lines are UTF-8 and {len(invalid)} are not (line {_some(invalid)}), as if two files were joined"
        if valid
        else f"line {invalid[0]} and {len(invalid) - 1} others are not UTF-8, nor plainly Windows-1252"
    )
    return (
        f"The file was not read: its encoding is uncertain. {found[0].upper()}{found[1:]}.{guess} "
        "Save it again as UTF-8, or name its encoding."
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _line_of(content: bytes, offset: int) -> int:
    return len(content[: offset + 1].splitlines())


def _some(numbers: list[int], most: int = 10) -> str:
    listed = ", ".join(map(str, numbers[:most]))
    return listed if len(numbers) <= most else f"{listed} and {len(numbers) - most} more"
