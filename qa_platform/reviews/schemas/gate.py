"""The wire of the conflict gate: what is known of a reviewer's ties, and how it is ruled on."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.kernel.sealed import Sealed


class ConflictQuerySchema(ma.Schema):
    """Which conflicts to list."""

    awaiting = ma.fields.Boolean(metadata={"description": "Whether they wait for a ruling"})


class ReversalSchema(ma.Schema):
    """Why a ruling is taken back."""

    reason = ma.fields.String(
        required=True,
        validate=ma.validate.Length(1, 5000),
        metadata={"description": "Sealed under the reviewer's key"},
    )


class KnownTieSchema(ma.Schema):
    """A tie that nobody had to declare at the gate."""

    category = ma.fields.String(metadata={"description": "A category of interest, or ROT for rotation"})
    source = ma.fields.String(metadata={"description": "declared_before, or seen by the system"})
    effect = ma.fields.String(metadata={"description": "bar, officer_decides, undertaking or warn"})
    sentence = ma.fields.String(metadata={"description": "As long as nothing is declared: what is known"})


class TakenBackSchema(ma.Schema):
    """A ruling that does not stand any more."""

    ruling = ma.fields.String()
    reversed_by = ma.fields.String()
    reversed_at = ma.fields.AwareDateTime()


class ConflictSummarySchema(ma.Schema):
    """The conflicts of a review in a list: categories in clear, no details."""

    review_id = ma.fields.String()
    submission_id = ma.fields.String()
    provider_id = ma.fields.String()
    reviewer_id = ma.fields.String()
    seat = ma.fields.Integer()
    known = ma.fields.List(ma.fields.Nested(KnownTieSchema))
    categories = ma.fields.List(ma.fields.String(), metadata={"description": "What was declared at the gate"})
    effect = ma.fields.String(allow_none=True, metadata={"description": "What the rules made of all of it"})
    declared_at = ma.fields.AwareDateTime(allow_none=True)
    ruling = ma.fields.String(allow_none=True, metadata={"description": "The one that stands"})
    ruled_by = ma.fields.String(allow_none=True)
    ruled_at = ma.fields.AwareDateTime(allow_none=True)
    taken_back = ma.fields.List(ma.fields.Nested(TakenBackSchema))


def _opened(field: str, description: str) -> ma.fields.Function:
    """Return a field that shows what was sealed; null where there is nothing, or its key was destroyed."""

    def told(row: dict[str, Any]) -> str | None:
        sealed = row[field]
        return sealed.value if isinstance(sealed, Sealed) and isinstance(sealed.value, str) else None

    return ma.fields.Function(told, metadata={"description": description})


class ConflictSchema(ConflictSummarySchema):
    """The conflicts of one review, for its reviewer and for who rules on them."""

    status = ma.fields.String(metadata={"description": "Where the review stands"})
    detail = _opened("detail", "What the reviewer told of it")
    note = _opened("note", "What was noted with the ruling that stands")
    reason = _opened("reason", "Why the last ruling was taken back")
