"""What people call the states that the rules know: of each kind of stream, one word for each state.

Where a stream tells of several things (a provider and its application, a standard and its versions),
each of them is an aspect with words of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import msgspec

from qa_platform.accreditations.decider import accreditation_decider, history_decider, register_number_decider
from qa_platform.accreditations.events import Status as EntryStatus
from qa_platform.centres.decider import assignment_decider, cosigning_decider
from qa_platform.decisions.decider import decision_decider, meeting_decider
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command
from qa_platform.notices.decider import preferences_decider
from qa_platform.panels.commands import ReportCommand
from qa_platform.panels.decider import allocation_decider, panel_decider
from qa_platform.people.decider import people_decider
from qa_platform.providers.decider import provider_decider
from qa_platform.providers.decider.state import Stage
from qa_platform.providers.decider.state import Status as ProviderStatus
from qa_platform.reviewers.decider import benchmark_decider
from qa_platform.reviews.decider import query_decider
from qa_platform.reviews.decider.queries import QueryStatus
from qa_platform.standards.decider import standard_decider

BEFORE = "(none)"
# How states are called before anything happened.
_NAMELESS = {"unknown", "none"}


def _every(_command: Command) -> bool:
    return True


class Words(msgspec.Struct, frozen=True):
    """The words of one aspect of a stream: what it is of, its words in their order, and which commands concern it.

    `word` gives the word for a state, as a command finds it. A command that moves an aspect concerns it in any case.
    """

    title: str
    order: tuple[str, ...]
    word: Callable[[Any, Any], str | None]
    concerns: Callable[[Command], bool] = _every

    def of(self, state: Any, command: Command) -> str:
        """Return the word for a state, as a command finds it."""
        return self.word(state, command) or BEFORE


class _Anything:
    def __getattr__(self, name: str) -> str:
        return name


def room_of(decider: Decider[Any, Any, Any]) -> str:
    """Return the name of the context that a decider belongs to."""
    return decider.commands[0].__module__.split(".")[1]


def stream_of(decider: Decider[Any, Any, Any]) -> str:
    """Return what the streams of a decider begin with."""
    return decider.stream(_Anything()).split("-")[0]


def aspects_of(decider: Decider[Any, Any, Any]) -> tuple[Words, ...]:
    """Return the aspects of a decider's streams; the status of its state, where nothing else is said below."""
    if decider.commands in _ASPECTS:
        return _ASPECTS[decider.commands]
    status = _status_of(type(decider.initial))

    def word(state: Any, _command: Any) -> str | None:
        return None if state == decider.initial else str(state.status)

    assert status is not None, f"say in {__file__} what the states of {decider.commands} are called"
    return (Words(stream_of(decider).replace("_", " "), _words(status), word),)


def _status_of(state: type) -> type[StrEnum] | None:
    hint = get_type_hints(state).get("status")
    return next((one for one in (hint, *get_args(hint)) if isinstance(one, type) and issubclass(one, StrEnum)), None)


def _words(status: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in status if word not in _NAMELESS)


def _of(field: str) -> Callable[[Command], bool]:
    return lambda command: hasattr(command, field)


def _other(concerns: Callable[[Command], bool]) -> Callable[[Command], bool]:
    return lambda command: not concerns(command)


def _on_the_report(command: Command) -> bool:
    return isinstance(command, ReportCommand)


def _version(standard: Any, command: Any) -> str | None:
    version = standard.versions.get(command.version)
    if version is None:
        return None
    if version.retired_from is not None:
        return "retired"
    return "published" if version.in_force_from is None else "in force"


def _account(account: Any, _command: Any) -> str | None:
    if account == people_decider.initial:
        return None
    if account.forgotten:
        return "forgotten"
    return "active" if account.active else "closed"


def _provider(provider: Any, _command: Any) -> str | None:
    return None if provider == provider_decider.initial else str(provider.status)


def _application(provider: Any, _command: Any) -> str | None:
    return None if provider.application is None else str(provider.application.stage)


