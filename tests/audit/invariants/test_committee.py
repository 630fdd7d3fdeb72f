from __future__ import annotations

import msgspec
import pytest

from qa_platform.decisions.events import MemberRecused

MINUTED = "decision.minuted.v1"
AFTER = "EXISTS (SELECT FROM ledger.events o WHERE o.stream = e.stream AND o.name = :other)"


def data(event):
    return msgspec.json.decode(event.record)["data"]


def minuted(demo):
    """Return the minutes of a decision that was released."""
    return demo.one(MINUTED, AFTER, other="decision.released.v1")


@pytest.mark.parametrize("change", [{"quorum": 4}, {"votes_for": 9}, {"abstentions": 1}])
def test_minutes_that_count_other_votes_are_found(demo, change):
    event = minuted(demo)
    demo.reword(event, **change)

    demo.finds("decisions.quorum-voted", position=event.position)


def test_a_decision_by_somebody_who_did_not_vote_is_found(demo):
    event = minuted(demo)
    taken = demo.one("decision.taken.v1", "e.stream = :stream", stream=event.stream)
    demo.rewrite(taken, lambda whole: whole["data"]["members"].append("somebody"))

    demo.finds("decisions.quorum-voted", position=event.position)


def test_a_motion_that_fell_and_was_decided_is_found(demo):
    event = minuted(demo)
    for _ in range(2):
        cast = demo.one(
            "decision.vote_cast.v1", "e.stream = :stream AND record -> 'data' ->> 'vote' = 'for'", stream=event.stream
        )
        demo.reword(cast, vote="against")
    demo.reword(event, votes_for=data(event)["votes_for"] - 2, votes_against=data(event)["votes_against"] + 2)

    demo.finds("decisions.quorum-voted", position=event.position)


def test_a_vote_of_a_recused_member_is_found(demo):
    event = minuted(demo)
    cast = demo.one("decision.vote_cast.v1", "e.stream = :stream", stream=event.stream)
    member = data(cast)["member_id"]
    recused = MemberRecused(submission_id=event.case_id, member_id=member, category="EMP")
    demo.append(event.stream, recused, case=event.case_id)
    version = demo.again(cast)

    demo.finds("decisions.recused-apart", stream=event.stream, version=version)


def test_a_release_on_one_signature_is_found(demo):
    released = demo.one("decision.released.v1", AFTER, other=MINUTED)
    signed = demo.one("decision.countersigned.v1", "e.stream = :stream", stream=released.stream)
    demo.reword(signed, decision_id="another")

    demo.finds("decisions.two-signatures", position=released.position)


def test_a_second_signature_of_who_recorded_it_is_found(demo):
    released = demo.one("decision.released.v1", AFTER, other=MINUTED)
    signed = demo.one("decision.countersigned.v1", "e.stream = :stream", stream=released.stream)
    event = demo.one(MINUTED, "e.stream = :stream", stream=released.stream)
    demo.reword(event, recorded_by=data(signed)["member_id"])

    demo.finds("decisions.two-signatures", position=released.position)


def test_a_second_signature_of_somebody_who_did_not_sit_is_found(demo):
    released = demo.one("decision.released.v1", AFTER, other=MINUTED)
    signed = demo.one("decision.countersigned.v1", "e.stream = :stream", stream=released.stream)
    demo.reword(signed, member_id="somebody")

    demo.finds("decisions.two-signatures", position=released.position)
