"""What an act would do, case by case, before anything is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_platform.batches.events import Item, LeftOut
from qa_platform.bulk.asking import Planned
from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.ledger import Ledger, Outcome

_NOTHING = "Nothing would change: this holds already."
_MORE_SINCE = (
    "It was not taken back: more has happened to the case since. "
    "Look at its history, and take its last step back by itself."
)


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """Which cases an act would change, and which it would leave out, with the reason of each."""

    ready: tuple[Planned, ...]
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    depends_on: tuple[StreamVersion, ...]

    @property
    def commands(self) -> list[Command]:
        """Return what is to be done, in the order of the cases."""
        return [command for one in self.ready for command in one.commands]


def rehearse(
    ledger: Ledger, planned: Sequence[Planned], actor: Actor, *, unmoved: Mapping[str, Item] | None = None
) -> Rehearsal:
    """Return what would follow, deciding everything and recording nothing.

    `unmoved` are steps, by subject, upon whose streams nothing may have followed.
    """
    asked = [one for one in planned if one.why is None]
    answers = iter(ledger.rehearse([one.commands for one in asked], actor))
    ready: list[tuple[Planned, Outcome]] = []
    left_out: list[LeftOut] = []
    for one in planned:
        answer = next(answers) if one.why is None else None
        why = one.why or _why_not(answer, (unmoved or {}).get(one.subject))
        if why is None and isinstance(answer, Outcome):
            ready.append((one, answer))
        else:
            left_out.append(LeftOut(subject=one.subject, why=why or _NOTHING))
    return Rehearsal(
        ready=tuple(one for one, _ in ready),
        items=tuple(_item(one, answer) for one, answer in ready),
        left_out=tuple(left_out),
        depends_on=_basis(ready),
    )


def _why_not(answer: Outcome | Rejected | None, step: Item | None) -> str | None:
    if isinstance(answer, Rejected):
        return answer.message
    if answer is None or not answer.recorded:
        return _NOTHING
    if step is not None and answer.recorded[0].version != step.version + 1:
        return _MORE_SINCE
    return None


def _item(one: Planned, answer: Outcome) -> Item:
    last = answer.recorded[-1]
    return Item(about=one.about, subject=one.subject, stream=last.stream, version=last.version)


def _basis(ready: Sequence[tuple[Planned, Outcome]]) -> tuple[StreamVersion, ...]:
    """Return where every stream stood: what was shown is what is done, or nothing is."""
    before: dict[str, int] = {}
    for _, answer in ready:
        for recorded in answer.recorded:
            before.setdefault(recorded.stream, recorded.version - 1)
    held = {StreamVersion(stream=stream, version=version) for stream, version in before.items()}
    return tuple(sorted(held | {basis for one, _ in ready for basis in one.depends_on}))
