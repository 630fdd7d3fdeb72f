"""What an unsafe request answers: a receipt for what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow as ma
from flask import Response, jsonify

from qa_platform.kernel.event import Command, StreamVersion, stored_name
from qa_platform.ledger.ledger import Outcome, StreamMoved
from qa_platform.web.context import actor, command_key, ledger, reading, release_reading
from qa_platform.web.preconditions import accepted_versions, etag

Answer = tuple[dict[str, Any], int, dict[str, str]]


class ReceiptSchema(ma.Schema):
    """What was recorded: whose id, in which stream, up to which version."""

    id = ma.fields.String(required=True, metadata={"description": "The id of what was created or changed"})
    stream = ma.fields.String(required=True, metadata={"description": "The stream that was written to"})
    version = ma.fields.Integer(required=True, metadata={"description": "Its version now; the ETag of the resource"})
    events = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "Names of what happened"})
    extra = ma.fields.Dict(metadata={"description": "What is told once and never again, such as a new token"})


def run(
    commands: Command | Sequence[Command],
    *,
    id: str,
    location: str | None = None,
    status: int = 200,
    depends_on: Sequence[StreamVersion] = (),
    extra: Mapping[str, Any] | None = None,
) -> Answer:
    """Execute commands for this request's actor, and return receipt, status and headers.

    Several commands are executed together; the receipt, and If-Match, are about the stream of
    the first. `extra` is answered once and never kept: a repeated request does not get it.
    """
    together = [commands] if isinstance(commands, Command) else list(commands)
    # A request never holds two connections: with all of them taken, each would wait for the other.
    release_reading()
    outcome = _execute(together, depends_on, {"id": id, "location": location, "status": status})
    return _receipt(outcome, extra)


def repeated() -> Response | None:
    """Return the first answer to this request, None when its key has none. Raises KeyReused.

    Asked before the view: what the view looks for may be gone, by the very request that is repeated.
    """
    key = command_key()
    first = None if key is None else ledger().answered(reading(), key)
    if first is None:
        return None
    receipt, status, headers = _receipt(first, None)
    answer = jsonify(receipt)
    answer.status_code = status
    answer.headers.update(headers)
    return answer


def _execute(commands: list[Command], depends_on: Sequence[StreamVersion], answer: Mapping[str, Any]) -> Outcome:
    versions: Sequence[int | None] = accepted_versions() or (None,)
    # At most one of several tags can match, so trying them in turn does one thing at most.
    for version in versions[:-1]:
        try:
            return _once(commands, version, depends_on, answer)
        except StreamMoved:
            continue
    return _once(commands, versions[-1], depends_on, answer)


def _once(
    commands: list[Command], version: int | None, depends_on: Sequence[StreamVersion], answer: Mapping[str, Any]
) -> Outcome:
    return ledger().execute_together(
        commands,
        actor=actor(),
        expected_version=version,
        key=command_key(),
        depends_on=depends_on,
        answer=answer,
    )


def _receipt(outcome: Outcome, extra: Mapping[str, Any] | None) -> Answer:
    stream, version = next(iter(outcome.versions.items()))
    receipt = {
        "id": outcome.answer["id"],
        "stream": stream,
        "version": version,
        "events": [stored_name(type(recorded.event)) for recorded in outcome.recorded],
    }
    headers = {"ETag": etag(version)}
    if location := outcome.answer.get("location"):
        headers["Location"] = location
    if outcome.replayed:
        headers["Idempotency-Replayed"] = "true"
    elif extra:
        receipt["extra"] = dict(extra)
    return receipt, int(outcome.answer["status"]), headers
