"""How another agency's accreditation stands after its actions: a rule for each kind, folded by effective date.

Days that hold several actions have an order of their own, so that the order in which they were
written down, or came to us, changes nothing: what lifts comes before what imposes, an end after
both, and what undoes an end last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import IntEnum
from typing import Literal

import msgspec

from qa_platform.accreditations.events import ActionKind

Sanction = Literal["warning", "probation", "show_cause", "other_sanction", "monitoring"]
End = Literal["withdrawn", "lapsed", "denied", "lost", "closed", "unrecognised", "merged"]
HistoryStatus = Literal["accredited"] | Sanction | End


class Effect(IntEnum):
    """What an action does to a standing; of several on one day the lower value comes first."""

    BEGINS = 0  # in force from here on, whatever was before
    CONTINUES = 1  # takes an accreditation for granted and changes nothing about it
    LIFTS = 2  # takes away the sanction that it names
    IMPOSES = 3  # puts a sanction in the place of the one before
    ENDS = 4  # no longer in force
    RESTORES = 5  # undoes an end


class Rule(msgspec.Struct, frozen=True):
    """What one kind of action does, and to which word."""

    effect: Effect
    sanction: Sanction | None = None
    end: End | None = None


RULES: dict[ActionKind, Rule] = {
    ActionKind.INITIAL: Rule(Effect.BEGINS),
    ActionKind.RENEWAL: Rule(Effect.CONTINUES),
    ActionKind.REINSTATED_ON_APPEAL: Rule(Effect.RESTORES),
    ActionKind.DENIAL_STAYED: Rule(Effect.RESTORES),
    ActionKind.PROBATION_REMOVED: Rule(Effect.LIFTS, sanction="probation"),
    ActionKind.WARNING_REMOVED: Rule(Effect.LIFTS, sanction="warning"),
    ActionKind.SHOW_CAUSE_REMOVED: Rule(Effect.LIFTS, sanction="show_cause"),
    ActionKind.MONITORING_REMOVED: Rule(Effect.LIFTS, sanction="monitoring"),
    ActionKind.MONITORING: Rule(Effect.IMPOSES, sanction="monitoring"),
    ActionKind.HEIGHTENED_MONITORING: Rule(Effect.IMPOSES, sanction="monitoring"),
    ActionKind.WARNING: Rule(Effect.IMPOSES, sanction="warning"),
    ActionKind.QUALITY_WARNING: Rule(Effect.IMPOSES, sanction="warning"),
    ActionKind.PROBATION: Rule(Effect.IMPOSES, sanction="probation"),
    ActionKind.SHOW_CAUSE: Rule(Effect.IMPOSES, sanction="show_cause"),
    ActionKind.OTHER_SANCTION: Rule(Effect.IMPOSES, sanction="other_sanction"),
    ActionKind.VOLUNTARY_WITHDRAWAL: Rule(Effect.ENDS, end="withdrawn"),
    ActionKind.LAPSE: Rule(Effect.ENDS, end="lapsed"),
    ActionKind.DENIAL: Rule(Effect.ENDS, end="denied"),
    ActionKind.DENIAL_AFFIRMED: Rule(Effect.ENDS, end="denied"),
    ActionKind.OTHER_LOSS: Rule(Effect.ENDS, end="lost"),
    ActionKind.INSTITUTION_CLOSED: Rule(Effect.ENDS, end="closed"),
    ActionKind.LOCATION_CLOSED: Rule(Effect.ENDS, end="closed"),
    ActionKind.RECOGNITION_CHANGED: Rule(Effect.ENDS, end="unrecognised"),
    ActionKind.AGENCY_NOT_RECOGNISED: Rule(Effect.ENDS, end="unrecognised"),
    ActionKind.MERGED: Rule(Effect.ENDS, end="merged"),
    ActionKind.WITHDRAWAL_RECEIVED: Rule(Effect.CONTINUES),
    ActionKind.PROGRAM_CHANGE_GRANTED: Rule(Effect.CONTINUES),
    ActionKind.DEGREE_CHANGE_GRANTED: Rule(Effect.CONTINUES),
    ActionKind.OWNERSHIP_CHANGE_GRANTED: Rule(Effect.CONTINUES),
    ActionKind.BRANCH_GRANTED: Rule(Effect.CONTINUES),
    ActionKind.OTHER_CHANGE_GRANTED: Rule(Effect.CONTINUES),
    ActionKind.PROGRAM_CHANGE_DENIED: Rule(Effect.CONTINUES),
    ActionKind.DEGREE_CHANGE_DENIED: Rule(Effect.CONTINUES),
    ActionKind.OWNERSHIP_CHANGE_DENIED: Rule(Effect.CONTINUES),
    ActionKind.BRANCH_DENIED: Rule(Effect.CONTINUES),
    ActionKind.OTHER_CHANGE_DENIED: Rule(Effect.CONTINUES),
    ActionKind.DISTANCE_APPROVED: Rule(Effect.CONTINUES),
    ActionKind.DISTANCE_REMOVED: Rule(Effect.CONTINUES),
    ActionKind.CORRESPONDENCE_REMOVED: Rule(Effect.CONTINUES),
}


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One action as a standing needs it; `row` is its identity, and settles what nothing else does."""

    effective_on: date
    kind: ActionKind
    ends_on: date | None
    row: str
    recorded_at: datetime


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How an accreditation stands, and since when.

    `until` is the day on which a sanction was to end, as published; nothing follows from it, for
    what ends a sanction is an action.
    """

    status: HistoryStatus
    since: date
    until: date | None = None

    @property
    def in_force(self) -> bool:
        """Return whether it is an accreditation still, under whatever sanction."""
        return self.status not in _ENDS


_ENDS = frozenset(rule.end for rule in RULES.values() if rule.end is not None)


class _Fold(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be remembered on the way: an end, one sanction of the ladder, and monitoring beside it."""

    end: End | None = None
    sanction: Sanction | None = None
    monitored: bool = False
    until: date | None = None
    since: date

    @property
    def status(self) -> HistoryStatus:
        if self.end is not None:
            return self.end
        return self.sanction or ("monitoring" if self.monitored else "accredited")


