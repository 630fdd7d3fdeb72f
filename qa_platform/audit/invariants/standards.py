"""The standard: the text that was published, and the one version that each case is judged under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.decisions.events import DecisionTaken
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import CriterionSettled, PanelOpened
from qa_platform.reviews.events import CriterionScored, ReviewerInvited
from qa_platform.scoring.outcome import check_score
from qa_platform.scoring.rubric import content_hash, known_rubric
from qa_platform.standards.events import RubricPublished
from qa_platform.submissions.events import SubmissionAccepted


def _text(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for recorded in events:
        if isinstance(recorded.event, RubricPublished):
            event = recorded.event
            if content_hash(event.text) != event.content_hash:
                yield at(recorded, "the hash that was published is not that of the published text")
            elif known_rubric(event.text).version != event.version:
                yield at(recorded, "the text says another version than the one it was published under")


def _published(case: History, world: World) -> Found:
    for recorded in _under_a_version(case):
        event = recorded.event
        published = world.standards.get((event.standard_id, event.rubric_version))
        if published is None or published.content_hash != event.rubric_hash:
            yield at(recorded, f"version “{event.rubric_version}” was not published under that hash")


def _one_version(case: History, _world: World) -> Found:
    accepted = case.first(SubmissionAccepted)
    if accepted is None:
        return
    given = _version(accepted)
    for recorded in _under_a_version(case):
        if _version(recorded) != given:
            yield at(recorded, f"it is under “{recorded.event.rubric_version}”, the case under “{given[1]}”")


def _in_force(case: History, world: World) -> Found:
    for recorded in case.of(SubmissionAccepted):
        event = recorded.event
        published = world.standards.get((event.standard_id, event.rubric_version))
        if published is None:
            continue
        begins, ends = published.in_force_from, published.retired_from
        if begins is None or event.accepted_on < begins or (ends is not None and event.accepted_on >= ends):
            yield at(recorded, f"version “{event.rubric_version}” was not in force on {event.accepted_on}")


def _on_scale(case: History, world: World) -> Found:
    rubric_of = {one.event.review_id: one.event for one in case.of(ReviewerInvited)}
    for scored in case.of(CriterionScored):
        invited = rubric_of.get(scored.event.review_id)
        rubric = None if invited is None else world.rubric(invited.standard_id, invited.rubric_version)
        if invited is None or rubric is None:
            yield at(scored, "nobody can say under which version the score was given")
        elif check_score(rubric, invited.route, scored.event.criterion, scored.event.score):
            yield at(scored, f"{scored.event.score} is no score of “{scored.event.criterion}” on this route")
    panel = next((one.event for one in case.of(PanelOpened)), None)
    for settled in case.of(CriterionSettled):
        rubric = None if panel is None else world.rubric(panel.standard_id, panel.rubric_version)
        if panel is None or rubric is None:
            yield at(settled, "nobody can say under which version the criterion was settled")
        elif check_score(rubric, panel.route, settled.event.criterion, settled.event.score):
            yield at(settled, f"{settled.event.score} is no score of “{settled.event.criterion}” on this route")


def _under_a_version(case: History) -> Iterator[Recorded[Any]]:
    for event_type in (SubmissionAccepted, PanelOpened, ReviewerInvited, DecisionTaken):
        yield from case.of(event_type)


def _version(recorded: Recorded[Any]) -> tuple[str, str, str]:
    event = recorded.event
    return (event.standard_id, event.rubric_version, event.rubric_hash)


STANDARDS = (
    Invariant(
        "standards.text-under-its-hash",
        "A published version is the text that its hash names; otherwise what courses were judged by was edited.",
        OfStreams(_text),
    ),
    Invariant(
        "standards.published-before-use",
        "Every case is judged under a version that was published, with exactly that text.",
        OfCases(_published),
    ),
    Invariant(
        "standards.in-force-on-acceptance",
        "A submission is accepted under a version that is in force on that day, and under no retired one.",
        OfCases(_in_force),
    ),
    Invariant(
        "standards.one-version-a-case",
        "Panel, reviews and decision of a case are under the version it was accepted under; "
        "nobody scores under a foreign one.",
        OfCases(_one_version),
    ),
    Invariant(
        "standards.scores-on-the-scale",
        "Every score is on the scale of its version, for a criterion that counts on the route of the case.",
        OfCases(_on_scale),
    ),
)
