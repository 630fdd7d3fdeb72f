"""A case that the committee puts off, once: what it wants to see first, and the provider's answer."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.decisions.commands import Sitting, SupplyEvidence, TakeDecision
from qa_platform.decisions.events import Ground, Supplied
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, ReadStream, Step
from qa_platform.simulation.committee import convening, dossier_of, releasing, signing, sitting_of, taking, voting
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company

_WANTED: Final = ("A marked sample of the final assessment, with the marks that were given.",)
_SUPPLIED_AFTER: Final = 6  # working days
_TABLED_AGAIN_AFTER: Final = 3


def deferring(case: Case, company: Company, day: date, rubric_hash: str) -> Step:
    """Give the first meeting on a case and the answer to it; return the day of the second."""
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    sitting, decision_id = sitting_of(case, company, day), case.new_id()
    yield Act(at=case.at(day), actor=secretary, commands=convening((case,), sitting, day))
    yield Act(at=case.at(day), actor=secretary, commands=voting(case, sitting, "DEFER", ()))
    yield Act(
        at=case.at(day),
        actor=secretary,
        rests_on=lambda read: (_deferral(case, company, sitting, decision_id, rubric_hash, read),),
    )
    chair = company.one(Role.COMMITTEE_MEMBER, case.number).actor
    yield Act(at=case.at(day), actor=chair, commands=(signing(case, decision_id, sitting.chair_id, day),))
    day = case.later(day, "release")
    yield Act(at=case.at(day), actor=secretary, commands=(releasing(case, day),), stirs=True)
    day = working_days_after(day, _SUPPLIED_AFTER)
    answer = Supplied(wanted=0, text=f"The sample is attached {MARK}.", digest=hashlib.sha256(b"sample").hexdigest())
    supply = SupplyEvidence(submission_id=case.submission_id, answers=(answer,), on=day)
    yield Act(at=case.at(day), actor=case.provider.officer.actor, commands=(supply,), stirs=True)
    return working_days_after(day, _TABLED_AGAIN_AFTER)


def _deferral(  # noqa: PLR0917 -- what a deferral is made of
    case: Case, company: Company, sitting: Sitting, decision_id: str, rubric_hash: str, read: ReadStream
) -> TakeDecision:
    dossier = dossier_of(case, company, rubric_hash, read)
    return replace(
        taking(case, company, sitting, dossier, decision_id=decision_id, code="DEFER"),
        grounds=(
            Ground(area="D", text="Whether the assessment measures the outcomes cannot be seen without a sample."),
        ),
        wanted=_WANTED,
        supply_by=sitting.held_on + timedelta(days=case.deadlines.deferral_calendar_days),
    )
