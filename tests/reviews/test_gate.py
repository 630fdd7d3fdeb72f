"""The conflict gate: what it knows, what it shows to whom, and how a ruling is given and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from qa_platform.kernel.conflicts import Rotation, SeenEffect
from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import StreamMoved
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.reviewers.commands import ChangeCap, DeclareInterest, RecordPost, RegisterReviewer
from qa_platform.reviews.commands import ReverseRuling
from qa_platform.reviews.read_model import find_review_panel, known_ties, review_of
from tests.processes.casework import FIRST, SECOND, TODAY
from tests.reviews.factories import DeclineReviewFactory
from tests.submissions.factories import DraftSubmissionFactory
from tests.usual import DEADLINES

ME, OTHER = f"reviewer:{FIRST}", f"reviewer:{SECOND}"
SECRETARY = "committee_secretary:secretary-1"
NONE = {"categories": [], "undertaking": "2026-1"}
ZONE = ZoneInfo("Asia/Kuala_Lumpur")
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def seated(agency) -> str:
    """Return the id of an invitation."""
    return agency.seat(agency.accept(), FIRST, 1)


def register(agency, person_id=FIRST):
    agency.ask(
        RegisterReviewer(
            person_id=person_id, fields=("0613",), highest_level=7, years_of_practice=9, category="academic"
        )
    )


def provider_of(agency, review_id):
    with agency.ledger.reading() as connection:
        return review_of(connection, review_id).provider_id


def works_for(agency, person_id, provider_id):
    register(agency, person_id)
    agency.ask(RecordPost(person_id=person_id, post_id=person_id, provider_id=provider_id, since=LONG_AGO, on=TODAY))


def tie(agency, provider_id, category, course_id=None):
    agency.ask(
        DeclareInterest(
            person_id=FIRST,
            interest_id=f"{provider_id}-{category}",
            provider_id=provider_id,
            category=category,
            since=LONG_AGO,
            declared_on=TODAY,
            course_id=course_id,
        )
    )


def follow(agency):
    """Let the journey follow from everything that happened at the desk."""
    for recorded in agency.ledger.read_case("submission-1"):
        agency.follow(recorded)


def known(agency, review_id, rotation=DEADLINES.rotation):
    with agency.ledger.reading() as connection:
        found = known_ties(
            connection, review_of(connection, review_id), TODAY + timedelta(days=1), ZONE, rotation=rotation
        )
        return [(one.source, one.category, one.effect) for one in found]


def test_what_was_declared_of_the_provider_in_advance_is_known_at_the_gate(agency, seated):
    register(agency)
    tie(agency, "another", "EMP")
    tie(agency, provider_of(agency, seated), "DEV", "another-course")
    assert known(agency, seated) == []

    tie(agency, provider_of(agency, seated), "COL")
    assert known(agency, seated) == [("declared_before", "COL", "officer_decides")]


def test_whoever_works_for_the_provider_is_seen_by_his_post_and_by_his_office(agency, seated):
    provider_id, second = provider_of(agency, seated), agency.seat("submission-1", SECOND, 2)

    works_for(agency, FIRST, provider_id)
    agency.ask(
        RegisterPerson(person_id=SECOND, name="Siti binti Omar", email="siti@example.org"),
        GrantRole(person_id=SECOND, role=Role.PROVIDER_OFFICER, provider_id=provider_id),
    )

    assert [known(agency, one) for one in (seated, second)] == [[("seen", "EMP", "bar")]] * 2


def test_whoever_put_the_course_forward_is_seen(agency, seated):
    agency.ledger.execute(DraftSubmissionFactory(submission_id="submission-2"), actor=f"provider_officer:{FIRST}")

    assert known(agency, seated) == [("seen", "DEV", "bar")]


def test_the_same_provider_twice_running_warns_and_stops_nobody(agency, desk, seated):
    agency.declare("submission-1", seated, FIRST)
    again = agency.seat(agency.accept("submission-2"), FIRST, 1)

    assert known(agency, again) == [("seen", "ROT", "warn")]
    told = desk.put(f"/reviews/{again}/interests", NONE, ME).json["events"]
    assert told == ["review.ties_known.v1", "review.interests_declared.v1"]
    assert desk.get(f"/reviews/{again}", ME).json["status"] == "cleared"


def test_what_was_declared_by_a_slip_is_taken_back_and_allowed(agency, desk, seated):
    desk.put(f"/reviews/{seated}/interests", {**NONE, "categories": ["EMP"]}, ME)
    follow(agency)
    assert desk.get(f"/reviews/{seated}", SECRETARY).json["status"] == "barred"

    address = f"/reviews/{seated}/ruling"
    assert desk.put(f"{address}/reversal", {"reason": "The wrong box."}, SECRETARY).status_code == 200
    follow(agency)
    note = {"ruling": "allow_with_note", "note": "He ticked the wrong box."}
    assert desk.put(address, note, SECRETARY).status_code == 200

    assert desk.get(f"/reviews/{seated}", SECRETARY).json["status"] == "cleared"
    (seat,) = desk.get("/panels/submission-1", SECRETARY).json["seated"]
    assert seat["review_id"] == seated


def test_a_bar_stays_while_the_reviewer_has_as_many_cases_as_he_takes(agency, desk, seated):
    register(agency)
    agency.ask(ChangeCap(person_id=FIRST, open_cases=1))
    desk.put(f"/reviews/{seated}/interests", {**NONE, "categories": ["EMP"]}, ME)
    follow(agency)
    other = agency.seat(agency.accept("submission-2"), FIRST, 1)
    asked = f"/reviews/{seated}/ruling/reversal", {"reason": "The wrong box."}, SECRETARY

    refused = desk.put(*asked)

    assert (refused.status_code, refused.json["type"].rsplit(":", 1)[1]) == (409, "ruling-final")
    assert "has 1 open cases by now, and 1 are the most" in refused.json["detail"]
    agency.ask(DeclineReviewFactory(review_id=other, submission_id="submission-2", reviewer_id=FIRST))
    assert desk.put(*asked).status_code == 200
    follow(agency)
    assert len(desk.get("/panels/submission-1", SECRETARY).json["seated"]) == 1


def test_a_bar_whose_ground_is_on_record_stays(agency, desk, seated):
    works_for(agency, FIRST, provider_of(agency, seated))
    desk.put(f"/reviews/{seated}/interests", NONE, ME)
    follow(agency)

    refused = desk.put(f"/reviews/{seated}/ruling/reversal", {"reason": "I know him."}, SECRETARY)

    assert (refused.status_code, refused.json["type"].rsplit(":", 1)[1]) == (409, "ruling-final")
    assert "“EMP”" in refused.json["detail"]


def test_a_seat_that_is_given_while_its_bar_is_taken_back_is_noticed(agency, seated):
    agency.declare("submission-1", seated, FIRST, "EMP")
    with agency.ledger.reading() as connection:
        panel = find_review_panel(connection, "submission-1")
    free = panel.is_free(1, seated)
    command = ReverseRuling(
        review_id=seated, submission_id="submission-1", reversed_by="secretary-1", reason="A slip.", seat_free=free
    )
    other = agency.seat("submission-1", SECOND, 1)

    assert free
    with pytest.raises(StreamMoved):
        agency.ledger.execute(command, actor=SECRETARY, depends_on=(panel.stream_version,))
    with agency.ledger.reading() as connection:
        after = find_review_panel(connection, "submission-1")
    assert (after.is_free(1, seated), after.is_free(1, other), after.is_free(2, seated)) == (False, True, True)


def test_an_agency_may_let_rotation_bar(agency, seated):
    agency.declare("submission-1", seated, FIRST)
    again = agency.seat(agency.accept("submission-2"), FIRST, 1)

    assert known(agency, again, Rotation(effect=SeenEffect.BAR)) == [("seen", "ROT", "bar")]


def test_two_people_do_not_review_each_others_courses(agency, seated):
    works_for(agency, FIRST, "college-of-the-first")
    works_for(agency, SECOND, provider_of(agency, seated))
    agency.seat(agency.accept("submission-2", provider_id="college-of-the-first"), SECOND, 1)

    assert known(agency, seated) == [("seen", "REC", "bar")]


def test_a_tie_declared_in_advance_is_shown_ruled_on_and_its_ruling_taken_back(agency, desk, seated):
    register(agency)
    tie(agency, provider_of(agency, seated), "COL")
    address = f"/reviews/{seated}"
    shown = desk.get(f"{address}/conflict", ME).json
    assert [(one["category"], one["sentence"][:20]) for one in shown["known"]] == [("COL", "Declared in advance:")]

    desk.put(f"{address}/interests", {**NONE, "detail": "One joint paper."}, ME)
    (waiting,) = desk.get("/reviews/conflicts?awaiting=true", SECRETARY).json["items"]
    assert (waiting["review_id"], waiting["effect"], waiting["categories"]) == (seated, "officer_decides", [])
    assert "joint paper" not in desk.get("/reviews/conflicts", SECRETARY).text
    assert desk.get(f"{address}/conflict", SECRETARY).json["detail"] == "One joint paper."
    assert desk.get(f"{address}/conflict", OTHER).status_code == 404
    assert desk.get("/reviews/conflicts", OTHER).json["items"] == []

    assert desk.put(f"{address}/ruling", {"ruling": "allow_with_note"}, SECRETARY).status_code == 409
    desk.put(f"{address}/ruling", {"ruling": "allow_with_note", "note": "Years ago."}, SECRETARY)
    ruled = desk.get(f"{address}/conflict", SECRETARY).json
    assert (ruled["ruling"], ruled["ruled_by"], ruled["note"]) == ("allow_with_note", "secretary-1", "Years ago.")
    assert desk.get("/reviews/conflicts?awaiting=true", SECRETARY).json["items"] == []

    assert desk.get(f"{address}/submission", ME).status_code == 200
    assert desk.put(f"{address}/ruling/reversal", {"reason": "There are more."}, SECRETARY).status_code == 200
    assert desk.get(f"{address}/submission", ME).status_code == 404
    back = desk.get(f"{address}/conflict", SECRETARY).json
    assert (back["status"], back["ruling"], back["note"], back["reason"]) == (
        "conflict_pending",
        None,
        None,
        "There are more.",
    )
    assert [(one["ruling"], one["reversed_by"]) for one in back["taken_back"]] == [("allow", "secretary-1")]
