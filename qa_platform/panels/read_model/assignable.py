"""Whom a panel may be given: reviewers with their standing and their declared interests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import Post
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.commands import Interest
from qa_platform.panels.events.allocation import Category, Expertise
from qa_platform.reviewers.events import (
    Competence,
    ReviewerActivated,
    ReviewerApplied,
    ReviewerCalibrationConcluded,
    ReviewerCapChanged,
    ReviewerCompetencesChanged,
    ReviewerDeclaredEligible,
    ReviewerEvent,
    ReviewerExpertiseChanged,
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerLanguagesChanged,
    ReviewerPaused,
    ReviewerPostEnded,
    ReviewerPostRecorded,
    ReviewerRecalibrationDue,
    ReviewerRegistered,
    ReviewerReinstated,
    ReviewerResumed,
    ReviewerRetired,
    ReviewerSuspended,
    ReviewerUnavailabilityDeclared,
    ReviewerUnavailabilityWithdrawn,
    TermsEvent,
)
from qa_platform.web.reach import outsiders

# How many cases a reviewer has open at most, where nothing else is agreed with him.
OPEN_CASES = 4


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which a reviewer cannot be asked, the first and the last included."""

    first_day: date
    last_day: date


class AssignableReviewerRow(Row, frozen=True, kw_only=True):
    """A reviewer; `interests` (posts are among them), `posts` and `absences` by their ids.

    `languages` None says that nobody noted them.

    `status` is “eligible” for whoever may be asked, however he came to it; otherwise it says why not.
    """

    reviewer_id: str
    version: int
    status: str
    eligible_from: date | None
    fields: tuple[str, ...]
    highest_level: int
    category: Category
    interests: dict[str, Interest]
    expertise: tuple[Expertise, ...]
    posts: dict[str, Post]
    absences: dict[str, Absence]
    languages: tuple[str, ...] | None = None
    cap: int = OPEN_CASES
    simulated: bool

    def available(self, on: date) -> bool:
        """Return whether he may be asked on a day: eligible by then, and not away."""
        return self.eligible(on) and not self.away(on)

    def eligible(self, on: date) -> bool:
        """Return whether he is eligible by a day."""
        return self.status == "eligible" and (self.eligible_from is None or self.eligible_from <= on)

    def away(self, on: date) -> bool:
        """Return whether he said that he is away on a day."""
        return any(one.first_day <= on <= one.last_day for one in self.absences.values())

    def unread(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Return which of some languages he does not read, as far as it was noted what he reads."""
        return () if self.languages is None else tuple(sorted(set(languages) - set(self.languages)))

    def employers(self, on: date) -> tuple[str, ...]:
        """Return the providers that he works for on a day."""
        held = (post for post in self.posts.values() if post.since <= on and (post.until is None or on <= post.until))
        return tuple(sorted({post.provider_id for post in held}))


def keys(recorded: Recorded[ReviewerEvent]) -> tuple[str, ...]:
    """Return the reviewer that an event is about."""
    return (recorded.event.person_id,)


def fold(row: AssignableReviewerRow | None, recorded: Recorded[ReviewerEvent]) -> AssignableReviewerRow | None:
    """Return the reviewer after one event."""
    event = recorded.event
    if isinstance(event, ReviewerRegistered):
        return AssignableReviewerRow(
            reviewer_id=event.person_id,
            version=recorded.version,
            status="registered",
            eligible_from=None,
            fields=event.fields,
            highest_level=event.highest_level,
            category=event.category,
            interests={},
            posts={},
            absences={},
            expertise=_all_at(event.fields, event.highest_level),
            simulated=event.simulated,
        )
    if isinstance(event, ReviewerApplied):
        return _applied(event, recorded.version)
    return None if row is None else replace(_changed(_standing(row, event), event), version=recorded.version)


def _applied(event: ReviewerApplied, version: int) -> AssignableReviewerRow:
    return AssignableReviewerRow(
        reviewer_id=event.person_id,
        version=version,
        status="applied",
        eligible_from=None,
        fields=tuple(one.field for one in event.competences),
        highest_level=max(one.highest_level for one in event.competences),
        category=event.category,
        interests={},
        posts={},
        absences={},
        expertise=_known(event.competences),
        languages=event.languages,
        simulated=event.simulated,
    )


def _all_at(fields: tuple[str, ...], level: int) -> tuple[Expertise, ...]:
    return tuple(Expertise(field=field, level=level) for field in fields)


def _known(competences: tuple[Competence, ...]) -> tuple[Expertise, ...]:
    return tuple(Expertise(field=one.field, level=one.highest_level) for one in competences)


def _standing(row: AssignableReviewerRow, event: ReviewerEvent) -> AssignableReviewerRow:
    match event:
        case ReviewerDeclaredEligible():
            return replace(row, status="eligible", eligible_from=event.eligible_from)
        case ReviewerActivated():
            return replace(row, status="eligible", eligible_from=event.active_from)
        case ReviewerResumed() | ReviewerReinstated(recalibration_due=False):
            return replace(row, status="eligible")
        case ReviewerCalibrationConcluded(passed=True) if row.status == "recalibration_due":
            return replace(row, status="eligible")
        case ReviewerPaused():
            return replace(row, status="paused")
        case ReviewerRecalibrationDue() | ReviewerReinstated():
            return replace(row, status="recalibration_due")
        case ReviewerSuspended():
            return replace(row, status="suspended")
        case ReviewerRetired():
            return replace(row, status="retired")
        case _:
            return row


def _changed(row: AssignableReviewerRow, event: ReviewerEvent) -> AssignableReviewerRow:
    match event:
        case ReviewerExpertiseChanged():
            expertise = _all_at(event.fields, event.highest_level)
            return replace(
                row,
                fields=event.fields,
                highest_level=event.highest_level,
                category=event.category,
                expertise=expertise,
            )
        case ReviewerInterestDeclared():
            interest = Interest(**{name: getattr(event, name) for name in Interest.__struct_fields__})
            return replace(row, interests={**row.interests, event.interest_id: interest})
        case ReviewerInterestEnded():
            return replace(row, interests=_ended(row.interests, event.interest_id, event.ended_on))
        case ReviewerPostRecorded():
            return _employed(row, event)
        case ReviewerPostEnded() if event.post_id in row.posts:
            ended = replace(row.posts[event.post_id], until=event.ended_on)
            interests = _ended(row.interests, event.post_id, event.ended_on)
            return replace(row, interests=interests, posts={**row.posts, event.post_id: ended})
        case _:
            return _on_terms(row, event) if isinstance(event, TermsEvent) else row


def _employed(row: AssignableReviewerRow, event: ReviewerPostRecorded) -> AssignableReviewerRow:
    post = Post(provider_id=event.provider_id, since=event.since, until=event.until)
    # Whoever works for a provider need not say so for it to bar him.
    tie = Interest(provider_id=event.provider_id, course_id=None, category="EMP", since=event.since, until=event.until)
    interests = {**row.interests, event.post_id: tie}
    return replace(row, interests=interests, posts={**row.posts, event.post_id: post})


def _on_terms(row: AssignableReviewerRow, event: TermsEvent) -> AssignableReviewerRow:
    match event:
        case ReviewerCompetencesChanged():
            fields = tuple(one.field for one in event.competences)
            level = max(one.highest_level for one in event.competences)
            return replace(row, fields=fields, highest_level=level, expertise=_known(event.competences))
        case ReviewerLanguagesChanged():
            return replace(row, languages=event.languages)
        case ReviewerCapChanged():
            return replace(row, cap=event.open_cases)
        case ReviewerUnavailabilityDeclared():
            away = Absence(first_day=event.first_day, last_day=event.last_day)
            return replace(row, absences={**row.absences, event.period_id: away})
        case ReviewerUnavailabilityWithdrawn():
            left = {name: away for name, away in row.absences.items() if name != event.period_id}
            return replace(row, absences=left)


def _ended(interests: dict[str, Interest], tie_id: str, ended_on: date) -> dict[str, Interest]:
    known = interests.get(tie_id)
    return interests if known is None else {**interests, tie_id: replace(known, until=ended_on)}


ASSIGNABLE: Projection[AssignableReviewerRow] = Projection(
    name="assignable_reviewers",
    row=AssignableReviewerRow,
    key="reviewer_id",
    events=get_args(ReviewerEvent),
    keys=keys,
    fold=fold,
    indexes=(("status",),),
)


def get_assignable(connection: Connection, reviewer_id: str, submission_id: str) -> AssignableReviewerRow | None:
    """Return a reviewer with his standing, or None for who is none, or acts for another centre than the case's."""
    if reviewer_id in outsiders(connection, [submission_id])[submission_id]:
        return None
    return ASSIGNABLE.find(connection, reviewer_id)


def list_assignable(connection: Connection) -> list[AssignableReviewerRow]:
    """Return every reviewer there is, whatever his standing."""
    return ASSIGNABLE.rows(connection, sa.select(ASSIGNABLE.table).order_by(ASSIGNABLE.table.c.reviewer_id))
