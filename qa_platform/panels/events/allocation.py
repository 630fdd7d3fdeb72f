"""What an allocation was made from, and what came of it: enough to make it again, bit for bit.

People are pseudonyms, ties are categories; nothing here is more personal than that.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Category = Literal["academic", "employer", "learner"]
Proof = Literal["optimal", "unproven", "infeasible"]
# The code of a tie that is no conflict: he acts for another centre than the case's own, and among its `excluded`.
OTHER_HOUSE = "other_house"


class Expertise(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A field that a reviewer knows (ISCED-F 2013, two to four digits), up to a level."""

    field: str
    level: int


class KnownTie(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What ties a reviewer to one of the cases, declared or seen by the system: it bars him, or it warns."""

    submission_id: str
    code: str
    bars: bool


class CaseInput(msgspec.Struct, frozen=True, kw_only=True):
    """A case with free seats.

    `held` are the categories of those who sit already; `excluded` who sits, sat or leads here.
    A field, a level or languages that are not known ask for nothing.
    """

    submission_id: str
    provider_id: str
    field: str | None
    level: int | None
    languages: tuple[str, ...]
    waiting_days: int
    seats: tuple[int, ...]
    held: tuple[Category, ...] = ()
    excluded: tuple[str, ...] = ()


class ReviewerInput(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewer as he stood; `languages` None: nobody noted them."""

    reviewer_id: str
    category: Category
    expertise: tuple[Expertise, ...]
    languages: tuple[str, ...] | None
    available: bool
    open_cases: int
    cap: int
    ties: tuple[KnownTie, ...] = ()


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What is worth how many points; a higher sum is worse. A change of any number is a new version.

    `field_step` for each digit of the field code on which case and reviewer part; `load_step`
    times the cases that he has open, for each one more; `same_provider` for each further case of
    one provider in the same run. An empty seat outweighs all of that, the longer its case waits the more.
    """

    version: str = "2026-1"
    field_step: int = 120
    language_unknown: int = 60
    load_step: int = 100
    warning: int = 400
    same_provider: int = 300
    no_academic: int = 800
    same_category: int = 80
    empty_seat: int = 10_000_000
    waiting_day: int = 1_000
    longest_waiting_days: int = 365


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an allocation is made from; `seed` decides between equals."""

    on: date
    seed: str
    policy: Policy
    cases: tuple[CaseInput, ...]
    reviewers: tuple[ReviewerInput, ...]


class AllocatedSeat(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A seat of a case, and whom it goes to."""

    submission_id: str
    seat: int
    reviewer_id: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a candidate was chosen for a case, or why not: a code, and the values of its sentence."""

    reviewer_id: str
    code: str
    values: tuple[str, ...] = ()


class ProposedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A seat in a proposal: whom it would go to, and the review that he would be asked for."""

    seat: int
    review_id: str
    reviewer_id: str
    category: Category


class DisclosedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider is told of a seat: from which side its holder comes, and which providers employ him."""

    seat: int
    category: Category
    employers: tuple[str, ...]
