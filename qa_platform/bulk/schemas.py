"""Acts on many cases on the wire."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.bulk.acts import ACTS

MOST = 200
_HOW_MANY = f"Name 1 to {MOST} cases."


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
        load_default=list,
        validate=ma.validate.Length(1, MOST, error=_HOW_MANY),
        metadata={"description": "Required, but for the release of all that a meeting decided"},
    )
    meeting_id = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=_length(100),
        metadata={"description": "To release decisions: all that this meeting decided and nobody released yet"},
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
    appeal_until = ma.fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "To release decisions; absent: the shortest time that the agency gives"},
    )

    @ma.validates_schema
    def why(self, said: dict[str, Any], **_kwargs: Any) -> None:  # noqa: ANN401 -- as marshmallow calls it
        """Refuse a return or an extension that does not say why."""
        if said.get("act") in {"return", "extend"} and not (said.get("remark") or "").strip():
            raise ma.ValidationError("Say why; each provider reads it.", "remark")

    @ma.validates_schema
    def which(self, said: dict[str, Any], **_kwargs: Any) -> None:  # noqa: ANN401 -- as marshmallow calls it
        """Refuse what names neither cases nor a meeting, and what names both."""
        if said.get("meeting_id") is None:
            if not said.get("items"):
                raise ma.ValidationError(_HOW_MANY, "items")
        elif said.get("items") or said.get("act") != "release_decisions":
            raise ma.ValidationError(
                "A meeting is named to release what it decided, and then no cases beside it.", "meeting_id"
            )

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
    number = ma.fields.Integer(
        load_default=None,
        allow_none=True,
        validate=ma.validate.Range(0, 10_000),
        metadata={"description": "How many the preview showed. Required with a meeting: its list may have changed"},
    )

    @ma.validates_schema
    def as_shown(self, said: dict[str, Any], **_kwargs: Any) -> None:  # noqa: ANN401 -- as marshmallow calls it
        """Refuse the act on a whole meeting that does not say how many cases were shown before."""
        if said.get("meeting_id") is not None and said.get("number") is None:
            raise ma.ValidationError("Say how many cases the preview showed.", "number")


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
    final = ma.fields.String(
        allow_none=True,
        metadata={"description": "Why it can never be taken back, and what there is instead; null: it can"},
    )


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
    final = ma.fields.Function(
        lambda row: ACTS[row.act].final or None,
        metadata={
            "type": "string",
            "nullable": True,
            "description": "Why it can never be taken back, and what there is instead; null: it can",
        },
    )
