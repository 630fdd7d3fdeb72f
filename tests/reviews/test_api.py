from __future__ import annotations

import pytest

from tests.processes.casework import COMMENT, FIRST, SECOND

ME, OTHER = f"reviewer:{FIRST}", f"reviewer:{SECOND}"
SECRETARY = "committee_secretary:secretary-1"
NONE = {"categories": [], "undertaking": "2026-1"}
SCORE = {"score": 3, "comment": COMMENT, "confidence": "high"}


@pytest.fixture
def review(agency) -> str:
    """Return the address of an invitation."""
    return f"/reviews/{agency.seat(agency.accept(), FIRST, 1)}"


def test_a_reviewer_goes_through_the_gate_to_the_lock(agency, desk, review):
    assert desk.get(f"{review}/submission", ME).status_code == 404
    assert desk.put(f"{review}/interests", NONE, ME).json["events"] == ["review.interests_declared.v1"]
    assert desk.get(f"{review}/submission", ME).json["content"]["title_en"] == "Solar Panel Maintenance"

    assert desk.put(f"{review}/scores/A1", SCORE, ME).json["events"] == ["review.criterion_scored.v1"]
    assert desk.put(f"{review}/scores/A1", SCORE, ME).json["events"] == []
    gaps = desk.put(f"{review}/lock", None, ME)
    assert gaps.status_code == 409
    assert gaps.json["errors"][0]["field"] == "A2"

    review_id = review.rsplit("/", 1)[1]
    agency.score("submission-1", review_id, FIRST)
    assert desk.put(f"{review}/lock", None, ME).json["events"] == ["review.locked.v1"]
    assert desk.get(review, ME).json["status"] == "locked"
    assert desk.get("/reviews", ME).json["items"][0]["review_id"] == review_id


def test_several_scores_are_recorded_together_or_not_at_all(desk, review):
    desk.put(f"{review}/interests", NONE, ME)
    good, bad = {"criterion": "A1", **SCORE}, {"criterion": "A2", **SCORE, "score": 9}

    refused = desk.patch(f"{review}/scores", {"scores": [good, bad]}, ME)
    assert refused.status_code in {409, 422}
    assert desk.get(review, ME).json["scores"] == {}

    both = desk.patch(f"{review}/scores", {"scores": [good, {**bad, "score": 2}]}, ME)
    assert both.json["events"] == ["review.criterion_scored.v1"] * 2
    assert {name: score["score"] for name, score in desk.get(review, ME).json["scores"].items()} == {"A1": 3, "A2": 2}


def test_a_private_note_comes_back_to_its_writer_only(desk, review):
    desk.put(f"{review}/interests", NONE, ME)
    desk.put(f"{review}/scores/A1", {**SCORE, "private_note": "Odd stamp."}, ME)

    assert desk.get(f"{review}/notes", ME).json == [{"criterion": "A1", "note": "Odd stamp."}]
    assert "Odd stamp." not in desk.get(review, ME).text
    assert desk.get(f"{review}/notes", OTHER).status_code == 404


def test_another_reviewer_s_review_is_not_there(desk, review):
    desk.put(f"{review}/interests", NONE, ME)
    asked = [
        desk.get(review, OTHER),
        desk.get(f"{review}/submission", OTHER),
        desk.put(f"{review}/interests", NONE, OTHER),
        desk.put(f"{review}/scores/A1", SCORE, OTHER),
        desk.patch(f"{review}/scores", {"scores": [{"criterion": "A1", **SCORE}]}, OTHER),
        desk.put(f"{review}/lock", None, OTHER),
        desk.put(f"{review}/decline", {"reason": "workload"}, OTHER),
    ]

    assert [answer.status_code for answer in asked] == [404] * len(asked)
    assert desk.get("/reviews", OTHER).json["items"] == []


def test_a_score_can_insist_on_the_review_as_it_was_seen(desk, review):
    desk.put(f"{review}/interests", NONE, ME)
    tag = desk.get(review, ME).headers["ETag"]

    first = desk.put(f"{review}/scores/A1", SCORE, ME, If_Match=tag)
    late = desk.put(f"{review}/scores/A1", {**SCORE, "score": 1}, ME, If_Match=tag)

    assert (first.status_code, late.status_code) == (200, 412)
    assert desk.get(review, ME).headers["ETag"] == first.headers["ETag"]


def test_the_secretary_rules_on_a_disclosed_interest(desk, review):
    desk.put(f"{review}/interests", {**NONE, "categories": ["COL"], "detail": "One joint paper."}, ME)

    assert desk.get(review, SECRETARY).json["status"] == "conflict_pending"
    assert desk.put(f"{review}/ruling", {"ruling": "allow"}, SECRETARY).status_code == 200
    assert desk.get(review, ME).json["status"] == "cleared"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("interests", {"categories": ["XXX"], "undertaking": "2026-1"}, "categories.0"),
        ("interests", {"categories": []}, "undertaking"),
        ("scores/A1", {**SCORE, "score": "3"}, "score"),
        ("scores/A1", {**SCORE, "confidence": "sure"}, "confidence"),
        ("scores/A1", {**SCORE, "evidence": [{"note": "x"}]}, "evidence.0.field"),
        ("scores/A1", {**SCORE, "comment": "Ask a@example.org about it."}, "comment"),
        ("decline", {"reason": "bored"}, "reason"),
    ],
)
def test_what_is_wrong_is_said_field_by_field(desk, review, path, body, field):
    if path.startswith("scores"):
        desk.put(f"{review}/interests", NONE, ME)

    answer = desk.put(f"{review}/{path}", body, ME)

    assert answer.status_code in {409, 422}
    assert [error["field"] for error in answer.json["errors"]] == [field]
