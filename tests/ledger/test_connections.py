from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from qa_platform.ledger.connections import open_engine

IDLE, WORK = "idle_in_transaction_session_timeout", "work_mem"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, {IDLE: "1min"}),
        (f"-c {WORK}=7MB", {IDLE: "1min", WORK: "7MB"}),
        (f"-c {IDLE}=5s", {IDLE: "5s"}),
    ],
)
def test_what_an_address_says_about_the_session_counts_beside_our_own(bare_database, options, expected):
    url = make_url(bare_database.application_url)
    if options is not None:
        url = url.update_query_dict({"options": options})
    engine = open_engine(url.render_as_string(hide_password=False))
    with engine.connect() as connection:
        found = {name: connection.scalar(sa.text("SELECT current_setting(:name)"), {"name": name}) for name in expected}
    engine.dispose()

    assert found == expected
