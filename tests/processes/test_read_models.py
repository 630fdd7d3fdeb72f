"""The read models of a case's journey do not care how they came about."""

from __future__ import annotations

from itertools import permutations

from qa_platform.accreditations.read_model import ACCREDITATIONS, CHECKING_PANELS
from qa_platform.dashboards.read_model import CLOCK_MARKS
from qa_platform.decisions.read_model import COMMITTEE_MEMBERS, DECISION_RUBRICS, DECISIONS
from qa_platform.ledger.projection import fold_into
from qa_platform.ledger.rebuild import rebuild
from qa_platform.ledger.sequencer import drain
from qa_platform.panels.commands import StandReviewerDown
from qa_platform.panels.read_model import ASSIGNABLE, LEADS, PANEL_RUBRICS, PANELS
from qa_platform.reviews.read_model import (
    QUERIES,
    QUESTIONS,
    REVIEW_NOTES,
    REVIEW_PANELS,
    REVIEW_RUBRICS,
    REVIEWS,
)
from qa_platform.submissions.read_model import DECIDINGS
from tests.decisions.factories import RecuseMemberFactory
from tests.panels.test_read_model import eligible, interest
from tests.processes.casework import FIRST, SECOND, Agency
from tests.reviews.factories import AnswerQueryFactory, AskQuestionFactory, ForwardQuestionFactory

OURS = (
    *(PANELS, ASSIGNABLE, PANEL_RUBRICS),
    *(REVIEWS, REVIEW_NOTES, REVIEW_PANELS, REVIEW_RUBRICS),
    *(DECISIONS, DECISION_RUBRICS, COMMITTEE_MEMBERS, ACCREDITATIONS, CHECKING_PANELS),
    *(LEADS, DECIDINGS),
    *(QUERIES, QUESTIONS, CLOCK_MARKS),
)


def eventful(agency: Agency) -> str:
    """Take a case to the register, by way of a reviewer who left and a member who was recused."""
    eligible(agency, FIRST)
    agency.ask(interest(FIRST, "COL", "provider-2"))
    case = agency.accept()
    agency.lead(case)
    gone = agency.review(case, "reviewer-3", 1)
    agency.ask(StandReviewerDown(submission_id=case, review_id=gone, ground="conflict"))
    agency.review(case, FIRST, 1)
    second = agency.seat(case, SECOND, 2)
    agency.declare(case, second, SECOND)
    agency.ask(AskQuestionFactory(review_id=second, reviewer_id=SECOND))
    agency.ask(ForwardQuestionFactory())
    agency.ask(AnswerQueryFactory())
    agency.score(case, second, SECOND)
    agency.lock(case, second, SECOND)
    agency.ask(RecuseMemberFactory(submission_id=case, member_id="member-9"))
    agency.decide(case)
    agency.release(case)
    return case


def test_a_rebuilt_read_model_equals_the_kept_one(agency):
    eventful(agency)
    drain(agency.ledger.engine)

    for projection in OURS:
        with agency.ledger.reading() as connection:
            assert projection.rows(connection, projection.table.select()), projection.name
        report = rebuild(agency.ledger, projection, check=True)
        assert report.differences == (), projection.name


def test_the_order_of_streams_changes_no_row(agency):
    recorded = agency.ledger.read_case(eventful(agency))
    kinds = [each.stream.split("-", 1)[0] for each in recorded]

    for projection in OURS:
        kept: dict = {}
        fold_into(projection, kept, recorded)
        for order in permutations(["panel", "review", "decision"]):
            rows: dict = {}
            for kind in order:
                fold_into(projection, rows, [each for each, of in zip(recorded, kinds, strict=True) if of == kind])
            # What other streams of the case feed is one stream's alone.
            fold_into(projection, rows, [each for each, of in zip(recorded, kinds, strict=True) if of not in order])
            assert rows == kept, (projection.name, order)
