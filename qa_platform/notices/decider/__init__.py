"""The rules of notices: one file for a notice, one for what people want, and the table of kinds."""

from __future__ import annotations

from qa_platform.notices.decider import refusals
from qa_platform.notices.decider.ids import digest_id_of, letter_id_of, notice_id_of
from qa_platform.notices.decider.kinds import KINDS, Kind
from qa_platform.notices.decider.notice import Notice, Status, notice_decider
from qa_platform.notices.decider.preferences import preferences_decider

__all__ = [
    "KINDS",
    "Kind",
    "Notice",
    "Status",
    "digest_id_of",
    "letter_id_of",
    "notice_decider",
    "notice_id_of",
    "preferences_decider",
    "refusals",
]
