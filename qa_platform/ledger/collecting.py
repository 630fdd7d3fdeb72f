"""Collecting garbage rarely, where very many objects are made that hold no circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Looking for circles among the events, commands and rows of a long run takes up to a fifth of its time.
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let Python look for circles seldom during a block; what is not in one is freed at once all the same."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS_BETWEEN_COLLECTIONS) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
