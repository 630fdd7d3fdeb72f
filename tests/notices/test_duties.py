"""What is open in a stream after its events, and of what of it somebody is reminded on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from qa_platform.decisions.events import DecisionRescinded
from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import fold_into
from qa_platform.notices.decider import KINDS
from qa_platform.notices.jobs import Reminding
from qa_platform.notices.jobs.reminding import due_in
from qa_platform.notices.read_model import DUTIES, LINES, NOTICE_CASES
from qa_platform.panels.events import DraftReportWithdrawn, ModerationReopened
from tests.centres.factories import CaseAssignedFactory, CaseMovedFactory
from tests.decisions import factories as decisions
from tests.notices.jobs.conftest import KUALA_LUMPUR
from tests.panels.factories import ReviewerAssignedFactory
from tests.panels.reports import DraftReportIssuedFactory, FactualCheckClosedFactory
from tests.providers import factories as providers
from tests.reviews import factories as reviews
from tests.submissions import components
from tests.submissions import factories as submissions

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REMINDING = Reminding(
    before=(3, 1), after=(1,), calendar=Calendar(), zone=KUALA_LUMPUR, terms={"conflict_clearance": 3}
)
YEAR = [MONDAY.date() + timedelta(days=number) for number in range(365)]


def after(*events):
    """Return the row of a stream in which this happened, an event a minute, all on one Monday."""
    recorded = [
        Recorded(
            id=f"e{version}",
            stream="stream-1",
            version=version,
            at=MONDAY + timedelta(minutes=version),
            actor="system:tests",
            case_id="case-1",
            cause=None,
            event=event,
            digest="",
        )
        for version, event in enumerate(events, 1)
    ]
    return fold_into(DUTIES, {}, recorded)["stream-1"]


def reminded(*events) -> dict[str, str]:
    """Return when what begins to be told, after this happened on a Monday."""
    row, found = after(*events), {}
    for day in YEAR:
        for due in due_in(row, REMINDING, day):
            found.setdefault(f"{due.line.duty}/{due.stage.name}: {due.kind}", f"{day:%m-%d}")
    return found


TAKEN_BACK = DraftReportWithdrawn(
    submission_id="case-1", drafted_version=1, told_on=MONDAY.date(), reason="A finding was missing."
)
RESCINDED = DecisionRescinded(
    submission_id="case-1", decision_id="decision-1", reason="A vote was missing.", rescinded_on=MONDAY.date()
)


def asked(number: int, **given):
    return reviews.QueryForwardedFactory(query_id=f"question-{number}", number=number, **given)


def test_a_question_is_told_to_be_due_soon_and_nothing_once_its_day_is_over():
    """The end of the day closes it, and that is told by a notice of its own."""
    assert reminded(asked(1, due_on=date(2026, 12, 8))) == {
        "query_answer/before-3: due_soon": "12-03",
        "query_answer/before-1: due_soon": "12-07",
    }


@pytest.mark.parametrize(
    "end",
    [reviews.QueryAnsweredFactory, reviews.QueryUnansweredFactory, reviews.QueryWithdrawnFactory],
)
def test_of_two_questions_the_one_that_is_settled_is_due_no_more(end):
    row = after(asked(1), asked(2), end(query_id="question-1"))

    assert [(one.item, one.opened_by) for one in row.open] == [("question-2", "e2")]
    assert after(asked(1), end(query_id="question-1")).first_due is None


@pytest.mark.parametrize(
    "end",
    [
        TAKEN_BACK,
        ModerationReopened(submission_id="case-1", reason="A score was missing."),
        FactualCheckClosedFactory(),
    ],
    ids=lambda end: type(end).__name__,
)
def test_a_draft_that_is_taken_back_or_checked_is_to_be_checked_no_more(end):
    draft = DraftReportIssuedFactory(answer_by=date(2026, 12, 8))

    assert list(reminded(draft)) == ["report_check/before-3: due_soon", "report_check/before-1: due_soon"]
    assert reminded(draft, end) == {}


def test_a_new_draft_is_to_be_checked_by_its_own_day():
    draft, other = (DraftReportIssuedFactory(answer_by=date(2026, 12, day)) for day in (8, 22))

    assert list(reminded(draft, TAKEN_BACK, other).values()) == ["12-17", "12-21"]


def test_what_a_provider_is_asked_of_its_application_names_no_course():
    kinds = list(reminded(providers.ProviderInformationRequestedFactory(due_on=date(2026, 12, 8))))

    assert kinds == ["information/before-3: obligation_due_soon", "information/before-1: obligation_due_soon"]


@pytest.mark.parametrize(
    "end",
    [
        providers.ProviderInformationSuppliedFactory,
        providers.ProviderInformationRequestWithdrawnFactory,
        providers.ProviderApplicationWithdrawnFactory,
        providers.ProviderApplicationLapsedFactory,
    ],
)
def test_what_was_told_or_is_wanted_no_more_is_due_no_more(end):
    assert reminded(providers.ProviderInformationRequestedFactory(), end()) == {}


def test_consent_is_asked_for_again_until_its_day_and_then_its_time_is_over():
    assert reminded(decisions.VariationProposedFactory(due_on=date(2026, 12, 8))) == {
        "consent/before-3: due_soon": "12-03",
        "consent/before-1: due_soon": "12-07",
        "consent/after-1: time_over": "12-09",
    }


def test_a_decision_ends_the_question_of_consent_only_with_its_release():
    """If it ended before, the provider would learn by silence that a decision was taken."""
    proposed = decisions.VariationProposedFactory(due_on=date(2026, 12, 8))

    assert reminded(proposed, decisions.DecisionTakenFactory()) == reminded(proposed)
    assert reminded(proposed, decisions.DecisionReleasedFactory()) == {}
    assert reminded(proposed, decisions.VariationAnsweredFactory()) == {}


def test_evidence_is_due_of_nobody_before_the_deferral_is_released():
    awaited = decisions.EvidenceAwaitedFactory(due_on=date(2026, 12, 24))

    assert reminded(awaited) == {}
    assert after(awaited).first_due is None
    assert list(reminded(awaited, decisions.DecisionReleasedFactory())) == [
        "evidence/before-3: due_soon",
        "evidence/before-1: due_soon",
        "evidence/after-1: time_over",
    ]


@pytest.mark.parametrize(
    "ends",
    [
        (RESCINDED, decisions.DecisionReleasedFactory()),
        (decisions.DecisionReleasedFactory(), decisions.EvidenceSuppliedFactory()),
        (decisions.DecisionReleasedFactory(), decisions.tabled()),
    ],
    ids=["rescinded before", "supplied", "before the committee again"],
)
def test_evidence_is_due_no_more_once_it_is_there_or_wanted_no_more(ends):
    assert reminded(decisions.EvidenceAwaitedFactory(), *ends) == {}


def test_a_tie_is_to_be_ruled_on_within_the_days_for_clearing_conflicts():
    """Three working days from Monday are Thursday."""
    declared = reviews.InterestsDeclaredFactory(effect="officer_decides", categories=("PER",))

    assert reminded(declared) == {
        "tie_ruling/before-1: due_soon": "11-25",
        "tie_ruling/after-1: overdue": "11-27",
    }
    assert reminded(declared, reviews.ConflictRuledFactory()) == {}
    assert reminded(declared, reviews.ReviewEndedFactory()) == {}
    assert reminded(reviews.InterestsDeclaredFactory()) == {}


def test_a_ruling_that_is_taken_back_is_due_anew():
    declared = reviews.InterestsDeclaredFactory(effect="officer_decides", categories=("PER",))
    row = after(declared, reviews.ConflictRuledFactory(), reviews.RulingReversedFactory())

    assert [one.opened_by for one in row.open] == ["e3"]


def test_a_unit_is_to_be_checked_unless_it_is_drawn_and_again_after_a_refusal_in_error():
    notified = components.ComponentNotifiedFactory(check_due_on=date(2026, 12, 8))
    refused = components.ComponentRefusedFactory()
    undone = components.ComponentStepUndoneFactory(check_due_on=date(2026, 12, 15))

    assert list(reminded(notified).values()) == ["12-03", "12-07", "12-09"]
    assert reminded(components.ComponentNotifiedFactory(drawn=True)) == {}
    assert reminded(notified, components.ComponentListedFactory()) == {}
    assert reminded(notified, refused) == {}
    assert list(reminded(notified, refused, undone).values()) == ["12-10", "12-14", "12-16"]


def test_the_title_of_a_unit_is_known():
    assert after(components.ComponentNotifiedFactory()).title_en == components.UNIT.title_en


def test_without_a_term_nobody_is_reminded_of_what_has_no_day():
    row = after(reviews.InterestsDeclaredFactory(effect="officer_decides", categories=("PER",)))
    no_terms = Reminding(before=(1,), after=(1,), calendar=Calendar(), zone=KUALA_LUMPUR)

    assert [due for day in YEAR for due in due_in(row, no_terms, day)] == []


def test_every_line_names_kinds_that_exist():
    assert {kind for line in LINES for kind in (line.soon, line.late) if kind is not None} <= set(KINDS)


def case(*events):
    recorded = [
        Recorded(
            id=f"e{number}",
            stream="any",
            version=number,
            at=MONDAY,
            actor="system:tests",
            case_id=submissions.SUBMISSION,
            cause=None,
            event=event,
            digest="",
        )
        for number, event in enumerate(events, 1)
    ]
    return fold_into(NOTICE_CASES, {}, recorded)[submissions.SUBMISSION]


OF_ONE = {"submission_id": submissions.SUBMISSION}


def test_a_case_that_is_withdrawn_is_over_until_that_is_taken_back():
    drafted, withdrawn = submissions.SubmissionDraftedFactory(), submissions.SubmissionWithdrawnFactory()
    undone = submissions.SubmissionStepTakenBackFactory()

    assert [case(drafted).over, case(drafted, withdrawn).over, case(drafted, withdrawn, undone).over] == [
        False,
        True,
        False,
    ]


def test_who_was_asked_to_review_keeps_apart_until_the_release():
    asked_one = ReviewerAssignedFactory(**OF_ONE, reviewer_id="rita")
    release = decisions.DecisionReleasedFactory(**OF_ONE)

    assert case(asked_one, asked_one).reviewing == {"rita"}
    assert case(asked_one, release).reviewing == set()
    assert case(release, asked_one) == case(asked_one, release)


def test_a_case_is_in_the_house_that_it_was_moved_to():
    assert case(CaseAssignedFactory(**OF_ONE), CaseMovedFactory(**OF_ONE, to_centre_id="east")).centre_id == "east"
