"""What is put right around a decision: taken back before its release, corrected after it, signed by another house."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from qa_platform.centres.commands import CosignDecision
from qa_platform.decisions.commands import CorrectDecision, RescindDecision, Sitting
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.verdict import grounds

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company, Player

_NOTICED_AFTER: Final = 3  # working days


def rescinding(case: Case, decision_id: str, sitting: Sitting) -> RescindDecision:
    """Return that a decision is taken back on the day of its meeting."""
    return RescindDecision(
        submission_id=case.submission_id,
        decision_id=decision_id,
        reason=f"The recommendations of another course were read out {MARK}.",
        rescinded_on=sitting.held_on,
    )


def correcting(case: Case, company: Company, released_on: date) -> Act:
    """Return the correction of a slip of the pen in a released decision."""
    day = working_days_after(released_on, _NOTICED_AFTER)
    wrong = grounds(case, case.outcome())[0].text
    correction = CorrectDecision(
        submission_id=case.submission_id,
        decision_id=case.decision_id,
        correction_id=case.new_id(),
        part="grounds",
        wrong=wrong,
        right=f"{wrong.removesuffix('.')}, by the version of the standard that was in force.",
        reason=f"The sentence was taken from the draft of the minutes {MARK}.",
        corrected_on=day,
    )
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    return Act(at=case.at(day), actor=secretary, commands=(correction,), stirs=True)


def cosigning(case: Case, company: Company, sitting: Sitting) -> Act:
    """Return the agency's signature beside that of a centre which decides on a course of its own institution."""
    signs = _outsider(company, sitting)
    cosigned = CosignDecision(
        submission_id=case.submission_id,
        decision_id=case.decision_id,
        signed_by=signs.person_id,
        for_centre_id=None,
        owner_id=company.centres[1],
        taken_id=case.decision_id,
        members=sitting.members,
        on=sitting.held_on,
    )
    return Act(at=case.at(sitting.held_on), actor=signs.actor, commands=(cosigned,), stirs=True)


def _outsider(company: Company, sitting: Sitting) -> Player:
    return next(one for one in company.staff[Role.COMMITTEE_MEMBER] if one.person_id not in sitting.members)
