"""Who stands behind a simulated course, what it costs, and what became of its learners."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.simulation.names import MARK, partner
from qa_platform.simulation.wording import in_sentence
from qa_platform.submissions.events.parts import (
    Cohort,
    Contact,
    FileReference,
    NeedEvidence,
    OutcomeIndicator,
    Partner,
    StackTarget,
    TeachingPerson,
)
from qa_platform.submissions.events.words import (
    CreditBasis,
    DeliveryMode,
    IndicatorCollector,
    IndicatorMethod,
    PartnerRole,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from qa_platform.simulation.titles import Topic

_QUALIFICATIONS: Final = {4: "Diploma level", 5: "Advanced diploma level", 6: "First degree level", 7: "Master level"}
_STACK_LIMIT_PCT: Final = 70


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """The pseudonyms of the people in a course."""

    instructors: tuple[str, ...]
    assessors: tuple[str, ...]
    support: str
    quality: str
    signatory: str


def teachers(source: Random, subjects: tuple[str, ...], role: str, level: int) -> tuple[TeachingPerson, ...]:
    """Return what may be known of those who teach or assess: one level above the course."""
    return tuple(
        TeachingPerson(
            subject=subject,
            role=role,
            qualification=_QUALIFICATIONS[level + 1],
            level=level + 1,
            years_practice=source.randrange(4, 22),
            teaching_training=True,
        )
        for subject in subjects
    )


def contact(subject: str, role: str) -> Contact:
    """Return somebody whom people can ask."""
    return Contact(subject=subject, role=role)


def need(source: Random, topic: Topic, on: date, file: Callable[[str], FileReference]) -> tuple[NeedEvidence, ...]:
    """Return two independent and recent pieces of evidence that the course is needed."""
    subject, context = in_sentence(topic.subject_en), in_sentence(topic.context_en)
    posts, asked = source.randrange(60, 400), source.randrange(9, 40)
    return (
        NeedEvidence(
            type="Job-posting analysis",
            source=f"Own count of published posts {MARK}",
            date=on - timedelta(days=source.randrange(60, 420)),
            finding=f"{source.randrange(20, posts // 2)} of {posts} posts for {context} asked for {subject}.",
            file=file("job-postings.pdf"),
        ),
        NeedEvidence(
            type="Employer interviews",
            source=f"Interviews with employers {MARK}",
            date=on - timedelta(days=source.randrange(60, 420)),
            finding=f"{source.randrange(5, asked)} of {asked} employers named {subject} as a gap.",
            file=file("interviews.pdf"),
        ),
    )


def partners(
    seed: int, number: int, signatory: str, on: date, file: Callable[[str], FileReference]
) -> tuple[Partner, ...]:
    """Return the organisation that stands behind the course, on demand and on assessment."""
    name, sector = partner(seed, number)
    return (
        Partner(
            organisation=name,
            reg_no=f"SIM-P{number + 1:05d}",
            sector=sector,
            subject=signatory,
            role=PartnerRole.CO_DESIGN if number % 2 else PartnerRole.ENDORSE,
            demand_statement=True,
            assessment_statement=True,
            date=on - timedelta(days=90 + number % 120),
            expiry=on + timedelta(days=3 * 365),
            conflict_tie=False,
            letter_file=file("letter.pdf"),
        ),
    )


def stack_targets(
    credit: Decimal, level: int, on: date, file: Callable[[str], FileReference]
) -> tuple[StackTarget, ...]:
    """Return the larger award that the credits count towards, within the limit of the scheme."""
    return (
        StackTarget(
            receiver_id="SIM-RECEIVER-1",
            award_title=f"Award in applied practice {MARK}",
            mqr_ref="SIM-AWARD-1",
            mqf_level=level,
            credits_transferable=credit,
            basis=CreditBasis.TRANSFER,
            limit_pct=_STACK_LIMIT_PCT,
            grade_required="Pass",
            signed_on=on - timedelta(days=120),
            valid_until=on + timedelta(days=4 * 365),
            rule_file=file("credit-rule.pdf"),
        ),
    )


def cohorts(source: Random, hours: int, weeks: int, mode: DeliveryMode, on: date) -> tuple[Cohort, ...]:
    """Return one or two cohorts that were through before the course was put forward."""
    found = []
    for back in range(source.choice((1, 1, 2)), 0, -1):
        end = on - timedelta(days=200 * back - source.randrange(60))
        enrolled = source.randrange(14, 60)
        started = enrolled - source.randrange(3)
        completed = started - source.randrange(started // 4)
        found.append(
            Cohort(
                start=end - timedelta(weeks=weeks),
                end=end,
                enrolled=enrolled,
                started=started,
                completed=completed,
                passed=completed - source.randrange(completed // 5 + 1),
                withdrawn=started - completed,
                median_hours=Decimal(hours - source.randrange(8)),
                mode=mode,
            )
        )
    return tuple(found)


def indicators(source: Random, cohort: Cohort) -> tuple[OutcomeIndicator, ...]:
    """Return what the learners of a cohort said on the last day, with the counts."""
    eligible = cohort.completed or 0
    responded = max(1, eligible - source.randrange(eligible // 2 + 1))
    return (
        OutcomeIndicator(
            indicator="Satisfied on the last day",
            definition="Learners who answer 4 or 5 of 5 to: the course was worth my time",
            population="Learners who completed the cohort",
            window_from=cohort.end,
            window_to=cohort.end,
            n_eligible=eligible,
            n_responded=responded,
            value=Decimal(source.randrange(60, 98)),
            unit="per cent",
            method=IndicatorMethod.SURVEY,
            collector=IndicatorCollector.PROVIDER,
            collected_on=cohort.end,
            suppressed=False,
        ),
    )
