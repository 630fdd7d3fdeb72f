"""Reviewers: seated only while they may be asked, never over their employer, measured by their own sheets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qa_platform.audit.invariants.history import HeldPost, History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.kernel.conflicts import bars
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import PanelOpened, ReviewerAssigned
from qa_platform.reviewers.decider import Reviewer, evolve
from qa_platform.reviewers.events import ReviewerCalibrationConcluded
from qa_platform.scoring.agreement import CalibrationPolicy, agreement, passes


def _asked_while_active(case: History, world: World) -> Found:
    for seated in case.of(ReviewerAssigned):
        standing = world.kept_away_as(seated.event.reviewer_id, seated.position or 0)
        if standing is not None:
            yield at(seated, f"who was given the seat was {standing} at that time")


def _not_the_employer(case: History, world: World) -> Found:
    panel = case.first(PanelOpened)
    if panel is None:
        return
    for seated in case.of(ReviewerAssigned):
        posts = world.posts.get(seated.event.reviewer_id, {}).values()
        if any(_employed(post, seated, panel.event.provider_id) for post in posts):
            yield at(seated, "who was given the seat works, or lately worked, for the provider")


def _employed(post: HeldPost, seated: Recorded[Any], provider_id: str) -> bool:
    place = seated.position or 0
    if post.position > place or post.recorded.provider_id != provider_id:
        return False
    # Wherever the agency is, its day was one of these; what bars on all of them barred on it.
    days = [(seated.at + timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    return all(bars("EMP", post.recorded.since, post.until(place), day) for day in days)


def _by_their_sheets(events: list[Recorded[Any]], _ground: Ground) -> Found:
    if not events[0].stream.startswith("reviewer-"):
        return
    reviewer = Reviewer()
    for recorded in events:
        if isinstance(recorded.event, ReviewerCalibrationConcluded):
            yield from _result(reviewer, recorded)
        reviewer = evolve(reviewer, recorded.event)


def _result(reviewer: Reviewer, recorded: Recorded[ReviewerCalibrationConcluded]) -> Found:
    event, sheets = recorded.event, reviewer.sheets
    found = agreement(one for sheet in sheets.values() for one in sheet.compared)
    if tuple(sorted(sheets)) != event.benchmarks:
        yield at(recorded, "the calibration names other benchmarks than those that were scored")
    elif (found.criteria, found.exact, found.adjacent, found.must_pass_misses) != (
        event.criteria,
        event.exact,
        event.adjacent,
        event.must_pass_misses,
    ):
        yield at(recorded, "the agreement is not the one that its sheets give")
    elif passes(found, len(sheets), _thresholds(event)) != event.passed:
        yield at(recorded, "the result is not the one that its own thresholds give")


def _thresholds(event: ReviewerCalibrationConcluded) -> CalibrationPolicy:
    return CalibrationPolicy(
        least_benchmarks=event.least_benchmarks,
        least_exact_percent=event.least_exact_percent,
        least_adjacent_percent=event.least_adjacent_percent,
    )


REVIEWERS = (
    Invariant(
        "reviewers.asked-while-active",
        "Nobody is given a seat while he is suspended, or after he retired.",
        OfCases(_asked_while_active),
    ),
    Invariant(
        "reviewers.not-their-employer",
        "Nobody is given a seat over a course of a provider that he is known to work, or lately to have worked, for.",
        OfCases(_not_the_employer),
    ),
    Invariant(
        "reviewers.calibrated-by-their-sheets",
        "The result of a calibration is the one that its sheets and its own thresholds give, whatever holds today.",
        OfStreams(_by_their_sheets),
    ),
)
