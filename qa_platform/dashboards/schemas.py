"""The wire of dashboards: the clock of a case, and the month's report."""

from __future__ import annotations

import marshmallow as ma

from qa_platform.dashboards.clock import State
from qa_platform.submissions.decider import Status

_STATE = ma.validate.OneOf([state.value for state in State])


class ClocksQuerySchema(ma.Schema):
    """Which cases to list; drafts have no clock."""

    status = ma.fields.Enum(Status, by_value=True)
    provider_id = ma.fields.String(validate=ma.validate.Length(1, 100))


class ReportQuerySchema(ma.Schema):
    """Of which month."""

    month = ma.fields.String(
        validate=ma.validate.Regexp(r"20\d\d-(0[1-9]|1[0-2])\Z", error="Write a month as YYYY-MM."),
        metadata={"description": "Such as 2026-11; by default the month of today"},
    )


class ClockSchema(ma.Schema):
    """Whose turn it is in a case, since when, and by when it is due; all days are working days."""

    submission_id = ma.fields.String()
    provider_id = ma.fields.String()
    title_en = ma.fields.String(allow_none=True)
    state = ma.fields.String(validate=_STATE)
    holder = ma.fields.String()
    since = ma.fields.Date()
    used = ma.fields.Integer(metadata={"description": "In this state, all its times together"})
    target = ma.fields.Integer(allow_none=True)
    due_on = ma.fields.Date(allow_none=True)
    stopped = ma.fields.Boolean(metadata={"description": "The legal clock stands still: the provider holds the case"})
    total_used = ma.fields.Integer(metadata={"description": "Of the legal time, from acceptance to publication"})
    total_target = ma.fields.Integer()
    total_due_on = ma.fields.Date(allow_none=True, metadata={"description": "Moves while the clock stands still"})
    alarm = ma.fields.String(validate=ma.validate.OneOf(["none", "near", "late"]))
    by_state = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer())
    by_holder = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer())


class ReportSchema(ma.Schema):
    """How the cases kept their time of which a decision was released in a month."""

    month = ma.fields.String()
    cases = ma.fields.Integer()
    within = ma.fields.Integer(metadata={"description": "How many took no longer than the whole legal time"})
    within_percent = ma.fields.Integer(allow_none=True, metadata={"description": "Rounded down; null without cases"})
    late_by_state = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Integer(),
        metadata={"description": "In how many cases a state took longer than its own time"},
    )


class RefusalSchema(ma.Schema):
    """A refusal in summary."""

    submission_id = ma.fields.String()
    provider_id = ma.fields.String()
    course_id = ma.fields.String()
    course_version = ma.fields.String()
    title_en = ma.fields.String(allow_none=True)
    title_ms = ma.fields.String(allow_none=True)
    decision_code = ma.fields.String()
    released_on = ma.fields.Date()
    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    areas = ma.fields.List(
        ma.fields.String(), metadata={"description": "The areas of the standard in which it is grounded"}
    )
    simulated = ma.fields.Boolean(metadata={"description": "Invented for a demonstration; no real course"})
