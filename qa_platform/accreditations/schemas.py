"""The wire of the register."""

from __future__ import annotations

import marshmallow as ma

from qa_platform.accreditations.read_model import EXPIRED


class AccreditationQuerySchema(ma.Schema):
    """Which entries to list."""

    q = ma.fields.String(
        validate=ma.validate.Length(1, 200), metadata={"description": "Words in the title, or a number"}
    )
    provider_id = ma.fields.String(validate=ma.validate.Length(1, 100))
    level = ma.fields.Integer(validate=ma.validate.Range(1, 8))
    status = ma.fields.String(validate=ma.validate.OneOf(["listed", "conditional", EXPIRED]))


class AccreditationSchema(ma.Schema):
    """An entry of the register."""

    number = ma.fields.String()
    version = ma.fields.Integer()
    accreditation_id = ma.fields.String()
    submission_id = ma.fields.String()
    decision_code = ma.fields.String()
    decision_class = ma.fields.String()
    course_id = ma.fields.String()
    course_version = ma.fields.String()
    provider_id = ma.fields.String()
    title_en = ma.fields.String(allow_none=True)
    title_ms = ma.fields.String(allow_none=True)
    level = ma.fields.Integer(allow_none=True)
    credits = ma.fields.Decimal(as_string=True, allow_none=True)
    hours = ma.fields.Decimal(as_string=True, allow_none=True)
    valid_from = ma.fields.Date()
    valid_to = ma.fields.Date(metadata={"description": "The last day on which it is valid"})
    status = ma.fields.String()
    simulated = ma.fields.Boolean(metadata={"description": "Invented for a demonstration; no real course"})
