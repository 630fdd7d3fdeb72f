from __future__ import annotations

from datetime import date

import pytest

from qa_platform.ledger.lease import Lease, LeaseLost
from qa_platform.submissions.jobs import lapse_overdue
from qa_platform.submissions.read_model import SUBMISSIONS
from tests.submissions.factories import SUBMISSION
from tests.submissions.lodging import hand_back
from tests.whole import whole_ledger

DUE = date(2026, 12, 8)
AFTER = date(2026, 12, 9)


def status(ledger) -> str:
    with ledger.reading() as connection:
        return SUBMISSIONS.find(connection, SUBMISSION).status


def leader(ledger) -> Lease:
    lease = Lease(ledger.engine, "jobs", "me")
    lease.acquire()
    return lease


def test_a_returned_submission_lapses_the_day_after_it_was_due_and_once(database):
    with whole_ledger(database) as ledger:
        hand_back(ledger)
        lease = leader(ledger)

        assert lapse_overdue(ledger, DUE, lease.check) == 0
        assert lapse_overdue(ledger, AFTER, lease.check) == 1
        assert lapse_overdue(ledger, AFTER, lease.check) == 0
        assert status(ledger) == "lapsed"
        assert ledger.read_stream(f"submission-{SUBMISSION}")[-1].actor == "system:deadlines"


def test_a_job_whose_lease_is_in_other_hands_writes_nothing(database):
    with whole_ledger(database) as ledger:
        hand_back(ledger)
        lease = leader(ledger)
        lease.release()
        assert Lease(ledger.engine, "jobs", "other").acquire()

        with pytest.raises(LeaseLost):
            lapse_overdue(ledger, AFTER, lease.check)
        assert status(ledger) == "returned"
