"""What corrects a letter: a notice to everybody who had been told, and an end to what still waits."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from qa_platform.kernel.roles import Role
from qa_platform.notices.commands import ComposeNotice, HoldNotice
from qa_platform.notices.decider import Status, letter_id_of, notice_id_of
from qa_platform.notices.decider.refusals import NothingToCorrect
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model.notices import NoticeRow
from qa_platform.notices.read_model.wording import words_of

_TITLES = ("title_en", "title_ms")
CORRECTION = "correction"


def correcting(
    rows: Iterable[NoticeRow], *, cause_id: str, reason: str, releaser: Role, zone: ZoneInfo
) -> list[ComposeNotice | HoldNotice]:
    """Return what corrects the notices of a letter: drafts for the outbox, and holds for what has not gone.

    `cause_id` is the event that undid the step, or the proposal's own id. Raises NothingToCorrect
    where nobody was told and nothing waits.
    """
    found = [one for row in rows if (one := _correction(row, cause_id, reason, releaser, zone)) is not None]
    if not found:
        raise NothingToCorrect(
            "No correction was proposed: nobody was told of this, and nothing of it waits. There is nothing to correct."
        )
    return found


def _correction(
    row: NoticeRow, cause_id: str, reason: str, releaser: Role, zone: ZoneInfo
) -> ComposeNotice | HoldNotice | None:
    if row.status is Status.WAITING:
        return HoldNotice(notice_id=row.notice_id, reason=reason)
    if row.status is not Status.TOLD or row.told_at is None:
        return None
    told_on = row.told_at.astimezone(zone).date().isoformat()
    return ComposeNotice(
        # The same person may be corrected in two letters at once: the letter tells them apart.
        notice_id=notice_id_of(cause_id, CORRECTION, row.person_id, row.letter_id),
        letter_id=letter_id_of(cause_id, CORRECTION, row.letter_id),
        kind=CORRECTION,
        person_id=row.person_id,
        role=row.role,
        provider_id=row.provider_id,
        about=row.about,
        cause_id=cause_id,
        stage=row.letter_id,
        facts=(
            *(fact for fact in row.facts if fact.name in _TITLES),
            Fact("told_on", told_on),
            Fact("told_en", words_of(row, "en").subject),
            Fact("told_ms", words_of(row, "ms").subject),
            Fact("reason", reason),
        ),
        corrects=row.letter_id,
        releaser=releaser,
    )
