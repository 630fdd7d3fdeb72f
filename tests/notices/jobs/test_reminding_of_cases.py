"""Reminders of what is due in the streams of a case beside its submission: to the right people, and once."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from qa_platform.decisions.commands import CountersignDecision
from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.roles import Role
from qa_platform.ledger.rebuild import rebuild
from qa_platform.ledger.sequencer import drain
from qa_platform.notices.jobs import Reminding, remind
from qa_platform.notices.read_model import DUTIES, NOTICE_CASES, NOTICES, words_of
from qa_platform.panels.commands import FinishFactualCheck
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.submissions.commands.components import UndoEnding
from qa_platform.submissions.events import Route
from qa_platform.submissions.read_model import listing_has_ended
from tests.accreditations import factories as conditions
from tests.centres.factories import ApproveCentreFactory, AssignCaseFactory
from tests.decisions import factories as decisions
from tests.decisions.factories import MEMBERS, RecuseMemberFactory
from tests.notices.jobs.conftest import KUALA_LUMPUR
from tests.panels import factories as panels
from tests.panels.reports import IssueDraftReportFactory
from tests.processes.casework import FIRST, SECOND, Agency
from tests.providers.factories import ApplyForRecognitionFactory, RegisterProviderFactory, RequestInformationFactory
from tests.reviews.factories import AnswerQueryFactory, AskQuestionFactory, ForwardQuestionFactory
from tests.scoring.national import sheet
from tests.submissions.components import (
    EndListingFactory,
    ListComponentFactory,
    NotifyComponentFactory,
    RefuseComponentFactory,
)
from tests.submissions.factories import PROVIDER, ReturnSubmissionFactory, WithdrawSubmissionFactory
from tests.whole import whole_ledger

CASE = "submission-1"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DUE = date(2026, 12, 1)  # a Tuesday
REMINDING = Reminding(
    before=(3, 1), after=(1,), calendar=Calendar(), zone=KUALA_LUMPUR, terms={"conflict_clearance": 3}
)
AMINAH, BAKAR, CHONG, DEVI = (f"0193fac0-0000-7000-8000-000000000f1{number}" for number in range(4))


@pytest.fixture
def office(database):
    """Give an agency on a Monday, with a case that has a panel."""
    with whole_ledger(database, lambda: MONDAY) as ledger:
        agency = Agency(ledger)
        agency.publish()
        agency.appoint(Role.REVIEWER, FIRST, SECOND)
        agency.accept(CASE)
        yield agency


def person(office, person_id: str, role: Role, provider_id: str | None = None) -> str:
    office.ask(
        RegisterPerson(person_id=person_id, name="Aminah", email="aminah@example.org"),
        GrantRole(person_id=person_id, role=role, provider_id=provider_id),
    )
    return person_id


def reminded(office, on: date) -> int:
    return remind(office.ledger, REMINDING, on, lambda _connection: None)


def told(office) -> list[tuple[str, str, str]]:
    with office.ledger.reading() as connection:
        rows = NOTICES.rows(connection, NOTICES.table.select())
    return sorted((row.person_id, row.stage, row.kind) for row in rows)


def said(office) -> str:
    with office.ledger.reading() as connection:
        rows = NOTICES.rows(connection, NOTICES.table.select())
    return "\n".join(words.subject + words.text for row in rows for words in (words_of(row, "en"), words_of(row, "ms")))


def questioned(office) -> None:
    """Let a reviewer ask the provider something, which it has until the 1st of December to answer."""
    review = office.seat(CASE, FIRST, 1)
    office.declare(CASE, review, FIRST)
    office.ask(AskQuestionFactory(review_id=review, reviewer_id=FIRST))
    office.ask(ForwardQuestionFactory(provider_id=PROVIDER, on=MONDAY.date(), due_on=DUE))


def test_a_provider_is_reminded_of_a_question_once_on_two_workers_and_by_its_title(office):
    person(office, AMINAH, Role.PROVIDER_OFFICER, PROVIDER)
    person(office, BAKAR, Role.PROVIDER_OFFICER, "another-provider")
    questioned(office)

    threads = [threading.Thread(target=reminded, args=(office, date(2026, 11, 30))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told(office) == [(AMINAH, "query_answer/before-1", "due_soon")]
    assert "kursus tanpa tajuk" not in said(office)
    assert FIRST not in said(office)
    assert reminded(office, date(2026, 12, 3)) == 0


OF_CASE = {"submission_id": CASE}


def drafted(office) -> None:
    """Issue a draft report that the provider checks until the 1st of December."""
    sheets = (sheet("review-1"), sheet("review-2"))
    office.ledger.execute_together(
        [
            panels.AssignReviewerFactory(**OF_CASE),
            panels.AssignReviewerFactory(**OF_CASE, review_id="review-2", reviewer_id=panels.SECOND, seat=2),
            panels.AssignLeadFactory(**OF_CASE),
            panels.CloseScoringFactory(**OF_CASE),
            panels.CloseModerationFactory(**OF_CASE, sheets=sheets),
            IssueDraftReportFactory(**OF_CASE, sheets=sheets, answer_by=DUE),
        ],
        actor="system:tests",
    )


def checked(office) -> None:
    office.ledger.execute(
        FinishFactualCheck(**OF_CASE, no_error=True, on=MONDAY.date(), report_due_on=DUE), actor="system:tests"
    )


def deferred(office) -> None:
    """Release a deferral that waits for evidence until the 1st of December."""
    office.ledger.execute_together(
        [
            decisions.TableCaseFactory(),
            decisions.PutMotionFactory(code="DEFER"),
            *(decisions.CastVoteFactory(member_id=member) for member in MEMBERS),
            decisions.TakeDecisionFactory(
                code="DEFER", grounds=(decisions.GroundFactory(),), wanted=("The letter.",), supply_by=DUE
            ),
        ],
        actor="system:tests",
    )
    # Until the release the provider does not know of it.
    assert reminded(office, date(2026, 11, 30)) == 0
    office.ask(
        CountersignDecision(**OF_CASE, decision_id="decision-1", member_id=MEMBERS[0], signed_on=decisions.TODAY),
        decisions.ReleaseDecisionFactory(),
    )


@pytest.mark.parametrize(
    ("begin", "end", "stage", "kind"),
    [
        (drafted, checked, "report_check/before-1", "due_soon"),
        (
            lambda office: office.ask(decisions.ProposeVariationFactory(due_on=DUE)),
            lambda office: office.ask(decisions.AnswerVariationFactory()),
            "consent/before-1",
            "due_soon",
        ),
        (deferred, lambda office: office.ask(decisions.SupplyEvidenceFactory()), "evidence/before-1", "due_soon"),
        (
            lambda office: office.ask(conditions.OpenConditionFactory(provider_id=PROVIDER, due_on=DUE)),
            lambda office: office.ask(conditions.FileEvidenceFactory(on=MONDAY.date())),
            "condition/before-1",
            "obligation_due_soon",
        ),
    ],
    ids=["draft report", "consent", "evidence after a deferral", "evidence for a condition"],
)
def test_a_provider_is_reminded_once_on_two_workers_and_of_what_it_did_no_more(office, begin, end, stage, kind):
    person(office, AMINAH, Role.PROVIDER_OFFICER, PROVIDER)
    person(office, BAKAR, Role.PROVIDER_OFFICER, "another-provider")
    begin(office)

    threads = [threading.Thread(target=reminded, args=(office, date(2026, 11, 30))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told(office) == [(AMINAH, stage, kind)]
    assert "1 December 2026" in said(office)
    assert "kursus tanpa tajuk" not in said(office)
    end(office)
    assert [reminded(office, day) for day in (date(2026, 12, 1), date(2026, 12, 2))] == [0, 0]


def test_of_an_answered_question_nobody_is_reminded_and_the_read_models_equal_a_rebuild(office):
    person(office, AMINAH, Role.PROVIDER_OFFICER, PROVIDER)
    questioned(office)
    office.ask(AnswerQueryFactory(on=MONDAY.date()))
    drain(office.ledger.engine)

    assert reminded(office, date(2026, 11, 30)) == 0
    for projection in (DUTIES, NOTICE_CASES):
        assert rebuild(office.ledger, projection, check=True).differences == (), projection.name


def test_nothing_is_due_any_more_of_a_case_that_was_withdrawn_whatever_its_other_streams_say(office):
    person(office, AMINAH, Role.PROVIDER_OFFICER, PROVIDER)
    questioned(office)
    # The journey, which takes the question back, has not come to it yet.
    office.ledger.execute(WithdrawSubmissionFactory(submission_id=CASE), actor="system:tests")

    assert reminded(office, date(2026, 11, 30)) == 0


def test_a_tie_is_for_the_secretaries_of_the_house_and_for_nobody_who_reviews_or_is_recused(office):
    """The case is the agency's: the centre's secretary is not told; nor is who sits on its panel, or is recused."""
    centre = ApproveCentreFactory()
    office.ask(centre)
    person(office, AMINAH, Role.COMMITTEE_SECRETARY)
    office.ask(GrantRole(person_id=SECOND, role=Role.COMMITTEE_SECRETARY))
    office.ask(
        RegisterPerson(person_id=CHONG, name="Chong", email="chong@example.org"),
        GrantRole(person_id=CHONG, role=Role.COMMITTEE_SECRETARY, centre_id=centre.centre_id),
    )
    person(office, DEVI, Role.COMMITTEE_SECRETARY)
    office.ask(RecuseMemberFactory(submission_id=CASE, member_id=DEVI))
    office.seat(CASE, SECOND, 2)
    office.declare(CASE, office.seat(CASE, FIRST, 1), FIRST, "PER")

    assert reminded(office, date(2026, 11, 25)) == 1
    assert reminded(office, date(2026, 11, 25)) == 0
    assert reminded(office, date(2026, 11, 27)) == 1
    assert told(office) == [(AMINAH, "tie_ruling/after-1", "overdue"), (AMINAH, "tie_ruling/before-1", "due_soon")]


def test_a_tie_in_a_centre_s_case_is_for_the_secretary_there(office):
    centre = ApproveCentreFactory()
    office.ask(centre, AssignCaseFactory(submission_id=CASE, centre_id=centre.centre_id))
    person(office, AMINAH, Role.COMMITTEE_SECRETARY)
    office.declare(CASE, office.seat(CASE, FIRST, 1), FIRST, "PER")

    # Nobody there holds the role: then it is the agency that must know.
    assert reminded(office, date(2026, 11, 25)) == 1
    office.ask(
        RegisterPerson(person_id=CHONG, name="Chong", email="chong@example.org"),
        GrantRole(person_id=CHONG, role=Role.COMMITTEE_SECRETARY, centre_id=centre.centre_id),
    )
    assert reminded(office, date(2026, 11, 27)) == 1
    assert [who for who, *_ in told(office)] == [AMINAH, CHONG]


def test_a_provider_that_applies_is_reminded_of_what_it_was_asked(office):
    asked = RequestInformationFactory(on=MONDAY.date(), due_on=DUE)
    office.ask(RegisterProviderFactory(), ApplyForRecognitionFactory(on=MONDAY.date()), asked)
    person(office, AMINAH, Role.ACCOUNTABLE_OFFICER, asked.provider_id)

    assert [reminded(office, date(2026, 11, 30)) for _ in range(2)] == [1, 0]
    assert told(office) == [(AMINAH, "information/before-1", "obligation_due_soon")]


def test_intake_is_reminded_of_a_unit_until_it_is_answered(office):
    office.ask(NotifyComponentFactory(check_due_on=DUE))
    person(office, AMINAH, Role.INTAKE_OFFICER)
    person(office, MEMBERS[0], Role.COMMITTEE_MEMBER)

    assert [reminded(office, day) for day in (date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 2))] == [1, 0, 1]
    assert "Circuits and Measurement" in said(office)
    office.ask(RefuseComponentFactory())
    assert reminded(office, date(2026, 12, 2)) == 0


def test_nobody_is_reminded_to_lodge_again_what_follows_a_unit_that_is_listed_no_more(office):
    unit = ListComponentFactory().component_id
    office.ask(NotifyComponentFactory())
    office.ask(ListComponentFactory())
    person(office, AMINAH, Role.PROVIDER_OFFICER, PROVIDER)
    office.lodge("change", course_id="course-2", route=Route.CHANGE, prior_accreditation_id=unit)
    office.ask(ReturnSubmissionFactory(submission_id="change", due_on=DUE, on=MONDAY.date()))
    office.ask(EndListingFactory())
    with office.ledger.reading() as connection:
        assert listing_has_ended(connection, unit)

    assert reminded(office, date(2026, 11, 26)) == 0
    office.ask(UndoEnding(component_id=unit, on=MONDAY.date(), reason="Another one was meant."))
    with office.ledger.reading() as connection:
        assert not listing_has_ended(connection, unit)
    assert reminded(office, date(2026, 11, 30)) == 1
