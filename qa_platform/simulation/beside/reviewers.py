"""What changes in the life of a reviewer, beside the reviews themselves; and an application that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.months import months_after
from qa_platform.kernel.roles import Role, system
from qa_platform.reviewers.commands import (
    ChangeCap,
    ChangeCompetences,
    ChangeExpertise,
    ChangeLanguages,
    ConcludeCalibration,
    DeclareEligible,
    DeclareInterest,
    DeclareUnavailable,
    EndInterest,
    EndPost,
    PauseReviewer,
    RaiseRecalibration,
    RecordPost,
    RefuseReviewer,
    RegisterReviewer,
    ReinstateReviewer,
    ResumeReviewer,
    RetireBenchmark,
    RetireReviewer,
    SuspendReviewer,
    WithdrawUnavailability,
)
from qa_platform.reviewers.events import Competence
from qa_platform.simulation.acts import Act
from qa_platform.simulation.calibrating import application, benchmark, sheet
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import start_of, working_days_after
from qa_platform.simulation.titles import FIELDS

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.scoring.agreement import CalibrationPolicy
    from qa_platform.simulation.beside.scene import Scene
    from qa_platform.simulation.players import Player

_SEASONED, _TURNED_DOWN, _MEASURED = 10, 11, 12  # numbers of people
# In its first months the agency lets calibrations hold for a year, and later for as long as its settings say.
_FIRST_CALIBRATIONS_HOLD_MONTHS: Final = 12
_IN_THE_POST_FOR: Final = timedelta(days=800)
_OF_THE_AGENCY: Final = (ChangeExpertise, ChangeCompetences, SuspendReviewer, ReinstateReviewer)


def reviewing_lives(scene: Scene) -> Iterator[Iterator[Act]]:
    """Give the life of one reviewer, the refusal of another, a calibration that runs out, and a retired benchmark."""
    yield _life(scene, scene.player(_SEASONED, Role.REVIEWER))
    yield _turned_down(scene, scene.player(_TURNED_DOWN, Role.REVIEWER))
    yield _measured_again(scene, scene.player(_MEASURED, Role.REVIEWER))
    yield _retired_benchmark(scene)


def _life(scene: Scene, reviewer: Player) -> Iterator[Act]:
    about, administrator = {"person_id": reviewer.person_id}, scene.office(Role.ADMINISTRATOR)
    yield scene.joining(reviewer, scene.day(11))
    entry, eligible = _entry(about, scene.day(12))
    yield scene.act(administrator, eligible.eligible_from, entry, eligible)
    steps = (*_terms(about), *_ties(scene, about), *_absences(scene, about), *_standing(scene, about))
    for after, command in sorted(steps, key=itemgetter(0)):
        actor = administrator if isinstance(command, _OF_THE_AGENCY) else reviewer.actor
        yield scene.act(actor, scene.day(after), command)


def _entry(about: dict[str, str], on: date) -> tuple[RegisterReviewer, DeclareEligible]:
    entry = RegisterReviewer(
        person_id=about["person_id"],
        fields=tuple(sorted(FIELDS)[:3]),
        highest_level=7,
        years_of_practice=14,
        category="employer",
        simulated=True,
    )
    return entry, DeclareEligible(person_id=about["person_id"], eligible_from=on)


def _terms(about: dict[str, str]) -> Iterator[tuple[int, Command]]:
    fields = tuple(sorted(FIELDS)[:4])
    expertise = ChangeExpertise(**about, fields=fields, highest_level=7, years_of_practice=15, category="employer")
    yield 30, expertise
    # At home in the first field, and less so in the others.
    competences = tuple(Competence(field=field, highest_level=6 if place else 7) for place, field in enumerate(fields))
    yield 33, ChangeCompetences(**about, competences=competences)
    yield 36, ChangeLanguages(**about, languages=("en", "ms", "ta"))
    yield 39, ChangeCap(**about, open_cases=2)


def _ties(scene: Scene, about: dict[str, str]) -> Iterator[tuple[int, Command]]:
    house, advised = (provider.provider_id for provider in scene.company.providers[2:4])
    post = RecordPost(
        person_id=about["person_id"],
        post_id=scene.new_id(),
        provider_id=house,
        since=scene.opened_on - _IN_THE_POST_FOR,
        on=scene.day(45),
    )
    yield 45, post
    yield 180, EndPost(**about, post_id=post.post_id, ended_on=scene.day(179))
    interest = DeclareInterest(
        person_id=about["person_id"],
        interest_id=scene.new_id(),
        provider_id=advised,
        category="CON",
        since=scene.day(40),
        declared_on=scene.day(48),
        detail=f"Advises on the assessment of one course {MARK}.",
    )
    yield 48, interest
    yield 130, EndInterest(**about, interest_id=interest.interest_id, ended_on=scene.day(128))


def _absences(scene: Scene, about: dict[str, str]) -> Iterator[tuple[int, Command]]:
    away, called_off = (
        DeclareUnavailable(**about, period_id=scene.new_id(), first_day=scene.day(first), last_day=scene.day(last))
        for first, last in ((70, 80), (90, 94))
    )
    yield 55, away
    yield 57, called_off
    yield 63, WithdrawUnavailability(**about, period_id=called_off.period_id)
    yield 100, PauseReviewer(**about, paused_from=scene.day(100), reason="own_request")
    yield 120, ResumeReviewer(**about, resumed_from=scene.day(120), asked_by="own_request")


def _standing(scene: Scene, about: dict[str, str]) -> Iterator[tuple[int, Command]]:
    suspend = SuspendReviewer(
        **about, suspended_from=scene.day(150), reason=f"Spoke of a course while it was under review {MARK}."
    )
    yield 150, suspend
    reinstate = ReinstateReviewer(
        **about, reinstated_from=scene.day(165), reason=f"What was said had been published before {MARK}."
    )
    yield 165, reinstate
    yield 300, RetireReviewer(**about, retired_on=scene.day(300), wished_by="own_request")


def _turned_down(scene: Scene, applicant: Player) -> Iterator[Act]:
    yield scene.joining(applicant, scene.day(50))
    apply = replace(application(applicant.person_id, scene.day(52)), years_of_practice=3)
    yield scene.act(applicant.actor, apply.applied_on, apply)
    refuse = RefuseReviewer(
        person_id=applicant.person_id,
        ground="practice_too_short",
        refused_on=scene.day(56),
        remark=f"Apply again after two more years of practice {MARK}.",
    )
    yield scene.act(scene.office(Role.ADMINISTRATOR), refuse.refused_on, refuse)


def _measured_again(scene: Scene, reviewer: Player) -> Iterator[Act]:
    """Give a reviewer whose calibration runs out, and who passes the next one."""
    about, policy = {"person_id": reviewer.person_id}, scene.deadlines.calibration
    yield scene.joining(reviewer, scene.day(14))
    entry, eligible = _entry(about, scene.day(16))
    yield scene.act(scene.office(Role.ADMINISTRATOR), scene.day(16), entry, eligible)
    first, months = scene.day(66), min(policy.valid_months, _FIRST_CALIBRATIONS_HOLD_MONTHS)
    yield _measured(scene, reviewer, first, replace(policy, valid_months=months))
    overdue = months_after(first, months) + timedelta(days=1)
    raising = RaiseRecalibration(person_id=reviewer.person_id, on=overdue, policy=policy)
    yield Act(at=start_of(overdue), actor=system("deadlines"), commands=(raising,))
    yield _measured(scene, reviewer, working_days_after(overdue, 6), policy)


def _measured(scene: Scene, reviewer: Player, on: date, policy: CalibrationPolicy) -> Act:
    sheets = [
        sheet(reviewer.person_id, benchmark_id, scene.rubric, number, on)
        for number, benchmark_id in enumerate(scene.benchmarks)
    ]
    conclude = ConcludeCalibration(person_id=reviewer.person_id, policy=policy, concluded_on=on)
    return scene.act(reviewer.actor, on, *sheets, conclude)


def _retired_benchmark(scene: Scene) -> Iterator[Act]:
    number = scene.deadlines.calibration.least_benchmarks
    publish = benchmark(scene.new_id(), scene.rubric, number)
    yield scene.act(scene.office(Role.ADMINISTRATOR), scene.day(65), publish)
    retire = RetireBenchmark(benchmark_id=publish.benchmark_id)
    yield scene.act(scene.office(Role.ADMINISTRATOR), scene.day(240), retire)
