"""What a course must say before it can be lodged, whatever it says."""

from __future__ import annotations

from collections.abc import Iterator

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.events import CourseContent, Route

# In the order in which a form asks.
ALWAYS = {
    "short_description": "Describe the course in 30 to 60 words.",
    "synopsis": "Give a synopsis of at most 300 words.",
    "language_of_instruction": "Name at least one language of instruction.",
    "language_of_assessment": "Name at least one language of assessment.",
    "exclusion_declaration": "Declare of each excluded type whether the course is one.",
    "mqf_level_claimed": "Say which MQF level the course claims.",
    "level_justification": "Say why the level is right, for each cluster that the outcomes use.",
    "field_nec2020": "Give the NEC-2020 field, four digits.",
    "field_iscedf": "Give the ISCED-F field, two to four digits.",
    "non_credit": "Say whether the course carries credit.",
    "notional_hours": "Give the notional learning time in hours.",
    "duration_weeks": "Give the duration in weeks.",
    "pace": "Say who sets the pace.",
    "learning_time_rows": "Lay out the learning time by topic.",
    "outcomes": "Add at least one learning outcome.",
    "assessments": "Add at least one assessment.",
    "grading_scale": "Describe the grading scale.",
    "pass_rule": "Say when a learner has passed.",
    "reassessment": "Say how a learner who failed may try again.",
    "delivery_mode": "Say how the course is delivered.",
    "instructors": "Add at least one instructor.",
    "instructor_ratio": "Say how many learners there are per instructor.",
    "entry_requirements": "State the entry requirements, or “none”.",
    "prior_knowledge": "State the prior knowledge, or “none”.",
    "target_learners": "Say for whom the course is meant.",
    "accessibility_level": "State the accessibility of the materials, or “none”.",
    "support_contact": "Say whom learners can ask.",
    "response_time_hours": "Say within how many hours learners are answered.",
    "need_evidence": "Show that the course is needed.",
    "partners": "Add at least one partner.",
    "stackable": "Say whether the credits count towards a larger award.",
    "fee_amount": "Give the fee, 0 if there is none.",
    "fee_currency": "Give the currency of the fee.",
    "fee_includes_tax": "Say whether the fee includes tax.",
    "total_price": "Give the total price that a learner pays.",
    "refund_policy_url": "Give the address of the refund policy.",
    "credential_specimen_pdf": "Attach a specimen of the credential as PDF.",
    "credential_specimen_json": "Attach a specimen of the credential as JSON.",
    "credential_format": "Say how the digital credential is made.",
    "qa_contact": "Say whom to ask about the quality of the course.",
    "qa_statement_url": "Give the address of the provider's statement on quality.",
    "review_date_planned": "Say when the provider will review the course.",
}
STAND_ALONE = {
    "assessment_samples": "Attach samples of assessed work.",
    "cohorts": "Describe at least one completed cohort.",
}
COMPONENT = {
    "parent_programme_mqr_ref": "Give the register reference of the programme that the course is a component of.",
    "parent_course_codes": "Give the codes of the courses in that programme.",
    "parent_credits": "Give the credits of the component in that programme.",
}


def is_component(content: CourseContent, route: Route) -> bool:
    """Return whether the course is part of an accredited programme; a renewal or change says so itself."""
    return route is Route.APMC or (
        route in {Route.RENEWAL, Route.CHANGE} and content.parent_programme_mqr_ref is not None
    )


def required_faults(content: CourseContent, route: Route) -> Iterator[Fault]:
    """Say what the course has not said yet."""
    if not content.title_en and not content.title_ms:
        yield Fault("title_en", "Give the course a title, in English or in Malay.")
    wanted = ALWAYS | (COMPONENT if is_component(content, route) else STAND_ALONE)
    if content.non_credit is not True:
        wanted |= {"credits_claimed": "Give the credits claimed."}
    for field, sentence in wanted.items():
        if is_blank(getattr(content, field)):
            yield Fault(field, sentence)


def is_blank(value: object) -> bool:
    """Return whether nothing has been said; no and 0 are answers."""
    return value is None or value in ("", ())


def unsaid(row: object, path: str, wanted: dict[str, str]) -> Iterator[Fault]:
    """Say what one part of the course has not said yet: field to sentence."""
    for field, sentence in wanted.items():
        if is_blank(getattr(row, field)):
            yield Fault(f"{path}.{field}", sentence)
