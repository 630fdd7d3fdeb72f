"""The wire of the register."""

from __future__ import annotations

import marshmallow as ma

from qa_platform.accreditations.read_model import ENDED, EXPIRED
from qa_platform.accreditations.schemas.conditions import ClosingDocumentSchema


class AccreditationQuerySchema(ma.Schema):
    """Which entries to list."""

    q = ma.fields.String(
        validate=ma.validate.Length(1, 200), metadata={"description": "Words in the title, or a number"}
    )
    provider_id = ma.fields.String(validate=ma.validate.Length(1, 100))
    level = ma.fields.Integer(validate=ma.validate.Range(1, 8))
    kind = ma.fields.String(validate=ma.validate.OneOf(["course", "component"]))
    status = ma.fields.String(validate=ma.validate.OneOf(["listed", "conditional", EXPIRED, ENDED]))


class RegisterDocumentSchema(ma.Schema):
    """One document of an entry's history."""

    kind = ma.fields.String(metadata={"description": "The code of the decision, COND-MET or CORR"})
    decision_class = ma.fields.String(allow_none=True)
    issued_on = ma.fields.Date()
    record = ma.fields.String(metadata={"description": "The digest of the ledger's record of it"})
    documents = ma.fields.List(ma.fields.Nested(ClosingDocumentSchema), metadata={"description": "By language"})
    reason = ma.fields.String(allow_none=True, metadata={"description": "Of a correction"})


class AccreditationSchema(ma.Schema):
    """An entry of the register."""

    number = ma.fields.String()
    kind = ma.fields.String(metadata={"description": "A course, or a component: a unit of an accredited programme"})
    programme_reference = ma.fields.String(allow_none=True, metadata={"description": "Of a component"})
    programme_title = ma.fields.String(allow_none=True)
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
    status_since = ma.fields.Date()
    open_conditions = ma.fields.Integer(metadata={"description": "How many conditions are not met yet"})
    conditions_due_on = ma.fields.Date(allow_none=True, metadata={"description": "When the next of them is due"})
    intake_allowed = ma.fields.Boolean(
        metadata={"description": "False beyond validity, and while a critical condition is open"}
    )
    history = ma.fields.List(
        ma.fields.Nested(RegisterDocumentSchema),
        metadata={"description": "All its documents, none of them overwritten"},
    )
    valid_to = ma.fields.Date(metadata={"description": "The last day on which it is valid"})
    status = ma.fields.String()
    simulated = ma.fields.Boolean(metadata={"description": "Invented for a demonstration; no real course"})
