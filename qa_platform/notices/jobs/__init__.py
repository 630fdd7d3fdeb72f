"""What is done about notices without anybody asking: mails go out, and people are reminded."""

from __future__ import annotations

from qa_platform.notices.jobs.delivering import clear_deliveries, deliver
from qa_platform.notices.jobs.planning import Mailing, digest_moment
from qa_platform.notices.jobs.post import Mail, MaildirPost, MailRefused, Post, SmtpPost
from qa_platform.notices.jobs.reminding import Reminding, remind

__all__ = [
    "Mail",
    "MailRefused",
    "MaildirPost",
    "Mailing",
    "Post",
    "Reminding",
    "SmtpPost",
    "clear_deliveries",
    "deliver",
    "digest_moment",
    "remind",
]
