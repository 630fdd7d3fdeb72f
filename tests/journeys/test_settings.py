"""What the settings of a deployment change for its people."""

from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role
from tests.journeys.agency import Agency, Case, lock, lodge_case, open_agency, pass_gate, score, seat_panel, table, vote


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


def test_grants_last_and_appeals_take_as_long_as_the_agency_gives_and_numbers_are_its_own(agency_with):
    case = lodge_case(agency_with(VALIDITY_MONTHS="24", APPEAL_CALENDAR_DAYS="14", AGENCY_CODE="BN-QA7"))
    score_case(case)
    decision, verdict = f"/decisions/{case.submission_id}", {"code": "APP"}
    table(case)
    vote(case, "APP")

    refused = case.secretary.put(decision, verdict | {"valid_months": 25}, status=409)
    assert "Choose 1 to 24 months" in refused["detail"]
    case.secretary.put(decision, verdict)
    case.members[0].put(f"{decision}/signature")
    refused = case.secretary.put(f"{decision}/release", {"appeal_until": "2026-12-07"}, status=409)
    assert "at least 14 days" in refused["detail"]
    case.secretary.put(f"{decision}/release", {})
    case.agency.settle()

    assert case.officer.get(decision)["appeal_until"] == "2026-12-08"
    (entry,) = case.agency.public.get("/accreditations")["items"]
    assert (entry["valid_from"], entry["valid_to"]) == ("2026-11-24", "2028-11-23")
    assert entry["number"].startswith("BN-QA7-2026-000001-")


def test_a_provider_is_recognised_for_as_long_as_the_agency_gives(agency_with):
    agency = agency_with(RECOGNITION_MONTHS="12")

    provider_id = agency.recognise_provider("Akademi Suria")

    assert agency.public.get(f"/providers/{provider_id}")["valid_to"] == "2027-11-23"
    longer = {"valid_from": "2026-11-24", "valid_to": "2027-11-24"}
    refused = agency.administrator.put(f"/providers/{provider_id}/recognition", longer, status=409)
    assert "until 2027-11-23 at most" in refused["detail"]


def test_a_course_may_be_reviewed_as_late_as_it_can_be_valid_and_no_later(agency_with):
    agency = agency_with(VALIDITY_MONTHS="60")
    provider_id = agency.recognise_provider("Akademi Suria")
    officer = agency.employ(Role.PROVIDER_OFFICER, provider_id=provider_id)
    draft = f"/submissions/{officer.post('/submissions', {'provider_id': provider_id, 'route': 'SAMC'})['id']}"

    def refused(planned: str) -> bool:
        officer.patch(f"{draft}/content", {"review_date_planned": planned})
        return "review_date_planned" in {fault["field"] for fault in officer.get(draft)["missing"]}

    assert (refused("2031-11-24"), refused("2031-11-25")) == (False, True)


def score_case(case: Case) -> None:
    """Bring a lodged case as far as two locked reviews that agree."""
    seat_panel(case)
    for seat in (0, 1):
        pass_gate(case, seat)
        score(case, seat)
        lock(case, seat)


def test_submissions_are_accepted_under_the_agency_s_own_standard(agency_with):
    case = lodge_case(agency_with(STANDARD_ID="national"))

    refused = case.intake.put(f"{case.address}/acceptance", {}, status=409)

    assert "no version of the standard “national” is in force" in refused["detail"]
