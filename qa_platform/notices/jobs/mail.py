"""A mail from notices: the same notices, reader and language always make the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from qa_platform.notices.events import Language
from qa_platform.notices.jobs.post import Mail
from qa_platform.notices.read_model import NoticeRow, Words, words_of

_PHRASES: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "several": "{count} notices",
        "greeting": "Dear {name},",
        "now": "What to do now: {now}",
        "reference": "Reference: {reference}",
        "foot": "The quality assurance platform wrote this; replies are not read. You find it in your inbox there too, "
        "and can choose there in which language and when you get mail.",
    },
    "ms": {
        "several": "{count} notis",
        "greeting": "{name} yang dihormati,",
        "now": "Tindakan anda sekarang: {now}",
        "reference": "Rujukan: {reference}",
        "foot": "E-mel ini ditulis oleh platform jaminan kualiti; balasan tidak dibaca. Anda juga menemuinya dalam "
        "peti masuk anda di sana, dan boleh memilih bahasa serta masa anda menerima e-mel.",
    },
}


def mail_of(
    mail_id: str, notices: Sequence[NoticeRow], *, sender: str, name: str, email: str, language: Language
) -> Mail:
    """Return the mail that tells somebody one notice, or gathers several, of which there is at least one."""
    worded = [(row, words_of(row, language)) for row in notices]
    said = _PHRASES[language]
    subject = worded[0][1].subject if len(worded) == 1 else said["several"].format(count=len(worded))
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = sender
    message["To"] = Address(display_name=" ".join(name.split()), addr_spec=email)
    # Made from what is told, never from the clock: a mail that is sent again is the same mail.
    message["Date"] = format_datetime(_told_last(notices))
    message["Message-ID"] = f"<{mail_id}@{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_text(worded, said, name), cte="quoted-printable")
    message.add_alternative(_html(worded, said, name, language), subtype="html", cte="quoted-printable")
    # After the parts, which would take it with them.
    message["Content-Language"] = language
    message.set_boundary(f"=_{mail_id}")
    return Mail(mail_id=mail_id, to=email, data=message.as_bytes())


def _told_last(notices: Sequence[NoticeRow]) -> datetime:
    return max(row.told_at or row.composed_at for row in notices)


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2].rstrip(">") or "localhost"


def _text(worded: Sequence[tuple[NoticeRow, Words]], said: Mapping[str, str], name: str) -> str:
    parts = [said["greeting"].format(name=name)]
    for row, words in worded:
        if len(worded) > 1:
            parts.append(f"* {words.subject}")
        parts += [words.text, *_further(row, words, said)]
    return "\n\n".join([*parts, f"-- \n{said['foot']}"]) + "\n"


def _further(row: NoticeRow, words: Words, said: Mapping[str, str]) -> list[str]:
    now = [said["now"].format(now=words.now)] if words.now else []
    return [*now, said["reference"].format(reference=row.about or row.notice_id)]


def _html(worded: Sequence[tuple[NoticeRow, Words]], said: Mapping[str, str], name: str, language: Language) -> str:
    parts = [f"<p>{escape(said['greeting'].format(name=name))}</p>"]
    for row, words in worded:
        if len(worded) > 1:
            parts.append(f"<h2>{escape(words.subject)}</h2>")
        parts += [f"<p>{escape(one)}</p>" for one in (words.text, *_further(row, words, said))]
    parts.append(f"<hr><p><small>{escape(said['foot'])}</small></p>")
    inside = "\n".join(parts)
    return f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n<body>\n{inside}\n</body>\n</html>\n'
