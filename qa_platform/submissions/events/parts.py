"""The parts that a course is made of: one struct for each kind of row in a submission.

A part may be incomplete while the course is a draft, so all but its own code is optional; what
is missing is the rules' business. What is None or empty is not stored, so that a field added
later changes no digest of what was stored before. People are a pseudonym (`subject`) and what
is not personal about them; their names are sealed in `submission.person_named.v1`.
"""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 -- two parts have a field named date, as forms have
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from qa_platform.submissions.events.words import (
    AiUse,
    AssessmentType,
    Cluster,
    CreditBasis,
    DeliveryMode,
    Grouping,
    IndicatorCollector,
    IndicatorMethod,
    PartnerRole,
    PassBasis,
    Phase,
    SampleBand,
    Subdomain,
    TaskComplexity,
    Taxonomy,
)

Kind = Literal["text", "code", "number", "uri", "subject"]


def about(
    description: str,
    *,
    longest: int | None = None,
    shortest: int | None = None,
    least: int | None = None,
    most: int | None = None,
    places: int | None = None,
    pattern: str | None = None,
    kind: Kind = "text",
) -> Meta:
    """Return what a field is about, with its limits, for schemas and documents.

    The limits are checked where input comes in, not when an event is read: a limit may change,
    what was stored under the old one stays readable. `kind` says what a string holds; `text` is
    what others read, and may hold nothing personal; `number` is what a register issued, and may look like
    the number of an identity card.
    """
    limits = {
        "longest": longest,
        "shortest": shortest,
        "least": least,
        "most": most,
        "places": places,
        "pattern": pattern,
    }
    kept = {name: limit for name, limit in limits.items() if limit is not None}
    return Meta(description=description, extra={"kind": kind, **kept})


