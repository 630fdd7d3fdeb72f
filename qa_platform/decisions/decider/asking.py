"""The rules of what committee and provider ask of each other: evidence after a deferral, consent to a variation."""

from __future__ import annotations

from qa_platform.decisions.commands import AnswerVariation, ProposeVariation, SupplyEvidence, WithdrawVariation
from qa_platform.decisions.decider.codes import codes_for
from qa_platform.decisions.decider.refusals import (
    AlreadyDecided,
    NothingAwaited,
    NotReadyToDecide,
    ReasonMissing,
    VariationImproper,
    VariationNotAsked,
)
from qa_platform.decisions.decider.state import Deciding
from qa_platform.decisions.events import (
    DecisionEvent,
    EvidenceSupplied,
    VariationAnswered,
    VariationProposed,
    VariationWithdrawn,
)
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault


def supply(command: SupplyEvidence, deciding: Deciding) -> list[DecisionEvent]:
    """Return what the provider supplied, in time and to each thing that is wanted; again, until it is tabled."""
    what = "The evidence was not taken in"
    awaited, released = deciding.awaited, deciding.released
    if awaited is None or released is None or released.decision_id != awaited.decision_id:
        raise NothingAwaited(f"{what}: the committee does not wait for anything.")
    if deciding.item is not None:
        raise NothingAwaited(f"{what}: the submission is before the committee again, on what was supplied before.")
    if command.on > awaited.due_on:
        raise NothingAwaited(f"{what}: there was time until the end of {awaited.due_on}.")
    places = [one.wanted for one in command.answers]
    if sorted(places) != list(range(len(awaited.wanted))):
        message = f"Answer each of the {len(awaited.wanted)} things that are wanted, once, from 0 on."
        raise ReasonMissing(f"{what}: {message}", (Fault("answers", message),))
    refuse_personal_data({f"answers.{place}.text": one.text for place, one in enumerate(command.answers)})
    if deciding.supplied is not None and deciding.supplied.answers == command.answers:
        return []

    return [
        EvidenceSupplied(
            submission_id=command.submission_id,
            decision_id=awaited.decision_id,
            answers=command.answers,
            supplied_on=command.on,
        )
    ]


def propose(command: ProposeVariation, deciding: Deciding) -> list[DecisionEvent]:
    """Return the question to the provider whether it agrees to something else than it claimed."""
    what = "The variation was not proposed"
    if deciding.variation is not None and deciding.variation.variation_id == command.variation_id:
        return []
    if deciding.is_decided:
        raise AlreadyDecided(f"{what}: the submission has been decided.")
    if command.submission_status != "accepted" or not command.scoring_closed:
        raise NotReadyToDecide(f"{what}: the submission is not ready to be decided. Wait until its scoring is closed.")
    if _is_open(deciding, command):
        raise VariationImproper(
            f"{what}: the provider is still asked about another one. Wait for its answer, or take the question back."
        )
    _refuse_terms(command)
    refuse_personal_data({"reason": command.reason})

    return [
        VariationProposed(
            submission_id=command.submission_id,
            variation_id=command.variation_id,
            level=command.level,
            credits=command.credits,
            hours=command.hours,
            reason=command.reason,
            due_on=command.due_on,
        )
    ]


def _is_open(deciding: Deciding, command: ProposeVariation) -> bool:
    asked = deciding.variation
    return asked is not None and deciding.consent is None and command.on <= asked.due_on


def _refuse_terms(command: ProposeVariation) -> None:
    what = "The variation was not proposed"
    if "APP-V" not in codes_for(command.route):
        raise VariationImproper(f"{what}: on the route {command.route} nothing is varied.")
    pairs = (
        (command.level, command.level_claimed),
        (command.credits, command.credits_claimed),
        (command.hours, command.hours_claimed),
    )
    if all(varied is None or varied == claimed for varied, claimed in pairs):
        raise VariationImproper(f"{what}: it differs in nothing from what was claimed. Say what is varied.")
    if command.due_on <= command.on:
        message = f"Choose a day after {command.on}."
        raise VariationImproper(
            f"{what}: the provider would have no time to answer. {message}", (Fault("due_on", message),)
        )
    if not command.reason.strip():
        raise ReasonMissing(f"{what}: it has no reason. Say why.", (Fault("reason", "Say why."),))


def withdraw(command: WithdrawVariation, deciding: Deciding) -> list[DecisionEvent]:
    """Return that the question is taken back, which is possible until it is answered."""
    asked = deciding.variation
    if asked is None:
        raise VariationNotAsked("Nothing was taken back: no variation is proposed.")
    if deciding.consent is not None:
        raise VariationImproper("The variation was not taken back: the provider has answered.")
    refuse_personal_data({"reason": command.reason})

    return [
        VariationWithdrawn(submission_id=command.submission_id, variation_id=asked.variation_id, reason=command.reason)
    ]


def answer(command: AnswerVariation, deciding: Deciding) -> list[DecisionEvent]:
    """Return the provider's answer, once and in time."""
    what = "The answer was not taken in"
    asked, given = deciding.variation, deciding.consent
    if asked is None or asked.variation_id != command.variation_id:
        raise VariationNotAsked(f"{what}: this variation is not proposed, or no longer. Look at it again.")
    if given is not None:
        if given.answer == command.answer:
            return []
        raise VariationImproper(f"{what}: the provider “{given.answer}” on {given.answered_on}, and that stands.")
    # Until the release nobody learns by an answer whether a decision was taken.
    if deciding.is_decided and deciding.released is not None:
        raise AlreadyDecided(f"{what}: the decision was released on {deciding.released.released_on}.")
    if command.on > asked.due_on:
        raise VariationImproper(f"{what}: there was time until the end of {asked.due_on}. Silence is no consent.")

    return [
        VariationAnswered(
            submission_id=command.submission_id,
            variation_id=command.variation_id,
            officer_id=command.officer_id,
            answer=command.answer,
            answered_on=command.on,
        )
    ]
