"""What one may ask on the way to a full panel: propose, change, confirm, object, remind."""

from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.panels.commands.interest import Interest
from qa_platform.panels.events import ObjectionGround
from qa_platform.panels.events.allocation import AllocatedSeat, Category, Instance, Proof, ProposedSeat, Reason


class MakeAllocation(Command, frozen=True, kw_only=True):
    """Keep an allocation with all that it was made from."""

    allocation_id: str
    instance: Instance
    digest: str
    seats: tuple[AllocatedSeat, ...]
    objective: int
    bound: int
    proof: Proof


class ProposePanel(Command, frozen=True, kw_only=True):
    """Propose reviewers for free seats, out of an allocation that is kept.

    `barred` are the candidates whom its inputs keep from this case by a tie.
    """

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


class Candidacy(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody stands who might sit: `status` and the like as for an assignment.

    `category` and `employers` (providers that employ him) may be told to the provider; `seen` are the
    categories of ties that the system saw and that bar him. `open_cases` are those in which he has a seat,
    `cap` how many he has at most (None: nobody asked); `unread` the languages of the material that he does not
    read. `outside`: he acts for another centre than the one whose
    case it is. `rests_on` are the streams as they were when all this was read: his own, and whose case it is.
    """

    reviewer_id: str
    category: Category
    status: str
    eligible_from: date | None
    interests: tuple[Interest, ...]
    seen: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    away: bool = False
    open_cases: int = 0
    cap: int | None = None
    unread: tuple[str, ...] = ()
    outside: bool = False
    rests_on: tuple[StreamVersion, ...] = ()


class ChangeProposal(Command, frozen=True, kw_only=True):
    """Put somebody else into a proposed seat, with a reason."""

    submission_id: str
    seat: int
    review_id: str
    candidate: Candidacy
    reason: str
    on: date


class UndoSeatChange(Command, frozen=True, kw_only=True):
    """Give a seat back to whoever was proposed for it before a change, with a reason.

    Once confirmed, `review_id` is the review that he is asked for, and `begun` whether the one who sits
    there has begun to score.
    """

    submission_id: str
    seat: int
    review_id: str
    candidate: Candidacy
    begun: bool
    reason: str
    on: date


class WithdrawProposal(Command, frozen=True, kw_only=True):
    """Take a proposal back before it is confirmed."""

    submission_id: str
    reason: str


class ConfirmProposal(Command, frozen=True, kw_only=True):
    """Confirm a proposal: ask its reviewers, and tell the provider what it may know.

    `candidates` says how everybody in it stands now. The days are those until which who may do what.
    """

    submission_id: str
    candidates: tuple[Candidacy, ...]
    on: date
    remind_on: date
    answer_by: date
    object_by: date


class RemindReviewer(Command, frozen=True, kw_only=True):
    """Remind a reviewer who has not answered, once."""

    submission_id: str
    review_id: str
    on: date


class ObjectToPanel(Command, frozen=True, kw_only=True):
    """Object to seats, as the provider, once."""

    submission_id: str
    seats: tuple[int, ...]
    ground: ObjectionGround
    reasons: str
    objected_by: str
    on: date


class RuleOnObjection(Command, frozen=True, kw_only=True):
    """Uphold or reject the provider's objection."""

    submission_id: str
    upheld: bool
    reason: str


AllocationCommand = MakeAllocation
SeatingCommand = (
    ProposePanel
    | ChangeProposal
    | UndoSeatChange
    | WithdrawProposal
    | ConfirmProposal
    | RemindReviewer
    | ObjectToPanel
    | RuleOnObjection
)
