"""The rules about reviewers: who may be asked, and what must be declared how."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import assert_never, get_args

import msgspec
from msgspec.structs import asdict, replace

from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.kernel.sealed import seal
from qa_platform.reviewers.commands import (
    ChangeExpertise,
    DeclareEligible,
    DeclareInterest,
    EndInterest,
    PauseReviewer,
    RegisterReviewer,
    ResumeReviewer,
    ReviewerCommand,
)
from qa_platform.reviewers.events import (
    PauseReason,
    ReviewerCategory,
    ReviewerDeclaredEligible,
    ReviewerEvent,
    ReviewerExpertiseChanged,
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerPaused,
    ReviewerRegistered,
    ReviewerResumed,
)

LEAST_YEARS_OF_PRACTICE = 5


class Status(StrEnum):
    """Where a reviewer stands."""

    UNKNOWN = "unknown"
    REGISTERED = "registered"
    ELIGIBLE = "eligible"
    PAUSED = "paused"


class Expertise(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer knows."""

    fields: tuple[str, ...] = ()
    highest_level: int = 0
    years_of_practice: int = 0
    category: ReviewerCategory = "academic"


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when a declared interest holds."""

    since: date
    until: date | None


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a reviewer."""

    status: Status = Status.UNKNOWN
    expertise: Expertise = Expertise()
    paused_for: PauseReason | None = None
    interests: dict[str, Tie] = {}


class ReviewerUnknown(Missing):
    """The person is not registered as a reviewer."""


class ReviewerTaken(Rejected):
    """The person is a reviewer already."""


class ExpertiseIncomplete(Rejected):
    """A reviewer without a field or a level can be matched with nothing."""


class PracticeTooShort(Rejected):
    """The reviewer has not practised for long enough."""


class ReviewerNotEligible(Rejected):
    """Only a reviewer who may be asked can be paused, and only a paused one resumed."""


class PausedByAgency(Rejected):
    """A reviewer cannot end a pause that he did not ask for."""


class InterestUnacceptable(Rejected):
    """The declared interest contradicts itself, or another."""


class InterestUnknown(Missing):
    """The reviewer declared no such interest."""


