"""Ids on the wire: only what is a UUID gets in, so that no name stands where a pseudonym belongs."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

_CANONICAL = ma.validate.Regexp(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", error="Give the id as you got it: a UUID in small letters."
)


class Id(ma.fields.String):
    """The id of something: a UUID, in small letters and with its hyphens."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        metadata = {"format": "uuid", **options.pop("metadata", {})}
        super().__init__(validate=_CANONICAL, metadata=metadata, **options)
