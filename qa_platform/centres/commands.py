"""What one may ask about a verification centre, and about whose case is whose."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, UnsetType

from qa_platform.kernel.event import Command


class ApproveCentre(Command, frozen=True, kw_only=True):
    """Let a centre run cases; `institution` is the provider whose arm it is."""

    centre_id: str
    name: str
    approved_on: date
    institution: str | None = None
    simulated: bool = False


class ChangeCentre(Command, frozen=True, kw_only=True):
    """Change what is known of a centre: UNSET stays, None is emptied."""

    centre_id: str
    name: str | UnsetType = UNSET
    institution: str | UnsetType | None = UNSET


class SuspendCentre(Command, frozen=True, kw_only=True):
    """Give a centre no cases for the time being."""

    centre_id: str
    suspended_from: date
    reason: str


class ReinstateCentre(Command, frozen=True, kw_only=True):
    """Lift a suspension."""

    centre_id: str
    reinstated_from: date
    reason: str


class EndApproval(Command, frozen=True, kw_only=True):
    """End a centre's approval; its cases go to the successor (None: the agency), each by its own command."""

    centre_id: str
    ended_on: date
    reason: str
    successor_id: str | None = None


class AssignCase(Command, frozen=True, kw_only=True):
    """Give a case to a centre for the first time.

    `lodged` says whether its course was ever lodged, `centre_is_approved` whether the centre takes cases today.
    """

    submission_id: str
    centre_id: str
    on: date
    lodged: bool
    centre_is_approved: bool
    by_default: bool = False


class MoveCase(Command, frozen=True, kw_only=True):
    """Give a case to another centre, or (None) back to the agency; `centre_is_approved` as above."""

    submission_id: str
    to_centre_id: str | None
    on: date
    reason: str
    centre_is_approved: bool


class NameCosigner(Command, frozen=True, kw_only=True):
    """Let a second centre sign beside the one that runs a case.

    `owner_id` is whose case it is (None: the agency's), `of_institution` whether the second centre is an
    arm of the provider whose course it is.
    """

    submission_id: str
    centre_id: str
    on: date
    owner_id: str | None
    centre_is_approved: bool
    of_institution: bool


class CosignDecision(Command, frozen=True, kw_only=True):
    """Sign a decision that another house took; `for_centre_id` None is for the agency.

    `taken_id` is the decision that waits to be released, and `members` took it.
    """

    submission_id: str
    decision_id: str
    signed_by: str
    for_centre_id: str | None
    owner_id: str | None
    taken_id: str | None
    members: tuple[str, ...]
    on: date


CentreCommand = ApproveCentre | ChangeCentre | SuspendCentre | ReinstateCentre | EndApproval
AssignmentCommand = AssignCase | MoveCase
CosigningCommand = NameCosigner | CosignDecision
