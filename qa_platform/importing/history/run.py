"""Commands -> the ledger: hundreds in a transaction, each row once, so that a run can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, islice
from operator import attrgetter
from time import perf_counter

import msgspec

from qa_platform.accreditations.commands import ImportAction
from qa_platform.importing.history.findings import HistoryFinding, Topic
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.collecting import rarely_collecting
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.outcome import Outcome

# The ledger takes fifty groups into one transaction; a group goes in whole or is asked row by row.
_TOGETHER = 10
_AT_ONCE = 50
_WRITERS = 2


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the commands: appended now, there already, or refused."""

    appended: int
    there: int
    refused: tuple[HistoryFinding, ...]
    seconds: float

    @property
    def per_second(self) -> int:
        """Return how many events were appended a second."""
        return round(self.appended / self.seconds) if self.seconds else 0


def import_actions(
    ledger: Ledger,
    commands: Sequence[ImportAction],
    *,
    file: str,
    actor: Actor | str,
    advance: Callable[[int], None] = lambda _commands: None,
) -> Imported:
    """Append what is not there yet, and return what became of each command of a file.

    A history knows its rows, so that running again continues where a run was killed. `advance`
    hears how many commands are done.
    """
    appended, refused = 0, list[HistoryFinding]()
    began = perf_counter()

    def ask(some: list[list[ImportAction]]) -> tuple[int, list[HistoryFinding]]:
        return _ask(ledger, some, file, actor)

    chunks = list(_chunks(_groups(commands)))
    # While one waits for the database the other makes records; no two hold the same history.
    with rarely_collecting(), ThreadPoolExecutor(_WRITERS) as writers:
        for chunk, (more, faults) in zip(chunks, writers.map(ask, chunks), strict=True):
            appended += more
            refused += faults
            advance(sum(map(len, chunk)))
    return Imported(
        appended=appended,
        there=len(commands) - appended - len(refused),
        refused=tuple(refused),
        seconds=perf_counter() - began,
    )


def _ask(
    ledger: Ledger, groups: list[list[ImportAction]], file: str, actor: Actor | str
) -> tuple[int, list[HistoryFinding]]:
    """Return how many events were appended for groups of commands, and what was refused."""
    appended, refused = 0, list[HistoryFinding]()
    for group, answer in zip(groups, ledger.execute_many(groups, actor=actor), strict=True):
        if isinstance(answer, Rejected):
            more, faults = _one_by_one(ledger, group, file, actor)
            appended += more
            refused += faults
        else:
            appended += len(answer.recorded)
    return appended, refused


def _one_by_one(
    ledger: Ledger, group: Sequence[ImportAction], file: str, actor: Actor | str
) -> tuple[int, list[HistoryFinding]]:
    """Import a group of which something was refused, row by row."""
    answers = ledger.execute_many([[command] for command in group], actor=actor)
    faults = [
        HistoryFinding(topic=Topic.UNREADABLE, file=file, line=command.source.line, message=answer.message)
        for command, answer in zip(group, answers, strict=True)
        if isinstance(answer, Rejected)
    ]
    return sum(len(answer.recorded) for answer in answers if isinstance(answer, Outcome)), faults


def _groups(commands: Sequence[ImportAction]) -> Iterator[list[ImportAction]]:
    """Yield groups of whole histories, which stand together in the commands."""
    group: list[ImportAction] = []
    for _, some in groupby(commands, key=attrgetter("history_id")):
        group += some
        if len(group) >= _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _chunks(groups: Iterable[list[ImportAction]]) -> Iterator[list[list[ImportAction]]]:
    rest = iter(groups)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield chunk
