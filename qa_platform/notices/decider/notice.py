"""The rules of one notice."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never, get_args

import msgspec
from msgspec.structs import asdict, replace

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.notices.commands import (
    ComposeNotice,
    HoldNotice,
    NoticeCommand,
    ReadNotice,
    RecordMailed,
    ReleaseNotice,
)
from qa_platform.notices.decider.kinds import KINDS, Kind
from qa_platform.notices.decider.refusals import KindUnknown, NoticeNotWaiting, NoticeUnknown, NoticeWaits
from qa_platform.notices.events import (
    NoticeDrafted,
    NoticeEvent,
    NoticeHeldBack,
    NoticeIssued,
    NoticeMailed,
    NoticeRead,
    NoticeReleased,
)


class Status(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    TOLD = "told"
    HELD = "held"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as its rules see it; before it is composed it has no status."""

    status: Status | None = None
    person_id: str = ""
    mailed: bool = False
    read: bool = False


def decide(command: NoticeCommand, notice: Notice) -> list[NoticeEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, ComposeNotice):
        return _compose(command, notice)
    if notice.status is None:
        raise NoticeUnknown(f"There is no notice “{command.notice_id}”. Check the address.")
    match command:
        case ReleaseNotice():
            return _release(command, notice)
        case HoldNotice():
            return _hold(command, notice)
        case RecordMailed():
            return _mailed(command, notice)
        case ReadNotice():
            return _read(command, notice)
        case _:
            assert_never(command)


def evolve(notice: Notice, event: NoticeEvent) -> Notice:
    """Return the notice as it stands after an event. Never refuses."""
    match event:
        case NoticeIssued():
            return replace(notice, status=Status.TOLD, person_id=event.person_id)
        case NoticeDrafted():
            return replace(notice, status=Status.WAITING, person_id=event.person_id)
        case NoticeReleased():
            return replace(notice, status=Status.TOLD)
        case NoticeHeldBack():
            return replace(notice, status=Status.HELD)
        case NoticeMailed():
            return replace(notice, mailed=True)
        case NoticeRead():
            return replace(notice, read=True)
        case _:
            assert_never(event)


def _compose(command: ComposeNotice, notice: Notice) -> list[NoticeEvent]:
    # The id follows from event and person: whoever was told once is not told again.
    if notice.status is not None:
        return []
    kind = _kind(command.kind)
    # What a person typed into a correction is the one text that no other rule has looked at.
    refuse_personal_data({fact.name: fact.value for fact in command.facts if fact.name == "reason"})
    said = {name: value for name, value in asdict(command).items() if name != "releaser"} | {"wording": kind.wording}
    if kind.releaser is None:
        return [NoticeIssued(**said)]
    return [NoticeDrafted(**said, releaser=command.releaser or kind.releaser)]


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise KindUnknown(f"Nobody was told: there is no kind of notice “{name}”. Choose one of the catalogue.")
    return KINDS[name]


def _release(command: ReleaseNotice, notice: Notice) -> list[NoticeEvent]:
    if notice.status is Status.HELD:
        raise NoticeNotWaiting(
            "The notice was not released: it was held back, and stays so. "
            "If its reader must be told after all, propose a correction of what he was told."
        )
    if notice.status is Status.TOLD:
        return []
    return [NoticeReleased(notice_id=command.notice_id, person_id=notice.person_id)]


def _hold(command: HoldNotice, notice: Notice) -> list[NoticeEvent]:
    refuse_personal_data({"reason": command.reason})
    if notice.status is Status.TOLD:
        raise NoticeNotWaiting(
            "The notice was not held back: it has gone out. Propose a correction, which goes to the same people."
        )
    if notice.status is Status.HELD:
        return []
    return [NoticeHeldBack(notice_id=command.notice_id, person_id=notice.person_id, reason=command.reason)]


def _mailed(command: RecordMailed, notice: Notice) -> list[NoticeEvent]:
    _refuse_unless_told(notice)
    if notice.mailed:
        return []
    return [
        NoticeMailed(
            notice_id=command.notice_id,
            person_id=notice.person_id,
            mail_id=command.mail_id,
            language=command.language,
            digest=command.digest,
        )
    ]


def _read(command: ReadNotice, notice: Notice) -> list[NoticeEvent]:
    _refuse_unless_told(notice)
    return [] if notice.read else [NoticeRead(notice_id=command.notice_id, person_id=notice.person_id)]


def _refuse_unless_told(notice: Notice) -> None:
    if notice.status is not Status.TOLD:
        raise NoticeWaits(
            "Nothing was recorded: the notice was not released, and nobody was told. Read it in the outbox first."
        )


def _stream(command: NoticeCommand) -> str:
    return f"notice-{command.notice_id}"


notice_decider: Decider[NoticeCommand, Notice, NoticeEvent] = Decider(
    commands=get_args(NoticeCommand),
    events=get_args(NoticeEvent),
    stream=_stream,
    initial=Notice(),
    decide=decide,
    evolve=evolve,
)
