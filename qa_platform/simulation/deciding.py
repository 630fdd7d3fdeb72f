"""The decision on a case: who sits, what they decide on exactly which basis, and its release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from qa_platform.decisions.commands import RecuseMember, Sitting, TakeDecision
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, ReadStream
from qa_platform.simulation.committee import (
    MEMBERS,
    Poll,
    Polling,
    convening,
    dissenting,
    dossier_of,
    member_of,
    plainly,
    releasing,
    signing,
    sitting_of,
    taking,
)
from qa_platform.simulation.conditions import living_with_conditions
from qa_platform.simulation.deferring import deferring
from qa_platform.simulation.reversing import correcting, cosigning, rescinding
from qa_platform.simulation.varying import consenting, level_agreed, varies
from qa_platform.simulation.verdict import commendations, conditions, grounds, recommendations, verdict

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company


def deciding(case: Case, company: Company, day: date, rubric_hash: str) -> Iterator[Act]:
    """Give what happens from the committee's meeting to the release, and to the conditions after it."""
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    day = case.later(day, "committee")
    if case.fate.twist == "deferral":
        day = yield from deferring(case, company, day, rubric_hash)
    if varies(case):
        day = yield from consenting(case, company, day)
    sitting = sitting_of(case, company, day)
    yield Act(at=case.at(day), actor=secretary, commands=convening((case,), sitting, day))
    if case.fate.twist == "recusal":
        recused = company.one(Role.COMMITTEE_MEMBER, case.number + MEMBERS)
        recusing = RecuseMember(submission_id=case.submission_id, member_id=recused.person_id, category="COL")
        yield Act(at=case.at(day), actor=secretary, commands=(recusing,))
    yield from decided(case, company, sitting, rubric_hash)
    if case.fate.ending == "decided":
        return
    yield from released(case, company, day)


def decided(
    case: Case, company: Company, sitting: Sitting, rubric_hash: str, polling: Polling = plainly
) -> Iterator[Act]:
    """Give the votes of a meeting on a case, the decision that follows, and its second signature."""
    yield from _taken(case, company, sitting, rubric_hash, polling)
    if case.fate.twist == "rescinded":
        # A new decision has an id of its own.
        wrong, case.decision_id = case.decision_id, case.new_id()
        secretary = company.one(Role.COMMITTEE_SECRETARY).actor
        yield Act(at=case.at(sitting.held_on), actor=secretary, commands=(rescinding(case, wrong, sitting),))
        yield from _taken(case, company, sitting, rubric_hash, polling)
    if case.fate.twist == "cosigned":
        yield cosigning(case, company, sitting)


def _taken(case: Case, company: Company, sitting: Sitting, rubric_hash: str, polling: Polling) -> Iterator[Act]:
    day, secretary = sitting.held_on, company.one(Role.COMMITTEE_SECRETARY).actor
    code, departure = verdict(case, case.outcome())
    # Who departs from what the scores suggest is seldom of one mind.
    poll = polling(case, sitting, code, sitting.members[-1:] if departure else ())
    yield Act(at=case.at(day), actor=secretary, commands=poll.commands)
    yield Act(
        at=case.at(day),
        actor=secretary,
        rests_on=lambda read: (_decision(case, company, sitting, poll, rubric_hash, read), *dissenting(case, poll)),
    )
    signed = signing(case, case.decision_id, poll.chair_id, day)
    yield Act(at=case.at(day), actor=member_of(company, poll.chair_id).actor, commands=(signed,))


def released(case: Case, company: Company, day: date) -> Iterator[Act]:
    """Give the release of a decision, and what follows from it."""
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    day = case.later(day, "release")
    yield Act(at=case.at(day), actor=secretary, commands=(releasing(case, day),), stirs=True)
    if case.fate.twist == "corrected":
        yield correcting(case, company, day)
    yield from living_with_conditions(case, company, day)


def _decision(  # noqa: PLR0917 -- what a decision is made of
    case: Case, company: Company, sitting: Sitting, poll: Poll, rubric_hash: str, read: ReadStream
) -> TakeDecision:
    found = case.outcome()
    code, departure = verdict(case, found)
    case.conditions = conditions(case, found, code, sitting.held_on)
    dossier = dossier_of(case, company, rubric_hash, read)
    return replace(
        taking(case, company, sitting, dossier, decision_id=case.decision_id, code=code),
        members=poll.members,
        committee=poll.members,
        level_awarded=level_agreed(case) if code == "APP-V" else None,
        departure_reason=departure,
        grounds=grounds(case, found),
        conditions=case.conditions,
        recommendations=recommendations(case, found),
        commendations=commendations(case, found),
    )
