"""Acts on many cases on the wire."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.bulk.acts import ACTS

MOST = 200


def _length(longest: int) -> ma.validate.Validator:
    return ma.validate.Length(1, longest, error=f"Write 1 to {longest} characters here.")


class ItemSchema(ma.Schema):
    """One case; for an assignment also the seat and who is to have it."""

    id = ma.fields.String(required=True, validate=_length(100), metadata={"description": "A submission, or a letter"})
    seat = ma.fields.Integer(validate=ma.validate.Range(1, 9), metadata={"description": "To assign: which seat"})
    reviewer_id = ma.fields.String(validate=_length(100), metadata={"description": "To assign: who is to have it"})


class AskSchema(ma.Schema):
    """What is to be done to which cases."""

    act = ma.fields.String(required=True, validate=ma.validate.OneOf(sorted(ACTS)))
    items = ma.fields.List(
        ma.fields.Nested(ItemSchema),
        required=True,
        validate=ma.validate.Length(1, MOST, error=f"Name 1 to {MOST} cases."),
    )
    remark = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=_length(500),
        metadata={"description": "What each of the cases is told or given as the reason; no names"},
    )
    due_on = ma.fields.Date(
        load_default=None, allow_none=True, metadata={"description": "For a return or extension; absent: as usual"}
    )

    @ma.validates_schema
    def why(self, said: dict[str, Any], **_kwargs: Any) -> None:  # noqa: ANN401 -- as marshmallow calls it
        """Refuse a return or an extension that does not say why."""
        if said.get("act") in {"return", "extend"} and not (said.get("remark") or "").strip():
            raise ma.ValidationError("Say why; each provider reads it.", "remark")

    @ma.validates_schema
    def each_once(self, said: dict[str, Any], **_kwargs: Any) -> None:  # noqa: ANN401 -- as marshmallow calls it
        """Refuse a list that names the same thing twice."""
        named = [(item.get("id"), item.get("seat")) for item in said.get("items", ())]
        if len(set(named)) < len(named):
            raise ma.ValidationError("A case is named twice. Name each once.", "items")


class DoSchema(AskSchema):
    """What is to be done to which cases, and whether to go on without those that do not allow it."""

    leave_out = ma.fields.Boolean(
        load_default=False, metadata={"description": "true: leave out what does not allow it; false: then do nothing"}
    )


class TakeBackSchema(ma.Schema):
    """Why the whole is taken back, and whether to go on without those cases that do not allow it."""

    reason = ma.fields.String(required=True, validate=_length(500), metadata={"description": "No names"})
    leave_out = ma.fields.Boolean(load_default=False)


class LeftOutSchema(ma.Schema):
    """A case that does not allow it, and why."""

    subject = ma.fields.String()
    why = ma.fields.String()


class ReadySchema(ma.Schema):
    """A case that it would be done to."""

    about = ma.fields.String()
    subject = ma.fields.String()
    title = ma.fields.String(allow_none=True)


class PreviewSchema(ma.Schema):
    """How many cases it would be done to and which, and which not and why."""

    number = ma.fields.Integer()
    ready = ma.fields.List(ma.fields.Nested(ReadySchema))
    left_out = ma.fields.List(ma.fields.Nested(LeftOutSchema))


class StepSchema(ma.Schema):
    """One step of an act."""

    about = ma.fields.String()
    subject = ma.fields.String()
    stream = ma.fields.String()
    version = ma.fields.Integer()


class BatchSchema(ma.Schema):
    """An act on many cases."""

    batch_id = ma.fields.String()
    version = ma.fields.Integer()
    act = ma.fields.String()
    status = ma.fields.String()
    done_by = ma.fields.String(metadata={"description": "A pseudonym"})
    done_at = ma.fields.AwareDateTime()
    items = ma.fields.List(ma.fields.Nested(StepSchema))
    left_out = ma.fields.List(ma.fields.Nested(LeftOutSchema))
    standing = ma.fields.List(ma.fields.String(), metadata={"description": "What was not taken back"})
    reason = ma.fields.String(allow_none=True)
    taken_back_at = ma.fields.AwareDateTime(allow_none=True)
    stayed = ma.fields.List(ma.fields.Nested(LeftOutSchema))
