"""The wire of applications for recognition: form SAMC-01A, what intake asks, and how the agency answers."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma
import msgspec

from qa_platform.kernel.rejected import Fault, Missing
from qa_platform.providers.decider import Stage
from qa_platform.providers.events import Capacity, Kind, Particulars, RefusalGround
from qa_platform.providers.read_model import Holder
from qa_platform.providers.schemas.fields import Digest, PersonText, SealedText, Text

_MOST = 50
_CAPACITIES: tuple[Capacity, ...] = get_args(Capacity)


def capacity_named(name: str) -> Capacity:
    """Return the capacity that stands in an address. Raises Missing."""
    for capacity in _CAPACITIES:
        if capacity == name:
            return capacity
    raise Missing(f"A provider has no “{name}”. Choose one of {', '.join(_CAPACITIES)}.")


class ProviderContactSchema(ma.Schema):
    """Somebody at a provider; all of it is sealed."""

    name = PersonText(200, required=True)
    designation = PersonText(200, required=True)
    email = ma.fields.Email(required=True, validate=ma.validate.Length(max=254))
    telephone = ma.fields.String(
        allow_none=True,
        validate=ma.validate.Regexp(
            r"\+?[0-9](?:[ ()./-]{0,2}[0-9]){5,18}\Z", error="Write digits, with + and the country's number first."
        ),
    )


class LiaisonOfficerSchema(ProviderContactSchema):
    """Who speaks for a provider with the agency, and can be called."""

    telephone = ma.fields.String(required=True, validate=ProviderContactSchema().fields["telephone"].validators)


class ProviderContactShownSchema(ma.Schema):
    """Somebody at a provider, as far as the asker may know him."""

    capacity = ma.fields.String(validate=ma.validate.OneOf(_CAPACITIES))
    subject = ma.fields.String(metadata={"description": "A pseudonym"})
    name = SealedText(allow_none=True)
    designation = SealedText(allow_none=True)
    email = SealedText(allow_none=True)
    telephone = SealedText(allow_none=True)


class RegistrationSchema(ma.Schema):
    """Where a regulating or funding body registered the provider."""

    body = Text(200, required=True)
    kind = Text(100, required=True, metadata={"description": "Such as licence, registration, grant"})
    number = Text(60, required=True, metadata={"description": "With which it can be verified there"})
    certificate_sha256 = Digest(allow_none=True, metadata={"description": "SHA-256 of the certificate"})


class AssessmentSampleSchema(ma.Schema):
    """One marked piece of work for a type of assessment, with what it was marked by; files by their SHA-256."""

    assessment_type = Text(100, required=True)
    work_sha256 = Digest(required=True)
    criteria_sha256 = Digest(required=True)
    rubric_sha256 = Digest(required=True)
    marking_scheme_sha256 = Digest(required=True)
    marks_sha256 = Digest(required=True)


class CompletedCohortSchema(ma.Schema):
    """The proof that a course was taught to its end once."""

    course_title = Text(300, required=True)
    started_on = ma.fields.Date(required=True)
    ended_on = ma.fields.Date(required=True)
    enrolled = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 1_000_000))
    completed = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 1_000_000))
    samples = ma.fields.List(
        ma.fields.Nested(AssessmentSampleSchema), required=True, validate=ma.validate.Length(max=_MOST)
    )


class ParticularsSchema(ma.Schema):
    """What a provider says of itself in form SAMC-01A."""

    legal_name = Text(300, required=True)
    registration_number = Text(60, required=True, metadata={"description": "In the register of companies, or alike"})
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(Kind)))
    country = ma.fields.String(
        required=True,
        validate=ma.validate.Regexp(r"[A-Z]{2}\Z", error="Write the two letters of ISO 3166-1, such as MY."),
    )
    established_on = ma.fields.Date(required=True)
    legal_basis = Text(1000, required=True, metadata={"description": "The law or charter, and the mandate under it"})
    scope_of_business = Text(2000, required=True)
    website = ma.fields.Url(
        schemes={"http", "https"}, allow_none=True, load_default=None, validate=ma.validate.Length(max=300)
    )
    registrations = ma.fields.List(
        ma.fields.Nested(RegistrationSchema), load_default=list, validate=ma.validate.Length(max=_MOST)
    )
    cohort = ma.fields.Nested(CompletedCohortSchema, required=True)
    learner_records = Text(
        4000,
        required=True,
        metadata={"description": "How application, progress, performance, attrition and completion are recorded"},
    )
    digital_credential = Text(
        4000, required=True, metadata={"description": "What it is, and how it meets the required elements"}
    )

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> Particulars:  # noqa: ANN401 -- as marshmallow calls it
        """Return the particulars as the rules know them."""
        return msgspec.convert(said, Particulars)


class ApplySchema(ma.Schema):
    """An application for recognition: form SAMC-01A."""

    particulars = ma.fields.Nested(ParticularsSchema, required=True)
    chief_executive = ma.fields.Nested(ProviderContactSchema, required=True)
    liaison_officer = ma.fields.Nested(LiaisonOfficerSchema, required=True)


class WantedSchema(ma.Schema):
    """One thing that an application lacks, and where."""

    field = ma.fields.String(
        load_default="",
        validate=ma.validate.Length(max=200),
        metadata={"description": "Dotted path, such as particulars.cohort.samples; empty: the whole"},
    )
    message = Text(1000, required=True)


class InformationRequestSchema(ma.Schema):
    """What the agency wants to know, and until when."""

    faults = ma.fields.List(ma.fields.Nested(WantedSchema), load_default=list, validate=ma.validate.Length(max=200))
    remark = Text(2000, load_default=None, metadata={"description": "No names"})
    due_on = ma.fields.Date(metadata={"description": "The last day to answer; absent: as many working days as usual"})

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- as marshmallow calls it
        """Return the request with its faults as the rules know them."""
        return said | {"faults": tuple(Fault(**fault) for fault in said["faults"])}


class InformationSchema(ma.Schema):
    """A provider's answer."""

    answer = Text(4000, required=True, metadata={"description": "No names"})
    particulars = ma.fields.Nested(
        ParticularsSchema, metadata={"description": "All of them as they are now; absent: as they were"}
    )


