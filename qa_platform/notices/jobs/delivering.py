"""Notices go out by e-mail: planned once, tried until it works, and recorded in the ledger when it has.

A plan is fixed before anything is sent. Whoever dies between sending and recording leaves a plan
behind that makes the same mail again, with the same Message-ID and, in a folder, the same file.
"""

from __future__ import annotations

import hashlib
import logging
import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email.errors import MessageError

import msgspec
from sqlalchemy import Connection

from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.notices.commands import RecordMailed
from qa_platform.notices.events import Language
from qa_platform.notices.jobs.mail import mail_of
from qa_platform.notices.jobs.planning import Mailing, plan_mails, reaches
from qa_platform.notices.jobs.post import Mail, MailRefused, Session
from qa_platform.notices.read_model import (
    NoticeRow,
    ReaderRow,
    deliveries,
    notices_by_id,
    preferences_of,
    readers_by_id,
)

log = logging.getLogger(__name__)

_ACTOR = system("mailing")

_KEPT = timedelta(days=90)
# Two days in all: longer than a server is usually down, and shorter than most that is due.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 960, 960))


class _Made(msgspec.Struct, frozen=True, kw_only=True):
    """A mail with what it tells: its notices, and in which language."""

    mail: Mail
    rows: Sequence[NoticeRow]
    language: Language


def deliver(ledger: Ledger, mailing: Mailing, guard: Also) -> int:
    """Plan what is to be mailed, and send what is due; return how many mails left.

    `guard` runs in the transaction of each effect and ends it when mailing is in other hands.
    """
    plan_mails(ledger, mailing, guard)
    with ledger.reading() as connection:
        due = deliveries.due_mails(connection, ledger.clock())
    if not due:
        return 0
    with mailing.post.opened() as session:
        return sum(_delivered(ledger, mailing, session, planned, guard) for planned in due)


def clear_deliveries(ledger: Ledger, guard: Also) -> None:
    """Forget plans that were carried out long ago; that a notice was mailed the ledger knows."""
    with ledger.engine.begin() as connection:
        guard(connection)
        deliveries.clear_settled(connection, ledger.clock() - _KEPT)


def _delivered(
    ledger: Ledger, mailing: Mailing, session: Session, planned: deliveries.PlannedMail, guard: Also
) -> bool:
    made = _made(ledger, mailing, planned)
    if made is None:
        _settle(ledger, planned, guard, "left")
        return False
    _still_ours(ledger, guard)
    try:
        session.send(made.mail)
    except MailRefused:
        _settle(ledger, planned, guard, "failed", failure="MailRefused")
        return False
    except (smtplib.SMTPException, OSError) as failure:
        # Only what kind of failure: its words may quote the address.
        _again_later(ledger, planned, guard, type(failure).__name__)
        return False
    _record(ledger, made, guard)
    return True


def _made(ledger: Ledger, mailing: Mailing, planned: deliveries.PlannedMail) -> _Made | None:
    """Return a mail, None where nobody is to be reached by it any more."""
    with ledger.reading() as connection:
        rows = [row for row in notices_by_id(connection, planned.notices) if row.mailed_at is None]
        reader = readers_by_id(connection, [planned.person_id]).get(planned.person_id)
        wish = preferences_of(connection, [planned.person_id]).get(planned.person_id)
    rows = [row for row in rows if reaches(reader, row, mailing)]
    if reader is None or not rows:
        return None
    language = wish.language if wish is not None else mailing.language
    mail = _addressed(ledger, mailing.sender, planned.mail_id, reader, (rows, language))
    return None if mail is None else _Made(mail=mail, rows=rows, language=language)


def _addressed(
    ledger: Ledger, sender: str, mail_id: str, reader: ReaderRow, told: tuple[Sequence[NoticeRow], Language]
) -> Mail | None:
    """Return the mail with its address: the one place that opens a name, and None once it was erased."""
    (opened,) = ledger.open_rows([reader])
    name, email = opened.name.value, opened.email.value
    if not isinstance(name, str) or not isinstance(email, str):
        return None
    rows, language = told
    try:
        return mail_of(mail_id, rows, sender=sender, name=name, email=email, language=language)
    except (ValueError, MessageError):
        # No mail can go to what was given as an address; the inbox has it all the same.
        log.warning("a mail could not be addressed", extra={"mail": mail_id})
        return None


def _still_ours(ledger: Ledger, guard: Also) -> None:
    with ledger.engine.begin() as connection:
        guard(connection)


def _record(ledger: Ledger, made: _Made, guard: Also) -> None:
    digest, mail_id = hashlib.sha256(made.mail.data).hexdigest(), made.mail.mail_id
    commands = [
        RecordMailed(notice_id=row.notice_id, mail_id=mail_id, language=made.language, digest=digest)
        for row in made.rows
    ]

    def also(connection: Connection) -> None:
        guard(connection)
        deliveries.settle_mail(connection, mail_id, "sent", ledger.clock())

    ledger.execute_together(commands, actor=_ACTOR, also=also)
    log.info("mailed", extra={"mail": mail_id, "notices": len(made.rows)})


def _settle(
    ledger: Ledger,
    planned: deliveries.PlannedMail,
    guard: Also,
    state: deliveries.DeliveryState,
    *,
    failure: str | None = None,
) -> None:
    with ledger.engine.begin() as connection:
        guard(connection)
        deliveries.settle_mail(connection, planned.mail_id, state, ledger.clock(), failure=failure)


def _again_later(ledger: Ledger, planned: deliveries.PlannedMail, guard: Also, failure: str) -> None:
    log.warning("a mail was not taken", extra={"mail": planned.mail_id, "failure": failure})
    if planned.attempts >= len(_PAUSES):
        _settle(ledger, planned, guard, "failed", failure=failure)
        return
    now = ledger.clock()
    with ledger.engine.begin() as connection:
        guard(connection)
        deliveries.put_off_mail(connection, planned.mail_id, now + _PAUSES[planned.attempts], now, failure=failure)
