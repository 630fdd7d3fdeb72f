"""What can have happened to a verification centre, and to whom a case belongs."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import RELEASED, Audience, Visibility, of_provider, of_roles

# Which type of decision it is how a centre stands; the codes are the nation's own.
CentreCode = Literal["CTR-ACC", "CTR-SUS"]

_AGENCY: Visibility = of_roles(
    *(Role.AUDITOR, Role.ADMINISTRATOR, Role.REGISTER_OFFICER, Role.INTAKE_OFFICER),
    *(Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY),
)
_OUTSIDE = (Role.REVIEWER, Role.LEAD_REVIEWER, Role.APPEALS_MEMBER)
EVERYBODY: Visibility = (*_AGENCY, *of_roles(*_OUTSIDE), *of_provider(), Audience(role=Role.PUBLIC))
# Everybody may know that it happened; why is between the agency and the centre.
REASON_WITHIN: Visibility = (
    *_AGENCY,
    *of_roles(*_OUTSIDE, hides=("reason",)),
    *of_provider(hides=("reason",)),
    Audience(role=Role.PUBLIC, hides=("reason",)),
)
# Who runs a case is known to those who run it, and to its provider; reviewers need not know.
_WHOSE: Visibility = of_roles(
    *(Role.AUDITOR, Role.INTAKE_OFFICER, Role.REGISTER_OFFICER, Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY)
)


class CentreApproved(Event, frozen=True, kw_only=True, tag="centre.approved.v1"):
    """The agency lets a centre run cases; `institution` is the provider whose arm it is, if it is one's."""

    seen_by: ClassVar[Visibility] = EVERYBODY

    centre_id: str
    name: str
    institution: str | None
    approved_on: date
    simulated: bool


class CentreDetailsChanged(Event, frozen=True, kw_only=True, tag="centre.details_changed.v1"):
    """What is known of a centre, as it stands after a change: all of it."""

    seen_by: ClassVar[Visibility] = EVERYBODY

    centre_id: str
    name: str
    institution: str | None


class CentreSuspended(Event, frozen=True, kw_only=True, tag="centre.suspended.v1"):
    """A centre is given no cases for the time being, and does nothing about those it has."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    centre_id: str
    suspended_from: date
    reason: str


class CentreReinstated(Event, frozen=True, kw_only=True, tag="centre.reinstated.v1"):
    """A suspended centre runs cases again."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    centre_id: str
    reinstated_from: date
    reason: str


class CentreApprovalEnded(Event, frozen=True, kw_only=True, tag="centre.approval_ended.v1"):
    """A centre runs cases no more; those it had went to its successor, or (None) to the agency."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    centre_id: str
    ended_on: date
    reason: str
    successor_id: str | None


class CaseAssigned(Event, frozen=True, kw_only=True, tag="centre.case_assigned.v1"):
    """A case was given to a centre for the first time; `by_default` where nobody chose it."""

    seen_by: ClassVar[Visibility] = (*_WHOSE, *of_provider())

    submission_id: str
    centre_id: str
    assigned_on: date
    by_default: bool


class CaseMoved(Event, frozen=True, kw_only=True, tag="centre.case_moved.v1"):
    """A case belongs to another centre from now on; None is the agency itself."""

    seen_by: ClassVar[Visibility] = (*_WHOSE, *of_provider(hides=("reason",)))

    submission_id: str
    from_centre_id: str | None
    to_centre_id: str | None
    moved_on: date
    reason: str


class CosignerNamed(Event, frozen=True, kw_only=True, tag="centre.cosigner_named.v1"):
    """The agency named a centre that may sign beside the one that runs a case."""

    seen_by: ClassVar[Visibility] = (*_WHOSE, *of_provider())

    submission_id: str
    centre_id: str
    named_on: date


class DecisionCosigned(Event, frozen=True, kw_only=True, tag="centre.decision_cosigned.v1"):
    """Somebody of another house signed a decision on a course of the deciding centre's own institution.

    `centre_id` is for which centre; None is the agency.
    """

    # Until its release nobody but the committee knows that there is a decision.
    seen_by: ClassVar[Visibility] = (
        *of_roles(Role.AUDITOR, Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY),
        *of_roles(Role.INTAKE_OFFICER, Role.REGISTER_OFFICER, after=RELEASED),
        *of_provider(after=RELEASED, hides=("member_id",)),
    )

    submission_id: str
    decision_id: str
    centre_id: str | None
    member_id: str
    signed_on: date


CentreEvent = CentreApproved | CentreDetailsChanged | CentreSuspended | CentreReinstated | CentreApprovalEnded
AssignmentEvent = CaseAssigned | CaseMoved
CosigningEvent = CosignerNamed | DecisionCosigned
