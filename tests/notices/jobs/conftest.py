from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.roles import Role
from qa_platform.notices.jobs import MaildirPost, Mailing
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.simulation.run import SimulatedClock
from tests.notices.desk import HOME, OFFICER, Desk
from tests.whole import whole_ledger

KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")


@pytest.fixture
def desk(database, tmp_path: Path) -> Iterator[Desk]:
    """Give a provider with one officer, on a Tuesday at ten, and the folder that his mails go to."""
    clock = SimulatedClock()
    clock.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    with whole_ledger(database, clock=clock) as ledger:
        ledger.execute_together(
            [
                RegisterPerson(person_id=OFFICER, name="Aminah binti Salleh", email="aminah@example.org"),
                GrantRole(person_id=OFFICER, role=Role.PROVIDER_OFFICER, provider_id=HOME),
            ],
            actor="system:tests",
        )
        mailing = Mailing(
            post=MaildirPost(folder=tmp_path / "mail"),
            sender="qa@agency.example",
            zone=KUALA_LUMPUR,
            calendar=Calendar(),
            language="en",
            digest_hour=8,
        )
        yield Desk(ledger, clock, mailing, tmp_path / "mail")
