"""How a reviewer stands: trained, active, paused, suspended, retired."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from msgspec.structs import replace

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.sealed import seal
from qa_platform.reviewers.commands import (
    ActivateReviewer,
    PauseReviewer,
    RecordTraining,
    ReinstateReviewer,
    ResumeReviewer,
    RetireReviewer,
    StandingCommand,
    SuspendReviewer,
)
from qa_platform.reviewers.decider.refusals import (
    CalibrationRunOut,
    PausedByAgency,
    ReasonMissing,
    ReviewerNotEligible,
    ReviewerOutOfTurn,
    TrainingToCome,
    require_known,
    require_staying,
)
from qa_platform.reviewers.decider.state import Reviewer, Status
from qa_platform.reviewers.events import (
    ReviewerActivated,
    ReviewerPaused,
    ReviewerReinstated,
    ReviewerResumed,
    ReviewerRetired,
    ReviewerSuspended,
    ReviewerTrainingRecorded,
    StandingEvent,
)

# The key of this purpose is destroyed on its own, when a suspension need not be proved any more.
_STANDING = "standing"
_NOT_ASKED_YET = (
    Status.REGISTERED,
    Status.APPLIED,
    Status.REFUSED,
    Status.ELIGIBLE,
    Status.TRAINED,
    Status.CALIBRATED,
)
_SUSPENDABLE = (Status.ACTIVE, Status.PAUSED, Status.RECALIBRATION_DUE)


def decide_standing(command: StandingCommand, reviewer: Reviewer) -> list[StandingEvent]:
    """Return what follows for whether a reviewer may be asked."""
    match command:
        case RecordTraining():
            return _train(command, reviewer)
        case ActivateReviewer():
            return _activate(command, reviewer)
        case PauseReviewer():
            return _pause(command, reviewer)
        case ResumeReviewer():
            return _resume(command, reviewer)
        case SuspendReviewer():
            return _suspend(command, reviewer)
        case ReinstateReviewer():
            return _reinstate(command, reviewer)
        case RetireReviewer():
            return _retire(command, reviewer)
        case _:
            assert_never(command)


def evolve_standing(reviewer: Reviewer, event: StandingEvent) -> Reviewer:
    """Return the reviewer as he stands after an event."""
    match event:
        case ReviewerTrainingRecorded():
            status = Status.TRAINED if reviewer.status is Status.ELIGIBLE else reviewer.status
            trainings = reviewer.trainings | {(event.training, event.completed_on)}
            return replace(reviewer, status=status, trainings=trainings)
        case ReviewerActivated() | ReviewerResumed():
            return replace(reviewer, status=Status.ACTIVE, paused_for=None)
        case ReviewerPaused():
            return replace(reviewer, status=Status.PAUSED, paused_for=event.reason)
        case ReviewerSuspended():
            return replace(reviewer, status=Status.SUSPENDED, paused_for=None)
        case ReviewerReinstated():
            status = Status.RECALIBRATION_DUE if event.recalibration_due else Status.ACTIVE
            return replace(reviewer, status=status)
        case ReviewerRetired():
            return replace(reviewer, status=Status.RETIRED, paused_for=None)
        case _:
            assert_never(event)


def _train(command: RecordTraining, reviewer: Reviewer) -> list[StandingEvent]:
    require_staying(reviewer)
    if reviewer.status in {Status.APPLIED, Status.REFUSED}:
        raise ReviewerOutOfTurn(
            f"The training was not recorded: the reviewer is “{reviewer.status}”. Find him eligible first."
        )
    if command.completed_on > command.on:
        raise TrainingToCome(
            f"“{command.training}” was not recorded: it would end on {command.completed_on}, which is to come. "
            "Record it once it is done."
        )
    refuse_personal_data({"training": command.training})

    if (command.training, command.completed_on) in reviewer.trainings:
        return []
    return [
        ReviewerTrainingRecorded(
            person_id=command.person_id, training=command.training, completed_on=command.completed_on
        )
    ]


def _activate(command: ActivateReviewer, reviewer: Reviewer) -> list[StandingEvent]:
    require_staying(reviewer)
    if reviewer.status is Status.ACTIVE:
        return []
    if reviewer.status is not Status.CALIBRATED:
        raise ReviewerOutOfTurn(
            f"The reviewer was not activated: he is “{reviewer.status}”, and not “calibrated”. "
            "Let him pass a calibration, or end what keeps him from reviewing."
        )
    if reviewer.valid_until is not None and max(command.active_from, command.on) > reviewer.valid_until:
        raise CalibrationRunOut(
            f"The reviewer was not activated: his calibration held until {reviewer.valid_until}. "
            "Let him score benchmark courses again."
        )

    return [ReviewerActivated(person_id=command.person_id, active_from=command.active_from)]


def _pause(command: PauseReviewer, reviewer: Reviewer) -> list[StandingEvent]:
    require_staying(reviewer)
    if reviewer.status in _NOT_ASKED_YET:
        raise ReviewerNotEligible(
            "The reviewer was not paused: he has not been declared eligible, so nobody asks him. There is no need to."
        )
    if reviewer.status not in {Status.ACTIVE, Status.PAUSED}:
        raise ReviewerOutOfTurn(
            f"The reviewer was not paused: he is “{reviewer.status}”, so nobody asks him. There is no need to."
        )

    # The agency may take over a pause that the reviewer asked for; not the other way round.
    if reviewer.paused_for in ("agency", command.reason):
        return []
    return [ReviewerPaused(person_id=command.person_id, paused_from=command.paused_from, reason=command.reason)]


def _resume(command: ResumeReviewer, reviewer: Reviewer) -> list[StandingEvent]:
    require_staying(reviewer)
    if reviewer.status in _NOT_ASKED_YET:
        raise ReviewerNotEligible(
            "The pause was not ended: the reviewer has never been eligible. Declare him eligible instead."
        )
    if reviewer.status not in {Status.ACTIVE, Status.PAUSED}:
        raise ReviewerOutOfTurn(
            f"The pause was not ended: the reviewer is “{reviewer.status}”, not paused. End that instead."
        )
    if reviewer.paused_for == "agency" and command.asked_by != "agency":
        raise PausedByAgency("The pause was not ended: the agency asked for it. Ask the agency to end it.")

    if reviewer.status is Status.ACTIVE:
        return []
    return [ReviewerResumed(person_id=command.person_id, resumed_from=command.resumed_from)]


def _suspend(command: SuspendReviewer, reviewer: Reviewer) -> list[StandingEvent]:
    require_staying(reviewer)
    _require_reason(command.reason, "The reviewer was not suspended")
    if reviewer.status is Status.SUSPENDED:
        return []
    if reviewer.status not in _SUSPENDABLE:
        raise ReviewerOutOfTurn(
            f"The reviewer was not suspended: he is “{reviewer.status}”, and nobody asks him yet. "
            "Refuse his application, or leave him where he is."
        )

    reason = seal(command.person_id, command.reason, purpose=_STANDING)
    return [ReviewerSuspended(person_id=command.person_id, suspended_from=command.suspended_from, reason=reason)]


def _reinstate(command: ReinstateReviewer, reviewer: Reviewer) -> list[StandingEvent]:
    require_staying(reviewer)
    _require_reason(command.reason, "The suspension was not ended")
    if reviewer.status in _SUSPENDABLE:
        return []
    if reviewer.status is not Status.SUSPENDED:
        raise ReviewerOutOfTurn(
            f"No suspension was ended: the reviewer is “{reviewer.status}”. Look at his entry again."
        )

    return [
        ReviewerReinstated(
            person_id=command.person_id,
            reinstated_from=command.reinstated_from,
            recalibration_due=reviewer.due is not None or _run_out(reviewer.valid_until, command.reinstated_from),
            reason=seal(command.person_id, command.reason, purpose=_STANDING),
        )
    ]


def _run_out(valid_until: date | None, on: date) -> bool:
    # Whom the agency declared eligible without a calibration has none that could run out.
    return valid_until is not None and on > valid_until


def _retire(command: RetireReviewer, reviewer: Reviewer) -> list[StandingEvent]:
    require_known(reviewer)
    if reviewer.status is Status.RETIRED:
        return []

    return [ReviewerRetired(person_id=command.person_id, retired_on=command.retired_on, wished_by=command.wished_by)]


def _require_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise ReasonMissing(f"{what}: there is no reason. Say in a sentence why.")
