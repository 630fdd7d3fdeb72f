from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from qa_platform.ledger.tables import open_engine
from qa_platform.notices.read_model import deliveries

LONG_AGO = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def given_up(command, database) -> None:
    """Leave a mail behind that was given up."""
    plan = deliveries.Plan(notice_id="n", mail_id="m", person_id="p", state="planned", next_at=LONG_AGO)
    engine = open_engine(database.application_url, connections=1)
    with engine.begin() as connection:
        deliveries.plan(connection, [plan], LONG_AGO)
        deliveries.settle_mail(connection, "m", "failed", LONG_AGO, failure="MailRefused")
    engine.dispose()


@pytest.mark.usefixtures("given_up")
def test_what_did_not_leave_is_listed_and_sent_again(command):
    (row,) = json.loads(command("mails", "--json").stdout)
    assert (row["mail_id"], row["state"], row["failure"]) == ("m", "failed", "MailRefused")
    assert "MailRefused" in command("mails").stdout

    unsaid, unknown = command("mails", "again"), command("mails", "again", "nothing")
    assert (unsaid.exit_code, unknown.exit_code) == (1, 1)
    assert "name one mail" in unsaid.stderr
    assert "no mail “nothing” that was given up" in unknown.stderr

    assert "sends 1 mail again" in command("mails", "again", "--all").stderr
    assert "Every mail has left" in command("mails").stderr
