"""The closed lists that a course is described with; the values are stored and never change."""

from __future__ import annotations

from enum import StrEnum


class Route(StrEnum):
    """Why a course is put forward, which says how far it is looked at."""

    SAMC = "SAMC"  # a stand-alone micro-credential
    APMC = "APMC"  # a component of an accredited programme
    RENEWAL = "RENEWAL"
    CHANGE = "CHANGE"


class Capacity(StrEnum):
    """What a named person is to a course."""

    INSTRUCTOR = "instructor"
    ASSESSOR = "assessor"
    EXTERNAL_MODERATOR = "external_moderator"
    QA_CONTACT = "qa_contact"
    SUPPORT_CONTACT = "support_contact"
    PARTNER_SIGNATORY = "partner_signatory"


class ClosureGround(StrEnum):
    """Why a submission cannot go on after intake."""

    EXCLUDED_TYPE = "excluded_type"
    NO_COMPLETED_COHORT = "no_completed_cohort"
    PROVIDER_NOT_RECOGNISED = "provider_not_recognised"
    PARENT_NOT_ACCREDITED = "parent_not_accredited"
    OTHER = "other"


class TurnTo(StrEnum):
    """Where a provider can turn with what the scheme does not take as it was put forward."""

    ANOTHER_SCHEME = "another_scheme"  # what prepares for an award, or assesses experience, has schemes of its own
    AFTER_A_COHORT = "after_a_cohort"
    RECOGNITION = "recognition"
    STAND_ALONE_ROUTE = "stand_alone_route"
    AS_REMARKED = "as_remarked"


class IntakeCode(StrEnum):
    """The types of what ends or turns back a submission before its review; the codes are the nation's own."""

    NOT_ELIGIBLE = "ELIG-NO"
    RETURNED = "RET"
    LAPSED = "LAPSE"
    WITHDRAWN = "WD-P"


class Cluster(StrEnum):
    """The five clusters of outcomes of the Malaysian qualifications framework."""

    KNOWLEDGE = "knowledge_and_understanding"
    COGNITIVE = "cognitive_skills"
    FUNCTIONAL = "functional_work_skills"
    PERSONAL = "personal_and_entrepreneurial_skills"
    ETHICS = "ethics_and_professionalism"


class Subdomain(StrEnum):
    """The parts of the cluster of functional work skills."""

    PRACTICAL = "practical"
    INTERPERSONAL = "interpersonal"
    COMMUNICATION = "communication"
    DIGITAL = "digital"
    NUMERACY = "numeracy"
    LEADERSHIP = "leadership_autonomy_responsibility"


class Taxonomy(StrEnum):
    """The scale on which the depth of an outcome is told."""

    COGNITIVE = "bloom_revised_cognitive"
    PSYCHOMOTOR = "psychomotor"
    AFFECTIVE = "affective"
    SOLO = "solo"


class Pace(StrEnum):
    """Who sets the pace of a course."""

    SELF_PACED = "self_paced"
    COHORT = "cohort"


class AssessmentType(StrEnum):
    """What learners do when they are assessed; attendance is not an assessment."""

    WRITTEN_EXAM = "written_exam"
    ORAL = "oral"
    PERFORMANCE = "practical_performance"
    PROJECT = "project"
    PORTFOLIO = "portfolio"
    ASSIGNMENT = "assignment"
    CASE = "case"
    QUIZ = "quiz"
    OBSERVATION_AT_WORK = "observation_at_work"
    SIMULATION = "simulation"
    PEER = "peer"
    ARTEFACT = "artefact"


class Phase(StrEnum):
    """When an assessment takes place."""

    CONTINUOUS = "continuous"
    FINAL = "final"


class Grouping(StrEnum):
    """Whether learners are assessed one by one or together."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class TaskComplexity(StrEnum):
    """How much a task asks for at once."""

    RECALL = "recall"
    SINGLE_ROUTINE = "single_skill_routine"
    SINGLE_COMPLEX = "single_skill_complex"
    SEVERAL_ROUTINE = "several_routine"
    SEVERAL_COMPLEX = "several_complex"
    PORTFOLIO = "portfolio"


class AiUse(StrEnum):
    """Whether learners may use generative tools in an assessment."""

    NOT_ALLOWED = "not_allowed"
    WITH_STATEMENT = "allowed_with_statement"
    REQUIRED = "required"


class PassBasis(StrEnum):
    """Whether a learner passes by each outcome or by the total."""

    PER_OUTCOME = "per_outcome"
    TOTAL = "total"


class SampleBand(StrEnum):
    """How good the work in a sample is."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class DeliveryMode(StrEnum):
    """How and where learners take part."""

    ON_SITE = "on_site"
    ONLINE_SYNCHRONOUS = "online_synchronous"
    ONLINE_ASYNCHRONOUS = "online_asynchronous"
    BLENDED = "blended"
    WORKPLACE = "workplace"


class TargetLearner(StrEnum):
    """For whom a course is meant."""

    EMPLOYED = "employed"
    JOB_SEEKER = "job_seeker"
    STUDENT = "student"
    CAREER_CHANGER = "career_changer"
    GENERAL = "general"


class AccessibilityLevel(StrEnum):
    """Which published level of accessibility the course's materials meet."""

    NONE = "none"
    WCAG_2_1_A = "wcag_2_1_a"
    WCAG_2_1_AA = "wcag_2_1_aa"
    WCAG_2_1_AAA = "wcag_2_1_aaa"
    WCAG_2_2_AA = "wcag_2_2_aa"


class PartnerRole(StrEnum):
    """What a partner does for a course."""

    CO_DESIGN = "co_design"
    ENDORSE = "endorse"
    HOST = "host"
    ASSESS = "assess"


class CreditBasis(StrEnum):
    """Under which rule a receiving institution grants credit."""

    TRANSFER = "transfer"
    EXPERIENCE = "apel_c"


class CredentialFormat(StrEnum):
    """How the digital credential is made."""

    PDF_SIGNED = "pdf_signed"
    OPEN_BADGE_3 = "open_badge_3"
    ELM_EDC = "elm_edc"
    W3C_VC = "w3c_vc"
    OTHER = "other"


class IndicatorMethod(StrEnum):
    """How the figure of an outcome indicator was got."""

    SURVEY = "survey"
    ADMINISTRATIVE = "administrative"
    PLATFORM_LOG = "platform_log"


class IndicatorCollector(StrEnum):
    """Who got the figure of an outcome indicator."""

    PROVIDER = "provider"
    AGENCY = "agency"
    THIRD_PARTY = "third_party"


class Step(StrEnum):
    """A step that can be taken back."""

    RETURN = "return"
    EXTENSION = "extension"
    CLOSURE = "closure"
    LAPSE = "lapse"
    WITHDRAWAL = "withdrawal"
