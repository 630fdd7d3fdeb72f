"""The story of one case: what its people do, step by step, until it stands where its fate wants it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.centres.commands import AssignCase, NameCosigner
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.roles import Role, system
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.content import all_of, only
from qa_platform.simulation.deciding import deciding
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.reviewing import reviewing
from qa_platform.submissions.commands import (
    AcceptSubmission,
    ChangeContent,
    CloseAtIntake,
    DraftSubmission,
    ExtendReturn,
    FileAgain,
    LapseSubmission,
    LodgeSubmission,
    NamePerson,
    RefileSubmission,
    ReturnSubmission,
    WithdrawSubmission,
)
from qa_platform.submissions.decider.declaration import CURRENT_DECLARATION
from qa_platform.submissions.events import ClosureGround, Declaration, IntakeCode, Source

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.fates import Ending
    from qa_platform.simulation.players import Company

# What is written down on the first day; the rest follows when it is known.
_FIRST: Final = ("title_en", "title_ms", "short_description", "skills", "field_nec2020", "field_iscedf")
_FAULTS: Final = (
    Fault("need_evidence", "Both sources are of the same month; add one that is independent of the other."),
    Fault("assessment_samples", "The sample of the final task is not legible; file it again."),
    Fault("synopsis", "The synopsis does not say how learners practise before they are assessed."),
)
_GROUNDS: Final = (
    (ClosureGround.EXCLUDED_TYPE, "What the outline describes is an internship, which the scheme does not take."),
    (ClosureGround.NO_COMPLETED_COHORT, "The cohort that is named had not finished its assessment."),
)
_WITHDRAWALS: Final = (
    "The course is being merged with another one.",
    "The provider will not run the course this year.",
)

# Of the providers that complete a course, every so manieth asks for more time first.
_ASKS_FOR_TIME: Final = 2
_FILED_AGAIN_AFTER: Final = 5  # working days
# Every so manieth case that is accepted is run by a verification centre.
GIVEN_AWAY: Final = 4
_BEFORE_A_PANEL: Final[frozenset[Ending]] = frozenset(
    {"draft", "lodged", "returned", "lapsed", "closed", "withdrawn", "accepted"}
)


def story(case: Case, company: Company, desk: Desk, rubric_hash: str, begins: date) -> Iterator[Act]:
    """Give what happens in a case, in order of time."""
    day = yield from until_accepted(case, company, rubric_hash, begins)
    if case.fate.ending in _BEFORE_A_PANEL:
        return
    day = yield from reviewing(case, company, desk, day)
    if case.fate.ending == "withdrawn_late":
        yield _withdraw(case, working_days_after(day, 1))
    if case.fate.ending in {"withdrawn_late", "invited", "scoring", "moderation", "awaiting"}:
        return
    yield from deciding(case, company, day, rubric_hash)


def until_accepted(case: Case, company: Company, rubric_hash: str, begins: date) -> Step:
    """Give what happens from the first draft to the end of intake, or until the case ends before it."""
    day = yield from _draft(case, begins)
    if case.fate.ending == "draft":
        return day
    day = yield from _lodge(case, day)
    if case.fate.ending == "lodged":
        return day
    return (yield from _intake(case, company, day, rubric_hash))


def _draft(case: Case, begins: date) -> Step:
    officer = case.provider.officer.actor
    first = all_of(case.content(begins)) if case.number % 2 else only(case.content(begins), *_FIRST)
    yield Act(
        at=case.at(begins),
        actor=officer,
        commands=(
            DraftSubmission(
                submission_id=case.submission_id,
                course_id=case.course_id,
                course_version="1.0.0",
                provider_id=case.provider.provider_id,
                route=case.route,
                source=Source(kind="simulation", reference=f"seed {case.seed}, case {case.number + 1}"),
                simulated=True,
            ),
            ChangeContent(submission_id=case.submission_id, content=first),
        ),
    )
    if case.fate.ending == "draft":
        return begins
    day = case.later(begins, "drafting")
    named = (
        NamePerson(submission_id=case.submission_id, subject=subject, capacity=capacity, name=name, email=email)
        for subject, capacity, name, email in case.people()
    )
    content = ChangeContent(submission_id=case.submission_id, content=all_of(case.content(day)))
    yield Act(at=case.at(working_days_after(day, -1)), actor=officer, commands=(content, *named))
    return day


def _lodge(case: Case, day: date) -> Step:
    officer = case.provider.accountable
    yield Act(
        at=case.at(day),
        actor=officer.actor,
        commands=(
            LodgeSubmission(
                submission_id=case.submission_id,
                on=day,
                declaration=Declaration(officer_id=officer.person_id, text_version=CURRENT_DECLARATION, on=day),
                officer_is_accountable=True,
                provider_is_recognised=True,
                longest_validity_months=case.deadlines.longest_validity_months,
            ),
        ),
    )
    return day


def _intake(case: Case, company: Company, day: date, rubric_hash: str) -> Step:
    day = case.later(day, "intake")
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    if case.fate.ending in {"withdrawn", "closed", "returned", "lapsed"}:
        yield from _end_at_intake(case, company, day)
        return day
    if case.fate.twist == "return":
        day = yield from _return_and_correct(case, company, day)
    accepting = AcceptSubmission(
        submission_id=case.submission_id,
        on=day,
        standard_id=case.rubric.standard_id,
        rubric_version=case.rubric.version,
        rubric_hash=rubric_hash,
    )
    yield Act(at=case.at(day), actor=officer, commands=(accepting, *_assignment(case, company, day)), stirs=True)
    return day


def _assignment(case: Case, company: Company, day: date) -> tuple[AssignCase | NameCosigner, ...]:
    # Every fourth case is given to a centre; to one that is an arm of its provider only where another house signs too.
    own = case.provider is company.providers[0]
    cosigned = case.fate.twist == "cosigned"
    if case.number % GIVEN_AWAY and not cosigned:
        return ()
    centre = 1 if cosigned else 0 if own else case.number // GIVEN_AWAY % 2
    assigning = AssignCase(
        submission_id=case.submission_id,
        centre_id=company.centres[centre],
        on=day,
        lodged=True,
        centre_is_approved=True,
    )
    return (assigning, _cosigner(case, company, day)) if cosigned else (assigning,)


def _cosigner(case: Case, company: Company, day: date) -> NameCosigner:
    """Return that the first centre may sign beside the second; the agency may, too."""
    first, second = company.centres
    return NameCosigner(
        submission_id=case.submission_id,
        centre_id=first,
        on=day,
        owner_id=second,
        centre_is_approved=True,
        of_institution=False,
    )


def _end_at_intake(case: Case, company: Company, day: date) -> Iterator[Act]:
    match case.fate.ending:
        case "withdrawn":
            yield _withdraw(case, day)
        case "closed":
            ground, remark = case.chance.choice(_GROUNDS)
            closing = CloseAtIntake(submission_id=case.submission_id, ground=ground, remark=remark)
            officer = company.one(Role.INTAKE_OFFICER, case.number).actor
            yield Act(at=case.at(day), actor=officer, commands=(closing,))
        case _:
            yield _return(case, company, day)
            if case.fate.ending == "lapsed":
                day = case.deadlines.answer_to_return(day) + timedelta(days=1)
                yield _lapse(case, day)
                yield _file_again(case, working_days_after(day, _FILED_AGAIN_AFTER))


def _return(case: Case, company: Company, day: date) -> Act:
    returning = ReturnSubmission(
        submission_id=case.submission_id,
        on=day,
        due_on=case.deadlines.answer_to_return(day),
        faults=(_fault(case),),
        remark="Everything else is in order.",
    )
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    return Act(at=case.at(day), actor=officer, commands=(returning,))


def _extend(case: Case, company: Company, day: date, due_on: date) -> Act:
    extending = ExtendReturn(
        submission_id=case.submission_id,
        on=day,
        due_on=case.deadlines.extended_answer(due_on),
        reason="Those who can complete it are away at an assessment.",
    )
    return Act(at=case.at(day), actor=company.one(Role.INTAKE_OFFICER, case.number).actor, commands=(extending,))


def _fault(case: Case) -> Fault:
    return _FAULTS[case.number % len(_FAULTS)]


def _return_and_correct(case: Case, company: Company, day: date) -> Step:
    yield _return(case, company, day)
    due_on, asked_on = case.deadlines.answer_to_return(day), working_days_after(day, 1)
    day = min(case.later(day, "correcting"), due_on)
    if asked_on < day and case.number % _ASKS_FOR_TIME == 0:
        yield _extend(case, company, asked_on, due_on)
    content = case.content(day)
    if _fault(case).field == "synopsis":
        more = f"{content.synopsis} In every unit a task is practised, discussed and repeated before it is assessed."
        content = replace(content, synopsis=more)
    correcting = ChangeContent(submission_id=case.submission_id, content=only(content, _fault(case).field))
    yield Act(at=case.at(day), actor=case.provider.officer.actor, commands=(correcting,))
    day = yield from _lodge(case, day)
    return working_days_after(day, 2)


def _lapse(case: Case, day: date) -> Act:
    lapsing = LapseSubmission(submission_id=case.submission_id, on=day)
    return Act(at=case.at(day), actor=system("deadlines"), commands=(lapsing,))


def _file_again(case: Case, day: date) -> Act:
    later_id = case.new_id()
    named = (
        NamePerson(submission_id=later_id, subject=subject, capacity=capacity, name=name, email=email)
        for subject, capacity, name, email in case.people()
    )
    begun = RefileSubmission(
        submission_id=later_id,
        earlier_id=case.submission_id,
        earlier_code=IntakeCode.LAPSED,
        course_id=case.course_id,
        course_version="1.0.0",
        provider_id=case.provider.provider_id,
        route=case.route,
        simulated=True,
    )
    content = ChangeContent(submission_id=later_id, content=all_of(case.content(day)))
    link = FileAgain(submission_id=case.submission_id, later_id=later_id)
    return Act(at=case.at(day), actor=case.provider.officer.actor, commands=(begun, content, *named, link))


def _withdraw(case: Case, day: date) -> Act:
    # In the simulation nobody withdraws after intake.
    reason = case.chance.choice(_WITHDRAWALS)
    withdrawing = WithdrawSubmission(submission_id=case.submission_id, decided=False, reason=reason)
    return Act(at=case.at(day), actor=case.provider.accountable.actor, commands=(withdrawing,))
