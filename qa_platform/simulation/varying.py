"""A level that the committee finds too high: the provider is asked before the meeting, and agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.decisions.commands import AnswerVariation, ProposeVariation, WithdrawVariation
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from datetime import date

    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company

_REASON: Final = f"The outcomes describe work under guidance, which is the level below {MARK}."
_MISTAKEN: Final = f"Another level than the reviewers named was written down {MARK}."
_ANSWERED_AFTER: Final = 4  # working days
_MEETS_AFTER: Final = 2


def varies(case: Case) -> bool:
    """Return whether the committee would approve a case, at another level than was claimed."""
    return case.fate.twist == "variation" and case.outcome().band in {"approve", "approve_with_conditions"}


def level_agreed(case: Case) -> int:
    """Return the level that the provider agrees to: the one below what it claims."""
    return (case.content(case.eligible_from).mqf_level_claimed or 2) - 1


def consenting(case: Case, company: Company, day: date) -> Step:
    """Give the question and the provider's consent; return the day of the meeting."""
    content, variation_id = case.content(day), case.new_id()
    asking = ProposeVariation(
        submission_id=case.submission_id,
        variation_id=variation_id,
        level=level_agreed(case),
        credits=None,
        hours=None,
        level_claimed=content.mqf_level_claimed,
        credits_claimed=content.credits_claimed,
        hours_claimed=None,
        route=case.route,
        submission_status="accepted",
        scoring_closed=True,
        reason=_REASON,
        due_on=case.deadlines.consent_until(day),
        on=day,
    )
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    # The question is put a second time: in the first another level was named.
    mistaken = replace(asking, variation_id=case.new_id(), level=level_agreed(case) - 1 or level_agreed(case) + 2)
    withdrawing = WithdrawVariation(submission_id=case.submission_id, reason=_MISTAKEN)
    yield Act(at=case.at(day), actor=secretary, commands=(mistaken,), stirs=True)
    yield Act(at=case.at(day), actor=secretary, commands=(withdrawing, asking), stirs=True)
    day = min(working_days_after(day, _ANSWERED_AFTER), case.deadlines.consent_until(day))
    answer = AnswerVariation(
        submission_id=case.submission_id,
        variation_id=variation_id,
        officer_id=case.provider.accountable.person_id,
        answer="consented",
        on=day,
    )
    yield Act(at=case.at(day), actor=case.provider.accountable.actor, commands=(answer,), stirs=True)
    return working_days_after(day, _MEETS_AFTER)
