from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from qa_platform.accreditations.decider import register_number
from qa_platform.app import create_app
from qa_platform.config import load_settings
from tests.accreditations.factories import SERIES, OpenAccreditationFactory
from tests.processes.casework import Agency, agency

__all__ = ["agency"]


@pytest.fixture
def client(agency) -> FlaskClient:
    """Give a browser's way to the pages, without a browser."""
    return create_app(load_settings(), ledger=agency.ledger).test_client()


def enter(agency: Agency, serial: int, **entry) -> str:
    """Enter a course in the register; return its number."""
    number = register_number(SERIES, serial)
    names = {"accreditation_id": f"accreditation-{serial}", "submission_id": f"submission-{serial}"}
    agency.ledger.execute(OpenAccreditationFactory(number=number, **names, **entry), actor="system:tests")
    return number
