"""The wire of submissions: the same schemas for the form, the API and the import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow as ma

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider import CURRENT_DECLARATION, Status
from qa_platform.submissions.events import Capacity, ClosureGround, IntakeCode, Route, Step, TurnTo
from qa_platform.submissions.schemas.course import CourseSchema
from qa_platform.submissions.schemas.fields import Choice, Day, Exact, Rows, SealedText, StrictSchema, Text, YesNo

__all__ = [
    "AcceptanceSchema",
    "ClosureSchema",
    "CourseSchema",
    "DraftSchema",
    "LodgementSchema",
    "PersonDetailsSchema",
    "PersonSchema",
    "RefilingSchema",
    "ReturnSchema",
    "ReversalSchema",
    "StepReversalSchema",
    "SubmissionQuerySchema",
    "SubmissionSchema",
    "SubmissionSummarySchema",
    "WithdrawalSchema",
    "faults_of",
]

_SEMVER = r"(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}\Z"


def _length(longest: int, shortest: int = 1) -> ma.validate.Validator:
    return ma.validate.Length(shortest, longest, error=f"Write {shortest} to {longest} characters here.")


def faults_of(error: ma.ValidationError) -> tuple[Fault, ...]:
    """Return what a schema found, by dotted path."""
    return tuple(_flattened("", error.messages))


def _flattened(path: str, found: Any) -> Iterator[Fault]:  # noqa: ANN401 -- marshmallow's nested messages
    if isinstance(found, dict):
        for key, inner in found.items():
            step = "" if key == ma.exceptions.SCHEMA else str(key)
            yield from _flattened(".".join(filter(None, (path, step))), inner)
    else:
        yield from (Fault(path, str(message)) for message in found)


class DraftSchema(StrictSchema):
    """A course to put forward."""

    provider_id = Text(required=True, validate=_length(100), metadata={"description": "A provider you act for"})
    route = Choice(Route, required=True, metadata={"description": "SAMC stands alone, APMC is part of a programme"})
    course_id = Text(
        validate=_length(100), metadata={"description": "A course put forward before; absent: a new course"}
    )
    course_version = Text(
        load_default="1.0.0",
        validate=ma.validate.Regexp(_SEMVER, error="Write three numbers with dots between them, such as 1.0.0."),
        metadata={"description": "Up on any change of a course, such as 1.1.0"},
    )
    prior_accreditation_id = Text(
        allow_none=True,
        load_default=None,
        validate=_length(100),
        metadata={"description": "For a renewal or change: the accreditation that it follows"},
    )
    content = ma.fields.Nested(CourseSchema, metadata={"description": "What is known of the course already"})


class PersonDetailsSchema(StrictSchema):
    """Who somebody in the course is; all of it is kept sealed."""

    capacity = Choice(Capacity, required=True, metadata={"description": "What this person is to the course"})
    name = Text(required=True, validate=_length(200), metadata={"description": "The name as its bearer writes it"})
    email = Text(
        allow_none=True,
        load_default=None,
        validate=ma.validate.Email(error="Write an e-mail address, such as name@example.org."),
    )
    telephone = Text(
        allow_none=True,
        load_default=None,
        validate=ma.validate.Regexp(
            r"\+?\d(?:[ ()./-]{0,2}\d){5,18}\Z", error="Write digits, with + and the country's number first."
        ),
    )
    cv_sha256 = Text(
        allow_none=True,
        load_default=None,
        validate=ma.validate.Regexp(r"[0-9a-f]{64}\Z", error="Write the SHA-256 of the file, 64 digits in hex."),
        metadata={"description": "SHA-256 of the person's curriculum vitae, in hex"},
    )


class PersonSchema(ma.Schema):
    """Somebody in the course; null is what was not given, is erased, or is not yours to see."""

    subject = ma.fields.String(metadata={"description": "The pseudonym by which the course knows this person"})
    capacity = ma.fields.Enum(Capacity, by_value=True)
    name = SealedText(allow_none=True)
    email = SealedText(allow_none=True)
    telephone = SealedText(allow_none=True)
    cv_sha256 = SealedText(allow_none=True)


class LodgementSchema(StrictSchema):
    """The accountable officer's declaration."""

    text_version = Text(
        required=True,
        validate=_length(40),
        metadata={"description": f"The declaration that is made; now “{CURRENT_DECLARATION}”"},
    )


class AcceptanceSchema(StrictSchema):
    """Nothing is asked: the version of the standard is the one in force today."""


class FaultSchema(StrictSchema):
    """One thing that is missing or wrong, and where."""

    field = Text(load_default="", validate=_length(200, 0), metadata={"description": "Dotted path; empty: the whole"})
    message = Text(required=True, validate=_length(1000))


class ExtensionSchema(StrictSchema):
    """Until when a provider gets more time, and why."""

    due_on = Day(metadata={"description": "The last day to lodge again; absent: as many working days more as usual"})
    reason = Text(required=True, validate=_length(500), metadata={"description": "No names"})


class ReturnSchema(StrictSchema):
    """What is to be completed, and until when."""

    faults = Rows(ma.fields.Nested(FaultSchema), load_default=())
    remark = Text(allow_none=True, load_default=None, validate=_length(2000), metadata={"description": "No names"})
    due_on = Day(metadata={"description": "The last day to lodge again; absent: as many working days as usual"})

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- as marshmallow calls it
        """Return the return with its faults as the rules know them."""
        return said | {"faults": tuple(Fault(**fault) for fault in said["faults"])}


