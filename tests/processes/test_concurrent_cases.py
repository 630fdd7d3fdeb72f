"""Many cases at once: what the live tables hold is what a rebuild in position order makes of the events."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from qa_platform.accreditations.read_model import ACCREDITATIONS
from qa_platform.ledger.rebuild import rebuild
from qa_platform.ledger.sequencer import drain, figures
from tests.processes.casework import FIRST, SECOND, Agency

CASES = [f"submission-{number}" for number in range(4)]


def run_case(agency: Agency, number: int) -> None:
    case = agency.accept(CASES[number], course_id=f"course-{number}")
    with ThreadPoolExecutor(2) as reviewers:
        list(reviewers.map(lambda seat: agency.review(case, (FIRST, SECOND)[seat - 1], seat), (1, 2)))
    agency.lead(case)
    agency.decide(case, decision_id=f"decision-{number}")
    agency.release(case)


def test_cases_that_run_at_once_get_their_own_numbers_and_rows_that_a_rebuild_confirms(agency):
    with ThreadPoolExecutor(len(CASES)) as pool:
        list(pool.map(lambda number: run_case(agency, number), range(len(CASES))))

    ledger = agency.ledger
    drain(ledger.engine)
    with ledger.reading() as connection:
        assert figures(connection).missing == 0
        numbers = sorted(row.number for row in ACCREDITATIONS.rows(connection, sa.select(ACCREDITATIONS.table)))
    assert [number.rpartition("-")[0][-6:] for number in numbers] == ["000001", "000002", "000003", "000004"]
    reports = [rebuild(ledger, projection, check=True) for projection in ledger.projections]
    assert {report.name: report.differing for report in reports if report.differing} == {}