def decide(command: ReviewerCommand, reviewer: Reviewer) -> list[ReviewerEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RegisterReviewer():
            return _register(command, reviewer)
        case ChangeExpertise():
            return _change_expertise(command, reviewer)
        case DeclareEligible():
            return _declare_eligible(command, reviewer)
        case PauseReviewer():
            return _pause(command, reviewer)
        case ResumeReviewer():
            return _resume(command, reviewer)
        case DeclareInterest():
            return _declare_interest(command, reviewer)
        case EndInterest():
            return _end_interest(command, reviewer)
        case _:
            assert_never(command)


def evolve(reviewer: Reviewer, event: ReviewerEvent) -> Reviewer:
    """Return the reviewer as he stands after an event. Never refuses."""
    match event:
        case ReviewerRegistered():
            return replace(reviewer, status=Status.REGISTERED, expertise=_expertise(event))
        case ReviewerExpertiseChanged():
            return replace(reviewer, expertise=_expertise(event))
        case ReviewerDeclaredEligible() | ReviewerResumed():
            return replace(reviewer, status=Status.ELIGIBLE, paused_for=None)
        case ReviewerPaused():
            return replace(reviewer, status=Status.PAUSED, paused_for=event.reason)
        case ReviewerInterestDeclared():
            tie = Tie(since=event.since, until=event.until)
            return replace(reviewer, interests={**reviewer.interests, event.interest_id: tie})
        case ReviewerInterestEnded():
            tie = replace(reviewer.interests[event.interest_id], until=event.ended_on)
            return replace(reviewer, interests={**reviewer.interests, event.interest_id: tie})
        case _:
            assert_never(event)


def _register(command: RegisterReviewer, reviewer: Reviewer) -> list[ReviewerEvent]:
    if reviewer.status is not Status.UNKNOWN:
        raise ReviewerTaken(
            "The reviewer was not registered: this person is a reviewer already. Change the expertise instead."
        )
    _require_expertise(_expertise(command))

    return [ReviewerRegistered(**asdict(command))]


def _change_expertise(command: ChangeExpertise, reviewer: Reviewer) -> list[ReviewerEvent]:
    _require_known(reviewer)
    expertise = _expertise(command)
    _require_expertise(expertise)
    if reviewer.status is not Status.REGISTERED:
        _require_practice(expertise)

    if expertise == reviewer.expertise:
        return []
    return [ReviewerExpertiseChanged(**asdict(command))]


def _declare_eligible(command: DeclareEligible, reviewer: Reviewer) -> list[ReviewerEvent]:
    _require_known(reviewer)
    if reviewer.status is Status.PAUSED:
        raise ReviewerNotEligible("The reviewer was not declared eligible: he is, but paused. End the pause instead.")
    _require_practice(reviewer.expertise)

    if reviewer.status is Status.ELIGIBLE:
        return []
    return [ReviewerDeclaredEligible(person_id=command.person_id, eligible_from=command.eligible_from)]


def _pause(command: PauseReviewer, reviewer: Reviewer) -> list[ReviewerEvent]:
    _require_known(reviewer)
    if reviewer.status is Status.REGISTERED:
        raise ReviewerNotEligible(
            "The reviewer was not paused: he has not been declared eligible, so nobody asks him. There is no need to."
        )

    # The agency may take over a pause that the reviewer asked for; not the other way round.
    if reviewer.paused_for in ("agency", command.reason):
        return []
    return [ReviewerPaused(person_id=command.person_id, paused_from=command.paused_from, reason=command.reason)]


def _resume(command: ResumeReviewer, reviewer: Reviewer) -> list[ReviewerEvent]:
    _require_known(reviewer)
    if reviewer.status is Status.REGISTERED:
        raise ReviewerNotEligible(
            "The pause was not ended: the reviewer has never been eligible. Declare him eligible instead."
        )
    if reviewer.paused_for == "agency" and command.asked_by != "agency":
        raise PausedByAgency("The pause was not ended: the agency asked for it. Ask the agency to end it.")

    if reviewer.status is Status.ELIGIBLE:
        return []
    return [ReviewerResumed(person_id=command.person_id, resumed_from=command.resumed_from)]


def _declare_interest(command: DeclareInterest, reviewer: Reviewer) -> list[ReviewerEvent]:
    _require_known(reviewer)
    if command.interest_id in reviewer.interests:
        raise InterestUnacceptable(
            "The interest was not declared: its id is in use already. Declare it under a new id."
        )
    relation = CATEGORIES[command.category].relation
    if command.since > command.declared_on:
        raise InterestUnacceptable(
            f"“{relation}” was not declared: it would begin on {command.since}, which is to come. "
            "Declare the offer or the intention instead (JOB or FUT)."
        )
    if command.until is not None and command.until < command.since:
        raise InterestUnacceptable(
            f"“{relation}” was not declared: it would end on {command.until}, before it began on {command.since}. "
            "Correct one of the days."
        )

    return [
        ReviewerInterestDeclared(
            person_id=command.person_id,
            interest_id=command.interest_id,
            provider_id=command.provider_id,
            course_id=command.course_id,
            category=command.category,
            since=command.since,
            until=command.until,
            detail=None if command.detail is None else seal(command.person_id, command.detail, purpose="interests"),
        )
    ]


def _end_interest(command: EndInterest, reviewer: Reviewer) -> list[ReviewerEvent]:
    _require_known(reviewer)
    tie = reviewer.interests.get(command.interest_id)
    if tie is None:
        raise InterestUnknown(
            f"No interest was ended: none is declared under “{command.interest_id}”. Look at your declared interests."
        )
    if command.ended_on < tie.since:
        raise InterestUnacceptable(
            f"The interest was not ended: {command.ended_on} is before it began on {tie.since}. Choose a later day."
        )
    if tie.until is not None and tie.until != command.ended_on:
        raise InterestUnacceptable(
            f"The interest was not ended: it ended on {tie.until} already. If that is wrong, declare it again."
        )

    if tie.until == command.ended_on:
        return []
    return [
        ReviewerInterestEnded(person_id=command.person_id, interest_id=command.interest_id, ended_on=command.ended_on)
    ]


def _require_known(reviewer: Reviewer) -> None:
    if reviewer.status is Status.UNKNOWN:
        raise ReviewerUnknown("Nothing was changed: this person is not a reviewer. Register the reviewer first.")


def _require_expertise(expertise: Expertise) -> None:
    if not expertise.fields:
        raise ExpertiseIncomplete("The expertise was not recorded: it names no field. Add at least one ISCED-F code.")


def _require_practice(expertise: Expertise) -> None:
    if expertise.years_of_practice < LEAST_YEARS_OF_PRACTICE:
        raise PracticeTooShort(
            f"The reviewer is not eligible with {expertise.years_of_practice} years of practice: "
            f"{LEAST_YEARS_OF_PRACTICE} are needed. Correct the expertise if more can be shown."
        )


def _expertise(source: object) -> Expertise:
    return msgspec.convert(source, Expertise, from_attributes=True)


reviewer_decider: Decider[ReviewerCommand, Reviewer, ReviewerEvent] = Decider(
    commands=get_args(ReviewerCommand),
    events=get_args(ReviewerEvent),
    stream=lambda command: f"reviewer-{command.person_id}",
    initial=Reviewer(),
    decide=decide,
    evolve=evolve,
)
