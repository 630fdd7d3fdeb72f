"""Three years of an agency, lived through in seconds: what time brings comes on its day, and once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa

from qa_platform.accreditations.events import ConditionLapsed
from qa_platform.app import jobs_of
from qa_platform.config import load_settings
from qa_platform.kernel.roles import Role
from qa_platform.ledger.lease import Lease
from qa_platform.ledger.ledger import Ledger
from qa_platform.notices.read_model import NOTICES
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.providers.commands import RecogniseProvider, RegisterProvider
from qa_platform.providers.events import ProviderRecognitionExpired
from qa_platform.reviewers import commands as reviewing
from qa_platform.reviewers.events import ReviewerRecalibrationDue
from qa_platform.submissions.events import SubmissionLapsed
from tests.accreditations.factories import OpenConditionFactory
from tests.journeys.clock import BEGAN, Clock
from tests.reviewers.factories import REVIEWER
from tests.reviewers.lives import APPLY, DAY, POLICY, score
from tests.submissions.factories import PROVIDER, SUBMISSION
from tests.submissions.lodging import hand_back
from tests.whole import whole_ledger

TODAY = BEGAN.date()
THREE_YEARS_ON = date(2029, 12, 24)
LAST_VALID_DAY = date(2029, 11, 23)
OFFICERS = {"0193fac0-0000-7000-8000-000000000f01": (Role.PROVIDER_OFFICER, PROVIDER)}
OFFICERS |= {"0193fac0-0000-7000-8000-000000000f02": (Role.REGISTER_OFFICER, None)}
# Whatever happens beside, and is watched by its own tests.
JOBS = (
    "lapse overdue submissions",
    "lapse overdue conditions",
    "raise recalibrations",
    "expire recognitions",
    "remind of what is due",
)
# Nobody leads: that a thing is done once must not rest on there being one worker.
UNLED = cast("Lease", SimpleNamespace(check=lambda _connection: 0))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def begun(database, clock) -> Iterator[Ledger]:
    """Begin with a recognised provider, a returned submission, a condition and a calibrated reviewer."""
    with whole_ledger(database, clock=clock) as ledger:
        for person, (role, provider) in OFFICERS.items():
            register = RegisterPerson(person_id=person, name="Aminah", email="aminah@example.org")
            grant = GrantRole(person_id=person, role=role, provider_id=provider)
            ledger.execute_together([register, grant], actor="system:tests")
        registered = RegisterProvider(
            provider_id=PROVIDER, legal_name="Suria", origin="registration", registration_number="2019", kind="company"
        )
        recognised = RecogniseProvider(provider_id=PROVIDER, valid_from=TODAY, recognition_months=36)
        ledger.execute_together([registered, recognised], actor="register_officer:test")
        hand_back(ledger)
        ledger.execute(OpenConditionFactory(provider_id=PROVIDER), actor="system:journey")
        ledger.execute_together(
            [
                APPLY,
                reviewing.FindEligible(person_id=REVIEWER, found_on=DAY),
                reviewing.RecordTraining(person_id=REVIEWER, training="Induction", completed_on=DAY, on=DAY),
                *(score(benchmark) for benchmark in ("b-1", "b-2", "b-3")),
                reviewing.ConcludeCalibration(person_id=REVIEWER, policy=POLICY, concluded_on=DAY),
                reviewing.ActivateReviewer(person_id=REVIEWER, active_from=DAY, on=DAY),
            ],
            actor="administrator:test",
        )
        yield ledger


def work(ledger: Ledger, clock: Clock) -> None:
    jobs = jobs_of(load_settings(), clock)
    for name in JOBS:
        jobs[name](ledger, UNLED)


def live_through(ledger: Ledger, clock: Clock) -> None:
    """Let three years go by: by days, by weeks, by months, two workers at once, and one more in the end."""
    day = TODAY
    while day < THREE_YEARS_ON:
        workers = [Thread(target=work, args=(ledger, clock)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        gone = (day - TODAY).days
        clock.pass_days(1 if gone < 20 else 7 if gone < 200 else 30)
        day = clock().date()
    work(ledger, clock)


def came(ledger: Ledger, stream: str, event: type) -> list[tuple[Any, datetime]]:
    return [(one.event, one.at) for one in ledger.read_stream(stream) if isinstance(one.event, event)]


def test_what_three_years_bring_comes_on_its_day_and_once(begun, clock):
    live_through(begun, clock)

    ((lapsed, at),) = came(begun, f"submission-{SUBMISSION}", SubmissionLapsed)
    assert (lapsed.due_on, at.date()) == (date(2026, 12, 8), date(2026, 12, 9))
    ((lapsed, at),) = came(begun, "condition-condition-1", ConditionLapsed)
    assert (lapsed.due_on, 0 < (at.date() - lapsed.due_on).days <= 7) == (date(2027, 5, 20), True)
    ((due, at),) = came(begun, f"reviewer-{REVIEWER}", ReviewerRecalibrationDue)
    assert (due.ground, 0 < (at.date() - date(2029, 2, 2)).days <= 30) == ("term", True)
    ((expired, at),) = came(begun, f"provider-{PROVIDER}", ProviderRecognitionExpired)
    assert (expired.valid_to, 0 < (at.date() - LAST_VALID_DAY).days <= 30) == (LAST_VALID_DAY, True)

    with begun.reading() as connection:
        told = NOTICES.rows(connection, sa.select(NOTICES.table))
    reminded = Counter((row.person_id, row.stage) for row in told)
    assert set(reminded.values()) == {1}
    officer, registrar = OFFICERS
    # What is due today is not overdue; what had ended is due no more.
    assert {stage for person, stage in reminded if person == officer and "return" in stage} == {
        "answer_to_return/before-3",
        "answer_to_return/before-1",
    }
    assert {stage.split("/")[0] for person, stage in reminded if person == officer} == {"answer_to_return", "condition"}
    assert {stage.split("/")[0] for person, stage in reminded if person == registrar} == {"condition_ruling"}
