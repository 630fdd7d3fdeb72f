"""How providers come to be recognised and stay so: one applies, one is suspended for a while, all are renewed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, takewhile
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.months import months_after
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.roles import Role
from qa_platform.providers.commands import (
    ApplyForRecognition,
    Contact,
    FindComplete,
    GrantApplication,
    ReinstateProvider,
    RequestInformation,
    SupplyInformation,
    SuspendProvider,
)
from qa_platform.providers.events import AssessmentSample, CompletedCohort, Particulars, Registration
from qa_platform.simulation.acts import Act
from qa_platform.simulation.chance import chance
from qa_platform.simulation.names import MARK, person
from qa_platform.simulation.office import in_office_hours, start_of, working_days_after
from qa_platform.simulation.opening import recognition, together

if TYPE_CHECKING:
    from qa_platform.simulation.players import Company, Provider
    from qa_platform.web.deadlines import Deadlines

# Working days after the agency's first: nobody puts a course forward before the last of them.
_APPLIES, _IS_ASKED, _ANSWERS, _IS_COMPLETE, _IS_RECOGNISED = 1, 3, 5, 6, 7
_SUSPENDED_AFTER: Final = 90
_SUSPENDED_FOR: Final = 20  # working days
_SHORTEST_TERM_MONTHS: Final = 6  # with shorter ones a term might end while the provider is suspended
_LONGEST_WAY_TO_LODGE: Final = 25  # working days from the first draft to the last correction at intake
_PEOPLE: Final = 2_000_000  # numbers above those of the people in courses, so that addresses differ


def recognised_on(opened_on: date) -> date:
    """Return the day on which the provider that had to apply is recognised."""
    return working_days_after(opened_on, _IS_RECOGNISED)


def applying(
    company: Company, seed: int, opened_on: date, deadlines: Deadlines, new_id: Callable[[], str]
) -> Iterator[Act]:
    """Give the way of the newcomer: it applies, is asked for what is missing, answers, and is recognised."""
    newcomer, source = company.newcomer, chance(seed, "applies for recognition")
    about = {"provider_id": newcomer.provider_id, "application_id": new_id()}
    intake, register = company.one(Role.INTAKE_OFFICER).actor, company.one(Role.REGISTER_OFFICER).actor
    told = particulars(newcomer, opened_on)

    def day(after: int) -> date:
        return working_days_after(opened_on, after)

    apply = ApplyForRecognition(
        **about,
        on=day(_APPLIES),
        answer_due_on=deadlines.recognition_answer(day(_APPLIES)),
        renewal_months=deadlines.recognition_renewal_months,
        particulars=replace(told, learner_records="Kept by the provider."),
        chief_executive=contact(seed, 0, new_id(), "Chief executive"),
        liaison_officer=contact(seed, 1, new_id(), "Head of short courses"),
    )
    request = RequestInformation(
        **about,
        on=day(_IS_ASKED),
        due_on=deadlines.answer_to_information_request(day(_IS_ASKED)),
        faults=(Fault("particulars.learner_records", "Say for how long, and who has them if the provider closes."),),
    )
    supply = SupplyInformation(
        **about,
        on=min(day(_ANSWERS), request.due_on),
        answer_due_on=deadlines.recognition_answer(day(_ANSWERS)),
        answer="The records are kept for ten years, and a custodian is named.",
        particulars=told,
    )
    find = FindComplete(**about, on=day(_IS_COMPLETE))
    grant = GrantApplication(
        **about, on=day(_IS_RECOGNISED), recognition_months=deadlines.recognition_months, valid_from=None, valid_to=None
    )
    officer = newcomer.accountable.actor
    for command, actor in ((apply, officer), (request, intake), (supply, officer), (find, intake), (grant, register)):
        yield Act(at=in_office_hours(source, command.on), actor=actor, commands=(command,))


def suspension(opened_on: date, recognition_months: int) -> tuple[date, date] | None:
    """Return from when until when a provider is suspended, the last day being that of its reinstatement."""
    if recognition_months < _SHORTEST_TERM_MONTHS:
        return None
    first = working_days_after(opened_on + timedelta(days=_SUSPENDED_AFTER), 0)
    return first, working_days_after(first, _SUSPENDED_FOR)


def being_suspended(company: Company, seed: int, days: tuple[date, date]) -> Iterator[Act]:
    """Give the suspension of a provider, and its reinstatement."""
    provider_id, source = company.suspended.provider_id, chance(seed, "is suspended")
    register = company.one(Role.REGISTER_OFFICER).actor
    suspend = SuspendProvider(
        provider_id=provider_id,
        suspended_from=days[0],
        reason="Statements were issued to learners whose assessment was not over.",
    )
    reinstate = ReinstateProvider(
        provider_id=provider_id,
        reinstated_from=days[1],
        reason="The statements were called back, and issuing now waits for the examiners.",
    )
    for day, command in zip(days, (suspend, reinstate), strict=True):
        yield Act(at=in_office_hours(source, day), actor=register, commands=(command,))


def begins_after(begins: date, days: tuple[date, date]) -> date:
    """Return when a suspended provider begins a course, so that it lodges none while it is suspended."""
    suspended_from, reinstated_from = days
    spared = working_days_after(begins, _LONGEST_WAY_TO_LODGE) < suspended_from or begins > reinstated_from
    return begins if spared else working_days_after(reinstated_from, 1)


def recognising_anew(company: Company, opened_on: date, until: date, recognition_months: int) -> Iterator[Act]:
    """Give the recognitions that follow the first of those who had one when the agency opened, on the day after it."""
    register = company.one(Role.REGISTER_OFFICER).actor
    for day in _terms(opened_on, until, recognition_months):
        for batch in together((recognition(one, day, recognition_months),) for one in company.providers[:-1]):
            yield Act(at=start_of(day), actor=register, commands=batch)


def recognising_newcomer_anew(company: Company, opened_on: date, until: date, recognition_months: int) -> Iterator[Act]:
    """Give the same of the provider that applied later."""
    register = company.one(Role.REGISTER_OFFICER).actor
    for day in _terms(recognised_on(opened_on), until, recognition_months):
        command = recognition(company.newcomer, day, recognition_months)
        yield Act(at=start_of(day), actor=register, commands=(command,))


def _terms(first: date, until: date, recognition_months: int) -> Iterator[date]:
    days = (months_after(first, recognition_months * number) for number in count(1))
    return takewhile(lambda day: day < until, days)


def particulars(provider: Provider, day: date) -> Particulars:
    """Return what a provider says of itself when it applies."""
    known_as = provider.known_as
    return Particulars(
        legal_name=known_as.legal_name,
        registration_number=known_as.registration_number,
        kind=known_as.kind,
        country="MY",
        established_on=day - timedelta(days=3000),
        legal_basis=f"A register that is none {MARK}",
        scope_of_business="Short courses for people at work",
        website="https://simulated.example",
        registrations=(Registration(body=f"A funding body {MARK}", kind="licence", number="SIM-LICENCE-1"),),
        cohort=_cohort(day),
        learner_records="Kept for ten years; a custodian has them if the provider closes.",
        digital_credential="A signed credential with outcomes, level and credits.",
    )


def _cohort(day: date) -> CompletedCohort:
    files = ("work", "criteria", "rubric", "marking_scheme", "marks")
    sample = AssessmentSample(
        assessment_type="Project", **{f"{file}_sha256": hashlib.sha256(file.encode()).hexdigest() for file in files}
    )
    return CompletedCohort(
        course_title=f"Customer service at the counter {MARK}",
        started_on=day - timedelta(days=120),
        ended_on=day - timedelta(days=60),
        enrolled=24,
        completed=21,
        samples=(sample,),
    )


def contact(seed: int, number: int, subject: str, designation: str) -> Contact:
    """Return somebody at a provider; the number is his own."""
    invented = person(seed, _PEOPLE + number)
    return Contact(subject=subject, name=invented.name, designation=designation, email=invented.email)
