"""ETag, If-Match and If-None-Match, tied to the versions of streams."""

from __future__ import annotations

from typing import Protocol, TypeVar

from flask import Response


class Versioned(Protocol):
    """A row that says which version of its stream it shows."""

    @property
    def version(self) -> int:
        """The version of the stream."""
        ...


V = TypeVar("V", bound=Versioned)


def if_match() -> int | None:
    """Return the stream version that this request insists on, None when it insists on none."""
    raise NotImplementedError


def tagged(row: V) -> tuple[V, int, dict[str, str]] | Response:
    """Return a row with its ETag, or 304 when the asker has it already."""
    raise NotImplementedError
