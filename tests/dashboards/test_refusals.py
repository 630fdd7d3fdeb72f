from __future__ import annotations

from datetime import date, timedelta

import pytest

from qa_platform.dashboards.refusals import select_refusals, summaries
from qa_platform.decisions.events import Ground
from qa_platform.decisions.read_model import DECISIONS
from tests.processes.casework import APPEAL_UNTIL, COMPLETE, FIRST, SECOND

GROUNDS = (Ground(area="A", text="canary-grounds"),)


@pytest.fixture
def scored(agency) -> str:
    """Bring a case before the committee."""
    case = agency.accept()
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    return case


def known_on(agency, day: date) -> list[dict]:
    with agency.ledger.reading() as connection:
        return summaries(connection, DECISIONS.rows(connection, select_refusals(day)))


def test_a_refusal_is_known_to_all_once_the_time_to_appeal_is_over_and_in_summary(agency, desk, scored):
    later = APPEAL_UNTIL + timedelta(days=1)
    agency.decide(scored, code="REF", departure_reason="The committee saw more.", grounds=GROUNDS)
    assert known_on(agency, later) == []
    agency.release(scored)

    assert known_on(agency, APPEAL_UNTIL) == []
    (told,) = known_on(agency, later)
    assert (told["submission_id"], told["decision_code"], told["areas"]) == (scored, "REF", ["A"])
    assert told["title_en"] == COMPLETE.title_en
    assert "canary" not in str(told)
    assert desk.get("/refusals").json == {"items": [], "next": None}


def test_no_grant_is_listed_as_a_refusal(agency, scored):
    agency.decide(scored)
    agency.release(scored)

    assert known_on(agency, APPEAL_UNTIL + timedelta(days=1)) == []
