"""What one may ask of the decision on a submission."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from qa_platform.decisions.events import Basis, Code, Condition, Ground
from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command
from qa_platform.scoring.outcome import Sheet
from qa_platform.scoring.rubric import Rubric


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a decision rests on, as it stood when the committee looked at it.

    `basis` names the submission, the panel, each locked review and the standard by stream,
    version and digest; `scored_by` is everybody who scored or led. The claimed values are the
    provider's own. `report` is where the report of the panel stands: None before its first draft,
    then draft, withdrawn or final.
    """

    route: str
    submission_status: str
    standard_id: str
    rubric_version: str
    rubric_hash: str
    rubric: Rubric
    sheets: tuple[Sheet, ...]
    settled: dict[str, int | None]
    scoring_closed: bool
    moderation_closed: bool
    scored_by: tuple[str, ...]
    level_claimed: int | None
    credits_claimed: Decimal | None
    hours_claimed: Decimal | None
    basis: tuple[Basis, ...]
    report: str | None = None


class RecuseMember(Command, frozen=True, kw_only=True):
    """Record that a member of the committee takes no part."""

    submission_id: str
    member_id: str
    category: ConflictCode


class TakeDecision(Command, frozen=True, kw_only=True):
    """Decide on a submission.

    `committee` holds those of the members who hold the role. What is awarded is what was claimed
    where nothing else is said, for the longest validity that the agency gives.
    """

    submission_id: str
    decision_id: str
    dossier: Dossier
    code: Code
    members: tuple[str, ...]
    committee: tuple[str, ...]
    taken_on: date
    longest_validity_months: int
    report_required: bool = False
    departure_reason: str | None = None
    grounds: tuple[Ground, ...] = ()
    conditions: tuple[Condition, ...] = ()
    recommendations: tuple[str, ...] = ()
    commendations: tuple[str, ...] = ()
    level_awarded: int | None = None
    credits_awarded: Decimal | None = None
    hours_accepted: Decimal | None = None
    valid_months: int | None = None


class ReleaseDecision(Command, frozen=True, kw_only=True):
    """Give the decision to the provider; an appeal may be filed until `appeal_until`.

    `appeal_calendar_days` is the shortest time that the agency gives for it. Where the submission
    stands is known at the edge.
    """

    submission_id: str
    submission_status: str
    released_on: date
    appeal_until: date
    appeal_calendar_days: int


DecisionCommand = RecuseMember | TakeDecision | ReleaseDecision
