"""How notices leave by e-mail, and when people are reminded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast, get_args
from zoneinfo import ZoneInfo

from environs import Env, validate

from qa_platform.config.refusal import SettingInvalid
from qa_platform.kernel.calendar import Calendar
from qa_platform.notices.events import Language
from qa_platform.notices.jobs import MaildirPost, Mailing, Post, Reminding, SmtpPost
from qa_platform.web.deadlines import Deadlines

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\Z")
_MOST_DAYS = 60


def read_mailing(env: Env, data_folder: Path, zone: ZoneInfo, calendar: Calendar) -> Mailing:
    """Return how mails leave: through the server that is named, else into a folder. Raises SettingInvalid."""
    # Whom mails are from; its part after the @ ends the Message-ID.
    sender = env.str("MAIL_FROM", "no-reply@localhost.localdomain")
    if not _ADDRESS.match(sender):
        raise SettingInvalid("The setting MAIL_FROM cannot be used: write a plain address, such as qa@agency.example.")
    return Mailing(
        post=_post(env, data_folder, sender),
        sender=sender,
        zone=zone,
        calendar=calendar,
        # In which language people are told who have not chosen one.
        language=cast(
            "Language", env.str("NOTICE_LANGUAGE", "en", validate=validate.OneOf(get_args(Language), error="en or ms."))
        ),
        # At which hour of a working day what can wait is gathered into one mail.
        digest_hour=env.int("DIGEST_HOUR", 8, validate=validate.Range(0, 23, error="Write an hour from 0 to 23.")),
        # Whether people of a simulation get mail: their addresses are nobody's.
        to_simulated=env.bool("MAIL_TO_SIMULATED", False),
    )


def read_reminding(env: Env, zone: ZoneInfo, deadlines: Deadlines) -> Reminding:
    """Return when people are reminded of what is due. Raises SettingInvalid."""
    return Reminding(
        # How many working days before something is due, and after; “none” for not at all.
        before=_days(env, "REMIND_BEFORE_WORKING_DAYS", "3 1"),
        after=_days(env, "REMIND_AFTER_WORKING_DAYS", "1"),
        calendar=deadlines.calendar,
        zone=zone,
        terms=deadlines.stage_working_days,
    )


def _post(env: Env, data_folder: Path, sender: str) -> Post:
    host = env.str("SMTP_HOST", "")
    if not host:
        return MaildirPost(folder=Path(env.str("MAIL_FOLDER", str(data_folder / "mail"))).absolute())
    return SmtpPost(
        host=host,
        port=env.int("SMTP_PORT", 587, validate=validate.Range(1, 65535, error="Write a whole number up to 65535.")),
        sender=sender,
        user=env.str("SMTP_USER", "") or None,
        password=env.str("SMTP_PASSWORD", "") or None,
        # Names and what they are told go over the wire: without it only to a server on this machine.
        starttls=env.bool("SMTP_STARTTLS", True),
    )


def _days(env: Env, name: str, usual: str) -> tuple[int, ...]:
    text = env.str(name, usual)
    if text == "none":
        return ()
    parts = text.replace(",", " ").split()
    if not parts or not all(part.isascii() and part.isdigit() and 1 <= int(part) <= _MOST_DAYS for part in parts):
        raise SettingInvalid(
            f"The setting {name} cannot be “{text}”: write how many working days, such as “3 1”, "
            f"each from 1 to {_MOST_DAYS}, or none."
        )
    return tuple(sorted({int(part) for part in parts}, reverse=True))
