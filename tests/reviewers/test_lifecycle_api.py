from __future__ import annotations

from pathlib import Path

import pytest
from uuid_utils import uuid7

from qa_platform.kernel.roles import Role
from qa_platform.scoring.rubric import known_rubric
from qa_platform.standards.imports import publication

KOLEJ = "01930000-0000-7000-8000-0000000000a1"
TEXT = Path("rubrics/nmcs/0.1.0.yaml").read_text()
CRITERIA = [one.id for one in known_rubric(TEXT).applying("SAMC")]
SHEET = {"scores": [{"criterion": name, "score": 3} for name in CRITERIA]}
APPLICATION = {
    "competences": [{"field": "0613", "highest_level": 6}],
    "own_level": 7,
    "years_of_practice": 9,
    "category": "academic",
    "languages": ["ms", "en"],
    "statement": "Canary statement",
}


@pytest.fixture
def administrator(office):
    return office.invite(Role.ADMINISTRATOR)


@pytest.fixture
def applicant(office):
    applicant = office.invite(Role.REVIEWER)
    assert applicant.put("/reviewers/me/application", APPLICATION).status_code == 201
    return applicant


@pytest.fixture
def benchmarks(office, administrator):
    office.ledger.execute(publication(TEXT, standard_id="nmcs", version="0.1.0"), actor="system:tests")
    ids = [str(uuid7()) for _ in range(3)]
    for one in ids:
        whole = SHEET | {"title": "Clerks' data", "standard_id": "nmcs", "rubric_version": "0.1.0", "route": "SAMC"}
        assert administrator.put(f"/reviewers/benchmarks/{one}", whole).status_code == 200
    return ids


def test_somebody_comes_from_application_to_activity(administrator, applicant, benchmarks):
    path = f"/reviewers/{applicant.person_id}"
    assert administrator.put(f"{path}/application/finding", {}).status_code == 200
    training = {"training": "Induction", "completed_on": "2026-01-05"}
    assert administrator.post(f"{path}/trainings", training).status_code == 201
    for one in benchmarks:
        assert applicant.put(f"/reviewers/me/benchmarks/{one}", SHEET).status_code == 200
    assert applicant.put("/reviewers/me/calibration", {}).status_code == 200
    assert administrator.put(f"{path}/activation", {}).status_code == 200

    assert administrator.get(path).json["status"] == "active"
    standing = applicant.get("/reviewers/me/standing").json
    calibration = standing["calibrations"][0]
    assert (calibration["passed"], calibration["exact"]) == (True, 3 * len(CRITERIA))
    assert (standing["open_cases"], standing["open_cases_cap"], standing["distribution"]) == (0, 4, {})


def test_who_may_be_measured_by_a_reference_never_sees_it(administrator, applicant, benchmarks):
    shown = applicant.get("/reviewers/benchmarks").json["items"]

    assert [one["reference"] for one in shown] == [None] * 3
    assert shown[0]["criteria"] == CRITERIA
    assert administrator.get("/reviewers/benchmarks").json["items"][0]["reference"][0]["score"] == 3
    assert administrator.put(f"/reviewers/benchmarks/{benchmarks[0]}/retirement", {}).status_code == 200
    assert len(applicant.get("/reviewers/benchmarks").json["items"]) == 2


def test_a_reviewer_sees_his_own_standing_and_nobody_elses(office, administrator, applicant):
    path = f"/reviewers/{applicant.person_id}/standing"

    assert applicant.get("/reviewers/me/standing").status_code == 200
    assert applicant.get(path).status_code == 403
    assert office.invite(Role.REVIEWER).get(path).status_code == 403
    assert office.invite(Role.REVIEWER).get("/reviewers/me/standing").status_code == 404
    assert administrator.get(path).json["distribution"] is None
    assert office.invite(Role.AUDITOR).get(path).json["distribution"] == {}


def test_an_application_is_refused_with_a_ground(administrator, applicant):
    path = f"/reviewers/{applicant.person_id}"
    assert administrator.put(f"{path}/application/refusal", {"ground": "expertise_not_needed"}).status_code == 200
    assert administrator.get(path).json["status"] == "refused"


def test_a_suspension_its_end_and_a_retirement(administrator, applicant):
    person = applicant.person_id
    path = f"/reviewers/{person}"
    early = administrator.put(f"{path}/suspension", {"reason": "Canary reason"})
    assert early.status_code == 409
    assert early.json["type"].endswith("reviewer-out-of-turn")
    assert administrator.put(f"{path}/suspension/end", {"reason": "Canary reason"}).status_code == 409
    assert applicant.put(f"{path}/retirement", {}).status_code == 200
    assert applicant.get("/reviewers/me").json["status"] == "retired"


def test_terms_are_changed_by_the_reviewer_himself(applicant, administrator):
    path = f"/reviewers/{applicant.person_id}"
    away = applicant.post(f"{path}/absences", {"first_day": "2026-03-01", "last_day": "2026-03-09"})
    post = applicant.post(f"{path}/posts", {"provider_id": KOLEJ, "since": "2020-01-01"})
    assert (away.status_code, post.status_code) == (201, 201)
    assert applicant.put(f"{path}/languages", {"languages": ["en"]}).status_code == 200
    assert applicant.put(f"{path}/cap", {"open_cases": 2}).status_code == 200
    higher = {"competences": [{"field": "0613", "highest_level": 8}]}
    assert administrator.put(f"{path}/competences", higher).status_code == 200
    assert applicant.put(f"{path}/posts/{post.json['id']}/end", {"ended_on": "2026-01-31"}).status_code == 200

    shown = applicant.get("/reviewers/me").json
    assert (shown["languages"], shown["open_cases_cap"], shown["highest_level"]) == (["en"], 2, 8)
    assert [one["until"] for one in shown["posts"]] == ["2026-01-31"]
    assert [one["first_day"] for one in shown["absences"]] == ["2026-03-01"]
    assert applicant.delete(f"{path}/absences/{away.json['id']}").status_code == 200
    assert applicant.get("/reviewers/me").json["absences"] == []


def test_what_the_system_sees_is_told_to_the_officer(office, administrator, applicant):
    path = f"/reviewers/{applicant.person_id}"
    applicant.post(f"{path}/posts", {"provider_id": KOLEJ, "since": "2020-01-01"})

    seen = administrator.get(f"{path}/conflicts/{KOLEJ}").json
    assert [(one["category"], one["effect"]) for one in seen] == [("EMP", "bar")]
    assert applicant.get(f"{path}/conflicts/{KOLEJ}").status_code == 403


def test_what_somebody_wrote_of_himself_is_sealed(office, applicant):
    assert "reviewer.applied.v1" in office.stored()
    assert "Canary" not in office.stored()
