"""What a client knows, outside the database: each command before it is tried, and each answer after it came.

Lines of JSON, only ever added to, each on the disk before the client goes on: what stands here
as acknowledged was acknowledged, whatever dies next.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One command as a client asks for it; a retry is the same one, under the same key.

    `effect` is what its event is known by in the ledger: words, or a pseudonym, that the client
    chose for this command alone.
    """

    id: str
    key: str
    kind: str
    who: str
    method: str
    path: str
    body: bytes
    effect: str
    if_match: int | None = None


class Receipt(msgspec.Struct, frozen=True):
    """What the server says it recorded: the events of a stream up to a version."""

    stream: str
    version: int
    events: tuple[str, ...]

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Return stream and version of each event."""
        first = self.version - len(self.events) + 1
        return tuple((self.stream, first + n) for n in range(len(self.events)))


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: a try, its answer, or that its outcome is not known."""

    what: Literal["try", "answer", "unknown"]
    at: float
    id: str
    attempt: int
    key: str = ""
    kind: str = ""
    who: str = ""
    route: str = ""
    digest: str = ""
    effect: str = ""
    status: int = 0
    receipt: Receipt | None = None
    why: str = ""


class Told(msgspec.Struct, kw_only=True):
    """All that the journal says about one command."""

    id: str
    key: str
    kind: str
    who: str
    route: str
    effect: str
    attempts: int = 0
    unknown: int = 0
    refused: tuple[int, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    @property
    def acknowledged(self) -> bool:
        """Return whether the server ever said yes."""
        return bool(self.receipts)


class Journal:
    """The open journal of one load; any number of threads may write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lock = threading.Lock()

    def tries(self, ask: Ask, attempt: int) -> None:
        """Write down that a command is about to be tried."""
        digest = hashlib.sha256(ask.body).hexdigest()
        told = {"key": ask.key, "kind": ask.kind, "who": ask.who, "effect": ask.effect, "digest": digest}
        self._write(
            Line(what="try", id=ask.id, attempt=attempt, at=time.time(), route=f"{ask.method} {ask.path}", **told)
        )

    def answered(self, ask: Ask, attempt: int, status: int, receipt: Receipt | None) -> None:
        """Write down a definite answer."""
        self._write(Line(what="answer", id=ask.id, attempt=attempt, at=time.time(), status=status, receipt=receipt))

    def unknown(self, ask: Ask, attempt: int, why: str) -> None:
        """Write down that nobody knows what became of an attempt."""
        self._write(Line(what="unknown", id=ask.id, attempt=attempt, at=time.time(), why=why))

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def __enter__(self) -> Self:
        """Use it for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _write(self, line: Line) -> None:
        text = msgspec.json.encode(line) + b"\n"
        with self._lock:
            os.write(self._file, text)
        os.fdatasync(self._file)


def read_journal(path: Path) -> list[Told]:
    """Return what a journal says, command by command, in the order of their first tries."""
    found: dict[str, Told] = {}
    for line in _lines(path):
        _add(found, line)
    return list(found.values())


def _lines(path: Path) -> Iterator[Line]:
    decoder = msgspec.json.Decoder(Line)
    with path.open("rb") as lines:
        yield from (decoder.decode(line) for line in lines)


def _add(found: dict[str, Told], line: Line) -> None:
    match line.what:
        case "try":
            told = found.setdefault(
                line.id,
                Told(id=line.id, key=line.key, kind=line.kind, who=line.who, route=line.route, effect=line.effect),
            )
            told.attempts += 1
        case "answer" if line.receipt is not None:
            found[line.id].receipts += (line.receipt,)
        case "answer":
            found[line.id].refused += (line.status,)
        case "unknown":
            found[line.id].unknown += 1


def acknowledged(told: Iterable[Told]) -> list[Told]:
    """Return the commands to which the server said yes."""
    return [one for one in told if one.acknowledged]
