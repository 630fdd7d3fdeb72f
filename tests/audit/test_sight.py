from __future__ import annotations

import json
from typing import get_args, get_type_hints

import msgspec
import pytest

from qa_platform.accreditations.events import (
    AccreditationEvent,
    ConditionEvent,
    HistoryEvent,
    RegisterNumberIssued,
)
from qa_platform.audit.sight import pseudonyms, see
from qa_platform.audit.state import KNOWN_EVENTS, state_of
from qa_platform.centres.events import AssignmentEvent, CosigningEvent
from qa_platform.decisions.events import DecisionEvent, DecisionReleased, DecisionTaken
from qa_platform.kernel.event import stored_name
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.panels.events import PanelEvent, ScoringClosed
from qa_platform.reviews.events import CriterionScored, InterestsDeclared, ReviewEvent, ReviewLocked
from qa_platform.submissions.events import SubmissionEvent, SubmissionLodged
from tests.audit import story as told
from tests.audit.story import (
    ADMINISTRATOR,
    AUDITOR,
    CASE,
    EVERY_VIEWER,
    FIRST,
    INTAKE,
    LEAD,
    MEMBER,
    OFFICER,
    PUBLIC,
    RIVAL,
    SECOND,
    SECRETARY,
    STRANGER,
    story,
    until,
)

CASE_EVENTS = [
    event
    for union in (
        *(SubmissionEvent, PanelEvent, ReviewEvent, DecisionEvent, AccreditationEvent, ConditionEvent),
        HistoryEvent,
        AssignmentEvent,
        CosigningEvent,
    )
    for event in (get_args(union) or (union,))
] + [RegisterNumberIssued]


def names(events, viewer) -> list[str]:
    return [one.name for one in see(events, viewer)]


def text(events, viewer) -> str:
    """Return everything a viewer is given, timeline and state, as one text."""
    seen = see(events, viewer)
    state = state_of(CASE, seen, None) if seen else None
    return json.dumps(msgspec.to_builtins([seen, state]))


def instants() -> list[int]:
    return list(range(1, len(story()) + 1))


@pytest.mark.parametrize("event", CASE_EVENTS)
def test_every_event_of_a_case_says_who_may_see_it_and_has_a_place_in_the_state(event):
    assert event.seen_by
    assert stored_name(event) in KNOWN_EVENTS


@pytest.mark.parametrize("event", CASE_EVENTS)
def test_what_an_audience_does_not_see_is_a_field_of_an_event(event):
    """A misspelt field would hide nothing."""
    hidden = {field for audience in event.seen_by for field in audience.hides}
    assert hidden <= {field for one in CASE_EVENTS for field in one.__struct_fields__}


@pytest.mark.parametrize("event", get_args(ReviewEvent))
def test_what_is_sealed_in_a_review_is_between_the_reviewer_and_the_secretary(event):
    sealed = {name for name, hint in get_type_hints(event).items() if "Sealed" in str(hint)}

    for audience in event.seen_by:
        if audience.role not in {Role.AUDITOR, Role.REVIEWER, Role.COMMITTEE_SECRETARY}:
            assert sealed <= set(audience.hides), audience.role


def test_the_auditor_sees_every_event_and_where_it_stands():
    events = story()
    seen = see(events, AUDITOR)

    assert [one.record["id"] for one in seen] == [recorded.id for recorded in events]


def test_only_auditors_are_told_where_an_event_stands():
    for viewer in EVERY_VIEWER.values():
        if viewer is not AUDITOR:
            assert all(one.record is None for one in see(story(), viewer))


@pytest.mark.parametrize("count", instants())
def test_until_scoring_is_closed_nobody_but_the_auditor_sees_anothers_scores(count):
    events = story()[:count]
    closed = any(isinstance(recorded.event, ScoringClosed) for recorded in events)
    if closed:
        return
    for name, viewer in EVERY_VIEWER.items():
        if viewer is AUDITOR:
            continue
        scored = [one for one in see(events, viewer) if one.name == stored_name(CriterionScored)]
        own = {"first": "Said by 4 on A1.", "second": "Said by 2 on A1."}
        assert {one.data["comment"] for one in scored} <= {own.get(name)}, name


@pytest.mark.parametrize("count", instants())
def test_a_reviewer_never_learns_that_another_reviewer_exists(count):
    """Not from the timeline, not from the state, not from what has happened to the panel."""
    given = text(story()[:count], FIRST)

    for trace in ("raj", "Reviewer 2", "Review 2", "Said by 2"):
        assert trace not in given
    assert names(story()[:count], FIRST).count("review.locked.v1") <= 1


def test_a_reviewer_sees_nothing_of_the_submission_before_the_conflict_gate():
    before = until(InterestsDeclared, 1)[:-1]
    after = until(InterestsDeclared, 1)

    assert not [name for name in names(before, FIRST) if name.startswith("submission.")]
    assert "Bread" not in text(before, FIRST)
    assert "submission.content_changed.v1" in names(after, FIRST)


@pytest.mark.parametrize("stranger", [RIVAL, STRANGER])
@pytest.mark.parametrize("count", instants())
def test_who_has_nothing_to_do_with_a_case_sees_nothing_but_the_register(stranger, count):
    assert set(names(story()[:count], stranger)) <= {"accreditation.opened.v1", "register_number.issued.v1"}


