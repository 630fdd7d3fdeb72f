from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from qa_platform.operating.logs import pipe


class Log:
    """What went down the pipe, as text and as events."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def events(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]


@contextmanager
def listening(form: str = "json") -> Iterator[Log]:
    """Send all that is logged meanwhile down the real pipe too."""
    log = Log()
    handler = pipe(form, log.stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
