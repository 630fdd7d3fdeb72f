from __future__ import annotations


def test_a_text_that_was_edited_after_its_publication_is_found(demo):
    event = demo.one("rubric.published.v1")
    demo.rewrite(event, lambda whole: whole["data"].update(text=whole["data"]["text"] + "\n"))

    demo.finds("standards.text-under-its-hash", position=event.position)


def test_a_text_under_another_version_is_found(demo):
    event = demo.one("rubric.published.v1")
    demo.reword(event, version="0.2.0")

    demo.finds("standards.text-under-its-hash", position=event.position)


def test_a_case_under_a_version_that_was_never_published_is_found(demo):
    event = demo.one("submission.accepted.v1")
    demo.reword(event, rubric_hash="sha256:00")

    demo.finds("standards.published-before-use", position=event.position)


def test_an_acceptance_before_the_version_was_in_force_is_found(demo):
    event = demo.one("submission.accepted.v1")
    demo.reword(event, accepted_on="2001-01-01")

    demo.finds("standards.in-force-on-acceptance", position=event.position)


def test_a_review_under_a_foreign_version_is_found(demo):
    event = demo.one("review.invited.v1")
    demo.reword(event, rubric_version="0.0.9")

    demo.finds("standards.one-version-a-case", position=event.position)


def test_a_score_off_the_scale_or_on_no_criterion_is_found(demo):
    event = demo.one("review.criterion_scored.v1", "record -> 'data' ->> 'score' IS NOT NULL")
    demo.reword(event, score=9)
    other = demo.one("review.criterion_scored.v1", "position > :p", p=event.position)
    demo.reword(other, criterion="Z9")

    demo.finds("standards.scores-on-the-scale", position=event.position)
    demo.finds("standards.scores-on-the-scale", position=other.position)


def test_a_settlement_off_the_scale_is_found(demo):
    event = demo.one("panel.criterion_settled.v1")
    demo.reword(event, score=9)

    demo.finds("standards.scores-on-the-scale", position=event.position)
