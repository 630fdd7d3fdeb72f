"""The wire of units of accredited programmes."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.submissions.decider.components import ComponentStatus
from qa_platform.submissions.events.components import ComponentRefusal, ListingEnd, Programme, Unit, UnitOutcome
from qa_platform.submissions.schemas.fields import Choice, Day, Exact, Rows, StrictSchema, Text, Whole, YesNo


def _length(longest: int, shortest: int = 1) -> ma.validate.Validator:
    return ma.validate.Length(shortest, longest, error=f"Write {shortest} to {longest} characters here.")


_LEVEL = ma.validate.Range(1, 8, error="Choose a level from 1 to 8.")
_CREDITS = ma.validate.Range(0, 1000, error="Write a number from 0 to 1000.")


class ProgrammeSchema(StrictSchema):
    """The accredited programme that a unit is a part of."""

    reference = Text(required=True, validate=_length(60), metadata={"description": "In the register of programmes"})
    title = Text(required=True, validate=_length(200))
    level = Whole(required=True, validate=_LEVEL)
    credits = Exact(1, required=True, validate=_CREDITS)
    accredited_to = Day(required=True, metadata={"description": "The last day of its accreditation"})

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> Programme:  # noqa: ANN401 -- as marshmallow calls it
        """Return the programme as the rules know it."""
        return Programme(**said)


class UnitOutcomeSchema(StrictSchema):
    """An outcome of the unit."""

    text = Text(required=True, validate=_length(1000), metadata={"description": "What learners can do after it"})
    of = Text(required=True, validate=_length(60), metadata={"description": "The programme's outcome it is part of"})

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> UnitOutcome:  # noqa: ANN401 -- as marshmallow calls it
        """Return the outcome as the rules know it."""
        return UnitOutcome(**said)


class UnitSchema(StrictSchema):
    """The part of the programme that is offered by itself."""

    codes = Rows(Text(validate=_length(60)), required=True, metadata={"description": "Its codes in the programme"})
    title_en = Text(allow_none=True, load_default=None, validate=_length(120, 5))
    title_ms = Text(allow_none=True, load_default=None, validate=_length(120, 5))
    level = Whole(required=True, validate=_LEVEL)
    credits = Exact(1, required=True, validate=_CREDITS)
    hours = Whole(
        required=True,
        validate=ma.validate.Range(1, 40_000, error="Write a number from 1 to 40000."),
        metadata={"description": "Forty for each credit"},
    )
    outcomes = Rows(ma.fields.Nested(UnitOutcomeSchema), required=True)

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> Unit:  # noqa: ANN401 -- as marshmallow calls it
        """Return the unit as the rules know it."""
        return Unit(**said)


class NotificationSchema(StrictSchema):
    """A unit of an accredited programme that is offered by itself."""

    provider_id = Text(required=True, validate=_length(100), metadata={"description": "A provider you act for"})
    programme = ma.fields.Nested(ProgrammeSchema, required=True)
    unit = ma.fields.Nested(UnitSchema, required=True)


class ListingSchema(StrictSchema):
    """What the officer found in the register of programmes."""

    accredited_to = Day(metadata={"description": "The last day of the accreditation; absent: as the provider told"})


class ComponentRefusalSchema(StrictSchema):
    """Why a unit is not listed."""

    ground = Choice(ComponentRefusal, required=True)
    reason = Text(required=True, validate=_length(2000), metadata={"description": "No names"})


class ComponentUndoingSchema(StrictSchema):
    """Why a step is taken back."""

    reason = Text(required=True, validate=_length(500), metadata={"description": "No names"})


class ListingEndSchema(StrictSchema):
    """Why a listing ends, and when."""

    ground = Choice(ListingEnd, required=True)
    ended_on = Day(metadata={"description": "Absent: today"})
    reason = Text(allow_none=True, load_default=None, validate=_length(500), metadata={"description": "No names"})


class ProgrammeEndSchema(StrictSchema):
    """The end of a programme's accreditation, and of the listing of all its units."""

    programme_reference = Text(required=True, validate=_length(60))
    components = Whole(
        required=True,
        validate=ma.validate.Range(1, 1000, error="Write a number from 1 to 1000."),
        metadata={"description": "How many are listed of it, as the list showed"},
    )
    ended_on = Day(metadata={"description": "Absent: today"})
    reason = Text(required=True, validate=_length(500), metadata={"description": "No names"})


class ComponentQuerySchema(ma.Schema):
    """Which components to list."""

    status = Choice(ComponentStatus)
    provider_id = Text(validate=_length(100))
    programme_reference = Text(validate=_length(60))


class ComponentSchema(ma.Schema):
    """A unit of an accredited programme."""

    component_id = ma.fields.String()
    version = ma.fields.Integer(metadata={"description": "Of its stream; the ETag"})
    provider_id = ma.fields.String()
    status = ma.fields.Enum(ComponentStatus, by_value=True)
    programme_reference = ma.fields.String()
    programme_title = ma.fields.String()
    programme_level = ma.fields.Integer()
    programme_credits = Exact(1)
    codes = ma.fields.List(ma.fields.String())
    title_en = ma.fields.String(allow_none=True)
    title_ms = ma.fields.String(allow_none=True)
    level = ma.fields.Integer()
    credits = Exact(1)
    hours = ma.fields.Integer()
    outcomes = ma.fields.List(ma.fields.Nested(UnitOutcomeSchema))
    notified_on = ma.fields.Date()
    check_due_on = ma.fields.Date(allow_none=True, metadata={"description": "By when it is to be answered"})
    accredited_to = ma.fields.Date(metadata={"description": "The last day of the programme's accreditation"})
    decision_code = ma.fields.String(allow_none=True, metadata={"description": "LIST, ELIG-NO, WD-P, EXP or CEASE"})
    decision_class = ma.fields.String(allow_none=True)
    listed_on = ma.fields.Date(allow_none=True)
    number = ma.fields.String(allow_none=True, metadata={"description": "In the register"})
    refusal_ground = ma.fields.Enum(ComponentRefusal, by_value=True, allow_none=True)
    end_ground = ma.fields.Enum(ListingEnd, by_value=True, allow_none=True)
    ended_on = ma.fields.Date(allow_none=True)
    reason = ma.fields.String(allow_none=True, metadata={"description": "Of the last refusal, end or undoing"})
    simulated = YesNo()
    created_at = ma.fields.AwareDateTime()
