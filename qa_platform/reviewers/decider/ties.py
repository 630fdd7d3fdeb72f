"""What ties a reviewer to providers: interests that he declares, and posts that are recorded."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.sealed import seal
from qa_platform.reviewers.commands import DeclareInterest, EndInterest, EndPost, RecordPost, TieCommand
from qa_platform.reviewers.decider.refusals import (
    InterestUnacceptable,
    InterestUnknown,
    PostUnacceptable,
    PostUnknown,
    require_known,
    require_staying,
)
from qa_platform.reviewers.decider.state import Reviewer, Tie
from qa_platform.reviewers.events import (
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerPostEnded,
    ReviewerPostRecorded,
    TieEvent,
)


def decide_tie(command: TieCommand, reviewer: Reviewer) -> list[TieEvent]:
    """Return what follows from a tie, or its end."""
    match command:
        case DeclareInterest():
            return _declare_interest(command, reviewer)
        case EndInterest():
            return _end_interest(command, reviewer)
        case RecordPost():
            return _record_post(command, reviewer)
        case EndPost():
            return _end_post(command, reviewer)
        case _:
            assert_never(command)


def evolve_tie(reviewer: Reviewer, event: TieEvent) -> Reviewer:
    """Return the reviewer with a tie more, or one that ended."""
    match event:
        case ReviewerInterestDeclared():
            tie = Tie(since=event.since, until=event.until)
            return replace(reviewer, interests={**reviewer.interests, event.interest_id: tie})
        case ReviewerInterestEnded():
            tie = replace(reviewer.interests[event.interest_id], until=event.ended_on)
            return replace(reviewer, interests={**reviewer.interests, event.interest_id: tie})
        case ReviewerPostRecorded():
            post = Tie(since=event.since, until=event.until)
            return replace(reviewer, posts={**reviewer.posts, event.post_id: post})
        case ReviewerPostEnded():
            post = replace(reviewer.posts[event.post_id], until=event.ended_on)
            return replace(reviewer, posts={**reviewer.posts, event.post_id: post})
        case _:
            assert_never(event)


def _declare_interest(command: DeclareInterest, reviewer: Reviewer) -> list[TieEvent]:
    require_staying(reviewer)
    if command.interest_id in reviewer.interests:
        raise InterestUnacceptable(
            "The interest was not declared: its id is in use already. Declare it under a new id."
        )
    relation = CATEGORIES[command.category].relation
    if command.since > command.declared_on:
        raise InterestUnacceptable(
            f"“{relation}” was not declared: it would begin on {command.since}, which is to come. "
            "Declare the offer or the intention instead (JOB or FUT)."
        )
    if command.until is not None and command.until < command.since:
        raise InterestUnacceptable(
            f"“{relation}” was not declared: it would end on {command.until}, before it began on {command.since}. "
            "Correct one of the days."
        )

    return [
        ReviewerInterestDeclared(
            person_id=command.person_id,
            interest_id=command.interest_id,
            provider_id=command.provider_id,
            course_id=command.course_id,
            category=command.category,
            since=command.since,
            until=command.until,
            detail=None if command.detail is None else seal(command.person_id, command.detail, purpose="interests"),
        )
    ]


def _end_interest(command: EndInterest, reviewer: Reviewer) -> list[TieEvent]:
    require_known(reviewer)
    tie = reviewer.interests.get(command.interest_id)
    if tie is None:
        raise InterestUnknown(
            f"No interest was ended: none is declared under “{command.interest_id}”. Look at your declared interests."
        )
    if command.ended_on < tie.since:
        raise InterestUnacceptable(
            f"The interest was not ended: {command.ended_on} is before it began on {tie.since}. Choose a later day."
        )
    if tie.until is not None and tie.until != command.ended_on:
        raise InterestUnacceptable(
            f"The interest was not ended: it ended on {tie.until} already. If that is wrong, declare it again."
        )

    if tie.until == command.ended_on:
        return []
    return [
        ReviewerInterestEnded(person_id=command.person_id, interest_id=command.interest_id, ended_on=command.ended_on)
    ]


def _record_post(command: RecordPost, reviewer: Reviewer) -> list[TieEvent]:
    require_staying(reviewer)
    if command.post_id in reviewer.posts:
        raise PostUnacceptable("The post was not recorded: its id is in use already. Record it under a new id.")
    if command.since > command.on:
        raise PostUnacceptable(
            f"The post was not recorded: it would begin on {command.since}, which is to come. "
            "Declare the offer as an interest instead (JOB)."
        )
    if command.until is not None and command.until < command.since:
        raise PostUnacceptable(
            f"The post was not recorded: it would end on {command.until}, before it began on {command.since}. "
            "Correct one of the days."
        )

    return [
        ReviewerPostRecorded(
            person_id=command.person_id,
            post_id=command.post_id,
            provider_id=command.provider_id,
            since=command.since,
            until=command.until,
        )
    ]


def _end_post(command: EndPost, reviewer: Reviewer) -> list[TieEvent]:
    require_known(reviewer)
    post = reviewer.posts.get(command.post_id)
    if post is None:
        raise PostUnknown(f"No post was ended: none is recorded under “{command.post_id}”. Look at the recorded posts.")
    if command.ended_on < post.since:
        raise PostUnacceptable(
            f"The post was not ended: {command.ended_on} is before it began on {post.since}. Choose a later day."
        )
    if post.until is not None and post.until != command.ended_on:
        raise PostUnacceptable(
            f"The post was not ended: it ended on {post.until} already. If that is wrong, record it again."
        )

    if post.until == command.ended_on:
        return []
    return [ReviewerPostEnded(person_id=command.person_id, post_id=command.post_id, ended_on=command.ended_on)]
