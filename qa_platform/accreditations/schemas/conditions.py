"""The wire of conditions: evidence, checks, verdicts, and the document that closes them."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma

from qa_platform.accreditations.decider import ConditionStatus
from qa_platform.accreditations.events import CheckedBy, ClosingDocument, EvidenceDocument
from qa_platform.web.ids import Id

_MOST = 50
_SHA256 = ma.validate.Regexp(r"[0-9a-f]{64}\Z", error="Give the SHA-256 of the file: 64 digits and small letters.")
_TEXT = ma.validate.Length(1, 2000, error="Write 1 to 2000 characters here.")
_SOME = ma.validate.Length(1, _MOST, error=f"Name 1 to {_MOST} documents.")


def _reason() -> ma.fields.String:
    return ma.fields.String(required=True, validate=_TEXT, metadata={"description": "In sentences, without names"})


class EvidenceDocumentSchema(ma.Schema):
    """A file that shows something."""

    title = ma.fields.String(required=True, validate=ma.validate.Length(1, 200), metadata={"description": "No names"})
    sha256 = ma.fields.String(required=True, validate=_SHA256)

    @ma.post_load
    def _document(self, loaded: dict[str, Any], **_options: object) -> EvidenceDocument:
        return EvidenceDocument(**loaded)


class ClosingDocumentSchema(ma.Schema):
    """One language version of a document of the agency."""

    language = ma.fields.String(required=True, validate=ma.validate.OneOf(["en", "ms"]))
    sha256 = ma.fields.String(required=True, validate=_SHA256)

    @ma.post_load
    def _document(self, loaded: dict[str, Any], **_options: object) -> ClosingDocument:
        return ClosingDocument(**loaded)


class FilingSchema(ma.Schema):
    """Evidence that a condition is met."""

    filing = ma.fields.Integer(dump_only=True, metadata={"description": "Its number, from 1"})
    filed_on = ma.fields.Date(dump_only=True)
    statement = ma.fields.String(required=True, validate=_TEXT, metadata={"description": "What the documents show"})
    documents = ma.fields.List(ma.fields.Nested(EvidenceDocumentSchema), required=True, validate=_SOME)

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return loaded | {"documents": tuple(loaded["documents"])}


class CheckerSchema(ma.Schema):
    """Who is to check from now on, and why."""

    checked_by = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(CheckedBy)))
    reason = _reason()


class RulingSchema(ma.Schema):
    """A verdict on a condition."""

    verdict = ma.fields.String(required=True, validate=ma.validate.OneOf(["met", "partly_met", "not_met"]))
    reason = _reason()
    due_on = ma.fields.Date(metadata={"description": "With partly_met: the new last day; absent: as long as usual"})


class ReversalSchema(ma.Schema):
    """Why a verdict was recorded in error."""

    reason = _reason()


class ClosingSchema(ma.Schema):
    """The document that says that all conditions are met."""

    documents = ma.fields.List(ma.fields.Nested(ClosingDocumentSchema), required=True, validate=_SOME)

    @ma.post_load
    def _frozen(self, loaded: dict[str, Any], **_options: object) -> dict[str, Any]:
        return loaded | {"documents": tuple(loaded["documents"])}


class CorrectionSchema(ClosingSchema):
    """The notice that says that the closing document was issued in error; both stay in the history."""

    reason = ma.fields.String(
        required=True, validate=_TEXT, metadata={"description": "Everybody reads it in the register: no names"}
    )


class ConditionQuerySchema(ma.Schema):
    """Which conditions to list."""

    status = ma.fields.String(validate=ma.validate.OneOf([status.value for status in ConditionStatus]))
    held_by = ma.fields.String(
        validate=ma.validate.OneOf(["provider", "panel", "officer"]), metadata={"description": "Who has the next step"}
    )
    mine = ma.fields.Boolean(load_default=False, metadata={"description": "Only where the next step is yours"})
    overdue = ma.fields.Boolean(load_default=False, metadata={"description": "Only those whose day has passed"})
    accreditation_id = Id()
    submission_id = ma.fields.String(validate=ma.validate.Length(1, 100))


class RuledSchema(ma.Schema):
    """A verdict that was given; one that was taken back says when, and why."""

    verdict = ma.fields.String(metadata={"description": "COND-MET, COND-EXT or COND-FAIL"})
    reason = ma.fields.String()
    ruled_on = ma.fields.Date()
    reversed_on = ma.fields.Date(allow_none=True)
    reversed_because = ma.fields.String(allow_none=True)


class ConditionSchema(ma.Schema):
    """A condition, and who holds the ball until when."""

    condition_id = ma.fields.String()
    version = ma.fields.Integer()
    number = ma.fields.String(allow_none=True, metadata={"description": "The entry of the register that it is about"})
    title_en = ma.fields.String(allow_none=True)
    title_ms = ma.fields.String(allow_none=True)
    submission_id = ma.fields.String()
    decision_id = ma.fields.String()
    accreditation_id = ma.fields.String()
    provider_id = ma.fields.String()
    place = ma.fields.Integer(metadata={"description": "Its number among those of the decision"})
    of = ma.fields.Integer(metadata={"description": "How many the decision set"})
    criterion = ma.fields.String(allow_none=True)
    severity = ma.fields.String(metadata={"description": "A critical one freezes the intake while it is open"})
    text = ma.fields.String()
    checked_by = ma.fields.String()
    checker_id = ma.fields.String(
        allow_none=True, metadata={"description": "Who has the check in hand; null outside the agency's office"}
    )
    decided_on = ma.fields.Date()
    set_on = ma.fields.Date()
    due_on = ma.fields.Date(metadata={"description": "The last day for evidence"})
    latest_on = ma.fields.Date(metadata={"description": "No extension goes beyond this day"})
    status = ma.fields.String()
    extended = ma.fields.Boolean(metadata={"description": "Whether it was extended, which happens once"})
    held_by = ma.fields.String(allow_none=True, metadata={"description": "provider, panel or officer; null: nobody"})
    held_until = ma.fields.Date(allow_none=True)
    overdue = ma.fields.Boolean(metadata={"description": "Whether that day has passed; due today is not overdue"})
    revocation_may_begin = ma.fields.Boolean(metadata={"description": "It was found not to be met"})
    filings = ma.fields.List(ma.fields.Nested(FilingSchema))
    rulings = ma.fields.List(ma.fields.Nested(RuledSchema))


class AwaitedClosingSchema(ma.Schema):
    """An entry all of whose conditions are met, and whose closing document is to be issued."""

    number = ma.fields.String()
    accreditation_id = ma.fields.String()
    submission_id = ma.fields.String()
    provider_id = ma.fields.String()
    title_en = ma.fields.String(allow_none=True)
    title_ms = ma.fields.String(allow_none=True)
    met_on = ma.fields.Date(metadata={"description": "When the last condition was met"})
    held_by = ma.fields.String()
    held_until = ma.fields.Date()
