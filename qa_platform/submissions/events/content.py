"""What a submission says about a course: all of it (`CourseContent`), or a change to it (`CoursePatch`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import msgspec

from qa_platform.submissions.events.parts import (
    Assessment,
    AssessmentSample,
    Cohort,
    Contact,
    DeliveryLocation,
    DeliveryShare,
    ExclusionDeclaration,
    FileReference,
    FundingScheme,
    GradingScale,
    LearningTimeRow,
    LevelJustification,
    LevelShare,
    NeedEvidence,
    OtherCost,
    OtherCredits,
    Outcome,
    OutcomeIndicator,
    Part,
    Partner,
    PassRule,
    Platform,
    ProfessionalBody,
    Reassessment,
    StackTarget,
    TeachingPerson,
    about,
)
from qa_platform.submissions.events.words import AccessibilityLevel, CredentialFormat, DeliveryMode, Pace, TargetLearner

Words = tuple[Annotated[str, about("Word", longest=100)], ...]
Codes = tuple[Annotated[str, about("Code", longest=60, kind="code")], ...]
Languages = tuple[Annotated[str, about("Language, ISO 639-1", shortest=2, longest=2, kind="code")], ...]


class CourseContent(Part, frozen=True, kw_only=True):
    """A course as its provider describes it; what has not been said yet is None."""

    # Identity
    title_en: Annotated[str | None, about("Title in English", shortest=5, longest=120)] = None
    title_ms: Annotated[str | None, about("Title in Malay", shortest=5, longest=120)] = None
    title_exception_reason: Annotated[str | None, about("Why a reserved word may stand in the title", longest=500)] = (
        None
    )
    brand_permission_file: Annotated[FileReference | None, about("Leave to use a brand name in the title")] = None
    short_description: Annotated[str | None, about("What the course is, in 30 to 60 words", longest=800)] = None
    synopsis: Annotated[str | None, about("What it is about, in at most 300 words", longest=4000)] = None
    course_page_url: Annotated[str | None, about("Where the course is advertised", longest=500, kind="uri")] = None
    skills: Annotated[Words | None, about("Skills that it trains, in free words")] = None
    parent_programme_mqr_ref: Annotated[
        str | None, about("Register reference of the programme it is a component of", longest=60, kind="number")
    ] = None
    parent_course_codes: Annotated[Codes | None, about("Codes of the courses in that programme")] = None
    parent_credits: Annotated[
        Decimal | None, about("Credits of the component in that programme", least=0, most=1000, places=1)
    ] = None
    language_of_instruction: Annotated[Languages | None, about("Languages of instruction, ISO 639-1")] = None
    language_of_assessment: Annotated[Languages | None, about("Languages of assessment, ISO 639-1")] = None
    exclusion_declaration: Annotated[ExclusionDeclaration | None, about("What the course is not")] = None

    # Level, field and volume
    mqf_level_claimed: Annotated[int | None, about("MQF level claimed; the main one if mixed", least=1, most=8)] = None
    level_shares: Annotated[tuple[LevelShare, ...] | None, about("Share of each level, if mixed")] = None
    level_justification: Annotated[tuple[LevelJustification, ...] | None, about("Why the level is right")] = None
    field_nec2020: Annotated[str | None, about("NEC-2020 field, four digits", shortest=4, longest=4, kind="code")] = (
        None
    )
    field_iscedf: Annotated[
        str | None, about("ISCED-F 2013 field, two to four digits", shortest=2, longest=4, kind="code")
    ] = None
    non_credit: Annotated[bool | None, about("The course carries no credit")] = None
    notional_hours: Annotated[int | None, about("Notional learning time, in hours", least=1, most=10000)] = None
    credits_claimed: Annotated[Decimal | None, about("MQF credits claimed", least=0, most=250, places=1)] = None
    credits_other: Annotated[OtherCredits | None, about("Its size in another system")] = None
    duration_weeks: Annotated[int | None, about("Duration in weeks", least=1, most=520)] = None
    pace: Annotated[Pace | None, about("Who sets the pace")] = None
    learning_time_rows: Annotated[tuple[LearningTimeRow, ...] | None, about("Learning time by topic")] = None

    # Outcomes and assessment
    outcomes: Annotated[tuple[Outcome, ...] | None, about("Learning outcomes")] = None
    assessments: Annotated[tuple[Assessment, ...] | None, about("Assessments")] = None
    grading_scale: Annotated[GradingScale | None, about("Grading scale")] = None
    pass_rule: Annotated[PassRule | None, about("When a learner has passed")] = None
    reassessment: Annotated[Reassessment | None, about("How a learner may try again")] = None
    assessment_samples: Annotated[tuple[AssessmentSample, ...] | None, about("Samples of assessed work")] = None

    # People, delivery and access
    delivery_mode: Annotated[DeliveryMode | None, about("How the course is delivered")] = None
    delivery_shares: Annotated[tuple[DeliveryShare, ...] | None, about("Share of each mode, if blended")] = None
    delivery_locations: Annotated[tuple[DeliveryLocation, ...] | None, about("Where it is held")] = None
    platform: Annotated[Platform | None, about("The system on which it runs")] = None
    technical_needs: Annotated[str | None, about("What learners need technically", longest=2000)] = None
    instructors: Annotated[tuple[TeachingPerson, ...] | None, about("Who teaches")] = None
    assessors: Annotated[tuple[TeachingPerson, ...] | None, about("Who assesses")] = None
    external_moderator: Annotated[TeachingPerson | None, about("Who moderates from outside")] = None
    instructor_ratio: Annotated[int | None, about("Learners per instructor", least=1, most=1_000_000)] = None
    entry_requirements: Annotated[str | None, about("Entry requirements; may be “none”", longest=2000)] = None
    prior_knowledge: Annotated[str | None, about("Prior knowledge; may be “none”", longest=2000)] = None
    minimum_age: Annotated[int | None, about("Minimum age in years", least=0, most=120)] = None
    target_learners: Annotated[tuple[TargetLearner, ...] | None, about("For whom it is meant")] = None
    accessibility_level: Annotated[AccessibilityLevel | None, about("Accessibility of the materials")] = None
    accessibility_report_file: Annotated[FileReference | None, about("Report that shows it")] = None
    support_contact: Annotated[Contact | None, about("Whom learners ask")] = None
    response_time_hours: Annotated[int | None, about("Within how many hours they are answered", least=1, most=9999)] = (
        None
    )

    # Relevance, recognition, money and quality
    need_evidence: Annotated[tuple[NeedEvidence, ...] | None, about("Evidence that it is needed")] = None
    occupations: Annotated[Codes | None, about("MASCO or ISCO-08 codes")] = None
    partners: Annotated[tuple[Partner, ...] | None, about("Organisations that stand behind it")] = None
    professional_body: Annotated[ProfessionalBody | None, about("Professional body that recognises it")] = None
    stackable: Annotated[bool | None, about("Its credits count towards a larger award")] = None
    stack_targets: Annotated[tuple[StackTarget, ...] | None, about("Awards that they count towards")] = None
    fee_amount: Annotated[int | None, about("Fee in minor units (sen)", least=0, most=10**12)] = None
    fee_currency: Annotated[
        str | None, about("Currency of all amounts, ISO 4217", shortest=3, longest=3, kind="code")
    ] = None
    fee_includes_tax: Annotated[bool | None, about("Tax is included")] = None
    other_costs: Annotated[tuple[OtherCost, ...] | None, about("What else a learner must pay")] = None
    total_price: Annotated[int | None, about("Fee and other costs, in minor units (sen)", least=0, most=10**13)] = None
    refund_policy_url: Annotated[str | None, about("Refund policy", longest=500, kind="uri")] = None
    funding_schemes: Annotated[tuple[FundingScheme, ...] | None, about("Schemes that pay for learners")] = None
    credential_specimen_pdf: Annotated[FileReference | None, about("Specimen of the credential, as PDF")] = None
    credential_specimen_json: Annotated[FileReference | None, about("Specimen of the credential, as JSON")] = None
    credential_format: Annotated[CredentialFormat | None, about("How the digital credential is made")] = None
    qa_contact: Annotated[Contact | None, about("Whom to ask about its quality")] = None
    qa_statement_url: Annotated[str | None, about("The provider's statement on quality", longest=500, kind="uri")] = (
        None
    )
    review_date_planned: Annotated[date | None, about("When the provider will review it")] = None
    cohorts: Annotated[tuple[Cohort, ...] | None, about("Cohorts that have been through it")] = None
    outcome_indicators: Annotated[tuple[OutcomeIndicator, ...] | None, about("What became of its learners")] = None


if TYPE_CHECKING:

    class CoursePatch(CourseContent, frozen=True, kw_only=True):
        """A change to a course: each field is UNSET (unchanged), None (emptied) or its new value."""

else:
    # The same fields once more, each with UNSET as its default; two lists by hand would drift apart.
    CoursePatch = msgspec.defstruct(
        "CoursePatch",
        [
            (field.name, field.type | msgspec.UnsetType, msgspec.UNSET)
            for field in msgspec.structs.fields(CourseContent)
        ],
        module=__name__,
        namespace={
            "__doc__": "A change to a course: each field is UNSET (unchanged), None (emptied) or its new value."
        },
        frozen=True,
        kw_only=True,
    )
