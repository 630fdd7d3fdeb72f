"""A ledger in which each job of the worker has something due: cases and people at every stage."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from qa_platform.decisions.commands import CountersignDecision
from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.kernel.roles import Role
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.reviewers import commands as reviewing
from qa_platform.submissions.commands.components import EnterComponent
from tests import servers
from tests.accreditations.factories import OpenAccreditationFactory, OpenConditionFactory
from tests.centres import factories as centres
from tests.decisions import factories as decisions
from tests.panels import factories as panels
from tests.panels import reports
from tests.processes.casework import FIRST, SECOND, Agency, open_desk
from tests.providers import factories as providers
from tests.reviewers.factories import REVIEWER, RegisterReviewerFactory
from tests.reviewers.lives import APPLY, DAY, POLICY, score
from tests.reviews.factories import AskQuestionFactory, ForwardQuestionFactory, MarkOverdueFactory
from tests.scoring.national import sheet
from tests.submissions.components import NUMBER, ListComponentFactory, NotifyComponentFactory
from tests.submissions.factories import PROVIDER, DraftSubmissionFactory, ReturnSubmissionFactory
from tests.usual import DEADLINES
from tests.whole import whole_ledger

BEGAN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = BEGAN.date()
LATE_ON = DEADLINES.calendar.after(DEADLINES.reviewer_answer(TODAY), 1)
USUAL = "0193fac0-0000-7000-8000-0000000000e1"
OFFICER = "0193fac0-0000-7000-8000-000000000f01"
APPLICANT = "0193fac0-0000-7000-8000-000000000f02"
MANY = tuple(f"0193fac0-0000-7000-8000-0000000001{number:02}" for number in range(6))
INTAKE = "intake_officer:intake-1"


def fill(database: servers.Database) -> None:
    """Bring an agency to where everything is due one day."""
    with whole_ledger(database, lambda: BEGAN) as ledger:
        agency = Agency(ledger)
        agency.publish()
        agency.appoint(Role.REVIEWER, FIRST, SECOND)
        _provider(agency)
        _reviewers(agency)
        _intake(agency)
        _reviewing(agency)
        _agreeing(agency)
        _later(agency)


# Filled once a session; each test takes a clone.
STAGES = servers.Filled("template_stages", fill)


def _alone(agency: Agency, *commands: Command) -> None:
    """Execute commands that the journey does not answer to."""
    agency.ledger.execute_together(commands, actor="system:tests")


def _provider(agency: Agency) -> None:
    """Have a provider whose recognition runs out, and one that was asked for information."""
    agency.ask(
        RegisterPerson(person_id=OFFICER, name="Aminah", email="aminah@example.org"),
        GrantRole(person_id=OFFICER, role=Role.PROVIDER_OFFICER, provider_id=PROVIDER),
        providers.RegisterProviderFactory(provider_id=PROVIDER),
        providers.RecogniseProviderFactory(provider_id=PROVIDER, valid_from=TODAY),
    )
    agency.ask(
        providers.RegisterProviderFactory(provider_id=APPLICANT, registration_number="202601000002"),
        providers.ApplyForRecognitionFactory(provider_id=APPLICANT),
        providers.RequestInformationFactory(provider_id=APPLICANT),
    )


def _reviewers(agency: Agency) -> None:
    """Have a calibrated reviewer, and some who may sit."""
    _alone(
        agency,
        APPLY,
        reviewing.FindEligible(person_id=REVIEWER, found_on=DAY),
        reviewing.RecordTraining(person_id=REVIEWER, training="Induction", completed_on=DAY, on=DAY),
        *(score(benchmark) for benchmark in ("b-1", "b-2", "b-3")),
        reviewing.ConcludeCalibration(person_id=REVIEWER, policy=POLICY, concluded_on=DAY),
        reviewing.ActivateReviewer(person_id=REVIEWER, active_from=DAY, on=DAY),
    )
    for person_id in MANY:
        agency.ask(
            RegisterReviewerFactory(person_id=person_id, fields=("0613", "0713"), highest_level=8),
            reviewing.DeclareEligible(person_id=person_id, eligible_from=date(2026, 1, 1)),
        )


def _intake(agency: Agency) -> None:
    """Have a case that nobody has touched, one that was returned, one left behind by its centre, a listed unit."""
    agency.lodge("untouched", course_id="course-untouched")
    agency.lodge("returned", course_id="course-returned")
    agency.ask(ReturnSubmissionFactory(submission_id="returned"))
    agency.ask(
        centres.ApproveCentreFactory(centre_id=USUAL),
        centres.ApproveCentreFactory(),
        centres.EndApprovalFactory(),
        # Given at the very moment at which the centre ended.
        centres.AssignCaseFactory(submission_id="returned"),
    )
    _alone(agency, NotifyComponentFactory(), ListComponentFactory())
    _alone(agency, EnterComponent(component_id=NotifyComponentFactory().component_id, number=NUMBER))


def _reviewing(agency: Agency) -> None:
    """Have a review past the gate, a question of another case, and two panels whose people do not answer."""
    agency.accept("scored", course_id="course-scored")
    agency.declare("scored", agency.seat("scored", FIRST, 1), FIRST)
    agency.accept("asked", course_id="course-asked")
    review = agency.seat("asked", SECOND, 1)
    agency.declare("asked", review, SECOND)
    agency.ask(AskQuestionFactory(submission_id="asked", review_id=review, reviewer_id=SECOND))
    agency.ask(ForwardQuestionFactory(submission_id="asked", provider_id=PROVIDER))
    _invited(agency, "silent")
    for one in _invited(agency, "late"):
        _alone(
            agency,
            MarkOverdueFactory(
                review_id=one,
                submission_id="late",
                lateness="invitation",
                due_on=DEADLINES.reviewer_answer(TODAY),
                on=LATE_ON,
            ),
        )


def _invited(agency: Agency, case: str) -> list[str]:
    """Confirm a panel for a case; return its reviews."""
    agency.accept(case, course_id=f"course-{case}")
    desk = open_desk(agency)
    for step in ("proposal", "proposal/confirmation"):
        answer = desk.put(f"/panels/{case}/{step}", {} if step == "proposal" else None, INTAKE)
        assert answer.status_code == 200, answer.text
    for recorded in agency.ledger.read_case(case):
        agency.follow(recorded)
    return [one["review_id"] for one in desk.get(f"/panels/{case}", INTAKE).json["seated"]]


def _agreeing(agency: Agency) -> None:
    """Have a score that silence agrees to, and a draft report that nobody answers."""
    for case, apart in (("proposed", {"B2": 4}), ("drafted", {})):
        of: dict[str, str] = {"submission_id": case}
        first, second = f"{case}-1", f"{case}-2"
        sheets = (sheet(first, **apart), sheet(second))
        _alone(
            agency,
            panels.OpenPanelFactory(**of),
            panels.AssignReviewerFactory(**of, review_id=first),
            panels.AssignReviewerFactory(**of, review_id=second, reviewer_id=panels.SECOND, seat=2),
            panels.AssignLeadFactory(**of),
            panels.CloseScoringFactory(
                **of, reviews=tuple(StreamVersion(stream=f"review-{one}", version=1) for one in (first, second))
            ),
        )
        if apart:
            _alone(agency, reports.ProposeScoreFactory(**of, sheets=sheets))
        else:
            _alone(agency, panels.CloseModerationFactory(**of, sheets=sheets))
            _alone(agency, reports.IssueDraftReportFactory(**of, sheets=sheets))


def _later(agency: Agency) -> None:
    """Have a condition, an entry whose conditions nobody set, and a mail that went out long ago."""
    agency.ask(OpenConditionFactory(provider_id=PROVIDER))
    _decided_of_old(agency)
    with agency.ledger.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO operations.deliveries (notice_id, mail_id, person_id, state, next_at, changed_at) "
                "VALUES ('notice-1', 'mail-1', :person, 'sent', :at, :at)"
            ),
            {"person": OFFICER, "at": BEGAN},
        )


def _decided_of_old(agency: Agency) -> None:
    """Have an entry with a condition that the journey passed by."""
    of = {"submission_id": "old"}
    dossier = decisions.DossierFactory(band="approve_with_conditions")
    condition = decisions.ConditionFactory(condition_id="condition-of-old")
    _alone(
        agency,
        DraftSubmissionFactory(**of),
        decisions.TableCaseFactory(**of),
        decisions.PutMotionFactory(**of, code="APP-C"),
        *(decisions.CastVoteFactory(**of, member_id=member) for member in decisions.MEMBERS),
        decisions.TakeDecisionFactory(**of, code="APP-C", dossier=dossier, conditions=(condition,)),
        CountersignDecision(**of, decision_id="decision-1", member_id=decisions.MEMBERS[0], signed_on=TODAY),
        decisions.ReleaseDecisionFactory(**of),
        OpenAccreditationFactory(
            **of,
            accreditation_id="accreditation-of-old",
            decision_code="APP-C",
            decision_class="positive_with_conditions",
        ),
    )
