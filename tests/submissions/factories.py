"""What a test about submissions does not talk about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from msgspec import UNSET
from msgspec.structs import asdict, replace

from qa_platform.kernel.sealed import Sealed
from qa_platform.submissions import commands, events
from qa_platform.submissions.events import CourseContent, CoursePatch, Declaration
from qa_platform.submissions.events import parts as p
from qa_platform.submissions.events import words as w

TODAY = date(2026, 11, 24)
SUBMISSION = "01930000-0000-7000-8000-000000000001"
LATER = "01930000-0000-7000-8000-000000000002"
PROVIDER = "01930000-0000-7000-8000-0000000000a1"
OFFICER = "01930000-0000-7000-8000-0000000000b1"
TEACHER = "01930000-0000-7000-8000-0000000000c1"
ASSESSOR = "01930000-0000-7000-8000-0000000000c2"
SIGNATORY = "01930000-0000-7000-8000-0000000000c3"
QA_DESK = "01930000-0000-7000-8000-0000000000c4"
SUPPORT = "01930000-0000-7000-8000-0000000000c5"
PEOPLE = frozenset({TEACHER, ASSESSOR, SIGNATORY, QA_DESK, SUPPORT})


def file(name: str) -> p.FileReference:
    """Return a reference to a file."""
    return p.FileReference(name=name, sha256="ab" * 32, size=1024, media_type="application/pdf")


def person(subject: str) -> p.TeachingPerson:
    """Return somebody who teaches or assesses."""
    return p.TeachingPerson(
        subject=subject,
        role="Lecturer",
        qualification="Master of Science",
        level=7,
        years_practice=8,
        teaching_training=True,
    )


COMPLETE = CourseContent(
    title_en="Solar Panel Maintenance",
    title_ms="Penyelenggaraan Panel Suria",
    short_description=" ".join(["word"] * 40),
    synopsis="How photovoltaic panels are inspected, cleaned, measured and repaired.",
    language_of_instruction=("en", "ms"),
    language_of_assessment=("en",),
    exclusion_declaration=p.ExclusionDeclaration(
        foundation_studies=False, practical_training=False, final_project=False, research=False
    ),
    mqf_level_claimed=4,
    level_justification=(
        p.LevelJustification(cluster=w.Cluster.COGNITIVE, text="Faults are found in familiar systems."),
        p.LevelJustification(cluster=w.Cluster.FUNCTIONAL, text="Repairs follow known procedures."),
    ),
    field_nec2020="0713",
    field_iscedf="0713",
    non_credit=False,
    notional_hours=60,
    credits_claimed=Decimal("1.5"),
    duration_weeks=6,
    pace=w.Pace.COHORT,
    learning_time_rows=(
        p.LearningTimeRow(topic="Cells and strings", f2f_presentation=Decimal(10), independent=Decimal("12.5")),
        p.LearningTimeRow(topic="Faults", f2f_practical=Decimal(15), guided_nf2f=Decimal("12.5")),
    ),
    outcomes=(
        p.Outcome(
            code="LO1",
            statement_en="Measure the output of a string",
            verb="Measure",
            mqf_cluster=w.Cluster.FUNCTIONAL,
            taxonomy=w.Taxonomy.PSYCHOMOTOR,
            taxonomy_level=4,
        ),
        p.Outcome(
            code="LO2",
            statement_en="Diagnose a failed panel",
            verb="Diagnose",
            mqf_cluster=w.Cluster.COGNITIVE,
            taxonomy=w.Taxonomy.COGNITIVE,
            taxonomy_level=4,
        ),
    ),
    assessments=(
        p.Assessment(
            code="A1",
            type=w.AssessmentType.PERFORMANCE,
            phase=w.Phase.FINAL,
            weight_pct=60,
            guided_h=Decimal(4),
            independent_h=Decimal(0),
            outcome_codes=("LO1", "LO2"),
            supervision=5,
            individual_or_group=w.Grouping.INDIVIDUAL,
            ai_use_rule=w.AiUse.NOT_ALLOWED,
        ),
        p.Assessment(
            code="A2",
            type=w.AssessmentType.ASSIGNMENT,
            phase=w.Phase.CONTINUOUS,
            weight_pct=40,
            guided_h=Decimal(0),
            independent_h=Decimal(6),
            outcome_codes=("LO2",),
            supervision=2,
            individual_or_group=w.Grouping.INDIVIDUAL,
            ai_use_rule=w.AiUse.WITH_STATEMENT,
        ),
    ),
    grading_scale=p.GradingScale(
        name="Competence", grades=("Distinction", "Competent", "Not yet"), pass_grade="Competent"
    ),
    pass_rule=p.PassRule(basis=w.PassBasis.PER_OUTCOME, text="Each outcome at half of its points or more."),
    reassessment=p.Reassessment(attempts=1, fee=5000, days=30),
    assessment_samples=(
        p.AssessmentSample(assessment_code="A1", band=w.SampleBand.MID, anonymised=True, file=file("a1.pdf")),
        p.AssessmentSample(assessment_code="A2", band=w.SampleBand.HIGH, anonymised=True, file=file("a2.pdf")),
    ),
    delivery_mode=w.DeliveryMode.ON_SITE,
    delivery_locations=(p.DeliveryLocation(name="Training hall", country="MY", state="Perak"),),
    instructors=(person(TEACHER),),
    assessors=(person(TEACHER), person(ASSESSOR)),
    instructor_ratio=15,
    entry_requirements="none",
    prior_knowledge="Basic electricity",
    target_learners=(w.TargetLearner.EMPLOYED,),
    accessibility_level=w.AccessibilityLevel.NONE,
    support_contact=p.Contact(subject=SUPPORT, role="Help desk"),
    response_time_hours=48,
    need_evidence=(
        p.NeedEvidence(
            type="survey", source="Installers' survey", date=date(2026, 3, 1), finding="Too few technicians"
        ),
        p.NeedEvidence(type="statistics", source="Labour office", date=date(2026, 5, 1), finding="400 vacancies"),
    ),
    partners=(
        p.Partner(
            organisation="Suria Works",
            subject=SIGNATORY,
            role=w.PartnerRole.ENDORSE,
            date=date(2026, 6, 1),
            conflict_tie=False,
            letter_file=file("letter.pdf"),
        ),
    ),
    stackable=True,
    stack_targets=(
        p.StackTarget(
            receiver_id="poly-perak",
            award_title="Diploma in Electrical Engineering",
            credits_transferable=Decimal("1.5"),
            limit_pct=30,
            signed_on=date(2026, 6, 1),
        ),
    ),
    fee_amount=80000,
    fee_currency="MYR",
    fee_includes_tax=True,
    other_costs=(p.OtherCost(name="Safety kit", amount=12000),),
    total_price=92000,
    refund_policy_url="https://example.edu.my/refunds",
    credential_specimen_pdf=file("specimen.pdf"),
    credential_specimen_json=file("specimen.json"),
    credential_format=w.CredentialFormat.OPEN_BADGE_3,
    qa_contact=p.Contact(subject=QA_DESK, role="Quality desk"),
    qa_statement_url="https://example.edu.my/quality",
    review_date_planned=date(2028, 11, 1),
    cohorts=(
        p.Cohort(
            start=date(2026, 1, 5),
            end=date(2026, 2, 27),
            enrolled=20,
            started=19,
            completed=17,
            passed=16,
            withdrawn=1,
            median_hours=Decimal("58.5"),
        ),
    ),
)


def course(**changes: Any) -> CourseContent:
    """Return a course that lacks nothing, with these changes."""
    return replace(COMPLETE, **changes)


def with_part(content: CourseContent, field: str, index: int, **changes: Any) -> CourseContent:
    """Return a course with changes in one of its rows."""
    rows = list(getattr(content, field))
    rows[index] = replace(rows[index], **changes)
    return replace(content, **{field: tuple(rows)})


def patch_of(content: CourseContent) -> CoursePatch:
    """Return the change that says all of a course."""
    said = {name: getattr(content, name) for name in asdict(content)}
    return CoursePatch(**{name: UNSET if value is None else value for name, value in said.items()})


class DraftSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.DraftSubmission

    submission_id = SUBMISSION
    course_id = "course-1"
    course_version = "1.0.0"
    provider_id = PROVIDER
    route = events.Route.SAMC


class SubmissionDraftedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionDrafted

    submission_id = SUBMISSION
    course_id = "course-1"
    course_version = "1.0.0"
    provider_id = PROVIDER
    route = events.Route.SAMC
    prior_accreditation_id = None
    source = None
    simulated = False


class ChangeContentFactory(factory.Factory):
    class Meta:
        model = commands.ChangeContent

    submission_id = SUBMISSION
    content = CoursePatch(title_en="Solar Panel Maintenance")


class SubmissionContentChangedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionContentChanged

    submission_id = SUBMISSION
    content = factory.LazyFunction(lambda: patch_of(COMPLETE))


class NamePersonFactory(factory.Factory):
    class Meta:
        model = commands.NamePerson

    submission_id = SUBMISSION
    subject = TEACHER
    capacity = events.Capacity.INSTRUCTOR
    name = "Aisyah binti Rahman"
    email = "aisyah@example.edu.my"


class SubmissionPersonNamedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionPersonNamed

    submission_id = SUBMISSION
    subject = TEACHER
    capacity = events.Capacity.INSTRUCTOR
    name = factory.LazyAttribute(lambda named: Sealed(subject=named.subject, value="Aisyah binti Rahman"))
    email = None
    telephone = None
    cv_sha256 = None


class RemovePersonFactory(factory.Factory):
    class Meta:
        model = commands.RemovePerson

    submission_id = SUBMISSION
    subject = TEACHER


class LodgeSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.LodgeSubmission

    submission_id = SUBMISSION
    on = TODAY
    declaration = factory.LazyAttribute(
        lambda lodge: Declaration(officer_id=OFFICER, text_version="2026-1", on=lodge.on)
    )
    officer_is_accountable = True
    provider_is_recognised = True
    longest_validity_months = 36


class SubmissionLodgedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionLodged

    submission_id = SUBMISSION
    round = 1
    content_digest = "cd" * 32
    declaration = Declaration(officer_id=OFFICER, text_version="2026-1", on=TODAY)


class AcceptSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.AcceptSubmission

    submission_id = SUBMISSION
    on = TODAY
    standard_id = "nmcs"
    rubric_version = "0.1.0"
    rubric_hash = "sha256:" + "ef" * 32


class SubmissionAcceptedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionAccepted

    submission_id = SUBMISSION
    accepted_on = TODAY
    standard_id = "nmcs"
    rubric_version = "0.1.0"
    rubric_hash = "sha256:" + "ef" * 32


class ReturnSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.ReturnSubmission

    submission_id = SUBMISSION
    on = TODAY
    due_on = date(2026, 12, 8)
    remark = "The sample of the assignment cannot be opened."


class SubmissionReturnedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionReturned

    submission_id = SUBMISSION
    faults = ()
    remark = "The sample of the assignment cannot be opened."
    due_on = date(2026, 12, 8)


class ExtendReturnFactory(factory.Factory):
    class Meta:
        model = commands.ExtendReturn

    submission_id = SUBMISSION
    on = TODAY
    due_on = date(2026, 12, 22)
    reason = "The partner's letter comes by post."


class SubmissionReturnExtendedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionReturnExtended

    submission_id = SUBMISSION
    due_on = date(2026, 12, 22)
    reason = "The partner's letter comes by post."


class CloseAtIntakeFactory(factory.Factory):
    class Meta:
        model = commands.CloseAtIntake

    submission_id = SUBMISSION
    ground = events.ClosureGround.NO_COMPLETED_COHORT


class SubmissionClosedAtIntakeFactory(factory.Factory):
    class Meta:
        model = events.SubmissionClosedAtIntake

    submission_id = SUBMISSION
    ground = events.ClosureGround.NO_COMPLETED_COHORT
    remark = None


class WithdrawSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.WithdrawSubmission

    submission_id = SUBMISSION
    decided = False


class SubmissionWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.SubmissionWithdrawn

    submission_id = SUBMISSION
    reason = None


class LapseSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.LapseSubmission

    submission_id = SUBMISSION
    on = date(2026, 12, 9)


class SubmissionLapsedFactory(factory.Factory):
    class Meta:
        model = events.SubmissionLapsed

    submission_id = SUBMISSION
    due_on = date(2026, 12, 8)


class TakeBackStepFactory(factory.Factory):
    class Meta:
        model = commands.TakeBackStep

    submission_id = SUBMISSION
    on = TODAY
    step = events.Step.RETURN
    reason = "It was another course that lacked a sample."


class SubmissionStepTakenBackFactory(factory.Factory):
    class Meta:
        model = events.SubmissionStepTakenBack

    submission_id = SUBMISSION
    step = events.Step.RETURN
    status = "lodged"
    due_on = None
    reason = "It was another course that lacked a sample."


class RefileSubmissionFactory(factory.Factory):
    class Meta:
        model = commands.RefileSubmission

    submission_id = LATER
    earlier_id = SUBMISSION
    earlier_code = events.IntakeCode.LAPSED
    course_id = "course-1"
    course_version = "1.0.0"
    provider_id = PROVIDER
    route = events.Route.SAMC


class SubmissionRefiledFactory(factory.Factory):
    class Meta:
        model = events.SubmissionRefiled

    submission_id = LATER
    earlier_id = SUBMISSION
    earlier_code = events.IntakeCode.LAPSED


class FileAgainFactory(factory.Factory):
    class Meta:
        model = commands.FileAgain

    submission_id = SUBMISSION
    later_id = LATER


class SubmissionFiledAgainFactory(factory.Factory):
    class Meta:
        model = events.SubmissionFiledAgain

    submission_id = SUBMISSION
    later_id = LATER


def draft_of(content: CourseContent = COMPLETE, **drafted: Any) -> tuple[events.SubmissionEvent, ...]:
    """Return the history of a draft of a course, with everybody in it named."""
    return (
        SubmissionDraftedFactory(**drafted),
        SubmissionContentChangedFactory(content=patch_of(content)),
        *(SubmissionPersonNamedFactory(subject=subject) for subject in sorted(PEOPLE)),
    )
