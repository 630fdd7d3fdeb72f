"""What an unsafe request answers: a receipt for what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow as ma
from flask import Response, jsonify

from qa_platform.kernel.event import Command, StreamVersion, stored_name
from qa_platform.ledger.ledger import Also, Outcome, StreamMoved
from qa_platform.web.context import actor, command_key, ledger, platform, reading, release_reading
from qa_platform.web.preconditions import accepted_versions, etag

Answer = tuple[dict[str, Any], int, dict[str, str]]


class CountSchema(ma.Schema):
    """To how many a letter had gone in one role, and how far it got."""

    role = ma.fields.String(allow_none=True)
    provider_id = ma.fields.String(allow_none=True)
    people = ma.fields.Integer()
    waiting = ma.fields.Integer()
    told = ma.fields.Integer(metadata={"description": "How many have it in their inbox"})
    held = ma.fields.Integer()
    mailed = ma.fields.Integer(metadata={"description": "To how many it has left by e-mail"})
    read = ma.fields.Integer()


class ToldSchema(ma.Schema):
    """A letter about a step that was taken back: to whom it had gone, and what corrects it."""

    letter_id = ma.fields.String()
    kind = ma.fields.String()
    subject = ma.fields.String()
    told_at = ma.fields.String(
        allow_none=True, metadata={"format": "date-time", "description": "When it had gone; null: it had not"}
    )
    readers = ma.fields.List(ma.fields.Nested(CountSchema))
    held_back = ma.fields.Boolean(metadata={"description": "Whether it still waited, and now never goes"})
    correction = ma.fields.String(
        allow_none=True, metadata={"description": "The letter that is proposed; it waits in the releaser's outbox"}
    )
    releaser = ma.fields.String(allow_none=True)


class UndoneSchema(ma.Schema):
    """A step that was taken back, and who had been told of it as far as you may know."""

    step = ma.fields.String()
    stream = ma.fields.String()
    at = ma.fields.String(metadata={"format": "date-time"})
    told = ma.fields.List(ma.fields.Nested(ToldSchema))


class ReceiptSchema(ma.Schema):
    """What was recorded: whose id, in which stream, up to which version."""

    id = ma.fields.String(required=True, metadata={"description": "The id of what was created or changed"})
    stream = ma.fields.String(required=True, metadata={"description": "The stream that was written to"})
    version = ma.fields.Integer(required=True, metadata={"description": "Its version now; the ETag of the resource"})
    events = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "Names of what happened"})
    undone = ma.fields.List(
        ma.fields.Nested(UndoneSchema), metadata={"description": "Where a step was taken back: who had been told of it"}
    )
    extra = ma.fields.Dict(metadata={"description": "What is told once and never again, such as a new token"})


def run(
    commands: Command | Sequence[Command],
    *,
    id: str,
    location: str | None = None,
    status: int = 200,
    depends_on: Sequence[StreamVersion] = (),
    extra: Mapping[str, Any] | None = None,
    also: Also | None = None,
) -> Answer:
    """Execute commands for this request's actor, and return receipt, status and headers.

    Several commands are executed together; the receipt, and If-Match, are about the stream of
    the first. `extra` is answered once and never kept: a repeated request does not get it. `also`
    runs in the same transaction, and may refuse all of it.
    """
    together = [commands] if isinstance(commands, Command) else list(commands)
    # A request never holds two connections: with all of them taken, each would wait for the other.
    release_reading()
    outcome = _execute(together, depends_on, {"id": id, "location": location, "status": status}, also)
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


def _execute(
    commands: list[Command], depends_on: Sequence[StreamVersion], answer: Mapping[str, Any], also: Also | None
) -> Outcome:
    versions: Sequence[int | None] = accepted_versions() or (None,)
    # At most one of several tags can match, so trying them in turn does one thing at most.
    for version in versions[:-1]:
        try:
            return _once(commands, version, depends_on, answer, also)
        except StreamMoved:
            continue
    return _once(commands, versions[-1], depends_on, answer, also)


def _once(
    commands: list[Command],
    version: int | None,
    depends_on: Sequence[StreamVersion],
    answer: Mapping[str, Any],
    also: Also | None,
) -> Outcome:
    return ledger().execute_together(
        commands,
        actor=actor(),
        expected_version=version,
        key=command_key(),
        depends_on=depends_on,
        answer=answer,
        also=also,
    )


def _receipt(outcome: Outcome, extra: Mapping[str, Any] | None) -> Answer:
    stream, version = next(iter(outcome.versions.items()))
    receipt = {
        "id": outcome.answer["id"],
        "stream": stream,
        "version": version,
        "events": [stored_name(type(recorded.event)) for recorded in outcome.recorded],
    }
    if undone := platform().undone(outcome.recorded, actor()):
        receipt["undone"] = undone
    headers = {"ETag": etag(version)}
    if location := outcome.answer.get("location"):
        headers["Location"] = location
    if outcome.replayed:
        headers["Idempotency-Replayed"] = "true"
    elif extra:
        receipt["extra"] = dict(extra)
    return receipt, int(outcome.answer["status"]), headers
