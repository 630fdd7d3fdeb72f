"""What can have happened on the way to a full panel: proposed, changed, confirmed, objected to, reminded."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import AUDITED, Audience, Relation, Visibility, of_provider, of_roles
from qa_platform.panels.events.allocation import (
    AllocatedSeat,
    DisclosedSeat,
    Instance,
    Proof,
    ProposedSeat,
    Reason,
)

ObjectionGround = Literal["conflict", "competence", "bias", "other"]

# What was weighed to seat people is the business of those who seat them.
SEATING: Visibility = (*AUDITED, *of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY))
_REMINDED: Visibility = (*SEATING, Audience(role=Role.REVIEWER, relation=Relation.SELF))
_WHO_WOULD_SIT = ("seats", "barred", "reasons", "allocation_id", "digest", "seed")


class AllocationMade(Event, frozen=True, kw_only=True, tag="panel.allocation_made.v1"):
    """The best panels for a queue were found: from these inputs, under this policy, with this seed.

    `digest` binds the inputs; the seating costs `objective`, and none costs less than `bound`.
    """

    seen_by: ClassVar[Visibility] = SEATING

    allocation_id: str
    instance: Instance
    digest: str
    seats: tuple[AllocatedSeat, ...]
    objective: int
    bound: int
    proof: Proof


class PanelProposed(Event, frozen=True, kw_only=True, tag="panel.proposed.v1"):
    """Reviewers were proposed for the free seats, out of an allocation; every candidate has a reason."""

    seen_by: ClassVar[Visibility] = (*SEATING, *of_provider(hides=_WHO_WOULD_SIT))

    submission_id: str
    proposal_id: str
    allocation_id: str
    digest: str
    policy_version: str
    seed: str
    on: date
    seats: tuple[ProposedSeat, ...]
    barred: tuple[str, ...]
    reasons: tuple[Reason, ...]


class ProposalChanged(Event, frozen=True, kw_only=True, tag="panel.proposal_changed.v1"):
    """The officer put somebody else into a proposed seat, and said why; `instead_of` None: nobody was proposed."""

    seen_by: ClassVar[Visibility] = SEATING

    submission_id: str
    proposal_id: str
    seat: ProposedSeat
    instead_of: str | None
    reason: str


class ProposalWithdrawn(Event, frozen=True, kw_only=True, tag="panel.proposal_withdrawn.v1"):
    """The officer took a proposal back before it was confirmed, and said why."""

    seen_by: ClassVar[Visibility] = (*SEATING, *of_provider(hides=("reason",)))

    submission_id: str
    proposal_id: str
    reason: str


class ProposalConfirmed(Event, frozen=True, kw_only=True, tag="panel.proposal_confirmed.v1"):
    """A proposal was confirmed: its reviewers are asked, and the provider may object.

    `disclosed` is all that the provider is told of who sits; `reviews` are asked of their reviewers
    on `on`, who are reminded on `remind_on` and have until `answer_by`.
    """

    seen_by: ClassVar[Visibility] = (*SEATING, *of_provider(hides=("reviews",)))

    submission_id: str
    proposal_id: str
    reviews: tuple[str, ...]
    disclosed: tuple[DisclosedSeat, ...]
    on: date
    remind_on: date
    answer_by: date
    object_by: date


class SeatChangeUndone(Event, frozen=True, kw_only=True, tag="panel.seat_change_undone.v1"):
    """A seat went back to whoever was proposed for it before the officer's change, and the officer said why."""

    seen_by: ClassVar[Visibility] = SEATING

    submission_id: str
    proposal_id: str
    seat: ProposedSeat
    instead_of: str
    reason: str


class ReviewerReminded(Event, frozen=True, kw_only=True, tag="panel.reviewer_reminded.v1"):
    """A reviewer who has not answered was reminded of the day until which he may."""

    seen_by: ClassVar[Visibility] = _REMINDED

    submission_id: str
    review_id: str
    reviewer_id: str
    seat: int
    answer_by: date


class PanelObjected(Event, frozen=True, kw_only=True, tag="panel.objected.v1"):
    """The provider objected to seats of its panel, once, with reasons; it knows no more of them than was disclosed."""

    seen_by: ClassVar[Visibility] = (*SEATING, *of_provider(hides=("objected_by",)))

    submission_id: str
    seats: tuple[int, ...]
    ground: ObjectionGround
    reasons: Sealed[str]
    objected_by: str


class ObjectionRuled(Event, frozen=True, kw_only=True, tag="panel.objection_ruled.v1"):
    """The officer upheld an objection, so that its seats are given to others, or rejected it; and said why."""

    seen_by: ClassVar[Visibility] = (*SEATING, *of_provider())

    submission_id: str
    seats: tuple[int, ...]
    upheld: bool
    reason: str


SeatingEvent = (
    PanelProposed
    | ProposalChanged
    | ProposalWithdrawn
    | ProposalConfirmed
    | SeatChangeUndone
    | ReviewerReminded
    | PanelObjected
    | ObjectionRuled
)
AllocationEvent = AllocationMade
