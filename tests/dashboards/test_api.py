from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role
from tests.processes.casework import FIRST, SECOND
from tests.query_count import counted_queries

INTAKE = "intake_officer:intake-1"


def provider(agency) -> str:
    return f"{Role.PROVIDER_OFFICER}:officer-9:{agency.ledger.read_case('submission-1')[0].event.provider_id}"


@pytest.fixture
def scoring(agency) -> str:
    """Bring a case as far as scoring."""
    case = agency.accept()
    for seat, reviewer in enumerate((FIRST, SECOND), start=1):
        agency.declare(case, agency.seat(case, reviewer, seat), reviewer)
    return f"/clocks/{case}"


def test_an_officer_sees_whose_turn_it_is(desk, scoring):
    (listed,) = desk.get("/clocks", INTAKE).json["items"]

    assert (listed["state"], listed["holder"], listed["target"], listed["alarm"]) == (
        "scoring",
        "reviewers",
        10,
        "none",
    )
    assert desk.get(scoring, INTAKE).json == listed


def test_a_provider_sees_its_own_case_and_not_who_has_it(agency, desk, scoring):
    told = desk.get(scoring, provider(agency)).json

    assert (told["state"], told["holder"], told["target"]) == ("assessment", "agency", None)
    assert desk.get(scoring, "provider_officer:x:elsewhere").status_code == 404
    assert desk.get("/clocks", "provider_officer:x:elsewhere").json["items"] == []


def test_an_officer_who_reviews_the_case_is_told_no_more_than_its_provider(desk, scoring):
    assert desk.get(scoring, f"intake_officer:{FIRST}").json["state"] == "assessment"


def test_a_decision_that_was_not_released_moves_nothing_for_the_provider(agency, desk):
    case = agency.accept()
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    before = desk.get(f"/clocks/{case}", provider(agency)).json

    agency.decide(case)
    assert desk.get(f"/clocks/{case}", provider(agency)).json == before
    assert desk.get(f"/clocks/{case}", INTAKE).json["state"] == "decided"

    agency.release(case)
    assert desk.get(f"/clocks/{case}", provider(agency)).json["state"] == "ended"


def test_a_month_tells_how_many_cases_kept_their_time(agency, desk):
    case = agency.accept()
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    agency.decide(case)
    agency.release(case)
    month = f"{agency.ledger.read_case(case)[-1].at:%Y-%m}"

    report = desk.get(f"/clocks/report?month={month}", INTAKE).json
    assert (report["cases"], report["within"], report["within_percent"]) == (1, 1, 100)
    assert desk.get("/clocks/report?month=2020-01", INTAKE).json["within_percent"] is None
    assert desk.get("/clocks/report?month=2020-13", INTAKE).status_code == 422
    assert desk.get(f"/clocks/report?month={month}", provider(agency)).status_code == 403


def test_a_list_of_one_costs_as_much_as_a_list_of_many(agency, desk):
    for number in range(4):
        agency.accept(f"submission-{number}")
    desk.get("/clocks", INTAKE)

    costs = []
    for limit in (1, 4):
        with counted_queries(agency.ledger.engine) as sent:
            assert len(desk.get(f"/clocks?limit={limit}", INTAKE).json["items"]) == limit
        costs.append(len(sent))
    assert costs[0] == costs[1]