def _benchmark(benchmark: Any, _command: Any) -> str | None:
    if benchmark.published is None:
        return None
    return "retired" if benchmark.retired else "published"


def _panel(panel: Any, _command: Any) -> str | None:
    if not panel.seats:
        return None
    if panel.closed_over is None:
        return "seating"
    if panel.moderated:
        return "moderated"
    return "third_review" if panel.awaits_third else "scored"


def _report(panel: Any, _command: Any) -> str | None:
    if panel.report.final_digest is not None:
        return "final"
    if panel.report.draft is None:
        return "due" if panel.moderated else None
    return "checked" if panel.report.checked else "draft"


def _query(queries: Any, command: Any) -> str | None:
    query = queries.by_id.get(command.query_id)
    return None if query is None else str(query.status)


def _deciding(deciding: Any, _command: Any) -> str | None:
    if deciding.taken is not None and deciding.released is None:
        return "taken" if deciding.signed is None else "signed"
    if deciding.item is not None:
        return "tabled" if deciding.item.motion is None else "moved"
    if deciding.taken is None:
        return "open"
    return "awaiting" if deciding.taken.code == "DEFER" else "released"


def _meeting(meeting: Any, _command: Any) -> str | None:
    if meeting.held_on is None:
        return None
    return "cancelled" if meeting.cancelled else "convened"


def _entry(accreditation: Any, _command: Any) -> str | None:
    return None if accreditation.opened is None else str(accreditation.status)


def _cosignature(cosigning: Any, _command: Any) -> str | None:
    if cosigning.signed:
        return "given"
    return None if cosigning.cosigner_id is None else "asked"


def _case(assignment: Any, _command: Any) -> str | None:
    if not assignment.ever_assigned:
        return None
    return "taken back" if assignment.centre_id is None else "of a centre"


def _once(word: str, decider: Decider[Any, Any, Any]) -> Callable[[Any, Any], str | None]:
    """Return the one word of a stream that only ever grows."""
    return lambda state, _command: None if state == decider.initial else word


_ASPECTS: dict[tuple[type[Command], ...], tuple[Words, ...]] = {
    standard_decider.commands: (Words("version of a rubric", ("published", "in force", "retired"), _version),),
    people_decider.commands: (Words("account", ("active", "closed", "forgotten"), _account),),
    provider_decider.commands: (
        Words("provider", _words(ProviderStatus), _provider, _other(_of("application_id"))),
        Words(
            "application for recognition",
            _words(Stage),
            _application,
            _of("application_id"),
        ),
    ),
    assignment_decider.commands: (Words("case", ("of a centre", "taken back"), _case),),
    cosigning_decider.commands: (Words("co-signature", ("asked", "given"), _cosignature),),
    benchmark_decider.commands: (Words("benchmark", ("published", "retired"), _benchmark),),
    panel_decider.commands: (
        Words(
            "panel",
            ("seating", "scored", "third_review", "moderated"),
            _panel,
            _other(_on_the_report),
        ),
        Words(
            "report",
            ("due", "draft", "checked", "final"),
            _report,
            _on_the_report,
        ),
    ),
    allocation_decider.commands: (Words("allocation", ("kept",), _once("kept", allocation_decider)),),
    query_decider.commands: (Words("query", _words(QueryStatus), _query),),
    meeting_decider.commands: (Words("meeting", ("convened", "cancelled"), _meeting),),
    decision_decider.commands: (
        Words("decision", ("open", "tabled", "moved", "taken", "signed", "awaiting", "released"), _deciding),
    ),
    register_number_decider.commands: (
        Words("series of register numbers", ("counting",), _once("counting", register_number_decider)),
    ),
    accreditation_decider.commands: (Words("entry of the register", get_args(EntryStatus), _entry),),
    history_decider.commands: (Words("history", ("kept",), _once("kept", history_decider)),),
    preferences_decider.commands: (Words("wishes", ("set",), _once("set", preferences_decider)),),
}
