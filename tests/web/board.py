"""A notice board: the smallest context with an API, to try the web on."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import marshmallow as ma
import msgspec
import sqlalchemy as sa
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, Recorded
from qa_platform.kernel.rejected import Fault, Missing, Rejected
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, Visibility
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.context import new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.permissions import WEB, Table
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import ReceiptSchema, run


class NotePinned(Event, frozen=True, kw_only=True, tag="note.pinned.v1"):
    seen_by: ClassVar[Visibility] = AUDITED

    note_id: str
    text: str
    on: date


class NoteReworded(Event, frozen=True, kw_only=True, tag="note.reworded.v1"):
    seen_by: ClassVar[Visibility] = AUDITED

    note_id: str
    text: str


class PinNote(Command, frozen=True, kw_only=True):
    note_id: str
    text: str
    on: date


class RewordNote(Command, frozen=True, kw_only=True):
    note_id: str
    text: str


class NoteRude(Rejected):
    """The note says what a board does not show."""


def decide(command: PinNote | RewordNote, text: str | None) -> list[Event]:
    if command.text == "rude":
        raise NoteRude(
            "The note was not pinned: it is rude. Reword it, then pin it again.", (Fault("text", "This is rude."),)
        )
    if command.text == "bug":
        raise RuntimeError("the word nobody may see: swordfish")
    match command:
        case PinNote():
            return [NotePinned(note_id=command.note_id, text=command.text, on=command.on)]
        case RewordNote():
            if text is None:
                raise Missing("There is no such note.")
            if text == command.text:
                return []
            return [NoteReworded(note_id=command.note_id, text=command.text)]


board_decider: Decider[Any, Any, Any] = Decider(
    commands=(PinNote, RewordNote),
    events=(NotePinned, NoteReworded),
    stream=lambda command: f"note-{command.note_id}",
    initial=None,
    decide=decide,
    evolve=lambda _text, event: event.text,
)


class NoteRow(Row, frozen=True, kw_only=True):
    note_id: str
    text: str
    on: date
    pinned_by: str | None
    version: int


def fold(row: NoteRow | None, recorded: Recorded[Any]) -> NoteRow | None:
    match recorded.event:
        case NotePinned() as event:
            # Some are anonymous, so that a list can be ordered by what is not there.
            by = None if event.text.startswith("anon") else recorded.actor
            return NoteRow(note_id=event.note_id, text=event.text, on=event.on, pinned_by=by, version=recorded.version)
        case NoteReworded() as event:
            assert row is not None
            return msgspec.structs.replace(row, text=event.text, version=recorded.version)
    return row


NOTES = Projection(
    name="notes",
    row=NoteRow,
    key="note_id",
    events=(NotePinned, NoteReworded),
    keys=lambda recorded: (recorded.event.note_id,),
    fold=fold,
)


class PinSchema(ma.Schema):
    text = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    tags = ma.fields.List(ma.fields.String(validate=ma.validate.Length(max=5)))


class NoteSchema(ma.Schema):
    note_id = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    on = ma.fields.Date(required=True)
    pinned_by = ma.fields.String(allow_none=True)
    version = ma.fields.Integer(required=True)


class OrderSchema(ma.Schema):
    order = ma.fields.String(load_default="note", validate=ma.validate.OneOf(["note", "newest", "author"]))


board_api = Blueprint("board", __name__, url_prefix="/api/v1/board")


@board_api.route("/notes")
class Notes(MethodView):
    """The notes on the board."""

    @board_api.arguments(OrderSchema, location="query")
    @board_api.response(200, paged(NoteSchema))
    def get(self, query):
        """List the notes."""
        table = NOTES.table
        orders = {
            "note": [table.c.note_id],
            "newest": [table.c.on.desc(), table.c.note_id.desc()],
            "author": [table.c.pinned_by, table.c.text.desc()],
        }
        return page(reading(), NOTES, sa.select(table), order_by=orders[query["order"]])

    @board_api.arguments(PinSchema)
    @board_api.response(201, ReceiptSchema)
    def post(self, body):
        """Pin a note."""
        note_id = new_id("note")
        return run(
            PinNote(note_id=note_id, text=body["text"], on=today()),
            id=note_id,
            location=f"/api/v1/board/notes/{note_id}",
            status=201,
            extra={"secret": "told once"} if body["text"] == "secret" else None,
        )


@board_api.route("/notes/<note_id>")
class Note(MethodView):
    """One note."""

    @board_api.response(200, NoteSchema)
    def get(self, note_id):
        """Read a note."""
        row = NOTES.find(reading(), note_id)
        if row is None:
            raise Missing("There is no such note.")
        return tagged(row)

    @board_api.arguments(PinSchema)
    @board_api.response(200, ReceiptSchema)
    def put(self, body, note_id):
        """Reword a note."""
        return run(RewordNote(note_id=note_id, text=body["text"]), id=note_id)


@board_api.route("/pairs/<first>/<second>")
class Pair(MethodView):
    """Two notes at once."""

    @board_api.arguments(PinSchema)
    @board_api.response(201, ReceiptSchema)
    def put(self, body, first, second):
        """Pin two notes, or none."""
        commands = [PinNote(note_id=note_id, text=body["text"], on=today()) for note_id in (first, second)]
        return run(commands, id=first, status=201)


BOARD: Table = {
    **WEB,
    ("GET", "board.Note"): (Role.REVIEWER, Role.INTAKE_OFFICER, Role.PUBLIC),
    ("PUT", "board.Note"): (Role.REVIEWER, Role.INTAKE_OFFICER),
    ("GET", "board.Notes"): (Role.REVIEWER, Role.INTAKE_OFFICER, Role.PROVIDER_OFFICER),
    ("POST", "board.Notes"): (Role.REVIEWER, Role.INTAKE_OFFICER, Role.PROVIDER_OFFICER),
    ("PUT", "board.Pair"): (Role.REVIEWER,),
}
