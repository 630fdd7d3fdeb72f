from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.panels.events import LeadAssigned
from qa_platform.people.events import PersonRoleGranted
from qa_platform.reviewers.events import ReviewerInterestDeclared

ASSIGNED = "panel.reviewer_assigned.v1"


def data(event):
    return msgspec.json.decode(event.record)["data"]


def test_scoring_that_was_closed_over_another_version_of_a_review_is_found(demo):
    event = demo.one("panel.scoring_closed.v1")
    demo.rewrite(event, lambda whole: whole["data"]["reviews"][0].update(version=2))

    demo.finds("panels.closed-over-locked-reviews", position=event.position)


def test_scoring_that_was_closed_over_one_review_is_found(demo):
    event = demo.one("panel.scoring_closed.v1")
    demo.rewrite(event, lambda whole: whole["data"]["reviews"].pop())

    demo.finds("panels.closed-over-locked-reviews", position=event.position)


def test_one_person_in_both_seats_is_found(demo):
    closed = demo.one("panel.scoring_closed.v1")
    first, second = (
        demo.one(ASSIGNED, "e.stream = :s AND record -> 'data' ->> 'review_id' = :r", s=closed.stream, r=review)
        for review in (one["stream"].removeprefix("review-") for one in data(closed)["reviews"])
    )
    demo.reword(second, reviewer_id=data(first)["reviewer_id"])

    demo.finds("panels.seats-of-different-people", position=closed.position)


def test_a_lead_who_scores_is_found(demo):
    seat = demo.one(ASSIGNED)
    lead = LeadAssigned(submission_id=seat.case_id, lead_id=data(seat)["reviewer_id"])
    version = demo.append(seat.stream, lead, case=seat.case_id)

    demo.finds("panels.lead-does-not-score", stream=seat.stream, version=version)


def test_scores_that_were_compared_before_all_were_locked_are_found(demo):
    settled = demo.one("panel.criterion_settled.v1")
    closed = demo.one("panel.scoring_closed.v1", "e.stream = :s", s=settled.stream)
    demo.take_out(closed.id)

    demo.finds("panels.compared-once-closed", stream=settled.stream, version=settled.version)


def test_a_reviewer_with_a_declared_tie_to_the_provider_is_found(demo):
    opened = demo.one(
        "panel.opened.v1", "e.case_id NOT IN (SELECT case_id FROM ledger.events WHERE name = 'panel.scoring_closed.v1')"
    )
    seat = demo.one(ASSIGNED)
    tie = ReviewerInterestDeclared(
        person_id=data(seat)["reviewer_id"],
        interest_id="a tie",
        provider_id=data(opened)["provider_id"],
        course_id=None,
        category="EMP",
        since=date(2020, 1, 1),
        until=None,
        detail=None,
    )
    demo.append(f"reviewer-{tie.person_id}", tie)
    assert demo.check("panels.no-declared-tie").violations == 0
    version = demo.append(
        opened.stream,
        demo.ledger.codec.read(seat.record, b"").event.__class__(
            **{**data(seat), "seat": 2, "submission_id": opened.case_id, "reasons": ()}
        ),
        case=opened.case_id,
    )

    demo.finds("panels.no-declared-tie", stream=opened.stream, version=version)


def test_an_officer_of_the_provider_in_a_seat_is_found(demo):
    seat = demo.one(ASSIGNED)
    opened = demo.one("panel.opened.v1", "e.stream = :s", s=seat.stream)
    person, provider = data(seat)["reviewer_id"], data(opened)["provider_id"]
    granted = PersonRoleGranted(person_id=person, role=Role.PROVIDER_OFFICER, provider_id=provider)
    demo.append(f"person-{person}", granted)
    # What somebody becomes later says nothing against what he was.
    assert demo.check("panels.nobody-of-the-provider").violations == 0
    version = demo.again(seat)

    demo.finds("panels.nobody-of-the-provider", stream=seat.stream, version=version)
