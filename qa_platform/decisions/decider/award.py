"""What a decision gives, and its limits."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from qa_platform.decisions.commands import TakeDecision
from qa_platform.decisions.decider.codes import Kind
from qa_platform.decisions.decider.refusals import AwardImproper
from qa_platform.kernel.rejected import Fault


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision gives; all None where it gives nothing."""

    level_awarded: int | None = None
    credits_awarded: Decimal | None = None
    hours_accepted: Decimal | None = None
    valid_months: int | None = None


def award_of(command: TakeDecision, kind: Kind) -> Award:
    """Return what a decision gives: what was claimed, unless it says otherwise. Raises AwardImproper."""
    asked = (command.level_awarded, command.credits_awarded, command.hours_accepted, command.valid_months)
    if not kind.grants:
        if any(value is not None for value in asked):
            raise AwardImproper(
                f"No decision was taken: “{command.code}” awards nothing. "
                "Take out the level, credit, hours and validity."
            )
        return Award()
    award = _with_claims(command)
    _refuse_variation(command, kind, award)
    if not 1 <= (award.valid_months or 0) <= command.longest_validity_months:
        message = f"Choose 1 to {command.longest_validity_months} months."
        raise AwardImproper(
            f"No decision was taken: {award.valid_months} months is no validity that may be given. {message}",
            (Fault("valid_months", message),),
        )
    return award


def _with_claims(command: TakeDecision) -> Award:
    def given(awarded: Decimal | None, claimed: Decimal | None) -> Decimal | None:
        return claimed if awarded is None else awarded

    dossier = command.dossier
    return Award(
        level_awarded=dossier.level_claimed if command.level_awarded is None else command.level_awarded,
        credits_awarded=given(command.credits_awarded, dossier.credits_claimed),
        hours_accepted=given(command.hours_accepted, dossier.hours_claimed),
        valid_months=command.longest_validity_months if command.valid_months is None else command.valid_months,
    )


def _refuse_variation(command: TakeDecision, kind: Kind, award: Award) -> None:
    dossier = command.dossier
    claimed = (dossier.level_claimed, dossier.credits_claimed, dossier.hours_claimed)
    varied = (award.level_awarded, award.credits_awarded, award.hours_accepted) != claimed
    if varied and not kind.varies:
        raise AwardImproper(
            "No decision was taken: another level, credit or number of hours than was claimed is an approval with "
            "variation. Choose “APP-V”, or award what was claimed.",
            (Fault("code", "Choose “APP-V”, or award what was claimed."),),
        )
    if command.code == "APP-V" and not varied:
        raise AwardImproper(
            "No decision was taken: “APP-V” varies the level, the credit or the hours, and none of them differs from "
            "what was claimed. Choose “APP”, or say what is varied.",
            (Fault("code", "Choose “APP”, or say what is varied."),),
        )