class GrantSchema(ma.Schema):
    """The term of a recognition that was applied for."""

    valid_from = ma.fields.Date(metadata={"description": "Absent: today, or the day after the running term"})
    valid_to = ma.fields.Date(metadata={"description": "Last day; absent: as many months as the agency gives"})


class RefusalSchema(ma.Schema):
    """Why a provider is not recognised."""

    grounds = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(get_args(RefusalGround))),
        required=True,
        validate=ma.validate.Length(1, len(get_args(RefusalGround))),
    )
    reasons = Text(4000, required=True, metadata={"description": "For the provider; no names"})

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- as marshmallow calls it
        """Return the grounds each once, in the order of the list."""
        return said | {"grounds": tuple(one for one in get_args(RefusalGround) if one in said["grounds"])}


class ApplicationWithdrawalSchema(ma.Schema):
    """Why a provider asks no more."""

    reason = Text(2000, load_default=None, metadata={"description": "No names"})


class ApplicationQuerySchema(ma.Schema):
    """Which applications to list."""

    stage = ma.fields.Enum(Stage, by_value=True)
    holder = ma.fields.Enum(Holder, by_value=True, metadata={"description": "Who has to act next"})
    provider_id = ma.fields.String(validate=ma.validate.Length(1, 100))
    waiting = ma.fields.Boolean(metadata={"description": "Only what is, or is not, decided on yet"})
    due_before = ma.fields.Date(metadata={"description": "Only what its holder had until an earlier day"})


class ApplicationSummarySchema(ma.Schema):
    """An application in a list: how far it is, who holds it, and until when."""

    application_id = ma.fields.String()
    provider_id = ma.fields.String()
    legal_name = ma.fields.String()
    purpose = ma.fields.String(metadata={"description": "first, renewal, or again after an end"})
    stage = ma.fields.Enum(Stage, by_value=True)
    holder = ma.fields.Enum(Holder, by_value=True, allow_none=True, metadata={"description": "Who has to act next"})
    held_since = ma.fields.DateTime()
    due_on = ma.fields.Date(allow_none=True, metadata={"description": "Until when its holder has it"})
    applied_on = ma.fields.Date()
    requests = ma.fields.Integer(metadata={"description": "How often information was asked for"})
    ended_on = ma.fields.Date(allow_none=True)


class ApplicationSchema(ApplicationSummarySchema):
    """An application for recognition; its people are under the provider's contacts."""

    particulars = ma.fields.Nested(ParticularsSchema)
    request_faults = ma.fields.List(ma.fields.Nested(WantedSchema))
    request_remark = ma.fields.String(allow_none=True)
    answer = ma.fields.String(allow_none=True, metadata={"description": "The provider's latest"})
    grounds = ma.fields.List(ma.fields.String())
    reasons = ma.fields.String(allow_none=True)