Subject = Annotated[str, about("Pseudonym of a person; the name is told under people", kind="subject")]
Hours = Annotated[Decimal | None, about("Hours, with at most one decimal", least=0, most=10000, places=1)]
Percent = Annotated[int | None, about("Whole per cent", least=0, most=100)]
Count = Annotated[int | None, about("Number of people", least=0, most=10_000_000)]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a course; it has no history of its own."""


class FileReference(Part, frozen=True, kw_only=True):
    """A file that is kept outside the ledger, and the hash that binds it."""

    name: Annotated[str, about("Name of the file", longest=255)]
    sha256: Annotated[str, about("SHA-256 of its bytes, in hex", pattern=r"[0-9a-f]{64}", kind="code")]
    size: Annotated[int, about("Size in bytes", least=0, most=2**53 - 1)]
    media_type: Annotated[
        str, about("Media type, such as application/pdf", pattern=r"[a-z]+/[a-z0-9.+-]{1,100}", kind="code")
    ]


class ExclusionDeclaration(Part, frozen=True, kw_only=True):
    """What the scheme does not take; the provider says of each whether the course is one."""

    foundation_studies: Annotated[bool | None, about("The course is foundation studies")] = None
    practical_training: Annotated[bool | None, about("The course is an internship or practical training")] = None
    final_project: Annotated[bool | None, about("The course is a final-year project")] = None
    research: Annotated[bool | None, about("The course is research")] = None


class LevelShare(Part, frozen=True, kw_only=True):
    """How much of a mixed course lies at one level."""

    level: Annotated[int, about("MQF level", least=1, most=8)]
    share_pct: Percent = None


class LevelJustification(Part, frozen=True, kw_only=True):
    """Why the claimed level is right, for one cluster of outcomes."""

    cluster: Annotated[Cluster, about("MQF cluster")]
    text: Annotated[str | None, about("Why the level is right", longest=800)] = None
    descriptor_ref: Annotated[str | None, about("The level descriptor it refers to", longest=120)] = None


class OtherCredits(Part, frozen=True, kw_only=True):
    """The size of the course in another system; for information."""

    ects: Annotated[Decimal | None, about("ECTS credits", least=0, most=1000, places=1)] = None
    basis: Annotated[str | None, about("How they were worked out", longest=500)] = None


class LearningTimeRow(Part, frozen=True, kw_only=True):
    """The hours that a learner spends on one topic, assessment apart."""

    topic: Annotated[str | None, about("Topic", longest=250)] = None
    f2f_presentation: Hours = None
    f2f_tutorial: Hours = None
    f2f_practical: Hours = None
    f2f_other: Hours = None
    guided_nf2f: Hours = None
    independent: Hours = None


class Outcome(Part, frozen=True, kw_only=True):
    """What a learner can do at the end."""

    code: Annotated[str, about("Code of the outcome, such as LO1", shortest=1, longest=20, kind="code")]
    statement_en: Annotated[str | None, about("Statement in English", longest=250)] = None
    statement_ms: Annotated[str | None, about("Statement in Malay", longest=250)] = None
    verb: Annotated[str | None, about("The verb of the statement", longest=50)] = None
    mqf_cluster: Annotated[Cluster | None, about("MQF cluster")] = None
    mqf_subdomain: Annotated[Subdomain | None, about("Part of the cluster of functional work skills")] = None
    taxonomy: Annotated[Taxonomy | None, about("Taxonomy of its depth")] = None
    taxonomy_level: Annotated[int | None, about("Level in that taxonomy", least=1, most=7)] = None
    skill_uris: Annotated[tuple[Annotated[str, about("Skill", longest=500, kind="uri")], ...], about("Skills")] = ()
    occupation_code: Annotated[str | None, about("MASCO or ISCO-08 code", longest=12, kind="code")] = None


class Assessment(Part, frozen=True, kw_only=True):
    """One way in which learners show an outcome."""

    code: Annotated[str, about("Code of the assessment, such as A1", shortest=1, longest=20, kind="code")]
    title: Annotated[str | None, about("What it is called", longest=120)] = None
    type: Annotated[AssessmentType | None, about("Type")] = None
    phase: Annotated[Phase | None, about("Continuous or final")] = None
    weight_pct: Percent = None
    guided_h: Hours = None
    independent_h: Hours = None
    outcome_codes: Annotated[
        tuple[Annotated[str, about("Code", longest=20, kind="code")], ...],
        about("Codes of the outcomes it shows"),
    ] = ()
    supervision: Annotated[
        int | None,
        about(
            "0 unsupervised, identity not checked; 1 supervised, not checked; 2 unsupervised, identity checked; "
            "3 supervised online, one factor; 4 supervised online, two factors; 5 on site, identity checked",
            least=0,
            most=5,
        ),
    ] = None
    individual_or_group: Annotated[Grouping | None, about("Individual or group")] = None
    task_complexity: Annotated[TaskComplexity | None, about("How much the task asks for")] = None
    ai_use_rule: Annotated[AiUse | None, about("Whether generative tools may be used")] = None
    ai_use_text: Annotated[str | None, about("The rule as learners are told it", longest=1000)] = None
    pass_rule: Annotated[str | None, about("What counts as a pass", longest=500)] = None
    instrument_file: FileReference | None = None
    rubric_file: FileReference | None = None


class GradingScale(Part, frozen=True, kw_only=True):
    """The grades that learners can get, best first."""

    name: Annotated[str | None, about("Name of the scale", longest=120)] = None
    grades: Annotated[tuple[Annotated[str, about("Grade", longest=30)], ...], about("The grades, best first")] = ()
    pass_grade: Annotated[str | None, about("The lowest grade that passes", longest=30)] = None


class PassRule(Part, frozen=True, kw_only=True):
    """When a learner has passed the course."""

    basis: Annotated[PassBasis | None, about("By each outcome, or by the total")] = None
    text: Annotated[str | None, about("The rule as learners are told it", longest=1000)] = None


class Reassessment(Part, frozen=True, kw_only=True):
    """How a learner who failed may try again."""

    attempts: Annotated[int | None, about("How many further attempts", least=0, most=100)] = None
    fee: Annotated[int | None, about("Fee in minor units (sen)", least=0, most=10**12)] = None
    days: Annotated[int | None, about("Within how many days", least=0, most=3660)] = None


class AssessmentSample(Part, frozen=True, kw_only=True):
    """One learner's work, anonymised, as evidence of the standard."""

    assessment_code: Annotated[str, about("Code of the assessment", longest=20, kind="code")]
    band: Annotated[SampleBand | None, about("How good the work is")] = None
    anonymised: Annotated[bool | None, about("Nothing in it tells whose work it is")] = None
    file: FileReference | None = None


class DeliveryShare(Part, frozen=True, kw_only=True):
    """How much of a blended course is delivered in one mode."""

    mode: Annotated[DeliveryMode, about("Mode")]
    share_pct: Percent = None


class DeliveryLocation(Part, frozen=True, kw_only=True):
    """A place where the course is held; approval is per location."""

    name: Annotated[str | None, about("Name of the place", longest=200)] = None
    country: Annotated[str | None, about("Country, ISO 3166-1 alpha-2", longest=2, kind="code")] = None
    state: Annotated[str | None, about("State or province", longest=100)] = None
    address: Annotated[str | None, about("Postal address", longest=500)] = None


class Platform(Part, frozen=True, kw_only=True):
    """The system on which the course runs, and whose it is."""

    name: Annotated[str | None, about("Name", longest=120)] = None
    owner: Annotated[str | None, about("Organisation that runs it", longest=200)] = None
    url: Annotated[str | None, about("Address", longest=500, kind="uri")] = None
    hosting_country: Annotated[str | None, about("Country, ISO 3166-1 alpha-2", longest=2, kind="code")] = None


class TeachingPerson(Part, frozen=True, kw_only=True):
    """An instructor or assessor: what may be known without knowing who it is."""

    subject: Subject
    role: Annotated[str | None, about("Role in the course", longest=120)] = None
    qualification: Annotated[str | None, about("Highest relevant qualification", longest=200)] = None
    level: Annotated[int | None, about("MQF level of it", least=1, most=8)] = None
    years_practice: Annotated[int | None, about("Years of relevant practice", least=0, most=80)] = None
    teaching_training: Annotated[bool | None, about("Trained to teach or to assess")] = None


