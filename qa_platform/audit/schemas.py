"""The wire of replays, and of what the nightly checks came to."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from qa_platform.audit.cases import Instant
from qa_platform.kernel.roles import Role
from qa_platform.web.paging import DEFAULT_LIMIT, LARGEST_LIMIT

_AT = "An instant with its offset, such as 2026-03-01T09:00:00+08:00: up to the last event recorded by then"
_LARGEST_POSITION = 2**53 - 1


class InstantSchema(ma.Schema):
    """Which instant of a case is asked for, and through whose eyes."""

    as_of = ma.fields.AwareDateTime(format="iso", metadata={"description": _AT})
    position = ma.fields.Integer(
        validate=ma.validate.Range(0, _LARGEST_POSITION),
        metadata={"description": "A position of the ledger: up to and with the event there"},
    )
    seen_as = ma.fields.Enum(
        Role, by_value=True, metadata={"description": "For auditors: see it as this role could see it"}
    )
    seat = ma.fields.Integer(
        load_default=1,
        validate=ma.validate.Range(1, 9),
        metadata={"description": "Which reviewer, with seen_as=reviewer"},
    )

    @ma.post_load
    def instant(self, loaded: dict[str, Any], **_more: Any) -> dict[str, Any]:  # noqa: ANN401 -- marshmallow's own
        """Return the instant, the role and the seat."""
        instant = Instant(position=loaded.get("position"), at=loaded.get("as_of"))
        return {"instant": instant, "role": loaded.get("seen_as"), "seat": loaded["seat"]}


class SpanSchema(ma.Schema):
    """Two instants between which changes are asked for."""

    from_at = ma.fields.AwareDateTime(data_key="from", format="iso", metadata={"description": _AT})
    to_at = ma.fields.AwareDateTime(data_key="to", format="iso", metadata={"description": _AT})
    from_position = ma.fields.Integer(validate=ma.validate.Range(0, _LARGEST_POSITION))
    to_position = ma.fields.Integer(validate=ma.validate.Range(0, _LARGEST_POSITION))

    @ma.validates_schema
    def has_a_start(self, loaded: dict[str, Any], **_more: Any) -> None:  # noqa: ANN401 -- marshmallow's own
        """Refuse a span without a beginning; without an end it ends now."""
        if "from_at" not in loaded and "from_position" not in loaded:
            raise ma.ValidationError("Say where to begin: a time (from) or a position (from_position).", "from")

    @ma.post_load
    def instants(self, loaded: dict[str, Any], **_more: Any) -> dict[str, Instant]:  # noqa: ANN401 -- marshmallow's own
        """Return the two instants."""
        return {
            "first": Instant(position=loaded.get("from_position"), at=loaded.get("from_at")),
            "second": Instant(position=loaded.get("to_position"), at=loaded.get("to_at")),
        }


class SeenSchema(ma.Schema):
    """One event, as the viewer sees it."""

    position = ma.fields.Integer(allow_none=True, metadata={"description": "Its place in the ledger; null: not yet"})
    at = ma.fields.AwareDateTime(format="iso", metadata={"description": "When it was recorded here"})
    effective_on = ma.fields.Date(
        allow_none=True, metadata={"description": "The day on which it happened, where that is not the recording"}
    )
    name = ma.fields.String(metadata={"description": "The stored name of what happened"})
    actor = ma.fields.String(metadata={"description": "A pseudonym of this case, stable in every view of it"})
    review = ma.fields.String(allow_none=True, metadata={"description": "Which of the case's reviews it belongs to"})
    data = ma.fields.Dict()
    record = ma.fields.Dict(allow_none=True, metadata={"description": "For auditors: where it stands in the ledger"})


class TimelineSchema(ma.Schema):
    """The events of a case."""

    items = ma.fields.List(ma.fields.Nested(SeenSchema), required=True)


class CaseStateSchema(ma.Schema):
    """The whole state of a case at an instant, as the viewer could see it."""

    case_id = ma.fields.String(required=True)
    position = ma.fields.Integer(allow_none=True)
    at = ma.fields.AwareDateTime(format="iso", metadata={"description": "When the last event in it was recorded"})
    events = ma.fields.Integer(metadata={"description": "How many events the viewer sees"})
    submission = ma.fields.Dict()
    component = ma.fields.Dict()
    content = ma.fields.Dict()
    people = ma.fields.Dict()
    panel = ma.fields.Dict()
    reviews = ma.fields.Dict()
    queries = ma.fields.Dict()
    outcome = ma.fields.Dict(allow_none=True)
    decision = ma.fields.Dict()
    accreditation = ma.fields.Dict()
    conditions = ma.fields.Dict(metadata={"description": "By id: what is asked, what was filed, what was ruled"})
    history = ma.fields.Dict(
        metadata={"description": "Of another agency's accreditation: its actions by effective date, and its status"}
    )


class ChangeSchema(ma.Schema):
    """One thing that changed; null stands for absent."""

    path = ma.fields.String()
    before = ma.fields.Raw(allow_none=True)
    after = ma.fields.Raw(allow_none=True)


class ChangesSchema(ma.Schema):
    """What changed between two instants."""

    items = ma.fields.List(ma.fields.Nested(ChangeSchema), required=True)


class CheckQuerySchema(ma.Schema):
    """How many results, and from where."""

    limit = ma.fields.Integer(load_default=DEFAULT_LIMIT, validate=ma.validate.Range(1, LARGEST_LIMIT))
    cursor = ma.fields.Integer(
        validate=ma.validate.Range(1, _LARGEST_POSITION), metadata={"description": "The `next` of the page before"}
    )


class CheckSummarySchema(ma.Schema):
    """What a check came to, in figures."""

    check_id = ma.fields.Integer()
    started_at = ma.fields.AwareDateTime(format="iso")
    finished_at = ma.fields.AwareDateTime(format="iso")
    head = ma.fields.Integer(metadata={"description": "Events up to this position were looked at"})
    unsequenced = ma.fields.Integer(metadata={"description": "Events that had no position, and were not looked at"})
    violations = ma.fields.Integer(metadata={"description": "0 is what everybody hopes for"})
    unchecked = ma.fields.Integer(metadata={"description": "How many invariants could not be checked"})


class CheckSummaryPageSchema(ma.Schema):
    """A page of results."""

    items = ma.fields.List(ma.fields.Nested(CheckSummarySchema), required=True)
    next = ma.fields.String(required=True, allow_none=True)


class ViolationSchema(ma.Schema):
    """One place where an invariant does not hold."""

    what = ma.fields.String(metadata={"description": "A sentence that names no person"})
    position = ma.fields.Integer(allow_none=True)
    stream = ma.fields.String(allow_none=True)
    version = ma.fields.Integer(allow_none=True)
    row = ma.fields.String(allow_none=True, metadata={"description": "The key of a row that is no event"})


class FindingSchema(ma.Schema):
    """What came of one invariant."""

    name = ma.fields.String()
    holds = ma.fields.String(metadata={"description": "What must hold, and why it matters"})
    violations = ma.fields.Integer()
    shown = ma.fields.List(ma.fields.Nested(ViolationSchema), metadata={"description": "The first of them"})
    trouble = ma.fields.String(allow_none=True, metadata={"description": "Why it could not be checked"})
    seconds = ma.fields.Float()


class CheckSchema(CheckSummarySchema):
    """What a check came to, invariant by invariant."""

    seconds = ma.fields.Float()
    findings = ma.fields.List(ma.fields.Nested(FindingSchema))
