"""Providers that are not recognised, or not any more: refused, lapsed, expired, ceased; and what was done in error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.months import months_after
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.roles import Role, system
from qa_platform.providers.commands import (
    AnnulSuspension,
    ApplyForRecognition,
    CeaseProvider,
    ExpireRecognition,
    FindComplete,
    LapseApplication,
    RefuseApplication,
    ReopenRefusal,
    RequestInformation,
    SuspendProvider,
    WithdrawApplication,
    WithdrawInformationRequest,
    WithdrawRecognition,
)
from qa_platform.simulation.acts import Act
from qa_platform.simulation.office import start_of, working_days_after
from qa_platform.simulation.opening import account, recognition, registration
from qa_platform.simulation.recognition import contact, particulars

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.simulation.beside.scene import Scene
    from qa_platform.simulation.players import Provider

_CONTACTS: Final = 10  # numbers above those of the newcomer's
_DEADLINES: Final = system("deadlines")
_FEWEST_MONTHS: Final = 6  # with shorter terms nobody is suspended, as elsewhere in the demo


def unrecognised(scene: Scene) -> Iterator[Iterator[Act]]:
    """Give the ways of four providers, none of which is recognised when they end."""
    yield _refused(scene, scene.provider(0))
    yield _lapsed(scene, scene.provider(1))
    yield _ceased(scene, scene.provider(2))
    yield _expired(scene, scene.provider(3))


def _known(scene: Scene, provider: Provider, on: date, *more: Command) -> Iterator[Act]:
    yield scene.act(scene.office(Role.REGISTER_OFFICER), on, registration(provider, on), *more)
    on = working_days_after(on, 1)
    accounts = (*account(provider.officer), *account(provider.accountable))
    yield scene.act(scene.office(Role.ADMINISTRATOR), on, *accounts)


def _refused(scene: Scene, provider: Provider) -> Iterator[Act]:
    yield from _known(scene, provider, scene.day(18))
    about = {"provider_id": provider.provider_id, "application_id": scene.new_id()}
    intake, register = scene.office(Role.INTAKE_OFFICER), scene.office(Role.REGISTER_OFFICER)
    yield _applying(scene, provider, about["application_id"], scene.day(21))
    yield scene.act(intake, scene.day(24), FindComplete(**about, on=scene.day(24)))
    refusal = RefuseApplication(
        **about,
        on=scene.day(28),
        grounds=("no_completed_cohort",),
        reasons="The cohort that is named had not finished its assessment.",
    )
    yield scene.act(register, refusal.on, refusal)
    reopening = ReopenRefusal(
        **about,
        on=scene.day(33),
        answer_due_on=scene.deadlines.recognition_answer(scene.day(33)),
        reason="It had finished: the day of its last assessment was misread.",
    )
    yield scene.act(register, reopening.on, reopening)
    again = RefuseApplication(
        **about,
        on=scene.day(38),
        grounds=("records_not_kept",),
        reasons="Nobody is named who keeps the records of learners if the provider closes.",
    )
    yield scene.act(register, again.on, again)


def _lapsed(scene: Scene, provider: Provider) -> Iterator[Act]:
    register, intake = scene.office(Role.REGISTER_OFFICER), scene.office(Role.INTAKE_OFFICER)
    mistaken = recognition(provider, scene.day(30), scene.deadlines.recognition_months)
    yield from _known(scene, provider, scene.day(30), mistaken)
    withdrawal = WithdrawRecognition(
        provider_id=provider.provider_id,
        on=scene.day(32),
        reason="Entered in error: it had not applied, and another provider was meant.",
        lodged=0,
    )
    yield scene.act(register, withdrawal.on, withdrawal)
    about = {"provider_id": provider.provider_id, "application_id": scene.new_id()}
    yield _applying(scene, provider, about["application_id"], scene.day(40))
    yield _asking(scene, about, scene.day(42), "particulars.website", "Give the address of the website.")
    taken_back = WithdrawInformationRequest(
        **about,
        on=scene.day(43),
        answer_due_on=scene.deadlines.recognition_answer(scene.day(43)),
        reason="The address is in the application.",
    )
    yield scene.act(intake, taken_back.on, taken_back)
    yield _asking(scene, about, scene.day(44), "particulars.learner_records", "Say for how long they are kept.")
    overdue = scene.deadlines.answer_to_information_request(scene.day(44)) + timedelta(days=1)
    yield _due(overdue, LapseApplication(**about, on=overdue))
    later = working_days_after(overdue, 10)
    about["application_id"] = scene.new_id()
    yield _applying(scene, provider, about["application_id"], later)
    withdraw = WithdrawApplication(**about, reason="The courses are given by another provider from now on.")
    yield scene.act(provider.accountable.actor, working_days_after(later, 2), withdraw)


def _ceased(scene: Scene, provider: Provider) -> Iterator[Act]:
    first = scene.day(2)
    yield from _known(scene, provider, first, recognition(provider, first, scene.deadlines.recognition_months))
    on = min(scene.day(90), _term_ends(scene, first))
    ceasing = CeaseProvider(
        provider_id=provider.provider_id,
        ceased_on=on,
        custodian=scene.company.providers[0].known_as.legal_name,
        reason="Its owners retire.",
    )
    yield scene.act(scene.office(Role.REGISTER_OFFICER), on, ceasing)


def _expired(scene: Scene, provider: Provider) -> Iterator[Act]:
    """Give a recognition that nobody renews, and a suspension in it that was an error."""
    first, register = scene.day(4), scene.office(Role.REGISTER_OFFICER)
    last = min(months_after(first, 12) - timedelta(days=1), _term_ends(scene, first))
    recognised = recognition(provider, first, scene.deadlines.recognition_months)
    yield from _known(scene, provider, first, replace(recognised, valid_to=last))
    if scene.deadlines.recognition_months >= _FEWEST_MONTHS:
        suspend = SuspendProvider(
            provider_id=provider.provider_id,
            suspended_from=scene.day(60),
            reason="Learners were told of an accreditation that there is not.",
        )
        yield scene.act(register, suspend.suspended_from, suspend)
        annul = AnnulSuspension(
            provider_id=provider.provider_id,
            on=scene.day(62),
            reason="Another provider of a like name had told them so.",
        )
        yield scene.act(register, annul.on, annul)
    overdue = last + timedelta(days=1)
    yield _due(overdue, ExpireRecognition(provider_id=provider.provider_id, on=overdue))


def _applying(scene: Scene, provider: Provider, application_id: str, on: date) -> Act:
    number = _CONTACTS + int(provider.known_as.registration_number[-6:])
    apply = ApplyForRecognition(
        provider_id=provider.provider_id,
        application_id=application_id,
        on=on,
        answer_due_on=scene.deadlines.recognition_answer(on),
        renewal_months=scene.deadlines.recognition_renewal_months,
        particulars=particulars(provider, on),
        chief_executive=contact(scene.seed, 2 * number, scene.new_id(), "Chief executive"),
        liaison_officer=contact(scene.seed, 2 * number + 1, scene.new_id(), "Head of short courses"),
    )
    return scene.act(provider.accountable.actor, on, apply)


def _asking(scene: Scene, about: dict[str, str], on: date, field: str, wanted: str) -> Act:
    request = RequestInformation(
        **about,
        on=on,
        due_on=scene.deadlines.answer_to_information_request(on),
        faults=(Fault(field, wanted),),
    )
    return scene.act(scene.office(Role.INTAKE_OFFICER), on, request)


def _due(on: date, command: Command) -> Act:
    return Act(at=start_of(on), actor=_DEADLINES, commands=(command,))


def _term_ends(scene: Scene, first: date) -> date:
    return months_after(first, scene.deadlines.recognition_months) - timedelta(days=1)
