from __future__ import annotations

import json

import pytest


def test_a_bookmark_beyond_the_head_is_found(demo):
    demo.do("UPDATE operations.bookmarks SET position = 1000000 WHERE subscriber = 'journey'")

    demo.finds("subscribers.behind-the-head", row="journey")


def test_a_subscriber_that_stopped_is_found(demo):
    demo.do("UPDATE operations.bookmarks SET failure = 'KeyError', failed_at = now() WHERE subscriber = 'journey'")

    demo.finds("subscribers.going-on", row="journey")


def test_a_lease_that_lasts_too_long_is_found(demo):
    demo.do("UPDATE operations.bookmarks SET owner = 'x', lease_until = now() + interval '3 hours'")

    demo.finds("subscribers.leases-end", row="journey")


@pytest.fixture
def keep(demo):
    """Keep an answer under a key, as the ledger would have."""

    def keeping(**outcome):
        demo.do(
            "INSERT INTO ledger.commands (scope, fingerprint, outcome) "
            "VALUES (decode('ab', 'hex'), decode('cd', 'hex'), CAST(:outcome AS json))",
            outcome=json.dumps({"events": [], "versions": {}, "answer": {}} | outcome),
        )

    return keeping


def test_an_answer_for_an_event_that_is_gone_is_found(demo, keep):
    event = demo.one("decision.taken.v1")
    keep(events=[[event.stream, event.version], [event.stream, 77]], versions={event.stream: event.version})

    demo.finds("answers.events-exist", stream=event.stream, version=77)
    assert demo.check("answers.events-exist").violations == 1


def test_an_answer_that_tells_a_version_never_reached_is_found(demo, keep):
    event = demo.one("decision.taken.v1")
    keep(versions={event.stream: 77, "submission-not-begun": 0})

    demo.finds("answers.versions-reached", stream=event.stream, version=77)
    assert demo.check("answers.versions-reached").violations == 1