def order(act: Act) -> tuple[date, Effect, str, str]:
    """Return by what actions are put in order: their day, then what they do, then kind and identity."""
    return act.effective_on, RULES[act.kind].effect, act.kind, act.row


def standing_of(acts: Iterable[Act]) -> Standing:
    """Return the standing after actions in order, of which there is at least one."""
    fold: _Fold | None = None
    for act in acts:
        fold = _after(fold or _Fold(since=act.effective_on), act)
    if fold is None:
        message = "a standing was asked for of no actions"
        raise ValueError(message)
    return Standing(status=fold.status, since=fold.since, until=fold.until)


def _after(before: _Fold, act: Act) -> _Fold:
    after = _changed(before, act)
    # An end that is told again moves its day: the last word about it counts.
    if after.status == before.status and RULES[act.kind].effect is not Effect.ENDS:
        return after
    return msgspec.structs.replace(after, since=act.effective_on)


def _changed(fold: _Fold, act: Act) -> _Fold:
    rule = RULES[act.kind]
    match rule.effect:
        case Effect.ENDS:
            return _Fold(end=rule.end, since=fold.since)
        case Effect.BEGINS | Effect.RESTORES if fold.end is not None:
            return _Fold(since=fold.since)
        case _ if fold.end is not None:
            # What has ended stays ended until an action says otherwise; a renewal or a sanction does not.
            return fold
        case Effect.IMPOSES if rule.sanction == "monitoring":
            return msgspec.structs.replace(fold, monitored=True)
        case Effect.IMPOSES:
            return msgspec.structs.replace(fold, sanction=rule.sanction, until=act.ends_on)
        case Effect.LIFTS if rule.sanction == "monitoring":
            return msgspec.structs.replace(fold, monitored=False)
        case Effect.LIFTS if fold.sanction in {rule.sanction, "other_sanction"}:
            return msgspec.structs.replace(fold, sanction=None, until=None)
        case _:
            return fold
