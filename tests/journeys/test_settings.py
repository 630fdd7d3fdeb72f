"""What the settings of a deployment change for its people."""

from __future__ import annotations

import pytest

from tests.journeys.agency import Agency, lodge_case, open_agency


@pytest.fixture
def agency_with(database, monkeypatch):
    """Open an agency whose environment says something else than usual."""
    opened = []

    def open_with(**settings: str) -> Agency:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        opened.append(open_agency(database))
        return opened[-1].__enter__()

    yield open_with
    for one in opened:
        one.__exit__(None, None, None)


def test_a_return_is_due_after_as_many_working_days_as_the_agency_gives(agency_with):
    case = lodge_case(agency_with(RETURNED_WORKING_DAYS="3", HOLIDAYS="2026-11-26"))

    case.intake.put(f"{case.address}/return", {"remark": "Say more."})

    assert case.officer.get(case.address)["due_on"] == "2026-11-30"


def test_submissions_are_accepted_under_the_agency_s_own_standard(agency_with):
    case = lodge_case(agency_with(STANDARD_ID="national"))

    refused = case.intake.put(f"{case.address}/acceptance", {}, status=409)

    assert "no version of the standard “national” is in force" in refused["detail"]
