"""Who signs beside a centre that decides on a course of its own institution."""

from __future__ import annotations

from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.centres.commands import CosignDecision, CosigningCommand, NameCosigner
from qa_platform.centres.decider import refusals
from qa_platform.centres.events import CosignerNamed, CosigningEvent, DecisionCosigned
from qa_platform.kernel.decider import Decider


class Cosigning(msgspec.Struct, frozen=True, kw_only=True):
    """Which centre was named to co-sign, and which decisions of the case are co-signed."""

    cosigner_id: str | None = None
    signed: frozenset[str] = frozenset()


def decide(command: CosigningCommand, cosigning: Cosigning) -> list[CosigningEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case NameCosigner():
            return _name(command, cosigning)
        case CosignDecision():
            return _cosign(command, cosigning)
        case _:
            assert_never(command)


def evolve(cosigning: Cosigning, event: CosigningEvent) -> Cosigning:
    """Return who signs beside the centre after an event. Never refuses."""
    match event:
        case CosignerNamed():
            return replace(cosigning, cosigner_id=event.centre_id)
        case DecisionCosigned():
            return replace(cosigning, signed=cosigning.signed | {event.decision_id})
        case _:
            assert_never(event)


def _name(command: NameCosigner, cosigning: Cosigning) -> list[CosigningEvent]:
    if command.centre_id == cosigning.cosigner_id:
        return []
    if command.owner_id is None or command.centre_id == command.owner_id:
        raise refusals.CosignerImproper(
            "No centre was named to co-sign: only beside another centre does one sign, and never beside itself. "
            "Look at whose case it is, and choose another centre."
        )
    if command.of_institution:
        raise refusals.CosignerImproper(
            "The centre was not named to co-sign: it is an arm of the very provider whose course it is. "
            "Choose another centre."
        )
    if not command.centre_is_approved:
        raise refusals.CentreTakesNoCases(
            "The centre was not named to co-sign: it is not approved at present. Choose a centre that is."
        )

    return [CosignerNamed(submission_id=command.submission_id, centre_id=command.centre_id, named_on=command.on)]


def _cosign(command: CosignDecision, cosigning: Cosigning) -> list[CosigningEvent]:
    if command.decision_id in cosigning.signed:
        return []
    if command.taken_id != command.decision_id:
        raise refusals.NothingToCosign(
            f"Nothing was co-signed: “{command.decision_id}” is not the decision that waits to be released. "
            "Look at the decision again."
        )
    if command.for_centre_id is not None and (
        command.for_centre_id == command.owner_id or command.for_centre_id != cosigning.cosigner_id
    ):
        raise refusals.CosignerImproper(
            "The decision was not co-signed: your centre was not named to sign beside the one that decided. "
            "Ask the agency to name it, or to sign."
        )
    if command.signed_by in command.members:
        raise refusals.CosignerImproper(
            "The decision was not co-signed: you took part in it. Ask somebody who did not to sign."
        )

    return [
        DecisionCosigned(
            submission_id=command.submission_id,
            decision_id=command.decision_id,
            centre_id=command.for_centre_id,
            member_id=command.signed_by,
            signed_on=command.on,
        )
    ]


cosigning_decider: Decider[CosigningCommand, Cosigning, CosigningEvent] = Decider(
    commands=get_args(CosigningCommand),
    events=get_args(CosigningEvent),
    stream=lambda command: f"cosigning-{command.submission_id}",
    initial=Cosigning(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
