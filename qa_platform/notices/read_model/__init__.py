"""What the room of notices shows, and what it heard from other rooms; one file for each."""

from __future__ import annotations

from qa_platform.notices.read_model import deliveries
from qa_platform.notices.read_model.cases import NOTICE_CASES, NoticeCaseRow, apart_from, cases_by_id
from qa_platform.notices.read_model.correcting import CORRECTION, correcting
from qa_platform.notices.read_model.duties import DUTIES, DutyRow, Open, duties_due
from qa_platform.notices.read_model.letters import Letter, letter_of, letters_of
from qa_platform.notices.read_model.lines import LINES, Line
from qa_platform.notices.read_model.notices import (
    NOTICES,
    Held,
    NoticeRow,
    count_unread,
    get_letter,
    get_own,
    is_reviewer_of,
    known_to,
    notices_about,
    notices_by_id,
    notices_caused_by,
    readers_of,
    select_inbox,
    select_waiting,
    to_be_mailed,
)
from qa_platform.notices.read_model.readers import (
    NOTICE_PREFERENCES,
    NOTICE_READERS,
    PreferencesRow,
    ReaderRow,
    holders_of,
    preferences_of,
    readers_by_id,
    usual_preferences,
)
from qa_platform.notices.read_model.wording import Words, phrases, templates, words_of

__all__ = [
    "CORRECTION",
    "DUTIES",
    "LINES",
    "NOTICES",
    "NOTICE_CASES",
    "NOTICE_PREFERENCES",
    "NOTICE_READERS",
    "DutyRow",
    "Held",
    "Letter",
    "Line",
    "NoticeCaseRow",
    "NoticeRow",
    "Open",
    "PreferencesRow",
    "ReaderRow",
    "Words",
    "apart_from",
    "cases_by_id",
    "correcting",
    "count_unread",
    "deliveries",
    "duties_due",
    "get_letter",
    "get_own",
    "holders_of",
    "is_reviewer_of",
    "known_to",
    "letter_of",
    "letters_of",
    "notices_about",
    "notices_by_id",
    "notices_caused_by",
    "phrases",
    "preferences_of",
    "readers_by_id",
    "readers_of",
    "select_inbox",
    "select_waiting",
    "templates",
    "to_be_mailed",
    "usual_preferences",
    "words_of",
]
