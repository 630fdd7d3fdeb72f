"""The rule book: what was asked, and what was seen of every room; made once for all workers of a session."""

from __future__ import annotations

import fcntl
import os
import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qa_platform.app import ALL_DECIDERS
from tests import servers
from tests.rulebook.asked import TESTS, asked
from tests.rulebook.walk import Walk, walk
from tests.rulebook.words import aspects_of, room_of
from tests.specification import Asked

_MADE = "rulebook"


class Book(NamedTuple):
    """What was asked, and of each room, in the order of the journey, what its streams tell of."""

    asked: list[Asked]
    rooms: dict[str, dict[str, Walk]]


@cache
def book() -> Book:
    """Return the book of the session, made by whoever asks first."""
    folder = servers.session_folder()
    with (folder / f"{_MADE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _MADE).exists():
            _make(folder / _MADE)
    found: Book = pickle.loads((folder / _MADE).read_bytes())
    return found


def write(path: Path) -> None:
    """Ask, walk and keep what was found; for a process of its own."""
    corpus = asked()
    rooms: dict[str, dict[str, Walk]] = {}
    for decider in ALL_DECIDERS:
        seen = walk(decider, corpus, aspects_of(decider))
        rooms.setdefault(room_of(decider), {}).update(seen)
    path.write_bytes(pickle.dumps(Book(corpus, rooms)))


def _make(path: Path) -> None:
    # Sets have one order, so that equal states look alike; and pytest does not run within itself.
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from pathlib import Path; from tests.rulebook import book; book.write(Path({str(path)!r}))",
        ],
        cwd=TESTS.parent,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"the rules could not be asked:\n{run.stderr[-5000:]}"
