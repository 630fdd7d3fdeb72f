"""What one may ask of a decision: to take it, to sign it, to release it, to take it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from qa_platform.decisions.commands.items import Sitting
from qa_platform.decisions.events import Basis, Clerical, Code, Condition, Ground
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


class TakeDecision(Command, frozen=True, kw_only=True):
    """Decide on a submission, as the committee voted in a meeting.

    `members` are those who voted, `committee` those of them who hold the role, `recorded_by` is who
    asks. A deferral says what is wanted, and by when: at most `longest_deferral_calendar_days` later.
    What is awarded is what was claimed where nothing else is said, for the longest validity that the
    agency gives.
    """

    submission_id: str
    decision_id: str
    dossier: Dossier
    code: Code
    members: tuple[str, ...]
    committee: tuple[str, ...]
    taken_on: date
    longest_validity_months: int
    longest_deferral_calendar_days: int
    quorum: int
    sitting: Sitting
    recorded_by: str
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
    wanted: tuple[str, ...] = ()
    supply_by: date | None = None


class CountersignDecision(Command, frozen=True, kw_only=True):
    """Confirm, as a member who sat, that the decision as recorded is what the committee decided."""

    submission_id: str
    decision_id: str
    member_id: str
    signed_on: date


class RecordDissent(Command, frozen=True, kw_only=True):
    """Say why one voted against the decision; `asked_by` is None where the secretary records it."""

    submission_id: str
    member_id: str
    asked_by: str | None
    reason: str


class RescindDecision(Command, frozen=True, kw_only=True):
    """Take back a decision that was not released."""

    submission_id: str
    decision_id: str
    reason: str
    rescinded_on: date


class ReleaseDecision(Command, frozen=True, kw_only=True):
    """Give the decision to the provider; an appeal may be filed until `appeal_until`.

    `appeal_calendar_days` is the shortest time that the agency gives for it. Where the submission
    stands is known at the edge, and whether another house must sign first and has not: the course is of
    the deciding centre's own institution.
    """

    submission_id: str
    submission_status: str
    released_on: date
    appeal_until: date
    appeal_calendar_days: int
    cosignature_missing: bool = False


class CorrectDecision(Command, frozen=True, kw_only=True):
    """Put right a slip of the pen in a released decision."""

    submission_id: str
    decision_id: str
    correction_id: str
    part: Clerical
    wrong: str
    right: str
    reason: str
    corrected_on: date


VerdictCommand = (
    TakeDecision | CountersignDecision | RecordDissent | RescindDecision | ReleaseDecision | CorrectDecision
)