@pytest.mark.parametrize("viewer", [PUBLIC, ADMINISTRATOR])
def test_the_public_and_administrators_see_the_register_only(viewer):
    assert set(names(story(), viewer)) == {"accreditation.opened.v1"}


@pytest.mark.parametrize("count", instants())
def test_a_provider_never_learns_who_reviews(count):
    given = text(story()[:count], OFFICER)

    for person in ("rita", "raj", "lim", "canary-note", "mei", "sam", "ida"):
        assert f'"{person}' not in given
        assert f"{person}\\u" not in given
    assert "review-of" not in given


def test_what_a_decision_rests_on_is_told_to_its_provider_with_the_reviews_numbered():
    (taken,) = [one for one in see(story(), OFFICER) if one.name == "decision.taken.v1"]
    (whole,) = [one for one in see(story(), AUDITOR) if one.name == "decision.taken.v1"]

    assert [one["stream"] for one in taken.data["basis"]] == [f"panel-{CASE}", "Review 1", "Review 2"]
    assert [one["stream"] for one in whole.data["basis"]][1:] == ["review-review-of-rita", "review-review-of-raj"]
    for name in ("version", "digest"):
        assert [one[name] for one in taken.data["basis"]] == [one[name] for one in whole.data["basis"]]


def test_a_provider_sees_scores_and_decision_from_the_release_on():
    before = until(DecisionReleased)[:-1]
    after = until(DecisionReleased)
    secret = {"review.criterion_scored.v1", "panel.criterion_settled.v1", "decision.taken.v1", "decision.released.v1"}

    assert not secret & set(names(before, OFFICER))
    assert secret <= set(names(after, OFFICER))


@pytest.mark.parametrize("viewer", [INTAKE, MEMBER, SECRETARY])
def test_a_draft_is_the_providers_own_until_it_is_lodged(viewer):
    assert names(until(SubmissionLodged)[:-1], viewer) == []
    assert "submission.content_changed.v1" in names(until(SubmissionLodged), viewer)


def test_an_intake_officer_never_sees_scores_or_an_unreleased_decision():
    assert "review.criterion_scored.v1" not in names(story(), INTAKE)
    assert "decision.taken.v1" not in names(until(DecisionTaken), INTAKE)


@pytest.mark.parametrize("viewer", [LEAD, MEMBER, SECRETARY])
def test_who_weighs_the_scores_sees_them_all_once_scoring_is_closed(viewer):
    assert "review.criterion_scored.v1" not in names(until(ReviewLocked, 2), viewer)
    assert names(until(ScoringClosed), viewer).count("review.criterion_scored.v1") == 2


@pytest.mark.parametrize("viewer", [one for one in EVERY_VIEWER.values() if one not in (FIRST, SECOND)])
def test_a_private_note_is_shown_to_nobody_but_its_writer(viewer):
    assert "canary-note" not in text(story(), viewer)
    assert "canary-note-of-rita" in text(story(), FIRST)


def test_people_have_one_name_per_case_whoever_looks_and_whenever():
    assert pseudonyms(story())["raj"] == "Reviewer 2"
    for count in instants():
        known = pseudonyms(story()[:count])
        assert {person: pseudonyms(story())[person] for person in known} == known


def test_no_pseudonym_of_a_person_is_shown_to_anybody_else():
    """The random ids of people join cases; only their owner is told that it is he, as “You”."""
    people = set(pseudonyms(story()))
    for viewer in EVERY_VIEWER.values():
        given = text(story(), viewer)
        assert not [person for person in people if f'"{person}"' in given]


def test_to_a_provider_the_agency_is_an_office():
    actors = {one.actor for one in see(story(), OFFICER) if one.name == "submission.accepted.v1"}

    assert actors == {"Intake officer"}
    assert {Role.PROVIDER_OFFICER} <= PROVIDER_ROLES
    assert {one.actor for one in see(story(), told.MEMBER) if one.name == "submission.accepted.v1"} == {
        "Intake officer 1"
    }


def test_a_reviewer_with_an_office_sees_of_his_case_what_any_reviewer_sees_until_release():
    """In no capacity does anybody learn of the review beside his own."""
    both = Actor(
        person_id=FIRST.person_id,
        roles=frozenset({Role.REVIEWER, Role.COMMITTEE_SECRETARY}),
        acting_as=Role.COMMITTEE_SECRETARY,
    )

    for events in (until(ReviewLocked, 2), until(ScoringClosed), until(DecisionTaken)):
        assert text(events, both) == text(events, FIRST)
    assert names(until(DecisionReleased), both) == names(until(DecisionReleased), SECRETARY)


def test_a_second_decision_waits_for_its_own_release():
    deferred = until(DecisionReleased)
    again = msgspec.structs.replace(
        next(one for one in deferred if isinstance(one.event, DecisionTaken)), id="event-again", position=99
    )
    again = msgspec.structs.replace(again, event=msgspec.structs.replace(again.event, decision_id="decision-2"))
    release = msgspec.structs.replace(
        deferred[-1], event=msgspec.structs.replace(deferred[-1].event, decision_id="decision-2")
    )

    for viewer in (OFFICER, INTAKE, FIRST, LEAD):
        assert text([*deferred, again], viewer) == text(deferred, viewer)
        assert "decision-2" in text([*deferred, again, release], viewer)
    assert "decision-2" in text([*deferred, again], SECRETARY)
