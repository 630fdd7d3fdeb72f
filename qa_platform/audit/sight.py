"""Who sees which event of a case, with which fields, under which names.

A viewer sees an event if one of its audiences applies at that instant. Of several that apply
the kindest counts: a field is hidden only if all of them hide it. People are pseudonyms of the
case ("Reviewer 2"), the same in every place and at every instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from qa_platform.decisions.events import DecisionReleased, MemberRecused, RecusalWithdrawn
from qa_platform.kernel.event import Recorded, stored_name
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import RELEASED, SCORING_CLOSED, Audience, Relation
from qa_platform.panels.events import LeadAssigned, ReviewerAssigned, ReviewerStoodDown
from qa_platform.reviews.decider import Status, review_decider
from qa_platform.reviews.events import CriterionScored, ReviewDeclined, ReviewEnded, ReviewLocked
from qa_platform.submissions.events import SubmissionDrafted
from qa_platform.submissions.events.components import ComponentNotified

_PANEL_ROLES = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
_OUTSIDE_THE_OFFICE = PROVIDER_ROLES | _PANEL_ROLES
_WHILE_REVIEWING = PROVIDER_ROLES | {Role.REVIEWER}

# Fields that name a person, wherever they stand in an event.
_PERSON_FIELDS = (
    "reviewer_id",
    "lead_id",
    "member_id",
    "chair_id",
    "officer_id",
    "person_id",
    "checker_id",
    "recorded_by",
)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One event as a viewer sees it; what he may not see is not there.

    `at` is when it was recorded; `effective_on` the day on which it happened, where that is another matter.
    `review` tells the reviews of a case apart ("Review 1", to its writer "Your review").
    `record` (event id, stream, version, digest, cause) is for auditors, who need it to check
    the ledger itself.
    """

    position: int | None
    at: datetime
    name: str
    actor: str
    data: dict[str, Any]
    effective_on: date | None = None
    review: str | None = None
    record: dict[str, Any] | None = None


