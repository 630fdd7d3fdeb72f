"""What the rules must remember of a reviewer."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from qa_platform.reviewers.events import Competence, PauseReason, RecalibrationGround, ReviewerCategory
from qa_platform.scoring.agreement import Compared

LEAST_YEARS_OF_PRACTICE = 5
# As long as nobody says otherwise.
USUAL_CAP = 4


class Status(StrEnum):
    """Where a reviewer stands; whom the agency declared eligible without a calibration is active too."""

    UNKNOWN = "unknown"
    REGISTERED = "registered"
    APPLIED = "applied"
    REFUSED = "refused"
    ELIGIBLE = "eligible"
    TRAINED = "trained"
    CALIBRATED = "calibrated"
    ACTIVE = "active"
    PAUSED = "paused"
    RECALIBRATION_DUE = "recalibration_due"
    SUSPENDED = "suspended"
    RETIRED = "retired"


class Expertise(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer knows."""

    fields: tuple[str, ...] = ()
    highest_level: int = 0
    years_of_practice: int = 0
    category: ReviewerCategory = "academic"


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when a declared interest, or a post, holds."""

    since: date
    until: date | None


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer gave a benchmark course, under which version of the standard."""

    standard_id: str
    rubric_version: str
    compared: tuple[Compared, ...]


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a reviewer.

    `sheets` are those of the calibration under way, by benchmark; `window` the pairs of own and
    moderated score since the last calibration, the latest last; `compared` the reviews in it.
    """

    status: Status = Status.UNKNOWN
    expertise: Expertise = Expertise()
    own_level: int = 0
    competences: tuple[Competence, ...] = ()
    languages: tuple[str, ...] = ()
    paused_for: PauseReason | None = None
    interests: dict[str, Tie] = {}
    posts: dict[str, Tie] = {}
    absences: dict[str, tuple[date, date]] = {}
    cap: int = USUAL_CAP
    trainings: frozenset[tuple[str, date]] = frozenset()
    sheets: dict[str, Sheet] = {}
    valid_until: date | None = None
    due: RecalibrationGround | None = None
    window: tuple[tuple[int | None, int | None], ...] = ()
    compared: frozenset[str] = frozenset()
