"""Who may see an event: declared beside the event, interpreted by `audit` alone."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from qa_platform.kernel.roles import PROVIDER_ROLES, Role


class Relation(StrEnum):
    """How a viewer must stand to the case for an audience to apply."""

    ANY = "any"  # the role alone is enough
    OWN_PROVIDER = "own_provider"  # an officer of the provider whose case it is
    CLEARED = "cleared"  # a reviewer seated on the case who has passed the conflict gate
    SELF = "self"  # the event is about the viewer: its `reviewer_id` or `person_id` is his
    LOCKED = "locked"  # a reviewer seated on the case whose own review is locked
    LEAD = "lead"  # the lead reviewer of the case


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """One group of people who may see an event, from a milestone of the case on.

    `after` is the stored name of the event that must have happened in the case before;
    `hides` names the fields that this audience does not see.
    """

    role: Role
    relation: Relation = Relation.ANY
    after: str | None = None
    hides: tuple[str, ...] = ()


Visibility = tuple[Audience, ...]

# The milestones from which scores and verdicts may be known.
SCORING_CLOSED = "panel.scoring_closed.v1"
RELEASED = "decision.released.v1"

AUDITED: Visibility = (Audience(role=Role.AUDITOR),)


def of_roles(*roles: Role, after: str | None = None, hides: tuple[str, ...] = ()) -> Visibility:
    """Return audiences for holders of a role, whatever their relation to the case."""
    return tuple(Audience(role=role, after=after, hides=hides) for role in roles)


def of_provider(*, after: str | None = None, hides: tuple[str, ...] = ()) -> Visibility:
    """Return the audience of the provider's own officers."""
    return tuple(
        Audience(role=role, relation=Relation.OWN_PROVIDER, after=after, hides=hides) for role in sorted(PROVIDER_ROLES)
    )
