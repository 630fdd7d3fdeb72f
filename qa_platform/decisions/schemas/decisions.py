"""The wire of decisions: the verdict, its basis, and the outcome that explains itself."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.decisions.events import CheckedBy, Code, Ground, Severity
from qa_platform.decisions.schemas.asking import AwaitedSchema, CorrectedSchema, RightsSchema, VariationSchema
from qa_platform.decisions.schemas.exact import Exact
from qa_platform.decisions.schemas.meetings import ItemSchema, MinutesSchema
from qa_platform.decisions.schemas.outcome import AreaIndexSchema, OutcomeSchema
from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.web.ids import Id

_ID = ma.validate.Length(1, 100)
_TEXT = ma.validate.Length(1, 5000)


def _texts(description: str) -> ma.fields.List[str]:
    return ma.fields.List(
        ma.fields.String(validate=_TEXT),
        load_default=list,
        validate=ma.validate.Length(max=50),
        metadata={"description": description},
    )


class DecisionQuerySchema(ma.Schema):
    """Which decisions to list."""

    stage = ma.fields.String(validate=ma.validate.OneOf(["scoring", "scored", "tabled", "decided", "released"]))


class LanguageQuerySchema(ma.Schema):
    """In which language an outcome explains itself."""

    language = ma.fields.String(load_default="en", validate=ma.validate.OneOf(["en", "ms"]))


class GroundSchema(ma.Schema):
    """A reason for the decision, in one area of the standard."""

    area = ma.fields.String(required=True, validate=_ID)
    text = ma.fields.String(required=True, validate=_TEXT)

    @ma.post_load
    def _ground(self, loaded: dict[str, Any], **_options: object) -> Ground:
        return Ground(**loaded)


class ConditionSchema(ma.Schema):
    """Something that must be put right by a date."""

    condition_id = ma.fields.String(dump_only=True)
    criterion = ma.fields.String(load_default=None, allow_none=True, validate=_ID)
    severity = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Severity)))
    text = ma.fields.String(required=True, validate=_TEXT)
    due_on = ma.fields.Date(
        metadata={"description": "Absent: six months from now, three where critical; never more than twelve"}
    )
    checked_by = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(CheckedBy)))


class TakeDecisionSchema(ma.Schema):
    """A decision. What is awarded is what was claimed, unless something else is said."""

    code = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Code)))
    members = ma.fields.List(
        Id(),
        load_default=None,
        validate=ma.validate.Length(1, 50),
        metadata={"description": "Absent: who voted or abstained; if given, exactly those"},
    )
    departure_reason = ma.fields.String(load_default=None, allow_none=True, validate=_TEXT)
    grounds = ma.fields.List(ma.fields.Nested(GroundSchema), load_default=list, validate=ma.validate.Length(max=50))
    conditions = ma.fields.List(
        ma.fields.Nested(ConditionSchema), load_default=list, validate=ma.validate.Length(max=50)
    )
    recommendations = _texts("What should be done")
    commendations = _texts("What deserves praise")
    level_awarded = ma.fields.Integer(load_default=None, allow_none=True, strict=True, validate=ma.validate.Range(1, 8))
    credits_awarded = Exact(
        load_default=None, allow_none=True, places=1, as_string=True, validate=ma.validate.Range(0, 250)
    )
    hours_accepted = Exact(
        load_default=None, allow_none=True, places=0, as_string=True, validate=ma.validate.Range(1, 10000)
    )
    valid_months = ma.fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        metadata={"description": "Absent, where something is granted: as long as the agency gives"},
    )
    wanted = _texts("What a deferral waits for")
    supply_by = ma.fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "Absent, with a deferral: as long as the agency gives"},
    )

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        # Events hold tuples.
        return {name: tuple(value) if isinstance(value, list) else value for name, value in loaded.items()}


class ReleaseSchema(ma.Schema):
    """Until when an appeal may be filed."""

    appeal_until = ma.fields.Date(metadata={"description": "Absent: the shortest time that the agency gives"})


class RecusalSchema(ma.Schema):
    """Why a member takes no part."""

    category = ma.fields.String(required=True, validate=ma.validate.OneOf(sorted(CATEGORIES)))


class RecusedSchema(RecusalSchema):
    """A member who takes no part."""

    member_id = ma.fields.String()


class BasisSchema(ma.Schema):
    """What the decision rested on: an event, by stream, version and digest."""

    stream = ma.fields.String(metadata={"description": "To the provider a review is “Review 1”, as in the case"})
    version = ma.fields.Integer()
    digest = ma.fields.String()


class VerdictSchema(TakeDecisionSchema):
    """A decision as it was taken."""

    class Meta:
        """What a deferral waits for is told beside it."""

        exclude = ("wanted", "supply_by")

    members = ma.fields.List(ma.fields.String(), metadata={"description": "Who sat; absent outside the committee"})
    decision_id = ma.fields.String()
    decision_class = ma.fields.String()
    band_suggested = ma.fields.String()
    index = ma.fields.Decimal(as_string=True)
    area_indices = ma.fields.List(ma.fields.Nested(AreaIndexSchema))
    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    rubric_hash = ma.fields.String()
    basis = ma.fields.List(ma.fields.Nested(BasisSchema))
    taken_on = ma.fields.Date()

    @ma.post_dump
    def _without_hidden(self, told: dict[str, Any], **_options: object) -> dict[str, Any]:
        # An empty list would say that nobody sat.
        return {name: value for name, value in told.items() if (name, value) != ("members", None)}


class DecisionSummarySchema(ma.Schema):
    """Where the deciding on a submission stands."""

    submission_id = ma.fields.String()
    version = ma.fields.Integer()
    provider_id = ma.fields.String(allow_none=True)
    route = ma.fields.String(allow_none=True)
    rubric_version = ma.fields.String(allow_none=True)
    stage = ma.fields.String()
    moderation_closed = ma.fields.Boolean()
    recusals = ma.fields.List(ma.fields.Nested(RecusedSchema))
    item = ma.fields.Nested(ItemSchema, allow_none=True)
    verdict = ma.fields.Nested(VerdictSchema, allow_none=True)
    released_on = ma.fields.Date(allow_none=True)
    appeal_until = ma.fields.Date(allow_none=True)


class DecisionSchema(DecisionSummarySchema):
    """The deciding on a submission, with the outcome of the scores once they may be compared."""

    minutes = ma.fields.Nested(MinutesSchema, allow_none=True)
    rights = ma.fields.Nested(RightsSchema, allow_none=True)
    awaited = ma.fields.Nested(AwaitedSchema, allow_none=True)
    variation = ma.fields.Nested(VariationSchema, allow_none=True)
    corrections = ma.fields.List(ma.fields.Nested(CorrectedSchema))
    outcome = ma.fields.Nested(OutcomeSchema, allow_none=True)
