"""The rules from a decision to its release: a second signature, dissent, the way back, and corrections after it."""

from __future__ import annotations

from datetime import timedelta

from qa_platform.decisions.commands import (
    CorrectDecision,
    CountersignDecision,
    RecordDissent,
    ReleaseDecision,
    RescindDecision,
)
from qa_platform.decisions.decider.items import refuse_other
from qa_platform.decisions.decider.refusals import (
    AlreadyReleased,
    CosignatureMissing,
    NothingToDecide,
    NotReadyToDecide,
    NotReleased,
    ReasonMissing,
    ReleaseImproper,
    SignatureImproper,
    SignatureMissing,
    VoteNotAllowed,
)
from qa_platform.decisions.decider.rights import notification
from qa_platform.decisions.decider.state import Deciding
from qa_platform.decisions.events import (
    DecisionCorrected,
    DecisionCountersigned,
    DecisionEvent,
    DecisionReleased,
    DecisionRescinded,
    DecisionTaken,
    DissentRecorded,
)
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault


def countersign(command: CountersignDecision, deciding: Deciding) -> list[DecisionEvent]:
    """Return the second signature, by somebody else than who recorded the decision."""
    taken = _standing(deciding, command.decision_id, "Nothing was signed")
    if deciding.signed is not None:
        return []
    if deciding.minuted is not None and deciding.minuted.recorded_by == command.member_id:
        raise SignatureImproper("Nothing was signed: whoever recorded a decision does not sign it as the second one.")
    if command.member_id not in taken.members:
        raise SignatureImproper("Nothing was signed: the second signature is that of a member who sat.")
    if command.signed_on < taken.taken_on:
        raise SignatureImproper(f"Nothing was signed: the decision was taken on {taken.taken_on}.")

    return [
        DecisionCountersigned(
            submission_id=command.submission_id,
            decision_id=command.decision_id,
            member_id=command.member_id,
            signed_on=command.signed_on,
        )
    ]


def dissent(command: RecordDissent, deciding: Deciding) -> list[DecisionEvent]:
    """Return why a member voted against the decision."""
    what = "The dissent was not recorded"
    refuse_other(command.member_id, command.asked_by, what)
    if deciding.taken is None:
        raise NothingToDecide(f"{what}: no decision has been taken on this submission.")
    if deciding.released is not None:
        raise AlreadyReleased(f"{what}: the decision is released, and its minutes are closed.")
    if deciding.item is None or deciding.item.votes.get(command.member_id) != "against":
        raise VoteNotAllowed(f"{what}: only who voted against the decision dissents from it.")
    if not command.reason.strip():
        raise ReasonMissing(f"{what}: it has no reason. Say why.", (Fault("reason", "Say why."),))
    refuse_personal_data({"reason": command.reason})
    if deciding.dissents.get(command.member_id) == command.reason:
        return []

    return [
        DissentRecorded(
            submission_id=command.submission_id,
            decision_id=deciding.taken.decision_id,
            member_id=command.member_id,
            reason=command.reason,
        )
    ]


def rescind(command: RescindDecision, deciding: Deciding) -> list[DecisionEvent]:
    """Return that a decision is taken back, which only what was not released can be."""
    what = "The decision was not rescinded"
    taken = _standing(deciding, command.decision_id, what)
    if not command.reason.strip():
        raise ReasonMissing(f"{what}: it has no reason. Say why.", (Fault("reason", "Say why."),))
    refuse_personal_data({"reason": command.reason})
    if command.rescinded_on < taken.taken_on:
        raise ReleaseImproper(f"{what}: it was taken on {taken.taken_on}, and cannot be rescinded before.")

    return [
        DecisionRescinded(
            submission_id=command.submission_id,
            decision_id=command.decision_id,
            reason=command.reason,
            rescinded_on=command.rescinded_on,
        )
    ]


def _standing(deciding: Deciding, decision_id: str, what: str) -> DecisionTaken:
    if decision_id in deciding.told:
        raise AlreadyReleased(
            f"{what}: the decision is released, and stands. A slip of the pen in it is put right by a correction; "
            "against what was decided there is the appeal."
        )
    if deciding.taken is None or deciding.taken.decision_id != decision_id:
        raise NothingToDecide(f"{what}: there is no such decision on this submission. Look at it again.")
    return deciding.taken


def release(command: ReleaseDecision, deciding: Deciding) -> list[DecisionEvent]:
    """Return the release of the decision that was taken last, with what the provider is told of its rights."""
    if deciding.taken is None:
        raise NothingToDecide("Nothing was released: no decision has been taken on this submission.")
    event = DecisionReleased(
        submission_id=command.submission_id,
        decision_id=deciding.taken.decision_id,
        released_on=command.released_on,
        appeal_until=command.appeal_until,
    )
    if deciding.released is not None:
        if deciding.released == event:
            return []
        raise AlreadyReleased(
            f"The decision was not released: that was done on {deciding.released.released_on}, and it is not undone."
        )
    if command.submission_status != "accepted":
        raise NotReadyToDecide(
            f"The decision was not released: the submission is “{command.submission_status}”, "
            "and only the decision on an accepted one can be released."
        )
    if deciding.signed is None:
        raise SignatureMissing(
            "The decision was not released: one person alone has recorded it. "
            "Let a member who sat sign it, then release it."
        )
    if command.cosignature_missing:
        raise CosignatureMissing(
            "The decision was not released: the course is of the centre's own institution, and nobody of another "
            "house has signed. Ask the agency to co-sign, or to name a second centre that does."
        )
    _refuse_dates(command, deciding)

    return [event, notification(deciding.taken, event, deciding.awaited)]


def _refuse_dates(command: ReleaseDecision, deciding: Deciding) -> None:
    taken, awaited = deciding.taken, deciding.awaited
    if taken is None:
        return
    if command.released_on < taken.taken_on:
        raise ReleaseImproper(
            f"The decision was not released: it was taken on {taken.taken_on}, and cannot be released before."
        )
    if taken.code == "DEFER" and awaited is not None and awaited.due_on <= command.released_on:
        raise ReleaseImproper(
            f"The decision was not released: it asks for evidence by {awaited.due_on}, and there is no time left. "
            "Rescind it, and defer with another day."
        )
    # Whoever is refused must have the time to appeal.
    earliest = command.released_on + timedelta(days=command.appeal_calendar_days)
    if command.appeal_until < earliest:
        message = f"Choose {earliest} or later."
        raise ReleaseImproper(
            f"The decision was not released: an appeal needs at least {command.appeal_calendar_days} days. {message}",
            (Fault("appeal_until", message),),
        )


def correct(command: CorrectDecision, deciding: Deciding) -> list[DecisionEvent]:
    """Return the correction of a slip of the pen, which says what was wrong and leaves it where it is."""
    what = "Nothing was corrected"
    if command.decision_id not in deciding.told:
        raise NotReleased(f"{what}: this decision is not released. Rescind it, and decide again.")
    if command.correction_id in deciding.corrections:
        return []
    blank = [name for name in ("wrong", "right", "reason") if not getattr(command, name).strip()]
    if blank:
        faults = tuple(Fault(name, "Write it down.") for name in blank)
        raise ReasonMissing(f"{what}: a correction says what was wrong, what is right, and why.", faults)
    refuse_personal_data({name: getattr(command, name) for name in ("wrong", "right", "reason")})

    return [
        DecisionCorrected(
            submission_id=command.submission_id,
            decision_id=command.decision_id,
            correction_id=command.correction_id,
            part=command.part,
            wrong=command.wrong,
            right=command.right,
            reason=command.reason,
            corrected_on=command.corrected_on,
        )
    ]
