"""How somebody becomes a reviewer: registered by the agency, or by an application of his own."""

from __future__ import annotations

from typing import assert_never

import msgspec
from msgspec.structs import asdict, replace

from qa_platform.kernel.sealed import seal
from qa_platform.reviewers.commands import (
    ApplyToReview,
    ChangeExpertise,
    DeclareEligible,
    EnteringCommand,
    FindEligible,
    RefuseReviewer,
    RegisterReviewer,
)
from qa_platform.reviewers.decider.refusals import (
    ExpertiseIncomplete,
    LevelTooLow,
    ReviewerNotEligible,
    ReviewerOutOfTurn,
    ReviewerTaken,
    require_expertise,
    require_known,
    require_practice,
    require_staying,
)
from qa_platform.reviewers.decider.state import Expertise, Reviewer, Status
from qa_platform.reviewers.events import (
    Competence,
    EnteringEvent,
    ReviewerApplicationRefused,
    ReviewerApplied,
    ReviewerDeclaredEligible,
    ReviewerExpertiseChanged,
    ReviewerFoundEligible,
    ReviewerRegistered,
)

# The key of this purpose is destroyed with the application, where somebody never became a reviewer.
_APPLICATION = "application"
_NOT_YET_FOUND = (Status.REGISTERED, Status.APPLIED, Status.REFUSED)


def decide_entering(command: EnteringCommand, reviewer: Reviewer) -> list[EnteringEvent]:
    """Return what follows from an offer, an application, or an answer to it."""
    match command:
        case RegisterReviewer():
            return _register(command, reviewer)
        case ApplyToReview():
            return _apply(command, reviewer)
        case FindEligible():
            return _find_eligible(command, reviewer)
        case RefuseReviewer():
            return _refuse(command, reviewer)
        case ChangeExpertise():
            return _change_expertise(command, reviewer)
        case DeclareEligible():
            return _declare_eligible(command, reviewer)
        case _:
            assert_never(command)


def evolve_entering(reviewer: Reviewer, event: EnteringEvent) -> Reviewer:
    """Return the reviewer after he entered, or was answered."""
    match event:
        case ReviewerRegistered():
            return _known(replace(reviewer, status=Status.REGISTERED), _expertise(event))
        case ReviewerApplied():
            return replace(
                reviewer,
                status=Status.APPLIED,
                expertise=_applied_expertise(event),
                own_level=event.own_level,
                competences=event.competences,
                languages=event.languages,
            )
        case ReviewerFoundEligible():
            return replace(reviewer, status=Status.ELIGIBLE)
        case ReviewerApplicationRefused():
            return replace(reviewer, status=Status.REFUSED)
        case ReviewerExpertiseChanged():
            return _known(reviewer, _expertise(event))
        case ReviewerDeclaredEligible():
            return replace(reviewer, status=Status.ACTIVE, paused_for=None)
        case _:
            assert_never(event)


def _known(reviewer: Reviewer, expertise: Expertise) -> Reviewer:
    # Said in one word for all fields, the level is that of each.
    competences = tuple(Competence(field=field, highest_level=expertise.highest_level) for field in expertise.fields)
    return replace(reviewer, expertise=expertise, own_level=expertise.highest_level, competences=competences)


def _register(command: RegisterReviewer, reviewer: Reviewer) -> list[EnteringEvent]:
    if reviewer.status is not Status.UNKNOWN:
        raise ReviewerTaken(
            "The reviewer was not registered: this person is a reviewer already. Change the expertise instead."
        )
    require_expertise(_expertise(command))

    return [ReviewerRegistered(**asdict(command))]


def _apply(command: ApplyToReview, reviewer: Reviewer) -> list[EnteringEvent]:
    if reviewer.status not in {Status.UNKNOWN, Status.REFUSED}:
        raise ReviewerTaken(
            "Your application was not recorded: you applied, or are a reviewer, already. Look at your own entry."
        )
    refuse_competences(command.competences)
    if not command.languages:
        raise ExpertiseIncomplete("Your application was not recorded: it names no language. Add one that you read.")

    statement = seal(command.person_id, command.statement, purpose=_APPLICATION) if command.statement else None
    return [ReviewerApplied(**{**asdict(command), "statement": statement})]