class Contact(Part, frozen=True, kw_only=True):
    """A person or desk that can be asked."""

    subject: Subject
    role: Annotated[str | None, about("Role", longest=120)] = None


class NeedEvidence(Part, frozen=True, kw_only=True):
    """One piece of evidence that the course is needed."""

    type: Annotated[str | None, about("Kind of evidence", longest=120)] = None
    source: Annotated[str | None, about("Where it comes from", longest=300)] = None
    date: Annotated[Day | None, about("When it was made")] = None
    finding: Annotated[str | None, about("What it shows", longest=1000)] = None
    file: FileReference | None = None


class Partner(Part, frozen=True, kw_only=True):
    """An organisation that stands behind the course; `subject` is who signed for it."""

    organisation: Annotated[str | None, about("Name of the organisation", longest=200)] = None
    reg_no: Annotated[str | None, about("Its registration number", longest=60, kind="number")] = None
    sector: Annotated[str | None, about("Sector", longest=120)] = None
    subject: Annotated[str | None, about("Pseudonym of the person who signed for it", kind="subject")] = None
    role: Annotated[PartnerRole | None, about("What it does for the course")] = None
    demand_statement: Annotated[bool | None, about("It states that the course is in demand")] = None
    assessment_statement: Annotated[bool | None, about("It states that the assessment is fit")] = None
    date: Annotated[Day | None, about("When it signed")] = None
    expiry: Annotated[Day | None, about("Until when that holds")] = None
    conflict_tie: Annotated[bool | None, about("It is tied to the provider by ownership, people or money")] = None
    letter_file: FileReference | None = None


class ProfessionalBody(Part, frozen=True, kw_only=True):
    """A professional body that recognises the course."""

    name: Annotated[str | None, about("Name", longest=200)] = None
    recognition_type: Annotated[str | None, about("How it recognises the course", longest=200)] = None
    ref: Annotated[str | None, about("Its reference", longest=120, kind="number")] = None
    expiry: Annotated[Day | None, about("Until when")] = None


class StackTarget(Part, frozen=True, kw_only=True):
    """An award that the course's credits count towards."""

    receiver_id: Annotated[str | None, about("The institution that grants credit", longest=120, kind="number")] = None
    award_title: Annotated[str | None, about("Title of the award", longest=200)] = None
    mqr_ref: Annotated[str | None, about("Its reference in the qualifications register", longest=60, kind="number")] = (
        None
    )
    mqf_level: Annotated[int | None, about("MQF level of the award", least=1, most=8)] = None
    credits_transferable: Annotated[Decimal | None, about("Credits granted", least=0, most=1000, places=1)] = None
    basis: Annotated[CreditBasis | None, about("Under which rule credit is granted")] = None
    limit_pct: Annotated[int | None, about("Largest share of the award, whole per cent", least=0, most=100)] = None
    grade_required: Annotated[str | None, about("Grade that is required", longest=30)] = None
    signed_on: Annotated[Day | None, about("When the receiving institution signed")] = None
    valid_until: Annotated[Day | None, about("Until when credit is granted")] = None
    rule_file: FileReference | None = None


class OtherCost(Part, frozen=True, kw_only=True):
    """What a learner must pay beside the fee."""

    name: Annotated[str | None, about("What it is for", longest=120)] = None
    amount: Annotated[int | None, about("Amount in minor units (sen)", least=0, most=10**12)] = None


class FundingScheme(Part, frozen=True, kw_only=True):
    """A scheme that pays for learners."""

    name: Annotated[str, about("Name of the scheme", longest=200)]
    ref: Annotated[str | None, about("Reference under it", longest=120, kind="number")] = None


class Cohort(Part, frozen=True, kw_only=True):
    """A group of learners that has been through the course."""

    start: Annotated[Day | None, about("First day")] = None
    end: Annotated[Day | None, about("Last day")] = None
    enrolled: Count = None
    started: Count = None
    completed: Count = None
    passed: Count = None
    withdrawn: Count = None
    median_hours: Hours = None
    mode: Annotated[DeliveryMode | None, about("How it was delivered")] = None


class OutcomeIndicator(Part, frozen=True, kw_only=True):
    """A figure about what became of learners, with all that is needed to judge it."""

    indicator: Annotated[str | None, about("What is measured", longest=120)] = None
    definition: Annotated[str | None, about("How it is defined", longest=500)] = None
    population: Annotated[str | None, about("Of whom", longest=300)] = None
    window_from: Annotated[Day | None, about("First day of the window")] = None
    window_to: Annotated[Day | None, about("Last day of the window")] = None
    n_eligible: Count = None
    n_responded: Count = None
    value: Annotated[Decimal | None, about("The figure", least=0, most=10**9, places=2)] = None
    unit: Annotated[str | None, about("Its unit, such as per cent or days", longest=40)] = None
    method: Annotated[IndicatorMethod | None, about("How it was got")] = None
    collector: Annotated[IndicatorCollector | None, about("Who got it")] = None
    collected_on: Annotated[Day | None, about("When it was got")] = None
    suppressed: Annotated[bool | None, about("The count is too small to show")] = None
