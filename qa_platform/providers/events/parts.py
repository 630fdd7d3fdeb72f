"""The parts of an application: what form SAMC-01A asks of a provider."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Kind = Literal["company", "public_agency", "higher_education", "other", "unknown"]
Capacity = Literal["chief_executive", "liaison_officer"]
Purpose = Literal["first", "renewal", "again"]
Standing = Literal["registered", "recognised", "expired"]
RefusalGround = Literal[
    "no_completed_cohort",
    "not_a_legal_body",
    "records_not_kept",
    "credential_unsuitable",
    "untrue",
    "other",
]


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """Where a regulating or funding body registered the provider; the certificate is told by its SHA-256 (hex)."""

    body: str
    kind: str
    number: str
    certificate_sha256: str | None = None


class AssessmentSample(msgspec.Struct, frozen=True, kw_only=True):
    """One marked piece of learners' work for a type of assessment, with what it was marked by; files by SHA-256."""

    assessment_type: str
    work_sha256: str
    criteria_sha256: str
    rubric_sha256: str
    marking_scheme_sha256: str
    marks_sha256: str


class CompletedCohort(msgspec.Struct, frozen=True, kw_only=True):
    """The proof that a course was taught to its end once."""

    course_title: str
    started_on: date
    ended_on: date
    enrolled: int
    completed: int
    samples: tuple[AssessmentSample, ...]


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """All that a provider says of itself when it asks to be recognised; its people are told apart."""

    legal_name: str
    registration_number: str
    kind: Kind
    country: str
    established_on: date
    legal_basis: str
    scope_of_business: str
    website: str | None
    registrations: tuple[Registration, ...]
    cohort: CompletedCohort
    learner_records: str
    digital_credential: str