def refuse_competences(competences: tuple[Competence, ...]) -> None:
    """Refuse competences that name no field, or one of them twice."""
    fields = [one.field for one in competences]
    if not fields:
        raise ExpertiseIncomplete("The competences were not recorded: they name no field. Add an ISCED-F code.")
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice is not None:
        raise ExpertiseIncomplete(
            f"The competences were not recorded: field “{twice}” is there more than once. Name it with one level."
        )


def _find_eligible(command: FindEligible, reviewer: Reviewer) -> list[EnteringEvent]:
    require_staying(reviewer)
    if reviewer.status is Status.ELIGIBLE:
        return []
    if reviewer.status not in {Status.REGISTERED, Status.APPLIED}:
        raise ReviewerOutOfTurn(
            f"The reviewer was not found eligible: he is “{reviewer.status}”, and has no application to answer. "
            "Look at his entry."
        )
    require_practice(reviewer.expertise)
    highest = max(one.highest_level for one in reviewer.competences)
    if reviewer.own_level < highest and not command.equivalent_practice:
        raise LevelTooLow(
            f"The reviewer was not found eligible: his qualification is of level {reviewer.own_level}, and he would "
            f"judge courses of level {highest}. Find that his practice stands for it, or lower the competences."
        )

    return [
        ReviewerFoundEligible(
            person_id=command.person_id, found_on=command.found_on, equivalent_practice=command.equivalent_practice
        )
    ]


def _refuse(command: RefuseReviewer, reviewer: Reviewer) -> list[EnteringEvent]:
    require_known(reviewer)
    if reviewer.status is Status.REFUSED:
        return []
    if reviewer.status is not Status.APPLIED:
        raise ReviewerOutOfTurn(
            f"The application was not refused: the reviewer is “{reviewer.status}”, and none is open. "
            "Suspend him, or end his reviewing, instead."
        )

    remark = seal(command.person_id, command.remark, purpose=_APPLICATION) if command.remark else None
    return [
        ReviewerApplicationRefused(
            person_id=command.person_id, ground=command.ground, remark=remark, refused_on=command.refused_on
        )
    ]


def _change_expertise(command: ChangeExpertise, reviewer: Reviewer) -> list[EnteringEvent]:
    require_staying(reviewer)
    expertise = _expertise(command)
    require_expertise(expertise)
    if reviewer.status not in _NOT_YET_FOUND:
        require_practice(expertise)

    if expertise == reviewer.expertise:
        return []
    return [ReviewerExpertiseChanged(**asdict(command))]


def _declare_eligible(command: DeclareEligible, reviewer: Reviewer) -> list[EnteringEvent]:
    require_staying(reviewer)
    if reviewer.status is Status.PAUSED:
        raise ReviewerNotEligible("The reviewer was not declared eligible: he is, but paused. End the pause instead.")
    if reviewer.status not in {Status.REGISTERED, Status.ACTIVE}:
        raise ReviewerOutOfTurn(
            f"The reviewer was not declared eligible: he is “{reviewer.status}”, and comes to reviewing "
            "by training and calibration. Go on from there."
        )
    require_practice(reviewer.expertise)

    if reviewer.status is Status.ACTIVE:
        return []
    return [ReviewerDeclaredEligible(person_id=command.person_id, eligible_from=command.eligible_from)]


def _applied_expertise(event: ReviewerApplied) -> Expertise:
    return Expertise(
        fields=tuple(one.field for one in event.competences),
        highest_level=max(one.highest_level for one in event.competences),
        years_of_practice=event.years_of_practice,
        category=event.category,
    )


def _expertise(source: object) -> Expertise:
    return msgspec.convert(source, Expertise, from_attributes=True)
