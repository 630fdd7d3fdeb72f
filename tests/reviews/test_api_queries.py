"""The way of a question through the API, and who learns what of it."""

from __future__ import annotations

import pytest

from tests.processes.casework import FIRST, SECOND
from tests.processes.casework import LEAD as LEAD_ID

ME, OTHER = f"reviewer:{FIRST}", f"reviewer:{SECOND}"
INTAKE, LEAD = "intake_officer:intake-1", f"lead_reviewer:{LEAD_ID}"
QUESTION = {"criterion": "A1", "text": "Show the certificate of the second instructor."}
ANSWER = {"text": "It is in the annex.", "evidence": [{"label": "Certificate", "reference": "annex.pdf, page 2"}]}
SCORE = {"score": 2, "comment": "The certificate is not there.", "confidence": "high"}


@pytest.fixture
def panel(agency) -> list[str]:
    """Bring two reviewers beyond the gate; return the addresses of their reviews."""
    case = agency.accept()
    agency.lead(case)
    reviews = [agency.seat(case, FIRST, 1), agency.seat(case, SECOND, 2)]
    for review, reviewer in zip(reviews, (FIRST, SECOND), strict=True):
        agency.declare(case, review, reviewer)
    return [f"/reviews/{review}" for review in reviews]


def provider(agency) -> str:
    (drafted,) = (one.event for one in agency.ledger.read_case("submission-1") if hasattr(one.event, "course_version"))
    return f"provider_officer:officer-9:{drafted.provider_id}"


def follow(agency) -> None:
    for recorded in agency.ledger.read_case("submission-1"):
        agency.follow(recorded)


@pytest.fixture
def query(desk, panel) -> str:
    """Ask, and pass on; return the address of the query."""
    asked = desk.ask("POST", f"{panel[0]}/questions", QUESTION, ME, {})
    assert asked.status_code == 201, asked.text
    address = f"/queries/{asked.json['id']}"
    assert desk.put(address, {}, INTAKE).status_code == 200
    return address


def test_a_question_waits_without_a_name_until_it_is_passed_on(desk, panel):
    desk.ask("POST", f"{panel[0]}/questions", QUESTION, ME, {})

    (waiting,) = desk.get("/queries/waiting", INTAKE).json["items"]
    assert set(waiting) == {"question_id", "submission_id", "criterion", "text", "asked_at"}
    assert desk.get("/queries/waiting", LEAD).json["items"] == [waiting]
    assert desk.get("/queries/waiting", "lead_reviewer:other").json["items"] == []
    assert desk.get("/queries/waiting", f"intake_officer:{SECOND}").json["items"] == []
    assert desk.get("/queries", OTHER).json["items"] == []
    assert desk.get(f"{panel[0]}/questions", OTHER).status_code == 404
    desk.put(f"/queries/{waiting['question_id']}", {}, LEAD)
    assert desk.get("/queries/waiting", INTAKE).json["items"] == []


def test_everybody_who_scores_reads_question_and_answer_and_nobody_reads_who_asked(agency, desk, panel, query):
    asker = panel[0].rpartition("/")[2]
    officer = provider(agency)

    assert desk.put(f"{query}/answer", ANSWER, officer).status_code == 200

    for token in (ME, OTHER, officer, INTAKE, LEAD, "auditor:auditor-1"):
        told = desk.get(query, token)
        assert (told.json["number"], told.json["status"], told.json["answer"]) == (1, "answered", ANSWER["text"])
        assert told.json["evidence"] == ANSWER["evidence"]
        assert FIRST not in told.text
        assert asker not in told.text
    for token in (officer, OTHER):
        history = desk.get("/cases/submission-1/events", token)
        named = [one for one in history.json["items"] if one["name"].startswith("query.")]
        assert [one["name"] for one in named] == ["query.forwarded.v1", "query.answered.v1"]
        assert asker not in str(named)
        assert FIRST not in str(named)
        assert not [one for one in history.json["items"] if one["name"] == "review.question_asked.v1"]


@pytest.mark.parametrize(
    "token",
    ["provider_officer:officer-8:elsewhere", "reviewer:reviewer-9", "lead_reviewer:other", "committee_member:a"],
)
def test_a_query_is_not_there_for_others(desk, query, token):
    assert desk.get(query, token).status_code == 404
    assert desk.get("/queries", token).json["items"] == []


def test_a_reviewer_before_the_gate_reads_no_query(agency, desk):
    case = agency.accept()
    agency.declare(case, agency.seat(case, FIRST, 1), FIRST)
    agency.seat(case, SECOND, 2)
    (review,) = desk.get("/reviews", ME).json["items"]
    asked = desk.ask("POST", f"/reviews/{review['review_id']}/questions", QUESTION, ME, {}).json["id"]
    desk.put(f"/queries/{asked}", {}, INTAKE)

    assert desk.get(f"/queries/{asked}", ME).status_code == 200
    assert desk.get(f"/queries/{asked}", OTHER).status_code == 404


def test_missing_evidence_forces_a_question_and_the_lock_waits_for_its_answer(agency, desk, panel):
    review = panel[0].rpartition("/")[2]
    agency.score("submission-1", review, FIRST)
    desk.put(f"{panel[0]}/scores/A1", {**SCORE, "insufficient_evidence": True}, ME)

    assert "lacks evidence" in desk.put(f"{panel[0]}/lock", None, ME).json["detail"]
    asked = desk.ask("POST", f"{panel[0]}/questions", QUESTION, ME, {}).json["id"]
    assert "awaits its answer" in desk.put(f"{panel[0]}/lock", None, ME).json["detail"]
    desk.put(f"/queries/{asked}", {}, INTAKE)
    assert "awaits its answer" in desk.put(f"{panel[0]}/lock", None, ME).json["detail"]
    desk.put(f"/queries/{asked}/answer", ANSWER, provider(agency))
    assert desk.put(f"{panel[0]}/lock", None, ME).status_code == 200


def test_a_query_that_is_taken_back_is_withdrawn(agency, desk, panel, query):
    question = query.rpartition("/")[2]

    assert desk.put(f"{panel[0]}/questions/{question}/withdrawal", {}, OTHER).status_code == 404
    assert desk.put(f"{panel[0]}/questions/{question}/withdrawal", {}, ME).status_code == 200
    follow(agency)

    assert desk.get(query, OTHER).json["status"] == "withdrawn"
    assert desk.put(f"{query}/answer", ANSWER, provider(agency)).status_code == 409


def test_an_answered_question_is_not_taken_back(agency, desk, panel, query):
    desk.put(f"{query}/answer", ANSWER, provider(agency))

    refused = desk.put(f"{panel[0]}/questions/{query.rpartition('/')[2]}/withdrawal", {}, ME)

    assert (refused.status_code, refused.json["type"].rpartition(":")[2]) == (409, "question-settled")


def test_the_reviews_of_a_case_show_that_the_clock_stands_still(desk, panel, query):
    for address, token in zip(panel, (ME, OTHER), strict=True):
        timing = desk.get(address, token).json["timing"]
        assert (timing["owes"], timing["stopped"]) == ("scoring", True)


def test_a_reworded_question_goes_out_in_the_officer_s_words(desk, panel):
    asked = desk.ask("POST", f"{panel[0]}/questions", QUESTION, ME, {}).json["id"]

    desk.put(f"/queries/{asked}", {"text": "Show all certificates."}, INTAKE)

    assert desk.get(f"/queries/{asked}", ME).json["text"] == "Show all certificates."
