"""The keeping of an allocation: what it says must follow from what it was made from."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.panels.commands import AllocationCommand, MakeAllocation
from qa_platform.panels.decider.allocation import digest_of, in_order, obstacle, weigh
from qa_platform.panels.decider.unproposed import AllocationInconsistent
from qa_platform.panels.events import AllocationEvent, AllocationMade


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an allocation: its digest, once it is kept."""

    digest: str | None = None


def decide(command: AllocationCommand, kept: Kept) -> list[AllocationEvent]:
    """Return what follows from a command, or raise Rejected."""
    if kept.digest == command.digest:
        return []
    if kept.digest is not None:
        raise AllocationInconsistent("The allocation was not kept: another one has its id. Have it made anew.")
    _refuse_inconsistent(command)

    fields = {name: getattr(command, name) for name in AllocationMade.__struct_fields__}
    return [AllocationMade(**{**fields, "instance": in_order(command.instance)})]


def _refuse_inconsistent(command: MakeAllocation) -> None:
    cases = {case.submission_id: case for case in command.instance.cases}
    reviewers = {reviewer.reviewer_id: reviewer for reviewer in command.instance.reviewers}
    sound = all(
        seat.submission_id in cases
        and seat.reviewer_id in reviewers
        and seat.seat in cases[seat.submission_id].seats
        and obstacle(cases[seat.submission_id], reviewers[seat.reviewer_id]) is None
        for seat in command.seats
    )
    if (
        not sound
        or digest_of(command.instance) != command.digest
        or weigh(command.instance, command.seats) != command.objective
        or command.bound > command.objective
    ):
        raise AllocationInconsistent(
            "The allocation was not kept: its panels do not follow from its inputs. Have it made anew."
        )


def evolve(kept: Kept, event: AllocationEvent) -> Kept:
    """Return what is known after an event. Never refuses."""
    return replace(kept, digest=event.digest)


allocation_decider: Decider[AllocationCommand, Kept, AllocationEvent] = Decider(
    commands=(MakeAllocation,),
    events=(AllocationMade,),
    stream=lambda command: f"allocation-{command.allocation_id}",
    initial=Kept(),
    decide=decide,
    evolve=evolve,
)
