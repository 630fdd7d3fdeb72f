"""The rules of a history that another agency wrote: each published row once, and none from the future."""

from __future__ import annotations

import msgspec

from qa_platform.accreditations.commands import HistoryCommand, ImportAction
from qa_platform.accreditations.events import ActionImported, HistoryEvent
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Rejected


class ActionMistimed(Rejected):
    """The action is dated so that it cannot have happened like this."""


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A history: the published rows that are in it."""

    rows: frozenset[str] = frozenset()


def decide(command: HistoryCommand, history: History) -> list[HistoryEvent]:
    """Return the action as it enters the history, nothing if it is in it, or raise Rejected."""
    if command.source.row in history.rows:
        return []
    if command.effective_on > command.on:
        raise ActionMistimed(
            f"“{command.kind_published}” was not imported: it is dated {command.effective_on}, and that day is still "
            "to come. Correct the date, or import it when it has happened."
        )
    if command.ends_on is not None and command.ends_on < command.effective_on:
        raise ActionMistimed(
            f"“{command.kind_published}” was not imported: it would end on {command.ends_on}, before it began on "
            f"{command.effective_on}. Correct one of the dates, or leave the end out."
        )

    return [_imported(command)]


def evolve(history: History, event: HistoryEvent) -> History:
    """Return the history as it stands after an event. Never refuses."""
    return History(rows=history.rows | {event.source.row})


def _imported(command: ImportAction) -> ActionImported:
    return ActionImported(
        history_id=command.history_id,
        subject=command.subject,
        kind=command.kind,
        kind_published=command.kind_published,
        effective_on=command.effective_on,
        ends_on=command.ends_on,
        justification=command.justification,
        source=command.source,
    )


history_decider: Decider[HistoryCommand, History, HistoryEvent] = Decider(
    commands=(ImportAction,),
    events=(ActionImported,),
    stream=lambda command: f"history-{command.history_id}",
    initial=History(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.history_id,
)