class _Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How the viewer stands to the case at this instant; `roles` are those in which he may look at it."""

    viewer: Actor
    roles: frozenset[Role]
    own_provider: bool
    cleared: bool
    has_locked: bool
    closed: frozenset[str]
    lead: bool
    happened: frozenset[str]
    released: frozenset[str]


def recused(events: Iterable[Recorded[Any]]) -> frozenset[str]:
    """Return the members of the committee who are recused from a case after these events."""
    found: set[str] = set()
    for recorded in events:
        match recorded.event:
            case MemberRecused(member_id=member):
                found.add(member)
            case RecusalWithdrawn(member_id=member):
                found.discard(member)
            case _:
                pass
    return frozenset(found)


def see(events: Sequence[Recorded[Any]], viewer: Actor, *, apart: frozenset[str] = frozenset()) -> list[Seen]:
    """Return the events of a case that a viewer sees at the instant after the last of them.

    Whoever is recused by then sees none of them, and `apart` who was recused later: a look at an
    earlier instant shows him no more.
    """
    standing = _standing(events, viewer, apart | recused(events))
    reviews = _numbered(event.stream for event in events if event.stream.startswith("review-"))
    names = pseudonyms(events)
    if viewer.roles & PROVIDER_ROLES:
        # What a decision rests on is told to its provider, and a review's id is not.
        names |= {stream: f"Review {number}" for stream, number in reviews.items()}
    seen = []
    for recorded in events:
        audiences = [one for one in recorded.event.seen_by if _applies(one, recorded, standing)]
        if audiences:
            hidden = frozenset.intersection(*(frozenset(one.hides) for one in audiences))
            seen.append(_shown(recorded, hidden, names, reviews, viewer))
    return seen


def pseudonyms(events: Iterable[Recorded[Any]]) -> dict[str, str]:
    """Return a name for each person of a case, by role and order of first appearance."""
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for recorded in events:
        role, _, person = recorded.actor.partition(":")
        people = [(person, role)] if role != Role.SYSTEM else []
        people += [
            (value, _role_of(field, role))
            for field in _PERSON_FIELDS
            if isinstance(value := getattr(recorded.event, field, None), str)
        ]
        people += [(member, Role.COMMITTEE_MEMBER) for member in getattr(recorded.event, "members", ())]
        for pseudonym, part in people:
            if pseudonym not in found:
                counts[part] = counts.get(part, 0) + 1
                found[pseudonym] = f"{part.replace('_', ' ').capitalize()} {counts[part]}"
    return found


def _role_of(field: str, role: str) -> str:
    return {
        "reviewer_id": Role.REVIEWER,
        "lead_id": Role.LEAD_REVIEWER,
        "member_id": Role.COMMITTEE_MEMBER,
        "chair_id": Role.COMMITTEE_MEMBER,
        "recorded_by": Role.COMMITTEE_SECRETARY,
        "officer_id": Role.ACCOUNTABLE_OFFICER,
    }.get(field, role)


def _standing(events: Sequence[Recorded[Any]], viewer: Actor, apart: frozenset[str]) -> _Standing:
    provider: str | None = None
    lead: str | None = None
    seated: dict[str, str] = {}
    asked: set[str] = set()
    for recorded in events:
        match recorded.event:
            case SubmissionDrafted(provider_id=provider) | ComponentNotified(provider_id=provider):
                pass
            case LeadAssigned(lead_id=lead):
                pass
            case ReviewerAssigned() as event:
                seated[event.review_id] = event.reviewer_id
                asked.add(event.reviewer_id)
            case ReviewerStoodDown() as event:
                seated.pop(event.review_id, None)
            case _:
                pass
    own = [review_id for review_id, reviewer in seated.items() if reviewer == viewer.person_id]
    happened = frozenset(stored_name(type(recorded.event)) for recorded in events)
    locked = frozenset(recorded.stream for recorded in events if isinstance(recorded.event, ReviewLocked))
    over = frozenset(one.stream for one in events if isinstance(one.event, ReviewDeclined | ReviewEnded))
    return _Standing(
        viewer=viewer,
        roles=_roles(viewer, happened, asked=viewer.person_id in asked, recused=viewer.person_id in apart),
        own_provider=provider in viewer.providers,
        cleared=any(_cleared(events, review_id) for review_id in own),
        has_locked=any(f"review-{review_id}" in locked for review_id in own),
        closed=locked | over,
        lead=lead == viewer.person_id,
        happened=happened,
        released=frozenset(one.event.decision_id for one in events if isinstance(one.event, DecisionReleased)),
    )


def _roles(viewer: Actor, happened: frozenset[str], *, asked: bool, recused: bool) -> frozenset[Role]:
    # Whoever is recused knows of the case what he knows as its provider or as its reviewer, and what the register says.
    if recused:
        return viewer.roles & (_WHILE_REVIEWING | {Role.PUBLIC})
    # Whoever was asked to review learns nothing of the other review in any other capacity before release.
    return viewer.roles & _WHILE_REVIEWING if asked and RELEASED not in happened else viewer.roles


def _cleared(events: Sequence[Recorded[Any]], review_id: str) -> bool:
    review = review_decider.initial
    for recorded in events:
        if recorded.stream == f"review-{review_id}":
            review = review_decider.evolve(review, recorded.event)
    return review.status in {Status.CLEARED, Status.LOCKED}


def _applies(audience: Audience, recorded: Recorded[Any], standing: _Standing) -> bool:
    viewer = standing.viewer
    if audience.role not in standing.roles:
        return False
    if not _is_time(audience.after, recorded, standing):
        return False
    match audience.relation:
        case Relation.ANY:
            return True
        case Relation.OWN_PROVIDER:
            return standing.own_provider
        case Relation.CLEARED:
            return standing.cleared
        case Relation.LOCKED:
            return standing.has_locked
        case Relation.LEAD:
            return standing.lead
        case Relation.SELF:
            about = {getattr(recorded.event, field, None) for field in ("reviewer_id", "person_id")}
            return viewer.person_id in about


def _is_time(after: str | None, recorded: Recorded[Any], standing: _Standing) -> bool:
    # A case that was deferred is decided twice: the second decision waits for its own release.
    decision_id = getattr(recorded.event, "decision_id", None)
    if (
        isinstance(recorded.event, CriterionScored)
        and after == SCORING_CLOSED
        and recorded.stream not in standing.closed
    ):
        # A third sheet is begun after the scoring was closed: nobody knows of it before it is locked.
        return False
    if after == RELEASED and decision_id is not None:
        return decision_id in standing.released
    return after is None or after in standing.happened


def _shown(
    recorded: Recorded[Any],
    hidden: frozenset[str],
    names: dict[str, str],
    reviews: dict[str, int],
    viewer: Actor,
) -> Seen:
    auditor = Role.AUDITOR in viewer.roles
    data = {
        field: _named(_plain(getattr(recorded.event, field), sealed=auditor), names, viewer)
        for field in recorded.event.__struct_fields__
        if field not in hidden
    }
    record = {
        "id": recorded.id,
        "stream": recorded.stream,
        "version": recorded.version,
        "digest": recorded.digest,
        "cause": recorded.cause,
    }
    return Seen(
        position=recorded.position,
        at=recorded.at,
        name=stored_name(type(recorded.event)),
        actor=_actor(recorded, names, viewer),
        data=data,
        effective_on=getattr(recorded.event, "effective_on", None) if "effective_on" in data else None,
        review=_review(recorded, reviews, viewer),
        record=record if auditor else None,
    )


def _review(recorded: Recorded[Any], reviews: dict[str, int], viewer: Actor) -> str | None:
    if recorded.stream not in reviews:
        return None
    # A number would tell a reviewer how many there were before him.
    own = getattr(recorded.event, "reviewer_id", None) == viewer.person_id
    return "Your review" if own else f"Review {reviews[recorded.stream]}"


def _actor(recorded: Recorded[Any], names: dict[str, str], viewer: Actor) -> str:
    role, _, person = recorded.actor.partition(":")
    if role == Role.SYSTEM:
        return "The platform"
    # An officer of the agency is an office to the outside, not somebody to be told from another.
    inside = not (viewer.roles & PROVIDER_ROLES) or role in PROVIDER_ROLES or role == Role.REVIEWER
    if recorded.stream.startswith("condition-") and role in _PANEL_ROLES and viewer.roles & _OUTSIDE_THE_OFFICE:
        # A number would tell which of the reviews is by whoever checks, and that there is another one.
        inside = person == viewer.person_id
    if not inside:
        return role.replace("_", " ").capitalize()
    return "You" if person == viewer.person_id else names.get(person, role.replace("_", " ").capitalize())


def _plain(value: Any, *, sealed: bool) -> Any:  # noqa: ANN401 -- any field of an event
    if isinstance(value, Sealed):
        # An audit is about what was done, and by which role: names stay sealed.
        if sealed or value.value is None:
            return "(sealed)"
        return msgspec.to_builtins(value.value, enc_hook=str)
    return msgspec.to_builtins(value)


def _named(value: Any, names: dict[str, str], viewer: Actor) -> Any:  # noqa: ANN401 -- builtins
    match value:
        case str():
            return "You" if value == viewer.person_id else names.get(value, value)
        case list() | tuple():
            return [_named(part, names, viewer) for part in value]
        case dict():
            return {key: _named(part, names, viewer) for key, part in value.items()}
        case _:
            return value


def _numbered(streams: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for stream in streams:
        numbers.setdefault(stream, len(numbers) + 1)
    return numbers
