from __future__ import annotations

import msgspec
import pytest

from qa_platform.decisions.events import MemberRecused

TAKEN = "decision.taken.v1"


def data(event):
    return msgspec.json.decode(event.record)["data"]


def test_a_decision_without_two_locked_reviews_is_found(demo):
    event = demo.one(TAKEN)

    def drop(whole):
        basis = whole["data"]["basis"]
        basis.remove(next(one for one in basis if one["stream"].startswith("review-")))

    demo.rewrite(event, drop)

    demo.finds("decisions.two-locked-reviews", position=event.position)


@pytest.mark.parametrize("change", [{"digest": "ab" * 32}, {"version": 99}])
def test_a_basis_that_does_not_stand_is_found(demo, change):
    event = demo.one(TAKEN)
    demo.rewrite(event, lambda whole: whole["data"]["basis"][0].update(change))

    demo.finds("decisions.basis-stands", position=event.position)


def test_a_committee_member_who_scored_is_found(demo):
    event = demo.one(TAKEN)
    scored = demo.one("review.criterion_scored.v1", "e.case_id = :case", case=event.case_id)
    demo.rewrite(event, lambda whole: whole["data"]["members"].append(data(scored)["reviewer_id"]))

    demo.finds("decisions.committee-apart", position=event.position)


def test_a_committee_member_who_was_recused_is_found(demo):
    event = demo.one(TAKEN)
    member = data(event)["members"][0]
    demo.append(
        event.stream, MemberRecused(submission_id=event.case_id, member_id=member, category="EMP"), case=event.case_id
    )
    version = demo.again(event)

    demo.finds("decisions.committee-apart", stream=event.stream, version=version)


def test_an_index_that_the_scores_do_not_give_is_found(demo):
    event = demo.one(TAKEN)
    demo.reword(event, index="12.34")

    demo.finds("decisions.outcome-follows", position=event.position)


def test_an_award_without_a_grant_is_found(demo):
    event = demo.one(TAKEN, "record -> 'data' ->> 'code' = 'APP'")
    demo.reword(event, code="REF", decision_class="negative")

    demo.finds("decisions.kind-fits", position=event.position)


def test_a_second_decision_is_found(demo):
    event = demo.one(TAKEN, "record -> 'data' ->> 'code' = 'APP'")
    version = demo.again(event, decision_id="another")

    demo.finds("decisions.taken-once", stream=event.stream, version=version)


def test_a_release_of_another_decision_is_found(demo):
    event = demo.one("decision.released.v1")
    demo.reword(event, decision_id="another")

    demo.finds("decisions.released-as-taken", position=event.position)


def test_a_second_release_is_found(demo):
    event = demo.one("decision.released.v1")
    version = demo.again(event)

    demo.finds("decisions.released-as-taken", stream=event.stream, version=version)
