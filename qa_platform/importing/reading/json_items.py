"""JSON -> a sheet: an array of objects, {"items": [...]}, or one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from qa_platform.importing.reading.encoding import Text
from qa_platform.importing.reading.sheet import CellFault, FileRefused, Line, Sheet

_BLANK = re.compile(r"[ \t\r\n]*")


class _Twice(str):
    """A value whose name came twice in one object; the later one."""

    __slots__ = ()


def looks_like_json(text: str) -> bool:
    """Return whether a text begins as a JSON array or object does."""
    return re.match(r'\s*(\[\s*[\[{\]]|\{\s*["}])', text) is not None


def read_json(source: Text) -> Sheet:
    """Return the sheet of a JSON text; raises FileRefused naming the line that is no JSON."""
    try:
        items = list(_items(source.text))
    except json.JSONDecodeError as error:
        raise FileRefused(
            f"The file was not imported: line {error.lineno}, column {error.colno} is not JSON ({error.msg}). "
            "Mend it, or export the file again."
        ) from None
    except RecursionError:
        raise FileRefused("The file was not imported: its JSON is nested too deeply. Export plain rows.") from None
    columns = tuple(dict.fromkeys(name for _, item in items for name in item))
    lines = tuple(_line(number, item, columns) for number, item in items)
    return Sheet(kind="json", encoding=source.encoding, header_line=1, columns=columns, lines=lines, notes=source.notes)


def _items(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    decoder = json.JSONDecoder(
        object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=str, strict=False
    )
    at = _skip(text, 0)
    if text.startswith("{", at):
        opened = _into_items(text, at, decoder)
        if opened is None:
            yield from _json_lines(text, at, decoder)
            return
        at = opened
    yield from _array(text, at, decoder)


def _array(text: str, at: int, decoder: json.JSONDecoder) -> Iterator[tuple[int, dict[str, str]]]:
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        value, end = decoder.raw_decode(text, at)
        yield line, _flat(value, line)
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise json.JSONDecodeError("a comma or ] is missing", text, at)


def _into_items(text: str, at: int, decoder: json.JSONDecoder) -> int | None:
    """Return where the array of {"items": [...]} opens; None where this is JSON lines."""
    at = _skip(text, at + 1)
    while text.startswith('"', at):
        name, end = decoder.raw_decode(text, at)
        at = _skip(text, end)
        if not text.startswith(":", at):
            raise json.JSONDecodeError("a colon is missing", text, at)
        at = _skip(text, at + 1)
        if name == "items" and text.startswith("[", at):
            return at
        _, end = decoder.raw_decode(text, at)
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
    return None


def _json_lines(text: str, at: int, decoder: json.JSONDecoder) -> Iterator[tuple[int, dict[str, str]]]:
    line, counted = 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        value, end = decoder.raw_decode(text, at)
        yield line, _flat(value, line)
        at = _skip(text, end)


def _flat(value: Any, line: int) -> dict[str, str]:  # noqa: ANN401 -- any JSON
    """Return an object's values as text, nested objects under dotted names."""
    if not isinstance(value, dict):
        raise FileRefused(
            f"The file was not imported: what stands on line {line} is no object. "
            "Each row must be an object of names and values."
        )
    flat: dict[str, str] = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            flat |= {f"{name}.{deeper}": text for deeper, text in _flat(inner, line).items()}
        else:
            flat[name] = _text(inner)
    return flat


def _text(value: Any) -> str:  # noqa: ANN401 -- any JSON
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = _Twice(_text(value)) if name in found else value
    return found


def _line(number: int, item: dict[str, str], columns: tuple[str, ...]) -> Line:
    faults = tuple(
        CellFault(column, f"“{name}” stands twice in this object; which one is meant cannot be known.")
        for column, name in enumerate(columns)
        if isinstance(item.get(name), _Twice)
    )
    return Line(number=number, cells=tuple(str(item.get(name, "")) for name in columns), faults=faults)


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
