from __future__ import annotations

import msgspec


def test_an_accepted_submission_without_a_panel_is_found(demo):
    event = demo.one("submission.accepted.v1")
    demo.do("DELETE FROM ledger.events WHERE stream = :s", s=f"panel-{event.case_id}")

    demo.finds("journey.accepted-have-panels", position=event.position)


def test_what_the_journey_has_not_reached_is_no_violation(demo):
    event = demo.one("submission.accepted.v1")
    demo.do("DELETE FROM ledger.events WHERE stream = :s", s=f"panel-{event.case_id}")
    demo.do("UPDATE operations.bookmarks SET position = :p", p=event.position)

    assert demo.check("journey.accepted-have-panels").violations == 0


def test_a_seated_reviewer_who_was_never_invited_is_found(demo):
    event = demo.one("panel.reviewer_assigned.v1")
    review = msgspec.json.decode(event.record)["data"]["review_id"]
    demo.do("DELETE FROM ledger.events WHERE stream = :s", s=f"review-{review}")

    demo.finds("journey.seated-are-invited", position=event.position)


def test_a_released_grant_without_a_number_is_found(demo):
    granted = "e.case_id IN (SELECT case_id FROM ledger.events WHERE name = 'decision.released.v1')"
    issued = demo.one("register_number.issued.v1", granted)
    event = demo.one("decision.released.v1", "e.case_id = :case", case=issued.case_id)
    demo.do("DELETE FROM ledger.events WHERE id = :id", id=issued.id)

    demo.finds("journey.grants-have-numbers", position=event.position)


def test_a_number_without_an_entry_is_found(demo):
    opened = demo.one("accreditation.opened.v1")
    event = demo.one("register_number.issued.v1", "e.case_id = :case", case=opened.case_id)
    demo.do("DELETE FROM ledger.events WHERE id = :id", id=opened.id)

    demo.finds("journey.numbers-have-entries", position=event.position)
