"""The conflicts of interest of a reviewer: categories, how far back they reach, what they do."""

from __future__ import annotations

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
