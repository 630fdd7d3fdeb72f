from __future__ import annotations

import pytest

from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import SubscriberStopped, Subscription
from tests.operating.doctor.conftest import changed, diagnose
from tests.operating.test_watch import tamper
from tests.submissions.lodging import accept
from tests.whole import whole_ledger


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        ("UPDATE ledger.alembic_version SET version_num = '20261124_ledger'", "migrations", "Run “qa migrate”"),
        ("DELETE FROM operations.read_models WHERE name = 'panels'", "read models", "“panels”"),
        ("SELECT 1", "worker", "Start “qa worker”"),
    ],
)
def test_a_form_that_is_not_of_this_version_and_a_missing_worker_are_found(doctor, database, statement, check, words):
    tamper(database, statement)

    assert words in doctor()[check].says


def test_events_that_wait_too_long_are_found(doctor, database):
    with whole_ledger(database) as ledger:
        accept(ledger)

        assert "the oldest since" in doctor(waiting_seconds=0)["sequencer"].says
        assert "sequencer" not in doctor()


def test_a_subscriber_that_is_far_behind_is_found(database, settings):
    with whole_ledger(database) as ledger:
        accept(ledger)
        drain(ledger.engine)
        assert Subscription(ledger, "journey", "me").acquire()

    found = diagnose(changed(settings, ready_lag_events=1), database.application_url)

    assert "“journey” is" in found["lag"].says
    assert "worker" not in found


def test_a_subscriber_that_an_error_stopped_is_found_without_what_the_error_quoted(doctor, database):
    with whole_ledger(database) as ledger:
        accept(ledger)
        drain(ledger.engine)
        with pytest.raises(SubscriberStopped):
            Subscription(ledger, "journey", "me").step(lambda *_: {}["Kanarifah"])

        found = doctor()["subscribers"]

    assert "“journey” stopped at" in found.says
    assert "KeyError" in found.says
    assert "Kanarifah" not in found.says
    assert "qa worker --resume" in found.do


def test_events_that_are_unaccounted_for_are_found(doctor, database):
    with whole_ledger(database) as ledger:
        accept(ledger)
        tamper(database, "DELETE FROM ledger.unsequenced")

        assert "unaccounted for" in doctor()["unaccounted"].says
