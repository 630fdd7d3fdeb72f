"""Level, field and size: hours, credits and learning time are three ways to say one thing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider.codes import BROAD_FIELDS
from qa_platform.submissions.decider.required import is_component, unsaid
from qa_platform.submissions.events import CourseContent, Route
from qa_platform.submissions.events.parts import LearningTimeRow

HOURS_PER_CREDIT = 40
FEWEST_HOURS = 40
STEP_HOURS = 20
CREDIT_STEP = Decimal("0.5")
FEWEST_CREDITS = Decimal(1)
HOURS_PER_WEEK = 60
MOST_HOURS_PER_ECTS, FEWEST_HOURS_PER_ECTS = 30, 25
WHOLE = 100

_JUSTIFICATION = {"text": "Say why the level is right for this cluster."}
_TOPIC = {"topic": "Name the topic of this row."}


def volume_faults(content: CourseContent, route: Route) -> Iterator[Fault]:
    """Say what does not fit together in level, field, hours and credits."""
    yield from _hours(content)
    yield from _credits(content)
    yield from _parent_credits(content, route)
    yield from _learning_time(content)
    yield from _level(content)
    yield from _field_of_study(content)


def volume_warnings(content: CourseContent) -> Iterator[Fault]:
    """Say what is unusual in level, field, hours and credits."""
    hours, weeks = content.notional_hours, content.duration_weeks
    if hours and weeks and weeks * HOURS_PER_WEEK < hours:
        yield Fault(
            "duration_weeks", f"{hours} hours in {weeks} weeks is more than {HOURS_PER_WEEK} hours a week; check both."
        )
    ects = content.credits_other.ects if content.credits_other else None
    if hours and ects and not ects * FEWEST_HOURS_PER_ECTS <= hours <= ects * MOST_HOURS_PER_ECTS:
        yield Fault("credits_other.ects", f"{ects} ECTS for {hours} hours is not 25 to 30 hours a credit; check it.")
    nec, isced = content.field_nec2020, content.field_iscedf
    if nec and isced and nec[:2] != isced[:2]:
        yield Fault("field_iscedf", f"ISCED-F “{isced}” and NEC “{nec}” are different broad fields; check both.")


def assessment_hours(content: CourseContent) -> Decimal:
    """Return the learning time that goes into assessment."""
    return sum(
        ((row.guided_h or Decimal(0)) + (row.independent_h or Decimal(0)) for row in content.assessments or ()),
        Decimal(0),
    )


def _hours_of(row: LearningTimeRow) -> Decimal:
    parts = (
        row.f2f_presentation,
        row.f2f_tutorial,
        row.f2f_practical,
        row.f2f_other,
        row.guided_nf2f,
        row.independent,
    )
    return sum((hours or Decimal(0) for hours in parts), Decimal(0))


def _hours(content: CourseContent) -> Iterator[Fault]:
    hours = content.notional_hours
    if hours is None or content.non_credit:
        return
    if hours < FEWEST_HOURS:
        yield Fault(
            "notional_hours", f"{hours} hours is too short: a course with credit has at least {FEWEST_HOURS} hours."
        )
    elif (hours - FEWEST_HOURS) % STEP_HOURS:
        yield Fault(
            "notional_hours",
            f"{hours} hours cannot be credited: above {FEWEST_HOURS} hours go in steps of {STEP_HOURS} hours.",
        )


def _credits(content: CourseContent) -> Iterator[Fault]:
    claimed = content.credits_claimed
    if claimed is None:
        return
    if content.non_credit:
        if claimed:
            yield Fault("credits_claimed", "A course without credit claims no credits; take them out.")
        return
    if claimed < FEWEST_CREDITS or claimed % CREDIT_STEP:
        yield Fault("credits_claimed", f"{claimed} credits cannot be: credits start at 1 and go in steps of 0.5.")
    hours = content.notional_hours
    if hours is not None and claimed * HOURS_PER_CREDIT != hours:
        yield Fault(
            "credits_claimed",
            f"{claimed} credits do not fit {hours} hours: 1 credit is {HOURS_PER_CREDIT} hours. Change one of them.",
        )


def _parent_credits(content: CourseContent, route: Route) -> Iterator[Fault]:
    claimed, parent = content.credits_claimed, content.parent_credits
    if is_component(content, route) and claimed is not None and parent is not None and claimed != parent:
        yield Fault(
            "credits_claimed",
            f"{claimed} credits are claimed, but the component has {parent} in its programme; they must be the same.",
        )


def _learning_time(content: CourseContent) -> Iterator[Fault]:
    rows = content.learning_time_rows or ()
    for index, row in enumerate(rows):
        yield from unsaid(row, f"learning_time_rows.{index}", _TOPIC)
    if not rows or content.notional_hours is None:
        return
    topics, assessed = sum(map(_hours_of, rows), Decimal(0)), assessment_hours(content)
    if topics + assessed != content.notional_hours:
        yield Fault(
            "learning_time_rows",
            f"Topics take {topics} hours and assessment {assessed}, together {topics + assessed}; "
            f"they must come to the {content.notional_hours} notional hours exactly.",
        )


def _level(content: CourseContent) -> Iterator[Fault]:
    for index, reason in enumerate(content.level_justification or ()):
        yield from unsaid(reason, f"level_justification.{index}", _JUSTIFICATION)
    justified = {reason.cluster for reason in content.level_justification or ()}
    used = {outcome.mqf_cluster for outcome in content.outcomes or () if outcome.mqf_cluster}
    if justified and used - justified:
        names = ", ".join(sorted(f"“{cluster.replace('_', ' ')}”" for cluster in used - justified))
        yield Fault("level_justification", f"The outcomes use {names}; say why the level is right for it too.")
    yield from _level_shares(content)


def _level_shares(content: CourseContent) -> Iterator[Fault]:
    shares = content.level_shares or ()
    if not shares:
        return
    total = sum(share.share_pct or 0 for share in shares)
    if total != WHOLE:
        yield Fault("level_shares", f"The shares of the levels come to {total} per cent; they must come to 100.")
    levels = [share.level for share in shares]
    if len(set(levels)) < len(levels):
        yield Fault("level_shares", "A level is listed twice; put its shares together.")
    if content.mqf_level_claimed is not None and content.mqf_level_claimed not in levels:
        yield Fault("level_shares", f"Level {content.mqf_level_claimed} is claimed, but has no share.")


def _field_of_study(content: CourseContent) -> Iterator[Fault]:
    nec, isced = content.field_nec2020, content.field_iscedf
    if nec and not (len(nec) == 4 and _is_code(nec)):  # noqa: PLR2004 -- a NEC-2020 code has four digits
        yield Fault("field_nec2020", f"“{nec}” is no NEC-2020 field: four digits, the first two 00 to 10.")
    if isced and not (len(isced) in {2, 3, 4} and _is_code(isced)):
        yield Fault("field_iscedf", f"“{isced}” is no ISCED-F field: two to four digits, the first two 00 to 10.")


def _is_code(code: str) -> bool:
    return code.isascii() and code.isdigit() and code[:2] in BROAD_FIELDS
