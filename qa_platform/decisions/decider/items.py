"""The rules of an item: on one agenda at a time, who takes no part, what is moved, and who votes how."""

from __future__ import annotations

from qa_platform.decisions.commands import (
    CastVote,
    GiveCastingVote,
    NameItemChair,
    PutMotion,
    RecuseMember,
    RetableCase,
    Sitting,
    TableCase,
    TakeCaseOff,
    WithdrawRecusal,
    WithdrawVote,
)
from qa_platform.decisions.decider.codes import KINDS, codes_for
from qa_platform.decisions.decider.refusals import (
    AlreadyDecided,
    AlreadyTabled,
    ChairMissing,
    CodeNotAllowed,
    CommitteeImproper,
    EvidenceStillDue,
    MeetingImproper,
    MeetingOpened,
    MotionMissing,
    NotReadyToDecide,
    NotRecused,
    NotTabled,
    VoteNotAllowed,
)
from qa_platform.decisions.decider.state import Deciding, Item
from qa_platform.decisions.events import (
    CaseTabled,
    CaseTakenOff,
    CastingVoteGiven,
    DecisionEvent,
    ItemChairNamed,
    MemberRecused,
    MotionPut,
    RecusalWithdrawn,
    VoteCast,
    VoteWithdrawn,
)
from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault


def table(command: TableCase, deciding: Deciding) -> list[DecisionEvent]:
    """Return that the submission is on an agenda, where it is ready and on no other."""
    if deciding.is_decided:
        raise AlreadyDecided("The submission was not tabled: it has been decided.")
    if deciding.item is not None:
        if deciding.item.tabled.meeting_id == command.meeting_id:
            return []
        raise AlreadyTabled(
            f"The submission was not tabled: it is an item of the meeting of {deciding.item.tabled.held_on}. "
            "Take it off there first."
        )
    _refuse_unready(command, deciding)

    return [
        CaseTabled(
            submission_id=command.submission_id,
            meeting_id=command.meeting_id,
            held_on=command.held_on,
        )
    ]


def _refuse_unready(command: TableCase, deciding: Deciding) -> None:
    if command.submission_status != "accepted":
        raise NotReadyToDecide(
            f"The submission was not tabled: it is “{command.submission_status}”, and only an accepted one is decided."
        )
    if not command.scoring_closed:
        raise NotReadyToDecide(
            "The submission was not tabled: the scoring is not closed. Wait until every review is locked."
        )
    if command.held_on < command.on:
        raise MeetingImproper(
            f"The submission was not tabled: the meeting was on {command.held_on}. Choose one that is to come."
        )
    awaited = deciding.awaited
    # Due today is not overdue.
    if awaited is not None and deciding.supplied is None and command.on <= awaited.due_on:
        raise EvidenceStillDue(
            f"The submission was not tabled: the provider has until the end of {awaited.due_on} to supply what the "
            "deferral waits for. Table it once that is there, or the day after."
        )


def move(command: RetableCase, deciding: Deciding) -> list[DecisionEvent]:
    """Return that the submission is an item of its meeting on another day, as long as nothing was voted on it."""
    item = deciding.item
    elsewhere = item is None or item.tabled.meeting_id != command.meeting_id
    if item is None or elsewhere or deciding.is_decided or item.motion is not None:
        raise MeetingOpened(
            "The meeting was not moved: it has begun, for the committee was asked to vote on one of its items. "
            "Take off what is still open, and table it in another meeting."
        )
    if item.tabled.held_on == command.held_on:
        return []

    return [CaseTabled(submission_id=command.submission_id, meeting_id=command.meeting_id, held_on=command.held_on)]


def take_off(command: TakeCaseOff, deciding: Deciding) -> list[DecisionEvent]:
    """Return that the submission is on no agenda, where nothing was decided on it."""
    item = _tabled(deciding, "Nothing was taken off")
    if item.tabled.meeting_id != command.meeting_id:
        raise NotTabled("Nothing was taken off: the submission is not on the agenda of this meeting.")
    refuse_personal_data({"reason": command.reason})

    return [CaseTakenOff(submission_id=command.submission_id, meeting_id=command.meeting_id, reason=command.reason)]


def recuse(command: RecuseMember, deciding: Deciding) -> list[DecisionEvent]:
    """Return that a member takes no part; a vote that was cast falls with it."""
    if command.member_id in deciding.recused:
        return []
    if command.category not in CATEGORIES:
        message = f"“{command.category}” is no category of interest. Choose from the list."
        raise CommitteeImproper(f"The recusal was not recorded: {message}", (Fault("category", message),))
    if deciding.is_decided:
        raise AlreadyDecided("The recusal was not recorded: the decision has been taken. It belongs before it.")

    return [MemberRecused(submission_id=command.submission_id, member_id=command.member_id, category=command.category)]


def withdraw_recusal(command: WithdrawRecusal, deciding: Deciding) -> list[DecisionEvent]:
    """Return that a member takes part again."""
    if command.member_id not in deciding.recused:
        raise NotRecused("No recusal was taken back: this member is not recused.")
    if deciding.is_decided:
        raise AlreadyDecided(
            "The recusal was not taken back: the decision has been taken without this member. "
            "Rescind it first, as long as it is not released."
        )

    return [RecusalWithdrawn(submission_id=command.submission_id, member_id=command.member_id, reason=command.reason)]


def name_chair(command: NameItemChair, deciding: Deciding) -> list[DecisionEvent]:
    """Return that another member chairs the item."""
    item = _open(deciding, command.sitting, "No other chair was named")
    _refuse_outsider(command.member_id, command.sitting, deciding, "No other chair was named")
    if item.chair_id == command.member_id:
        return []

    return [ItemChairNamed(submission_id=command.submission_id, member_id=command.member_id)]


