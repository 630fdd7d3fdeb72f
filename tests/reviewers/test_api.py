from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role

KOLEJ = "01930000-0000-7000-8000-0000000000a1"
EXPERTISE = {"fields": ["0613"], "highest_level": 7, "years_of_practice": 9, "category": "academic"}
TIE = {"provider_id": KOLEJ, "category": "EMP", "since": "2020-01-01", "detail": "Canary detail"}


@pytest.fixture
def administrator(office):
    return office.invite(Role.ADMINISTRATOR)


@pytest.fixture
def reviewer(office, administrator):
    reviewer = office.invite(Role.REVIEWER)
    answer = administrator.post("/reviewers", EXPERTISE | {"person_id": reviewer.person_id})
    assert answer.status_code == 201
    return reviewer


def test_a_reviewer_is_registered_declared_eligible_and_paused(administrator, reviewer):
    path = f"/reviewers/{reviewer.person_id}"

    assert administrator.put(f"{path}/eligibility", {"eligible_from": "2026-01-01"}).status_code == 200
    assert reviewer.put(f"{path}/pause", {}).status_code == 200
    assert administrator.get(path).json["status"] == "paused"
    assert reviewer.delete(f"{path}/pause").status_code == 200
    shown = reviewer.get("/reviewers/me")
    assert shown.headers["ETag"] == '"4"'
    assert shown.json == {
        **EXPERTISE,
        "person_id": reviewer.person_id,
        "version": 4,
        "status": "active",
        "eligible_from": "2026-01-01",
        "paused_from": None,
        "interests": [],
        "own_level": 7,
        "competences": [{"field": "0613", "highest_level": 7}],
        "languages": [],
        "open_cases_cap": 4,
        "suspended_from": None,
        "retired_on": None,
        "valid_until": None,
        "posts": [],
        "absences": [],
        "simulated": False,
    }


def test_a_pause_that_the_agency_asked_for_is_the_agencys_to_end(administrator, reviewer):
    path = f"/reviewers/{reviewer.person_id}"
    administrator.put(f"{path}/eligibility", {})
    administrator.put(f"{path}/pause", {"paused_from": "2026-01-01"})
    refused = reviewer.delete(f"{path}/pause")
    assert refused.status_code == 409
    assert refused.json["type"].endswith("paused-by-agency")
    assert administrator.delete(f"{path}/pause").status_code == 200


def test_a_reviewer_declares_his_own_ties_and_ends_them(administrator, reviewer):
    path = f"/reviewers/{reviewer.person_id}/interests"

    declared = reviewer.post(path, TIE)
    ended = reviewer.put(f"{path}/{declared.json['id']}/end", {"ended_on": "2026-01-31"})

    assert (declared.status_code, ended.status_code) == (201, 200)
    shown = administrator.get(f"/reviewers/{reviewer.person_id}")
    assert [(tie["category"], tie["until"]) for tie in shown.json["interests"]] == [("EMP", "2026-01-31")]
    assert "Canary" not in shown.text


def test_nobody_declares_ties_for_another(office, administrator, reviewer):
    path = f"/reviewers/{reviewer.person_id}/interests"
    assert administrator.post(path, TIE).status_code == 403
    assert office.invite(Role.REVIEWER).post(path, TIE).status_code == 404
    assert office.invite(Role.LEAD_REVIEWER).post(path, TIE).status_code == 404


def test_the_detail_of_a_tie_is_sealed_wherever_it_is_stored(office, reviewer):
    reviewer.post(f"/reviewers/{reviewer.person_id}/interests", TIE)
    stored = office.stored()
    assert "reviewer.interest_declared.v1" in stored
    assert "Canary" not in stored
    opened = office.ledger.read_stream(f"reviewer-{reviewer.person_id}", opened=True)[-1].event
    assert (opened.detail.value, opened.detail.purpose) == ("Canary detail", "interests")


def test_who_has_practised_for_too_short_a_time_is_refused_with_the_reason(administrator, reviewer):
    path = f"/reviewers/{reviewer.person_id}"
    assert administrator.put(f"{path}/expertise", EXPERTISE | {"years_of_practice": 3}).status_code == 200
    refused = administrator.put(f"{path}/eligibility", {})
    assert refused.status_code == 409
    assert "5 are needed" in refused.json["detail"]


@pytest.mark.parametrize(
    ("role", "listed", "one"),
    [
        (Role.COMMITTEE_SECRETARY, 200, 200),
        (Role.AUDITOR, 200, 200),
        (Role.LEAD_REVIEWER, 200, 200),
        (Role.REVIEWER, 403, 404),
        (Role.INTAKE_OFFICER, 403, 403),
        (Role.PROVIDER_OFFICER, 403, 403),
        (Role.ACCOUNTABLE_OFFICER, 403, 403),
    ],
)
def test_who_reviews_is_told_to_few(office, reviewer, role, listed, one):
    viewer = office.invite(role, provider_id=KOLEJ)
    assert viewer.get("/reviewers").status_code == listed
    assert viewer.get(f"/reviewers/{reviewer.person_id}").status_code == one


def test_the_public_is_told_nothing(office, reviewer):
    assert office.public.get(f"/reviewers/{reviewer.person_id}").status_code == 401


def test_reviewers_are_listed_by_field(administrator, reviewer):
    assert [one["person_id"] for one in administrator.get("/reviewers?field=0613").json["items"]] == [
        reviewer.person_id
    ]
    assert administrator.get("/reviewers?field=0414&status=active").json["items"] == []


def test_an_account_is_not_yet_a_reviewer(office):
    assert office.invite(Role.REVIEWER).get("/reviewers/me").status_code == 404


def test_no_name_gets_into_what_is_told_of_reviewers(administrator, reviewer):
    name = "Aminah binti Salleh"

    assert administrator.post("/reviewers", EXPERTISE | {"person_id": name}).status_code == 422
    assert reviewer.post(f"/reviewers/{reviewer.person_id}/interests", TIE | {"provider_id": name}).status_code == 422
