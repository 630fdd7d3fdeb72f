"""How the simulated agency opens: the standard, the staff, the providers, the reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from qa_platform.centres.commands import ApproveCentre
from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.roles import Role, system
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.providers.commands import RecogniseProvider, RegisterProvider
from qa_platform.reviewers.commands import DeclareEligible, DeclareInterest, RegisterReviewer
from qa_platform.simulation.acts import Act
from qa_platform.simulation.office import start_of
from qa_platform.standards.commands import PublishRubric, PutRubricInForce

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.simulation.players import Company, Player, Provider, Reviewer

_PAGE: Final = 50
FOUNDER: Final = system("simulation")


def opening(company: Company, publication: PublishRubric | None, day: date, recognition_months: int) -> Iterator[Act]:
    """Give what the agency does on its first day; `publication` None where the standard is there."""
    at = start_of(day) + timedelta(hours=8)
    administrator, *others = company.everybody()
    register = company.one(Role.REGISTER_OFFICER)
    yield Act(at=at, actor=FOUNDER, commands=account(administrator))
    if publication is not None:
        yield Act(at=at, actor=administrator.actor, commands=_standard(publication, day))
    for batch in together(_provider(provider, company, day, recognition_months) for provider in company.providers):
        at += timedelta(minutes=1)
        yield Act(at=at, actor=register.actor, commands=batch)
    at += timedelta(minutes=1)
    yield Act(at=at, actor=register.actor, commands=_centres(company, day))
    for batch in together(account(player) for player in others):
        at += timedelta(minutes=1)
        yield Act(at=at, actor=administrator.actor, commands=batch)
    for batch in together(_reviewer(reviewer, day) for reviewer in company.reviewers):
        at += timedelta(minutes=1)
        yield Act(at=at, actor=administrator.actor, commands=batch)
    for reviewer in company.reviewers:
        if reviewer.ties:
            at += timedelta(minutes=1)
            yield Act(at=at, actor=reviewer.player.actor, commands=_ties(reviewer, day))


def together(commands: Iterable[tuple[Command, ...]]) -> Iterator[tuple[Command, ...]]:
    """Give the commands page by page."""
    # On the first day the lists are entered page by page, not name by name.
    waiting = iter(commands)
    while page := tuple(islice(waiting, _PAGE)):
        yield tuple(chain.from_iterable(page))


def account(player: Player, centre_id: str | None = None) -> tuple[Command, ...]:
    """Return the opening of somebody's account, with his role: for the agency, or at a centre."""
    return (
        RegisterPerson(person_id=player.person_id, name=player.person.name, email=player.person.email, simulated=True),
        GrantRole(person_id=player.person_id, role=player.role, provider_id=player.provider_id, centre_id=centre_id),
    )


def _standard(publication: PublishRubric, day: date) -> tuple[Command, ...]:
    in_force = PutRubricInForce(
        standard_id=publication.standard_id, version=publication.version, in_force_from=day, on=day
    )
    return (publication, in_force)


def _centres(company: Company, day: date) -> tuple[Command, ...]:
    """Approve two verification centres; the second is an arm of the first provider."""
    north, south = company.centres
    return (
        ApproveCentre(centre_id=north, name="Pusat Verifikasi Utara (simulated)", approved_on=day, simulated=True),
        ApproveCentre(
            centre_id=south,
            name="Pusat Verifikasi Selatan (simulated)",
            institution=company.providers[0].provider_id,
            approved_on=day,
            simulated=True,
        ),
    )


def _provider(provider: Provider, company: Company, day: date, recognition_months: int) -> tuple[Command, ...]:
    known = registration(provider, day)
    # The newcomer is known, and has to apply.
    return (known,) if provider is company.newcomer else (known, recognition(provider, day, recognition_months))


def registration(provider: Provider, day: date) -> RegisterProvider:
    """Return the entry of a provider that is not recognised yet."""
    return RegisterProvider(
        provider_id=provider.provider_id,
        legal_name=provider.known_as.legal_name,
        origin="simulation",
        registration_number=provider.known_as.registration_number,
        kind=provider.known_as.kind,
        country="MY",
        established_on=day - timedelta(days=3000),
        scope_of_business="Short courses for people at work",
        website="https://simulated.example",
        simulated=True,
    )


def recognition(provider: Provider, day: date, recognition_months: int) -> RecogniseProvider:
    """Return the recognition of a provider for a full term."""
    return RecogniseProvider(provider_id=provider.provider_id, valid_from=day, recognition_months=recognition_months)


def _reviewer(reviewer: Reviewer, day: date) -> tuple[Command, ...]:
    person_id = reviewer.player.person_id
    return (
        RegisterReviewer(
            person_id=person_id,
            fields=reviewer.fields,
            highest_level=reviewer.highest_level,
            years_of_practice=reviewer.years_of_practice,
            category=reviewer.category,
            simulated=True,
        ),
        DeclareEligible(person_id=person_id, eligible_from=day),
    )


def _ties(reviewer: Reviewer, day: date) -> tuple[Command, ...]:
    return tuple(
        DeclareInterest(
            person_id=reviewer.player.person_id,
            interest_id=tie.interest_id,
            provider_id=tie.provider_id,
            category=tie.category,
            since=tie.since,
            declared_on=day,
            detail=f"{CATEGORIES[tie.category].relation} (simulated).",
        )
        for tie in reviewer.ties
    )