def put_motion(command: PutMotion, deciding: Deciding) -> list[DecisionEvent]:
    """Return what the committee votes on."""
    what = "The motion was not put"
    item = _open(deciding, command.sitting, what)
    if item.motion is not None and item.motion.motion_id == command.motion_id:
        return []
    if command.on < command.sitting.held_on:
        raise MeetingImproper(f"{what}: the meeting is on {command.sitting.held_on}. Nothing is voted on before.")
    _refuse_without_chair(deciding, command.sitting, what)
    kind = KINDS.get(command.code)
    if kind is None or command.route not in kind.routes:
        allowed = ", ".join(f"“{code}”" for code in codes_for(command.route))
        message = f"Choose one of {allowed}."
        raise CodeNotAllowed(
            f"{what}: “{command.code}” is no decision on the route {command.route}. {message}",
            (Fault("code", message),),
        )
    if command.code == "DEFER":
        refuse_second_deferral(deciding)

    return [MotionPut(submission_id=command.submission_id, motion_id=command.motion_id, code=command.code)]


def cast(command: CastVote, deciding: Deciding) -> list[DecisionEvent]:
    """Return a member's vote on the motion; the same vote again changes nothing."""
    what = "The vote was not counted"
    refuse_other(command.member_id, command.asked_by, what)
    item = _open(deciding, command.sitting, what)
    _refuse_outsider(command.member_id, command.sitting, deciding, what)
    if command.member_id in command.reviewed_by:
        raise VoteNotAllowed(
            f"{what}: whoever reviewed the submission, or leads its panel, does not decide on it. Record the recusal."
        )
    motion = _motion(item, what)
    if item.votes.get(command.member_id) == command.vote:
        return []

    return [
        VoteCast(
            submission_id=command.submission_id,
            motion_id=motion.motion_id,
            member_id=command.member_id,
            vote=command.vote,
        )
    ]


def withdraw_vote(command: WithdrawVote, deciding: Deciding) -> list[DecisionEvent]:
    """Return that a vote is taken back."""
    refuse_other(command.member_id, command.asked_by, "The vote was not taken back")
    item = _tabled(deciding, "The vote was not taken back")
    if item.motion is None or command.member_id not in item.votes:
        raise VoteNotAllowed("The vote was not taken back: this member has not voted on what is before the committee.")

    return [
        VoteWithdrawn(submission_id=command.submission_id, motion_id=item.motion.motion_id, member_id=command.member_id)
    ]


def give_casting_vote(command: GiveCastingVote, deciding: Deciding) -> list[DecisionEvent]:
    """Return how whoever chairs the item settles a tie."""
    what = "The casting vote was not counted"
    refuse_other(command.member_id, command.asked_by, what)
    item = _open(deciding, command.sitting, what)
    motion = _motion(item, what)
    _refuse_without_chair(deciding, command.sitting, what)
    if command.member_id != deciding.chair(command.sitting):
        raise VoteNotAllowed(f"{what}: it belongs to whoever chairs this item, and to nobody else.")
    if not item.tied or not item.votes:
        raise VoteNotAllowed(
            f"{what}: {item.count('for')} are for the motion and {item.count('against')} against it. "
            "It is given only where they are as many."
        )
    if item.casting == command.vote:
        return []

    return [
        CastingVoteGiven(
            submission_id=command.submission_id,
            motion_id=motion.motion_id,
            member_id=command.member_id,
            vote=command.vote,
        )
    ]


def refuse_other(member_id: str, asked_by: str | None, what: str) -> None:
    """Raise VoteNotAllowed where a member asks for another one; the secretary asks for all."""
    if asked_by not in {None, member_id}:
        raise VoteNotAllowed(f"{what}: a member votes for himself alone. Use your own address, or ask the secretary.")


def refuse_second_deferral(deciding: Deciding) -> None:
    """Raise AlreadyDecided where the submission was deferred before."""
    if deciding.deferred:
        raise AlreadyDecided(
            "The decision was not deferred: that was done once, and it can be done only once. Decide on what is there."
        )


def _tabled(deciding: Deciding, what: str) -> Item:
    if deciding.is_decided:
        raise AlreadyDecided(f"{what}: the item is closed, for the decision has been taken. Rescind it first.")
    if deciding.item is None:
        raise NotTabled(f"{what}: the submission is on no agenda. Table it first.")
    return deciding.item


def _open(deciding: Deciding, sitting: Sitting, what: str) -> Item:
    item = _tabled(deciding, what)
    if item.tabled.meeting_id != sitting.meeting_id:
        raise NotTabled(f"{what}: the submission is on the agenda of another meeting. Look at it again.")
    return item


def _motion(item: Item, what: str) -> MotionPut:
    if item.motion is None:
        raise MotionMissing(f"{what}: there is nothing to vote on yet. Put the motion first.")
    return item.motion


def _refuse_without_chair(deciding: Deciding, sitting: Sitting, what: str) -> None:
    if deciding.chair(sitting) is None:
        raise ChairMissing(f"{what}: the chair is recused from this item. Name another member who chairs it.")


def _refuse_outsider(member_id: str, sitting: Sitting, deciding: Deciding, what: str) -> None:
    if member_id in deciding.recused:
        raise VoteNotAllowed(f"{what}: this member is recused from the submission.")
    if member_id not in sitting.members:
        raise VoteNotAllowed(f"{what}: “{member_id}” does not sit in this meeting. Change who sits first.")
