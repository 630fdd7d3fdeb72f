"""The fourteen categories of interest: how far back each reaches, and what it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from qa_platform.kernel.months import months_after

ConflictCode = Literal["EMP", "STU", "CON", "OWN", "FAM", "JOB", "DEV", "RIV", "SYS", "REC", "COL", "PER", "GIF", "FUT"]


class Effect(StrEnum):
    """What a declared conflict does to a reviewer's part in a case."""

    BAR = "bar"
    OFFICER_DECIDES = "officer_decides"
    UNDERTAKING = "undertaking"


class Category(msgspec.Struct, frozen=True):
    """A kind of conflict; `look_back_months` is 0 for present ties only, None for ever."""

    code: ConflictCode
    relation: str
    look_back_months: int | None
    effect: Effect


CATEGORIES: dict[str, Category] = {
    category.code: category
    for category in (
        Category("EMP", "Employee, officer, board member or adjunct", 60, Effect.BAR),
        Category("STU", "Student or graduate", 60, Effect.BAR),
        Category("CON", "Consultant, trainer, paid author or external examiner", 72, Effect.BAR),
        Category("OWN", "Owner or investor, or receiver of royalties or licence fees", 60, Effect.BAR),
        Category("FAM", "A close relative works there or owns it", 0, Effect.BAR),
        Category("JOB", "Applicant or finalist for a post, or an offer is pending", 72, Effect.BAR),
        Category("DEV", "Took part in designing or endorsing the course", None, Effect.BAR),
        # A field may be so small that every expert competes: then it is disclosed and balanced.
        Category("RIV", "Works for a direct competitor of the course", 0, Effect.OFFICER_DECIDES),
        Category("SYS", "Same group, state system or parent body", 0, Effect.BAR),
        Category("REC", "Reciprocal review in the last cycle", 36, Effect.BAR),
        Category("COL", "Co-author, joint grant or close professional tie", 36, Effect.OFFICER_DECIDES),
        Category("PER", "Friendship, dispute, or public statement for or against", None, Effect.OFFICER_DECIDES),
        Category("GIF", "Gift or hospitality above RM 100", 24, Effect.BAR),
        Category("FUT", "Intends to seek work there", 0, Effect.UNDERTAKING),
    )
}

# Who intends to seek work at a provider undertakes not to, for so long after the review.
UNDERTAKING_MONTHS = 12


def reaches(category: str, since: date, until: date | None, on: date) -> bool:
    """Return whether a tie that held from `since` to `until` (None: still) counts on a day."""
    if since > on:
        return False
    if until is None or until >= on:
        return True
    look_back = CATEGORIES[category].look_back_months
    return look_back is None or on <= months_after(until, look_back)


def bars(category: str, since: date, until: date | None, on: date) -> bool:
    """Return whether a tie keeps a reviewer from a case on a day, without anybody's ruling."""
    return CATEGORIES[category].effect is Effect.BAR and reaches(category, since, until, on)


# What one category does weighs more than what any later one of this list does.
_HARSHEST_FIRST = (Effect.BAR, Effect.OFFICER_DECIDES, Effect.UNDERTAKING)


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer declared in advance: a tie to a provider, or to one course of it; `until` None while it lasts."""

    provider_id: str
    course_id: str | None
    category: ConflictCode
    since: date
    until: date | None


def categories_of(ties: Iterable[Tie], provider_id: str, course_id: str | None, on: date) -> tuple[ConflictCode, ...]:
    """Return the categories, each once, in which declared ties count against a course of a provider on a day.

    Where the course is not known, what was declared of any course of the provider counts.
    """
    counting = {
        tie.category
        for tie in ties
        if tie.provider_id == provider_id
        and (course_id is None or tie.course_id in {None, course_id})
        and reaches(tie.category, tie.since, tie.until, on)
    }
    return tuple(code for code in CATEGORIES if code in counting)


def effect_of(categories: Iterable[str]) -> Effect | None:
    """Return the harshest of what categories do, in advance and at the gate alike; None where none applies."""
    effects = {CATEGORIES[category].effect for category in categories}
    return next((effect for effect in _HARSHEST_FIRST if effect in effects), None)
