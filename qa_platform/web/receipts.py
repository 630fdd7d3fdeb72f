"""What an unsafe request answers: a receipt for what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow as ma

from qa_platform.kernel.event import Command, StreamVersion


class ReceiptSchema(ma.Schema):
    """What was recorded: whose id, in which stream, up to which version."""

    id = ma.fields.String(required=True, metadata={"description": "The id of what was created or changed"})
    stream = ma.fields.String(required=True, metadata={"description": "The stream that was written to"})
    version = ma.fields.Integer(required=True, metadata={"description": "Its version now; the ETag of the resource"})
    events = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "Names of what happened"})
    extra = ma.fields.Dict(metadata={"description": "What is told once and never again, such as a new token"})


def run(  # noqa: PLR0913 -- every keyword is one thing an answer needs
    commands: Command | Sequence[Command],
    *,
    id: str,  # noqa: A002 -- the name that the receipt shows
    location: str | None = None,
    status: int = 200,
    depends_on: Sequence[StreamVersion] = (),
    extra: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Execute commands for this request's actor, and return receipt, status and headers."""
    raise NotImplementedError
