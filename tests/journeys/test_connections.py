"""A request never holds two connections: with all of them taken, each would wait for the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_platform.app import create_app, open_ledger
from qa_platform.config import load_settings
from qa_platform.ledger.tables import open_engine
from tests.journeys.agency import Case, decide, lock, lodge_case, open_agency, pass_gate, score, seat_panel
from tests.journeys.test_blindness import addresses
from tests.whole import KEK


@pytest.fixture
def narrow(database) -> Iterator[Case]:
    """Bring a case to its release on a platform whose web server has one connection."""
    engine = open_engine(database.application_url, connections=1, at_most=1, patience_seconds=0.5)
    with open_agency(database) as agency:
        app = create_app(load_settings(), ledger=open_ledger(engine, KEK, clock=agency.ledger.clock))
        # The tests' own clients ask the narrow application from here on; the worker keeps its own connections.
        agency.app.wsgi_app = app.wsgi_app
        case = lodge_case(agency)
        seat_panel(case)
        for seat in (0, 1):
            pass_gate(case, seat)
            score(case, seat)
            lock(case, seat)
        decide(case, "APP")
        case.secretary.put(f"/decisions/{case.submission_id}/release", {})
        agency.settle()
        yield case
    engine.dispose()


def test_one_connection_is_enough_for_a_whole_case_and_every_look_at_it(narrow):
    case = narrow
    viewers = (
        case.officer,
        case.intake,
        case.secretary,
        case.members[0],
        case.auditor,
        case.lead,
        case.reviewers[0],
        case.agency.administrator,
        case.agency.public,
    )

    starved = [
        (address, viewer.id)
        for viewer in viewers
        for address in addresses(case)
        if viewer.ask("GET", address, None, None, {}).status_code == 503
    ]

    assert starved == []
