"""The wire of proposals: who is meant for which seat and why, what the provider is told, objections."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.kernel.sealed import Sealed
from qa_platform.panels.decider.allocation import sentence
from qa_platform.web.ids import Id


class _Opened(ma.fields.String):
    """A sealed text that was opened for whoever may read it; null once it is forgotten."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ANN401 -- marshmallow's own
        text = value.value if isinstance(value, Sealed) and isinstance(value.value, str) else None
        return super()._serialize(text, attr, obj, **kwargs)


class ProposeSchema(ma.Schema):
    """The seed that decides between equals; one is drawn where it is left out."""

    seed = ma.fields.String(validate=ma.validate.Length(1, 64))


class SeatingReasonSchema(ma.Schema):
    """Why something is changed; others read it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 1000))


class ChangeSeatSchema(SeatingReasonSchema):
    """Who is to have a proposed seat instead, and why."""

    reviewer_id = Id(required=True)


class PanelObjectionSchema(ma.Schema):
    """To which seats the provider objects, and why; whoever rules on it reads the reasons."""

    seats = ma.fields.List(ma.fields.Integer(strict=True), required=True, validate=ma.validate.Length(1, 9))
    ground = ma.fields.String(required=True, validate=ma.validate.OneOf(["conflict", "competence", "bias", "other"]))
    reasons = ma.fields.String(required=True, validate=ma.validate.Length(1, 5000))

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return {**loaded, "seats": tuple(loaded["seats"])}


class ObjectionRulingSchema(SeatingReasonSchema):
    """Whether the objection is upheld, and why."""

    upheld = ma.fields.Boolean(required=True)


class ProposedSeatSchema(ma.Schema):
    """Who is meant for a seat."""

    seat = ma.fields.Integer()
    review_id = ma.fields.String()
    reviewer_id = ma.fields.String()
    category = ma.fields.String()


class CandidateReasonSchema(ma.Schema):
    """Why a candidate was chosen, or why not: a code with its values, and the sentence that they make."""

    reviewer_id = ma.fields.String()
    code = ma.fields.String()
    values = ma.fields.List(ma.fields.String())
    sentence = ma.fields.Function(lambda reason: sentence(reason, "en"))
    sentence_ms = ma.fields.Function(lambda reason: sentence(reason, "ms"))


class SeatChangeSchema(ma.Schema):
    """What the officer changed in a proposal, or took back of it."""

    seat = ma.fields.Integer()
    reviewer_id = ma.fields.String()
    instead_of = ma.fields.String(allow_none=True)
    reason = ma.fields.String()
    undoes = ma.fields.Boolean()


class PanelProposalSchema(ma.Schema):
    """The last proposal for a panel."""

    submission_id = ma.fields.String()
    version = ma.fields.Integer()
    status = ma.fields.String()
    proposal_id = ma.fields.String(allow_none=True)
    allocation_id = ma.fields.String(allow_none=True)
    policy_version = ma.fields.String(allow_none=True)
    seed = ma.fields.String(allow_none=True)
    on = ma.fields.Date(allow_none=True)
    seats = ma.fields.List(ma.fields.Nested(ProposedSeatSchema))
    reasons = ma.fields.List(ma.fields.Nested(CandidateReasonSchema))
    changes = ma.fields.List(ma.fields.Nested(SeatChangeSchema))
    withdrawal_reason = ma.fields.String(allow_none=True)
    answer_by = ma.fields.Date(allow_none=True)
    object_by = ma.fields.Date(allow_none=True)


class DisclosedSeatSchema(ma.Schema):
    """What may be known of a seat: from which side its holder comes, and which providers employ him."""

    seat = ma.fields.Integer()
    category = ma.fields.String()
    employers = ma.fields.List(ma.fields.String())


class CompositionSchema(ma.Schema):
    """What a provider is told of its panel, and what it objected to."""

    submission_id = ma.fields.String()
    disclosed = ma.fields.List(ma.fields.Nested(DisclosedSeatSchema))
    object_by = ma.fields.Date(allow_none=True)
    objected_seats = ma.fields.List(ma.fields.Integer())
    objection_ground = ma.fields.String(allow_none=True)
    objection = _Opened(allow_none=True)
    upheld = ma.fields.Boolean(allow_none=True)
    ruling_reason = ma.fields.String(allow_none=True)