class ClosureSchema(StrictSchema):
    """Why the scheme does not take the course."""

    ground = Choice(ClosureGround, required=True)
    remark = Text(allow_none=True, load_default=None, validate=_length(2000), metadata={"description": "No names"})


class RefilingSchema(StrictSchema):
    """What is different when a course is filed again; all else is taken over from the earlier submission."""

    route = Choice(Route, metadata={"description": "Absent: as before"})
    course_version = Text(
        validate=ma.validate.Regexp(_SEMVER, error="Write three numbers with dots, such as 1.0.0."),
        metadata={"description": "Absent: as before"},
    )


class WithdrawalSchema(StrictSchema):
    """Why the submission is taken back."""

    reason = Text(allow_none=True, load_default=None, validate=_length(2000), metadata={"description": "No names"})


class ReversalSchema(StrictSchema):
    """Why a step is taken back; the provider is told this, in these words."""

    reason = Text(required=True, validate=_length(500), metadata={"description": "No names"})


class StepReversalSchema(ReversalSchema):
    """Which step is taken back, and why."""

    step = Choice(
        Step, required=True, validate=ma.validate.NoneOf([Step.WITHDRAWAL], error="Only its provider takes it back.")
    )
    due_on = Day(
        load_default=None,
        metadata={"description": "For a lapse: the new last day to lodge again; absent: after the usual working days"},
    )


class SubmissionQuerySchema(ma.Schema):
    """Which submissions to list."""

    status = Choice(Status)
    provider_id = Text(validate=_length(100))
    q = Text(validate=_length(120), metadata={"description": "Part of a title"})


class SubmissionSummarySchema(ma.Schema):
    """A submission in a list."""

    submission_id = ma.fields.String()
    version = ma.fields.Integer(metadata={"description": "Of its stream; the ETag"})
    course_id = ma.fields.String()
    course_version = ma.fields.String()
    provider_id = ma.fields.String()
    route = ma.fields.Enum(Route, by_value=True)
    status = ma.fields.Enum(Status, by_value=True)
    title_en = ma.fields.String(allow_none=True)
    title_ms = ma.fields.String(allow_none=True)
    level = ma.fields.Integer(allow_none=True, metadata={"description": "MQF level claimed"})
    credits = Exact(1, allow_none=True, metadata={"description": "MQF credits claimed"})
    hours = ma.fields.Integer(allow_none=True, metadata={"description": "Notional hours"})
    round = ma.fields.Integer(metadata={"description": "How often it was lodged"})
    lodged_on = ma.fields.Date(allow_none=True)
    accepted_on = ma.fields.Date(allow_none=True)
    due_on = ma.fields.Date(allow_none=True, metadata={"description": "If returned: the last day to lodge again"})
    return_extended = YesNo(metadata={"description": "If returned: whether it was given more time, which happens once"})
    decision_code = ma.fields.Enum(
        IntakeCode,
        by_value=True,
        allow_none=True,
        metadata={"description": "ELIG-NO not eligible, RET returned, LAPSE deemed withdrawn, WD-P withdrawn"},
    )
    missing_count = ma.fields.Integer(metadata={"description": "How many things keep it from being lodged"})
    simulated = YesNo()
    source_reference = ma.fields.String(allow_none=True, metadata={"description": "If imported: from where"})
    created_at = ma.fields.AwareDateTime()
    changed_at = ma.fields.AwareDateTime()


class IntakeOutcomeSchema(ma.Schema):
    """What turned a submission back, or ended it before its review."""

    code = ma.fields.Enum(IntakeCode, by_value=True)
    decision_class = ma.fields.String(allow_none=True)
    round = ma.fields.Integer(metadata={"description": "How often it had been lodged"})
    at = ma.fields.AwareDateTime()


class SubmissionSchema(SubmissionSummarySchema):
    """A submission."""

    prior_accreditation_id = ma.fields.String(allow_none=True)
    content = ma.fields.Nested(CourseSchema)
    named = ma.fields.List(ma.fields.String(), metadata={"description": "Pseudonyms of those who have a name"})
    content_digest = ma.fields.String(
        allow_none=True, metadata={"description": "SHA-256 of the content as it was lodged, in hex"}
    )
    standard_id = ma.fields.String(allow_none=True)
    rubric_version = ma.fields.String(allow_none=True, metadata={"description": "It is judged under this for ever"})
    rubric_hash = ma.fields.String(allow_none=True)
    return_faults = ma.fields.List(ma.fields.Nested(FaultSchema))
    return_remark = ma.fields.String(allow_none=True)
    closure_ground = ma.fields.Enum(ClosureGround, by_value=True, allow_none=True)
    closure_remark = ma.fields.String(allow_none=True)
    withdrawal_reason = ma.fields.String(allow_none=True)
    turn_to = ma.fields.Enum(
        TurnTo, by_value=True, allow_none=True, metadata={"description": "If not eligible: where the provider can turn"}
    )
    intake_outcomes = ma.fields.List(
        ma.fields.Nested(IntakeOutcomeSchema),
        metadata={"description": "What turned it back or ended it, the first first"},
    )
    refiles = ma.fields.String(
        allow_none=True, metadata={"description": "The earlier submission that this files again"}
    )
    filed_again_as = ma.fields.String(allow_none=True, metadata={"description": "The later one that files this again"})
    source_kind = ma.fields.String(allow_none=True)
    missing = ma.fields.List(
        ma.fields.Nested(FaultSchema), metadata={"description": "What keeps it from being lodged today, by field"}
    )
    warnings = ma.fields.List(ma.fields.Nested(FaultSchema), metadata={"description": "What reviewers may ask about"})
