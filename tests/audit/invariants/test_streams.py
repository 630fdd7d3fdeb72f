from __future__ import annotations

from qa_platform.panels.events import LeadAssigned


def test_a_hole_in_a_stream_is_found(demo):
    event = demo.one("review.interests_declared.v1")
    demo.take_out(event.id)

    demo.finds("streams.without-holes", stream=event.stream)


def test_a_stream_that_lost_its_last_event_has_no_hole_but_the_positions_have(demo):
    last = "e.version = (SELECT max(version) FROM ledger.events WHERE stream = e.stream)"
    event = demo.one("provider.recognised.v1", last)
    demo.do("DELETE FROM ledger.events WHERE id = :id", id=event.id)

    assert demo.check("streams.without-holes").violations == 0
    demo.finds("log.positions-have-events", position=event.position)


def test_an_event_of_another_case_is_found(demo):
    event = demo.one("review.locked.v1")
    demo.do("UPDATE ledger.events SET case_id = 'another' WHERE id = :id", id=event.id)

    demo.finds("streams.one-case", stream=event.stream)


def test_an_event_that_the_rules_cannot_follow_is_found(demo):
    event = demo.one("rubric.put_in_force.v1")
    demo.reword(event, version="9.9.9")

    demo.finds("streams.fold", stream=event.stream, version=event.version)


def test_an_event_in_a_stream_of_another_kind_is_found(demo):
    event = demo.one("review.locked.v1")
    version = demo.append(event.stream, LeadAssigned(submission_id=event.case_id, lead_id="x"), case=event.case_id)

    demo.finds("streams.fold", stream=event.stream, version=version)


def test_an_event_about_another_subject_is_found(demo):
    event = demo.one("review.criterion_scored.v1")
    demo.reword(event, review_id="another")

    demo.finds("streams.about-their-subject", position=event.position)


def test_an_event_that_names_another_submission_is_found(demo):
    event = demo.one("review.invited.v1")
    demo.reword(event, submission_id="another")

    demo.finds("streams.in-their-case", position=event.position)
