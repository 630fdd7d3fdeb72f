"""One column that slid up or down against the others: titles stand beside web addresses of other rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_platform.importing.reading import FileRefused

_FURTHEST = 3
_WORD = re.compile(r"[^\W\d_]{4,}")
_WINDOW = 8


def check_neighbours(lines: Sequence[tuple[int, str, str]]) -> None:
    """Refuse a file in which one column slid up or down against the others.

    Takes line number, title and web address: where addresses are made of words of the title,
    they tell when they stand beside the title of another row.
    """
    words = [frozenset(word.casefold() for word in _WORD.findall(title)) for _, title, _ in lines]
    paths = [frozenset(_WORD.findall(_path(address))) for *_, address in lines]
    own = [bool(title & path) for title, path in zip(words, paths, strict=True)]
    for by in (step for size in range(1, _FURTHEST + 1) for step in (size, -size)):
        beside = [0 <= index + by < len(lines) and bool(words[index + by] & path) for index, path in enumerate(paths)]
        run = _first_run([there and not here for here, there in zip(own, beside, strict=True)])
        if run is not None:
            # The last row that stands right beyond doubt: between there and here it went wrong.
            proofs = [index for index in range(run) if own[index] and not beside[index]]
            since = lines[proofs[-1] + 1 if proofs else 0][0]
            raise FileRefused(_slid(since, lines[run][0], by))


def _slid(since: int, line: int, by: int) -> str:
    where = f"line {line}" if since == line else f"line {since} or shortly after it (line {line} at the latest)"
    return (
        f"The file was not imported: from {where} on the web addresses stand {abs(by)} "
        f"row{'s' if abs(by) > 1 else ''} too {'high' if by > 0 else 'low'} beside the titles, "
        "so one column has slipped. Put them back, or export the file again."
    )


def _first_run(signs: list[bool]) -> int | None:
    """Return where a window in which three quarters of the signs are set begins."""
    count = sum(signs[:_WINDOW])
    for start in range(len(signs) - _WINDOW + 1):
        if count >= _WINDOW * 0.75:
            return next(index for index in range(start, len(signs)) if signs[index])
        following = start + _WINDOW
        if following < len(signs):
            count += signs[following] - signs[start]
    return None


def _path(address: str) -> str:
    return address.casefold().partition("://")[2].partition("/")[2]
