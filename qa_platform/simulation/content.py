"""What a simulated provider says about a course: everything that lodging asks for, and consistent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import asdict

from qa_platform.simulation import learning, standing, wording
from qa_platform.simulation.chance import chance
from qa_platform.submissions.events import CourseContent, CoursePatch
from qa_platform.submissions.events.parts import (
    AssessmentSample,
    DeliveryLocation,
    DeliveryShare,
    ExclusionDeclaration,
    FileReference,
    GradingScale,
    LevelJustification,
    PassRule,
    Platform,
    Reassessment,
)
from qa_platform.submissions.events.words import (
    AccessibilityLevel,
    CredentialFormat,
    DeliveryMode,
    Pace,
    PassBasis,
    SampleBand,
    TargetLearner,
)

if TYPE_CHECKING:
    from random import Random

    from qa_platform.simulation.standing import Cast
    from qa_platform.simulation.titles import Topic
    from qa_platform.submissions.events.parts import Assessment, Outcome

_HOURS: Final = (40, 40, 60, 80, 80, 120)
_MODES: Final = {
    True: (DeliveryMode.ONLINE_ASYNCHRONOUS, DeliveryMode.ONLINE_ASYNCHRONOUS, DeliveryMode.BLENDED),
    False: (DeliveryMode.ON_SITE, DeliveryMode.BLENDED, DeliveryMode.ONLINE_SYNCHRONOUS, DeliveryMode.WORKPLACE),
}
_ONLINE: Final = frozenset({DeliveryMode.ONLINE_ASYNCHRONOUS, DeliveryMode.ONLINE_SYNCHRONOUS})
_PLACES: Final = ("Hall A", "Hall B", "Workshop 1", "Workshop 2")


def course(seed: int, number: int, topic: Topic, cast: Cast, on: date) -> CourseContent:
    """Return a complete course; `on` is the day on which its provider writes it down."""
    source = chance(seed, "course", number)
    hours = source.choice(_HOURS)
    self_paced = topic.self_paced and source.random() < 0.6  # noqa: PLR2004 -- some teach it to cohorts all the same
    mode = source.choice(_MODES[self_paced])
    found = learning.outcomes(topic, hours)
    tasks = learning.assessments(source, tuple(each.code for each in found), _file(number))
    return CourseContent(
        **_identity(source, topic, number),
        **_volume(topic, hours, mode, self_paced=self_paced, outcomes=found, tasks=tasks),
        **_assessed(found, tasks, number),
        **_delivered(source, topic, cast, mode, number),
        **_backed(source, seed, number, topic, cast, on),
        **_recognised(source, topic, hours, mode, on, number),
    )


def all_of(content: CourseContent) -> CoursePatch:
    """Return the change that says a whole course at once."""
    said: dict[str, Any] = {name: value for name, value in asdict(content).items() if value is not None}
    return CoursePatch(**said)


def only(content: CourseContent, *names: str) -> CoursePatch:
    """Return the change that says some fields of a course."""
    said: dict[str, Any] = {name: getattr(content, name) for name in names}
    return CoursePatch(**said)


def _file(number: int) -> Callable[[str], FileReference]:
    def file(name: str) -> FileReference:
        # There is no such file: the hash is that of its name, so that the same course always gives the same.
        digest = hashlib.sha256(f"{number}/{name}".encode()).hexdigest()
        kind = "application/json" if name.endswith(".json") else "application/pdf"
        return FileReference(name=name, sha256=digest, size=20_000 + int(digest[:4], 16), media_type=kind)

    return file


def _identity(source: Random, topic: Topic, number: int) -> dict[str, Any]:
    return {
        "title_en": topic.title_en,
        "title_ms": topic.title_ms,
        "short_description": wording.short_description(topic),
        "synopsis": wording.synopsis(source, topic),
        "course_page_url": f"https://simulated.example/courses/{number + 1}",
        "skills": (topic.subject_en,),
        "language_of_instruction": source.choice((("en",), ("ms",), ("en", "ms"))),
        "language_of_assessment": ("en", "ms"),
        "exclusion_declaration": ExclusionDeclaration(
            foundation_studies=False, practical_training=False, final_project=False, research=False
        ),
    }


def _volume(
    topic: Topic,
    hours: int,
    mode: DeliveryMode,
    *,
    self_paced: bool,
    outcomes: tuple[Outcome, ...],
    tasks: tuple[Assessment, ...],
) -> dict[str, Any]:
    clusters = dict.fromkeys(each.mqf_cluster for each in outcomes if each.mqf_cluster is not None)
    return {
        "mqf_level_claimed": topic.level,
        "level_justification": tuple(
            LevelJustification(
                cluster=cluster,
                text=f"The tasks ask for what the descriptors of level {topic.level} say in this cluster: "
                "cases of the named kind, judged by the learner within known rules.",
                descriptor_ref=f"MQF level {topic.level}",
            )
            for cluster in clusters
        ),
        "field_nec2020": topic.field,
        "field_iscedf": topic.field,
        "non_credit": False,
        "notional_hours": hours,
        "credits_claimed": Decimal(hours) / learning.HOURS_A_CREDIT,
        "duration_weeks": hours // 10,
        "pace": Pace.SELF_PACED if self_paced else Pace.COHORT,
        "learning_time_rows": learning.learning_time(topic, mode, hours, tasks),
    }


def _assessed(outcomes: tuple[Outcome, ...], tasks: tuple[Assessment, ...], number: int) -> dict[str, Any]:
    return {
        "outcomes": outcomes,
        "assessments": tasks,
        "grading_scale": GradingScale(
            name="Three grades",
            grades=("Distinction", "Pass", "Not yet"),
            pass_grade="Pass",  # noqa: S106 -- a grade
        ),
        "pass_rule": PassRule(basis=PassBasis.PER_OUTCOME, text="At least 50 of 100 points for each outcome."),
        "reassessment": Reassessment(attempts=2, fee=5000, days=30),
        "assessment_samples": tuple(
            AssessmentSample(
                assessment_code=task.code,
                band=band,
                anonymised=True,
                file=_file(number)(f"sample-{task.code.lower()}-{band.value}.pdf"),
            )
            for task in tasks
            for band in (SampleBand.LOW, SampleBand.HIGH)
        ),
    }


def _delivered(source: Random, topic: Topic, cast: Cast, mode: DeliveryMode, number: int) -> dict[str, Any]:
    online, shared = mode in _ONLINE, mode is DeliveryMode.BLENDED
    place = DeliveryLocation(
        name=source.choice(_PLACES), country="MY", state=None, address="An invented address (simulated)"
    )
    return {
        "delivery_mode": mode,
        "delivery_shares": (
            DeliveryShare(mode=DeliveryMode.ON_SITE, share_pct=40),
            DeliveryShare(mode=DeliveryMode.ONLINE_ASYNCHRONOUS, share_pct=60),
        )
        if shared
        else None,
        "delivery_locations": None if online else (place,),
        "platform": Platform(
            name="Learning platform (simulated)",
            owner="The provider itself",
            url="https://learn.simulated.example",
            hosting_country="MY",
        ),
        "technical_needs": "A computer or a tablet, and a connection of 2 Mbit/s.",
        "instructors": standing.teachers(source, cast.instructors, "Instructor", topic.level),
        "assessors": standing.teachers(source, cast.assessors, "Assessor", topic.level),
        "instructor_ratio": source.choice((15, 20, 25)),
        "entry_requirements": "None beyond the minimum age.",
        "prior_knowledge": f"First experience with the work of {wording.in_sentence(topic.context_en)}.",
        "minimum_age": 18,
        "target_learners": (TargetLearner.EMPLOYED, source.choice((TargetLearner.JOB_SEEKER, TargetLearner.STUDENT))),
        "accessibility_level": AccessibilityLevel.WCAG_2_1_AA,
        "accessibility_report_file": _file(number)("accessibility.pdf"),
        "support_contact": standing.contact(cast.support, "Learner support"),
        "response_time_hours": source.choice((24, 48, 72)),
    }


def _backed(  # noqa: PLR0917 -- who stands behind which course, when
    source: Random, seed: int, number: int, topic: Topic, cast: Cast, on: date
) -> dict[str, Any]:
    fee = source.randrange(200, 1600) * 1000
    return {
        "need_evidence": standing.need(source, topic, on, _file(number)),
        "partners": standing.partners(seed, number, cast.signatory, on, _file(number)),
        "fee_amount": fee,
        "fee_currency": "MYR",
        "fee_includes_tax": True,
        "total_price": fee,
        "refund_policy_url": "https://simulated.example/refunds",
        "credential_specimen_pdf": _file(number)("specimen.pdf"),
        "credential_specimen_json": _file(number)("specimen.json"),
        "credential_format": source.choice((CredentialFormat.OPEN_BADGE_3, CredentialFormat.PDF_SIGNED)),
        "qa_contact": standing.contact(cast.quality, "Quality desk"),
        "qa_statement_url": "https://simulated.example/quality",
        "review_date_planned": on + timedelta(days=2 * 365),
    }


def _recognised(  # noqa: PLR0917 -- what credit and cohorts follow from
    source: Random, topic: Topic, hours: int, mode: DeliveryMode, on: date, number: int
) -> dict[str, Any]:
    stackable = source.random() < 0.5  # noqa: PLR2004 -- every other course
    groups = standing.cohorts(source, hours, hours // 10, mode, on)
    credit = Decimal(hours) / learning.HOURS_A_CREDIT
    return {
        "stackable": stackable,
        "stack_targets": standing.stack_targets(credit, topic.level, on, _file(number)) if stackable else None,
        "cohorts": groups,
        "outcome_indicators": standing.indicators(source, groups[-1]),
    }
