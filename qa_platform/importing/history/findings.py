"""What was found in published files that is not as it should be: by topic, file and line."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Topic(StrEnum):
    """What kind of thing is wrong; `EXPLAINED` says what was done about it."""

    UNREADABLE = "unreadable"
    REPEATED = "repeated"
    NO_RECORD = "no_record"
    END_LEFT_OUT = "end_left_out"
    REASON_LEFT_OUT = "reason_left_out"
    IMPOSSIBLE_DATE = "impossible_date"
    EARLY_DATE = "early_date"
    OTHER_FORM = "other_form"
    REVIEW_TOO_EARLY = "review_too_early"
    NAME_WITH_HISTORY = "name_with_history"
    PERSONAL_DATA = "personal_data"


EXPLAINED: dict[Topic, str] = {
    Topic.UNREADABLE: "Rows that do not say one thing: not taken",
    Topic.REPEATED: "Rows that say the same as one before: taken once",
    Topic.NO_RECORD: "Actions on a case that has no record: taken, and compared with nothing",
    Topic.END_LEFT_OUT: "Days on which an action was to end that cannot be: left out, the action taken",
    Topic.REASON_LEFT_OUT: "Justifications outside the publisher's list: left out, the action taken",
    Topic.IMPOSSIBLE_DATE: "Dates of records that cannot be: compared with nothing",
    Topic.EARLY_DATE: "Dates of records before there were accrediting agencies: may be true, taken as they stand",
    Topic.OTHER_FORM: "Dates of records in another form: not guessed, compared with nothing",
    Topic.REVIEW_TOO_EARLY: "Reviews due before the accreditation they are of: taken as they stand",
    Topic.NAME_WITH_HISTORY: "Names that tell their own history: taken as they stand, never taken apart",
    Topic.PERSONAL_DATA: "Free text that holds what looks like personal data: no free text is taken",
}


class HistoryFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing at one place."""

    topic: Topic
    file: str
    line: int
    message: str
    column: str | None = None


def by_topic(findings: Iterable[HistoryFinding]) -> dict[Topic, list[HistoryFinding]]:
    """Return the findings of each topic that there is one of, by file and line."""
    found: dict[Topic, list[HistoryFinding]] = {}
    for finding in sorted(findings, key=lambda one: (list(Topic).index(one.topic), one.file, one.line)):
        found.setdefault(finding.topic, []).append(finding)
    return found
