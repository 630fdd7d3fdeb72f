"""Which notice goes with which mail, and when: alone and at once, in the digest of a working day, or not at all."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from qa_platform.kernel.calendar import Calendar
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.notices.decider import KINDS, digest_id_of
from qa_platform.notices.events import Language
from qa_platform.notices.jobs.post import Post
from qa_platform.notices.read_model import (
    NoticeRow,
    PreferencesRow,
    ReaderRow,
    deliveries,
    preferences_of,
    readers_by_id,
    to_be_mailed,
    usual_preferences,
)

# What nobody could deliver for this long is read in the inbox, or not at all.
_LOOK_BACK = timedelta(days=30)


class Mailing(msgspec.Struct, frozen=True, kw_only=True):
    """How mails leave: by which post, from whom, and what goes for people who have said nothing.

    People of a simulation get mail only where `to_simulated` says so: their addresses are nobody's.
    """

    post: Post
    sender: str
    zone: ZoneInfo
    calendar: Calendar
    language: Language
    digest_hour: int
    to_simulated: bool = False


def plan_mails(ledger: Ledger, mailing: Mailing, guard: Also) -> None:
    """Plan a mail for what people were told and nobody has planned for; planned once, it stays so."""
    now = ledger.clock()
    with ledger.engine.begin() as connection:
        rows = to_be_mailed(connection, now - _LOOK_BACK)
        if not rows:
            return
        guard(connection)
        people = [row.person_id for row in rows]
        readers, wishes = readers_by_id(connection, people), preferences_of(connection, people)
        plans = [
            _planned(row, readers.get(row.person_id), wishes.get(row.person_id) or _usual(row, mailing), mailing, now)
            for row in rows
        ]
        deliveries.plan(connection, plans, now)


def digest_moment(after: datetime, wish: PreferencesRow, mailing: Mailing) -> datetime:
    """Return the first hour of a digest, on a working day, that is not before an instant."""
    local = after.astimezone(mailing.zone)
    at = time(wish.digest_hour)
    day = mailing.calendar.after(local.date(), 0)
    moment = datetime.combine(day, at, mailing.zone)
    if moment < local:
        moment = datetime.combine(mailing.calendar.after(day, 1), at, mailing.zone)
    return moment


def reaches(reader: ReaderRow | None, row: NoticeRow, mailing: Mailing) -> bool:
    """Return whether a notice is mailed to its reader: not to who has left, was erased, or is simulated."""
    if reader is None or (reader.simulated and not mailing.to_simulated):
        return False
    return reader.holds(row.role, row.provider_id)


def _comes_too_late(row: NoticeRow, moment: datetime, mailing: Mailing, now: datetime) -> bool:
    """Return whether a day that has not passed yet would have passed when the digest comes."""
    if row.due_on is None:
        return False
    today, then = (instant.astimezone(mailing.zone).date() for instant in (now, moment))
    return today <= row.due_on < then


def _usual(row: NoticeRow, mailing: Mailing) -> PreferencesRow:
    return usual_preferences(row.person_id, mailing.language, mailing.digest_hour)


def _planned(
    row: NoticeRow, reader: ReaderRow | None, wish: PreferencesRow, mailing: Mailing, now: datetime
) -> deliveries.Plan:
    kind = KINDS[row.kind]
    alone = deliveries.Plan(
        notice_id=row.notice_id, mail_id=row.notice_id, person_id=row.person_id, state="planned", next_at=now
    )
    unwanted = row.kind in wish.unsubscribed and not kind.required
    if not reaches(reader, row, mailing) or unwanted:
        return msgspec.structs.replace(alone, state="left")
    if kind.urgent or wish.mailing == "at_once":
        return alone
    # A digest that has gone takes nothing in any more: what is planned late gets one of its own.
    moment = max(digest_moment(row.told_at or now, wish, mailing), now)
    if _comes_too_late(row, moment, mailing, now):
        return alone
    mail_id = digest_id_of(row.person_id, moment.astimezone(mailing.zone).isoformat())
    return msgspec.structs.replace(alone, mail_id=mail_id, next_at=moment)
