from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.lease import Lease, LeaseLost
from qa_platform.providers.jobs import expire_recognitions, lapse_unanswered
from qa_platform.providers.read_model import APPLICATIONS, PROVIDERS
from qa_platform.submissions.read_model import standing_of
from tests.providers import factories as f
from tests.whole import whole_ledger

AFTER = date(2026, 12, 9)
LAST = date(2028, 12, 31)
OVER = date(2029, 1, 1)


@pytest.fixture
def ledger(database):
    with whole_ledger(database) as ledger:
        ledger.execute(f.RegisterProviderFactory(), actor="system:tests")
        yield ledger


def do(ledger, *commands) -> None:
    for command in commands:
        ledger.execute(command, actor="system:tests")


def row(ledger, projection, key):
    with ledger.reading() as connection:
        return projection.find(connection, key)


def leader(ledger) -> Lease:
    lease = Lease(ledger.engine, "jobs", "me")
    lease.acquire()
    return lease


def test_a_request_that_is_not_answered_makes_an_application_lapse_the_day_after_and_once(ledger):
    do(ledger, f.ApplyForRecognitionFactory(), f.RequestInformationFactory())
    lease = leader(ledger)

    assert [lapse_unanswered(ledger, on, lease.check) for on in (f.DUE, AFTER, AFTER)] == [0, 1, 0]
    assert (row(ledger, APPLICATIONS, f.APPLICATION).stage, row(ledger, APPLICATIONS, f.APPLICATION).holder) == (
        "lapsed",
        None,
    )
    assert ledger.read_stream(f"provider-{f.PROVIDER}")[-1].actor == "system:deadlines"


def test_what_was_answered_or_asked_no_more_does_not_lapse(ledger):
    do(ledger, f.ApplyForRecognitionFactory(), f.RequestInformationFactory(), f.SupplyInformationFactory())
    assert lapse_unanswered(ledger, AFTER, leader(ledger).check) == 0

    do(ledger, f.RequestInformationFactory(), f.WithdrawInformationRequestFactory())
    assert lapse_unanswered(ledger, AFTER, leader(ledger).check) == 0


def test_a_recognition_expires_the_day_after_its_last_and_once(ledger):
    do(ledger, f.RecogniseProviderFactory())
    lease = leader(ledger)

    assert [expire_recognitions(ledger, on, lease.check) for on in (LAST, OVER, OVER)] == [0, 1, 0]
    assert row(ledger, PROVIDERS, f.PROVIDER).status == "expired"


def test_a_recognition_that_was_renewed_in_time_goes_on(ledger):
    on = date(2028, 7, 3)
    renewal = f.ApplyForRecognitionFactory(on=on), f.FindCompleteFactory(on=on), f.GrantApplicationFactory(on=on)
    do(ledger, f.RecogniseProviderFactory(), *renewal)

    assert expire_recognitions(ledger, OVER, leader(ledger).check) == 0
    officer = Actor(
        person_id="o",
        roles=frozenset({Role.PROVIDER_OFFICER}),
        acting_as=Role.PROVIDER_OFFICER,
        providers=frozenset({f.PROVIDER}),
    )
    with ledger.reading() as connection:
        standing = standing_of(connection, f.PROVIDER, officer)
    assert all(standing.is_recognised(day) for day in (on, LAST, OVER, date(2031, 12, 31)))


def test_a_suspended_provider_s_term_runs_out_like_any_other_and_a_ceased_one_s_does_not(ledger):
    do(ledger, f.RecogniseProviderFactory(), f.SuspendProviderFactory())
    gone = f.RegisterProviderFactory(provider_id="gone"), f.RecogniseProviderFactory(provider_id="gone")
    do(ledger, *gone, f.CeaseProviderFactory(provider_id="gone"))

    assert expire_recognitions(ledger, OVER, leader(ledger).check) == 1
    assert row(ledger, PROVIDERS, f.PROVIDER).status == "expired"
    assert row(ledger, PROVIDERS, "gone").status == "ceased"


@pytest.mark.parametrize("job", [lapse_unanswered, expire_recognitions])
def test_a_job_whose_lease_is_in_other_hands_writes_nothing(ledger, job):
    do(ledger, f.RecogniseProviderFactory(), f.ApplyForRecognitionFactory(on=LAST), f.RequestInformationFactory())
    before = len(ledger.read_stream(f"provider-{f.PROVIDER}"))
    lease = leader(ledger)
    lease.release()
    assert Lease(ledger.engine, "jobs", "other").acquire()

    with pytest.raises(LeaseLost):
        job(ledger, date(2030, 1, 1), lease.check)
    assert len(ledger.read_stream(f"provider-{f.PROVIDER}")) == before
