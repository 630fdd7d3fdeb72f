"""What a decision owes to the meeting that took it: votes, a chair, consent, and the terms of a deferral."""

from __future__ import annotations

from datetime import timedelta

from qa_platform.decisions.commands import TakeDecision
from qa_platform.decisions.decider.award import Award
from qa_platform.decisions.decider.refusals import (
    ChairMissing,
    CommitteeImproper,
    ConsentMissing,
    DeferralImproper,
    MeetingImproper,
    MotionMissing,
    MotionNotCarried,
    NotTabled,
)
from qa_platform.decisions.decider.state import Deciding, Item
from qa_platform.decisions.events import DecisionMinuted, EvidenceAwaited, VariationProposed
from qa_platform.kernel.rejected import Fault


def refuse_sitting(command: TakeDecision, deciding: Deciding) -> Item:
    """Return the item that was voted on; raise Rejected unless its motion is carried by those who are named."""
    item = deciding.item
    if item is None or item.tabled.meeting_id != command.sitting.meeting_id:
        raise NotTabled(
            "No decision was taken: the submission is not on the agenda of this meeting. "
            "Table it, put the motion, and let the committee vote."
        )
    if command.taken_on < command.sitting.held_on:
        raise MeetingImproper(f"No decision was taken: the meeting is on {command.sitting.held_on}.")
    if absent := set(command.members) - set(command.sitting.members):
        raise CommitteeImproper(
            f"No decision was taken: “{min(absent)}” does not sit in this meeting. Change who sits first.",
            (Fault("members", "Name only members of this meeting."),),
        )
    _refuse_votes(command, item)
    _refuse_chair(command, deciding)
    return item


def _refuse_votes(command: TakeDecision, item: Item) -> None:
    if item.motion is None or item.motion.code != command.code:
        raise MotionMissing(
            f"No decision was taken: the committee was not asked to vote on “{command.code}”. Put that motion first.",
            (Fault("code", "Put the motion on this code first."),),
        )
    if set(command.members) != set(item.votes):
        raise CommitteeImproper(
            "No decision was taken: the members who are named are not those who voted. "
            "Leave the members out, or record the missing votes; whoever does not want to vote abstains.",
            (Fault("members", "Name exactly those who voted or abstained."),),
        )
    if item.carried:
        return
    count = f"{item.count('for')} voted for “{command.code}” and {item.count('against')} against it"
    if item.tied and item.casting is None:
        raise MotionNotCarried(f"No decision was taken: {count}. Whoever chairs the item has the casting vote.")
    raise MotionNotCarried(f"No decision was taken: {count}, so the motion fell. Put another one.")


def _refuse_chair(command: TakeDecision, deciding: Deciding) -> None:
    chair = deciding.chair(command.sitting)
    if chair is None:
        raise ChairMissing(
            "No decision was taken: the chair is recused from this item. Name another member who chairs it."
        )
    if chair not in command.members:
        raise ChairMissing(
            "No decision was taken: whoever chairs the item has not voted, nor abstained. "
            "Record that vote, or name another member who chairs the item."
        )


def minutes_of(command: TakeDecision, item: Item, deciding: Deciding) -> DecisionMinuted:
    """Return how the decision came about."""
    return DecisionMinuted(
        submission_id=command.submission_id,
        decision_id=command.decision_id,
        meeting_id=item.tabled.meeting_id,
        motion_id="" if item.motion is None else item.motion.motion_id,
        chair_id=deciding.chair(command.sitting) or command.sitting.chair_id,
        quorum=command.quorum,
        votes_for=item.count("for"),
        votes_against=item.count("against"),
        abstentions=item.count("abstain"),
        recusals=len(deciding.recused & set(command.sitting.members)),
        casting_vote=item.tied,
        recorded_by=command.recorded_by,
    )


def refuse_without_consent(command: TakeDecision, award: Award, deciding: Deciding) -> None:
    """Raise ConsentMissing unless the provider agreed to exactly the variation that is decided."""
    if command.code != "APP-V":
        return
    asked, answer = deciding.variation, deciding.consent
    if asked is None:
        raise ConsentMissing(
            "No decision was taken: the provider was not asked whether it agrees to the variation. Propose it first."
        )
    if answer is None or answer.answer != "consented":
        state = f"has until {asked.due_on} to agree" if answer is None else "did not agree"
        raise ConsentMissing(
            f"No decision was taken: the provider {state} to the variation. "
            "Without its consent decide on what was claimed."
        )
    if _varied(award) != _agreed(asked, command):
        raise ConsentMissing(
            "No decision was taken: the provider agreed to another variation than this one. "
            "Award what it agreed to, or propose this one."
        )


def _varied(award: Award) -> tuple[object, ...]:
    return (award.level_awarded, award.credits_awarded, award.hours_accepted)


def _agreed(asked: VariationProposed, command: TakeDecision) -> tuple[object, ...]:
    dossier = command.dossier
    return (
        dossier.level_claimed if asked.level is None else asked.level,
        dossier.credits_claimed if asked.credits is None else asked.credits,
        dossier.hours_claimed if asked.hours is None else asked.hours,
    )


def deferral_of(command: TakeDecision) -> list[EvidenceAwaited]:
    """Return what a deferral waits for, and until when. Raises DeferralImproper."""
    if command.code != "DEFER":
        if command.wanted or command.supply_by is not None:
            raise DeferralImproper(
                f"No decision was taken: “{command.code}” waits for nothing. Take out what is wanted, or defer.",
                (Fault("wanted", "Only a deferral waits for something."),),
            )
        return []
    if not command.wanted or not all(one.strip() for one in command.wanted):
        message = "Say what the provider is to supply."
        raise DeferralImproper(
            f"No decision was taken: a deferral waits for stated evidence. {message}", (Fault("wanted", message),)
        )
    latest = command.taken_on + timedelta(days=command.longest_deferral_calendar_days)
    if command.supply_by is None or not command.taken_on < command.supply_by <= latest:
        message = f"Choose a day after {command.taken_on}, and {latest} at the latest."
        raise DeferralImproper(
            "No decision was taken: a deferral gives the provider at least a day and at most "
            f"{command.longest_deferral_calendar_days}. {message}",
            (Fault("supply_by", message),),
        )
    return [
        EvidenceAwaited(
            submission_id=command.submission_id,
            decision_id=command.decision_id,
            wanted=command.wanted,
            due_on=command.supply_by,
        )
    ]
