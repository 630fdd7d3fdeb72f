"""A library shelf: the smallest context that asks everything of a ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal, assert_never

import msgspec

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, Recorded
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import AUDITED, Visibility
from qa_platform.ledger.projection import Projection, Row


class Place(msgspec.Struct, frozen=True, kw_only=True):
    room: str
    row: int


class BookAdded(Event, frozen=True, kw_only=True, tag="book.added.v1"):
    seen_by: ClassVar[Visibility] = AUDITED

    shelf: str
    title: str
    price: Decimal = Decimal(0)
    bought_on: date | None = None
    places: tuple[Place, ...] = ()


class BookLent(Event, frozen=True, kw_only=True, tag="book.lent.v1"):
    seen_by: ClassVar[Visibility] = AUDITED

    shelf: str
    title: str
    reader: Sealed[str]
    contact: Sealed[dict[str, str]] | None = None


class AddBook(Command, frozen=True, kw_only=True):
    shelf: str
    title: str
    price: Decimal = Decimal(0)
    bought_on: date | None = None
    places: tuple[Place, ...] = ()


class LendBook(Command, frozen=True, kw_only=True):
    shelf: str
    title: str
    reader: Sealed[str]
    contact: Sealed[dict[str, str]] | None = None


class ShelfFull(Rejected):
    """The shelf holds as many books as it can."""


class Shelf(msgspec.Struct, frozen=True):
    titles: tuple[str, ...] = ()


CAPACITY = 1_000


def decide(command: AddBook | LendBook, shelf: Shelf) -> list[Event]:
    match command:
        case AddBook():
            if len(shelf.titles) >= CAPACITY:
                raise ShelfFull("The book was not added: the shelf is full. Take one away first.")
            if command.title == "(nothing)":
                return []
            return [BookAdded(**msgspec.structs.asdict(command))]
        case LendBook():
            return [BookLent(**msgspec.structs.asdict(command))]
        case _:
            assert_never(command)


def evolve(shelf: Shelf, event: Event) -> Shelf:
    match event:
        case BookAdded():
            return Shelf(titles=(*shelf.titles, event.title))
        case _:
            return shelf


shelf_decider: Decider[Any, Shelf, Any] = Decider(
    commands=(AddBook, LendBook),
    events=(BookAdded, BookLent),
    stream=lambda command: f"shelf-{command.shelf}",
    case=lambda command: command.shelf,
    initial=Shelf(),
    decide=decide,
    evolve=evolve,
)


class ShelfRow(Row, frozen=True, kw_only=True):
    shelf: str
    kind: Literal["plain", "open"] = "plain"
    mark: Literal["new"] | None = "new"
    anything: str | int = "either"
    version: int
    books: int
    worth: Decimal
    titles: tuple[str, ...]
    last_bought: date | None
    reader: Sealed[str] | None


def _shelf_keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    return (recorded.event.shelf,)


def _fold_shelf(row: ShelfRow | None, recorded: Recorded[Any]) -> ShelfRow | None:
    row = row or ShelfRow(
        shelf=recorded.event.shelf, version=0, books=0, worth=Decimal(0), titles=(), last_bought=None, reader=None
    )
    match recorded.event:
        case BookAdded() as event:
            return msgspec.structs.replace(
                row,
                version=recorded.version,
                books=row.books + 1,
                worth=row.worth + event.price,
                titles=(*row.titles, event.title),
                last_bought=event.bought_on,
            )
        case BookLent() as event:
            return msgspec.structs.replace(row, version=recorded.version, reader=event.reader)
    return row


SHELVES = Projection(
    name="shelves",
    row=ShelfRow,
    key="shelf",
    events=(BookAdded, BookLent),
    keys=_shelf_keys,
    fold=_fold_shelf,
    indexes=(("books", "shelf"),),
)


class TitleRow(Row, frozen=True, kw_only=True):
    """Fed by every shelf at once: its updates commute."""

    title: str
    copies: int


def _fold_title(row: TitleRow | None, recorded: Recorded[Any]) -> TitleRow:
    return TitleRow(title=recorded.event.title, copies=1 + (row.copies if row else 0))


TITLES = Projection(
    name="titles",
    row=TitleRow,
    key="title",
    events=(BookAdded,),
    keys=lambda recorded: (recorded.event.title,),
    fold=_fold_title,
)
