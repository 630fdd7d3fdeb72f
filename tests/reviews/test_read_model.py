"""Who learns what of a review, asked of the queries themselves."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor, Role
from qa_platform.panels.commands import StandReviewerDown
from qa_platform.reviews import read_model
from qa_platform.reviews.commands import DeclineReview
from qa_platform.reviews.read_model import REVIEWS
from tests.processes.casework import FIRST, HASH, LEAD, SECOND, Agency
from tests.reviews.factories import ScoreCriterionFactory
from tests.scoring.national import national


def viewer(role: Role, person_id: str = "somebody") -> Actor:
    return Actor(person_id=person_id, roles=frozenset({role}), acting_as=role)


def seen(agency: Agency, viewer: Actor, **wanted) -> dict[str, read_model.ReviewRow]:
    """Return the reviews that a viewer sees, by reviewer."""
    with agency.ledger.reading() as connection:
        rows = REVIEWS.rows(connection, read_model.select_reviews(viewer, **wanted))
        return {row.reviewer_id: row for row in read_model.as_seen_by(viewer, connection, rows)}


def half_done(agency: Agency) -> str:
    """Bring a case to one locked review and one that is being scored."""
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, A1=1)
    second = agency.seat(case, SECOND, 2)
    agency.declare(case, second, SECOND)
    agency.score(case, second, SECOND)
    return case


def closed(agency: Agency) -> str:
    case = half_done(agency)
    agency.lock(case, seen(agency, viewer(Role.AUDITOR))[SECOND].review_id, SECOND)
    return case


BRINGS = pytest.mark.parametrize("bring", [half_done, closed], ids=["before scoring closes", "after"])
EVERY_CRITERION = len(national().applying("SAMC"))


@BRINGS
def test_a_reviewer_sees_his_own_review_and_no_other(agency, bring):
    case = bring(agency)

    for own in (FIRST, SECOND):
        for wanted in ({}, {"submission_id": case}, {"status": "locked"}, {"status": "cleared"}):
            assert set(seen(agency, viewer(Role.REVIEWER, own), **wanted)) <= {own}
        assert len(seen(agency, viewer(Role.REVIEWER, own))[own].scores) == EVERY_CRITERION


@BRINGS
def test_a_reviewer_sees_nothing_more_in_any_other_capacity(agency, bring):
    bring(agency)

    seeing = {role for role in Role if seen(agency, viewer(role, FIRST))}

    assert seeing == {Role.REVIEWER}


def test_nobody_but_its_reviewer_and_the_auditor_sees_a_score_before_scoring_closes(agency):
    half_done(agency)

    found = {role: seen(agency, viewer(role, LEAD)) for role in Role}

    assert {role for role, rows in found.items() if rows} == {
        Role.INTAKE_OFFICER,
        Role.COMMITTEE_SECRETARY,
        Role.AUDITOR,
    }
    for role in (Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY):
        rows = found[role]
        assert {name: row.status for name, row in rows.items()} == {FIRST: "locked", SECOND: "cleared"}
        assert [(row.scores, row.sheet_digest) for row in rows.values()] == [({}, None)] * 2


def test_who_weighs_scores_sees_them_once_scoring_is_closed(agency):
    closed(agency)

    found = {role: seen(agency, viewer(role, LEAD)) for role in Role}

    assert {role for role, rows in found.items() if any(row.scores for row in rows.values())} == {
        Role.COMMITTEE_SECRETARY,
        Role.COMMITTEE_MEMBER,
        Role.LEAD_REVIEWER,
        Role.AUDITOR,
    }
    assert {name: row.scores["A1"].score for name, row in found[Role.LEAD_REVIEWER].items()} == {FIRST: 1, SECOND: 3}
    # Intake runs the reviewing, and never learns a score.
    assert {role for role, rows in found.items() if rows and not any(row.scores for row in rows.values())} == {
        Role.INTAKE_OFFICER
    }


def test_a_lead_sees_the_reviews_of_his_own_panels_only(agency):
    closed(agency)

    assert seen(agency, viewer(Role.LEAD_REVIEWER, "another lead")) == {}


def test_what_a_reviewer_declared_is_for_the_secretary_who_rules(agency):
    case = agency.accept()
    agency.declare(case, agency.seat(case, FIRST, 1), FIRST, "COL")

    def told(role: Role, person_id: str = "somebody"):
        return seen(agency, viewer(role, person_id))[FIRST].categories

    assert told(Role.COMMITTEE_SECRETARY) == ("COL",) == told(Role.REVIEWER, FIRST)
    assert told(Role.INTAKE_OFFICER) == ()


# --- the submission


def test_the_submission_is_read_beyond_the_conflict_gate_only(agency):
    case = agency.accept()
    found = {}
    for place, categories in enumerate([None, ("COL",), ("EMP",), (), ("FUT",)]):
        reviewer_id = f"reviewer-{place}"
        review_id = agency.seat(case, reviewer_id, 1 if place < 4 else 2)
        if categories is not None:
            agency.declare(case, review_id, reviewer_id, *categories)
        with agency.ledger.reading() as connection:
            row = read_model.get_readable_review(connection, review_id, viewer(Role.REVIEWER, reviewer_id))
            others = read_model.get_readable_review(connection, review_id, viewer(Role.REVIEWER, "somebody"))
        found[categories] = row is not None
        assert others is None
        if place < 3:
            agency.ask(StandReviewerDown(submission_id=case, review_id=review_id, ground="officer"))

    assert found == {None: False, ("COL",): False, ("EMP",): False, (): True, ("FUT",): True}


def test_who_gave_a_review_back_reads_no_more(agency):
    case = agency.accept()
    review_id = agency.seat(case, FIRST, 1)
    agency.declare(case, review_id, FIRST)
    agency.ask(DeclineReview(review_id=review_id, submission_id=case, reviewer_id=FIRST, reason="workload"))

    with agency.ledger.reading() as connection:
        assert read_model.get_readable_review(connection, review_id, viewer(Role.REVIEWER, FIRST)) is None


def test_a_reviewer_reads_the_submission_at_the_version_under_review(agency):
    case = half_done(agency)
    stream = agency.ledger.read_stream(f"submission-{case}")
    row = seen(agency, viewer(Role.REVIEWER, FIRST))[FIRST]

    found = read_model.reviewed_submission(row, stream)
    earlier = read_model.reviewed_submission(replace(row, submission_version=1), stream)

    assert found.version == row.submission_version == 9
    assert found.content["title_en"] == "Solar Panel Maintenance"
    assert found.content["notional_hours"] == 60
    assert earlier.content == {}
    assert read_model.reviewed_submission(row, []) is None


# --- notes and standards


def test_private_notes_are_sealed_and_opened_for_their_writer(agency):
    half_done(agency)
    row = seen(agency, viewer(Role.REVIEWER, FIRST))[FIRST]

    with agency.ledger.reading() as connection:
        notes = read_model.list_notes(connection, row.review_id, FIRST)
        others = read_model.list_notes(connection, row.review_id, SECOND)
    (opened,) = agency.ledger.open_rows(notes)

    assert [note.private_note.value for note in notes] == [None]
    assert (opened.criterion, opened.private_note.value) == ("A1", f"Note of {FIRST} on A1")
    assert others == []


def test_a_score_without_a_note_takes_the_note_before_away(agency):
    case = half_done(agency)
    row = seen(agency, viewer(Role.REVIEWER, SECOND))[SECOND]
    with agency.ledger.reading() as connection:
        assert read_model.list_notes(connection, row.review_id, SECOND)

    agency.ask(ScoreCriterionFactory(review_id=row.review_id, submission_id=case, reviewer_id=SECOND, score=2))

    with agency.ledger.reading() as connection:
        assert read_model.list_notes(connection, row.review_id, SECOND) == []


def test_a_review_is_scored_under_its_own_version_of_the_standard(agency):
    with agency.ledger.reading() as connection:
        assert read_model.rubric_under(connection, HASH) == national()
        with pytest.raises(Missing, match="not published here"):
            read_model.rubric_under(connection, "sha256:bb")
