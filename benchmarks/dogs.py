"""A kennel of dogs that learn tricks: the toy domain, as ours. The peer's is the same, in `peer.py`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, assert_never

import msgspec
from uuid_utils import uuid7

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, Recorded
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.visibility import AUDITED, Visibility
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import Projection, Row
from qa_platform.ledger.tables import open_engine

ACTOR = "0192f0c1-2c5a-7b1e-9d55-3a1f5c6e7d80"
REMARK = "Calm beside other dogs; barks at bicycles. Wants a reward within two seconds."


class DogRegistered(Event, frozen=True, kw_only=True, tag="dog.registered.v1"):
    """A dog came to the kennel."""

    seen_by: ClassVar[Visibility] = AUDITED

    name: str
    breed: str
    born_on: str
    remark: str


class TrickLearned(Event, frozen=True, kw_only=True, tag="dog.trick_learned.v1"):
    """A dog learned a trick."""

    seen_by: ClassVar[Visibility] = AUDITED

    trick: str
    trainer: str
    minutes: int
    remark: str


class RegisterDog(Command, frozen=True, kw_only=True):
    """Take a dog into the kennel."""

    dog: str
    name: str = "Rex of the Green Valley"
    breed: str = "Entlebucher Mountain Dog"
    born_on: str = "2024-05-17"
    remark: str = REMARK


class TeachTrick(Command, frozen=True, kw_only=True):
    """Teach a dog a trick that it does not know."""

    dog: str
    trick: str
    trainer: str = "Ms Aminah binti Yusof"
    minutes: int = 25
    remark: str = REMARK


class TrickKnown(Rejected):
    """The dog knows that trick."""


class Dog(msgspec.Struct, frozen=True):
    """A dog, and the tricks that it knows."""

    name: str = ""
    tricks: tuple[str, ...] = ()


def decide(command: RegisterDog | TeachTrick, dog: Dog) -> list[Event]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RegisterDog():
            return [
                DogRegistered(name=command.name, breed=command.breed, born_on=command.born_on, remark=command.remark)
            ]
        case TeachTrick():
            if command.trick in dog.tricks:
                raise TrickKnown(f"“{command.trick}” was not taught: the dog knows it. Choose another trick.")
            return [
                TrickLearned(
                    trick=command.trick, trainer=command.trainer, minutes=command.minutes, remark=command.remark
                )
            ]
        case _:
            assert_never(command)


def evolve(dog: Dog, event: DogRegistered | TrickLearned) -> Dog:
    """Return the dog as it stands after an event."""
    match event:
        case DogRegistered():
            return Dog(name=event.name)
        case TrickLearned():
            return Dog(dog.name, (*dog.tricks, event.trick))
        case _:
            assert_never(event)


dog_decider: Decider[Any, Dog, Any] = Decider(
    commands=(RegisterDog, TeachTrick),
    events=(DogRegistered, TrickLearned),
    stream=lambda command: f"dog-{command.dog}",
    case=lambda command: command.dog,
    initial=Dog(),
    decide=decide,
    evolve=evolve,
)


class DogRow(Row, frozen=True, kw_only=True):
    """A dog in the list of dogs."""

    dog: str
    name: str
    tricks: int
    minutes: int
    last_trick: str | None


def _fold(row: DogRow | None, recorded: Recorded[Any]) -> DogRow | None:
    match recorded.event:
        case DogRegistered() as event:
            return DogRow(dog=str(recorded.case_id), name=event.name, tricks=0, minutes=0, last_trick=None)
        case TrickLearned() as event if row is not None:
            return msgspec.structs.replace(
                row, tricks=row.tricks + 1, minutes=row.minutes + event.minutes, last_trick=event.trick
            )
    return row


DOGS = Projection(
    name="dogs",
    row=DogRow,
    key="dog",
    events=(DogRegistered, TrickLearned),
    keys=lambda recorded: (str(recorded.case_id),),
    fold=_fold,
    indexes=(("name", "dog"),),
)


def new_id() -> str:
    """Return a UUIDv7, as the platform makes its ids."""
    return str(uuid7())


def kennel(url: str, *projections: Projection[Any], connections: int = 2) -> Ledger:
    """Return the ledger of the kennel, opened as the platform opens its own."""
    return Ledger(
        open_engine(url, connections=connections),
        deciders=(dog_decider,),
        projections=projections,
        keys=Keys(bytes(range(32))),
        clock=lambda: datetime.now(UTC),
        new_id=new_id,
    )
