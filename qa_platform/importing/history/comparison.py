"""Folded statuses beside the published records: where they agree, and where not, each for a reason in the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from qa_platform.accreditations.decider import RULES, Effect
from qa_platform.accreditations.events import ActionKind
from qa_platform.accreditations.read_model import ImportedHistoryRow
from qa_platform.importing.history.records import CaseRecord


class Agreement(StrEnum):
    """How an action file and a record say the same."""

    IN_FORCE = "in_force"
    ENDED = "ended"


class Reason(StrEnum):
    """Why they do not; `REASONS` says it in a sentence."""

    NO_RECORD = "no_record"
    LOCATION_NOT_ENDED = "location_not_ended"
    ACTED_ON_AFTER_END = "acted_on_after_end"
    END_WITHOUT_DAY = "end_without_day"
    END_NOT_RECORDED = "end_not_recorded"
    BECAME_ACCREDITATION = "became_accreditation"
    FILED_UNDER_FORMER = "filed_under_former"
    ACTED_AFTER_RECORDED_END = "acted_after_recorded_end"
    END_NOT_TOLD = "end_not_told"
    ENDED_TWICE = "ended_twice"
    OTHER_DAY = "other_day"
    PREACCREDITED_INITIAL = "preaccredited_initial"
    PREACCREDITED_RENEWED = "preaccredited_renewed"
    PREACCREDITED_OTHERWISE = "preaccredited_otherwise"


AGREEMENTS: dict[Agreement, str] = {
    Agreement.IN_FORCE: "in force by its actions, and its record has no end",
    Agreement.ENDED: "ended by its actions on the day on which its record ends",
}
REASONS: dict[Reason, str] = {
    Reason.NO_RECORD: "the actions are on a case that stands in no record",
    Reason.LOCATION_NOT_ENDED: "a location was closed, and its record was never ended",
    Reason.ACTED_ON_AFTER_END: "it was ended and then acted on as if it stood, and the record has no end: "
    "the end was taken back without an action that says so",
    Reason.END_WITHOUT_DAY: "the record names an action that ended it, and no day",
    Reason.END_NOT_RECORDED: "the last action ends it, and the record knows of no end",
    Reason.BECAME_ACCREDITATION: "a preaccreditation ended by becoming an accreditation, which has a record of its own",
    Reason.FILED_UNDER_FORMER: "the record ended and another one followed it, but actions of the later are filed "
    "under the former",
    Reason.ACTED_AFTER_RECORDED_END: "the record ended, and actions follow that take it for granted",
    Reason.END_NOT_TOLD: "the record ended, and no action tells of it",
    Reason.ENDED_TWICE: "several actions end it, and the record has the day of another one",
    Reason.OTHER_DAY: "the day of the action that ends it and the day on which the record ends differ",
    Reason.PREACCREDITED_INITIAL: "the record says preaccredited, and an initial accreditation followed",
    Reason.PREACCREDITED_RENEWED: "the record says preaccredited: what was renewed is a preaccreditation, "
    "and the kinds of action do not tell the two apart",
    Reason.PREACCREDITED_OTHERWISE: "the record says preaccredited, and the kinds of action do not tell that",
}


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """One case on which the actions and the record differ; `record` is what the record says, and on which line."""

    history_id: str
    reason: Reason
    status: str
    since: date
    record: str
    line: int | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """All cases with actions beside their records; `without_actions` counts records that have none."""

    cases: int
    agreements: dict[Agreement, int]
    disagreements: tuple[Disagreement, ...]
    without_actions: int

    @property
    def reasons(self) -> dict[Reason, int]:
        """Return how many cases disagree for each reason, the most frequent first."""
        counted = Counter(one.reason for one in self.disagreements)
        return dict(sorted(counted.items(), key=lambda pair: -pair[1]))


def compare(rows: Iterable[ImportedHistoryRow], records: Mapping[str, CaseRecord]) -> Comparison:
    """Return each history beside its record."""
    begun = _begun(records.values())
    cases = 0
    agreements: Counter[Agreement] = Counter()
    disagreements: list[Disagreement] = []
    for row in rows:
        cases += 1
        record = records.get(row.history_id)
        found = Reason.NO_RECORD if record is None else _beside(row, record, begun)
        if isinstance(found, Agreement):
            agreements[found] += 1
        else:
            disagreements.append(_told(row, record, found))
    return Comparison(
        cases=cases,
        agreements={agreement: agreements[agreement] for agreement in Agreement},
        disagreements=tuple(disagreements),
        without_actions=len(records) - cases + sum(one.reason is Reason.NO_RECORD for one in disagreements),
    )


def _beside(row: ImportedHistoryRow, record: CaseRecord, begun: Mapping[str, list[date]]) -> Agreement | Reason:
    if row.in_force:
        if record.in_force:
            return Agreement.IN_FORCE if record.status == "Accredited" else _preaccredited(row)
        return _record_ended(row, record, begun)
    if record.ended_on is None:
        return _record_stands(row, record)
    if record.ended_on == row.since:
        return Agreement.ENDED
    if record.ended_on in _ends(row):
        return Reason.ENDED_TWICE
    return Reason.FILED_UNDER_FORMER if _followed(row, record, begun) else Reason.OTHER_DAY


def _preaccredited(row: ImportedHistoryRow) -> Reason:
    kinds = {act.kind for act in row.acts}
    if ActionKind.INITIAL in kinds:
        return Reason.PREACCREDITED_INITIAL
    return Reason.PREACCREDITED_RENEWED if ActionKind.RENEWAL in kinds else Reason.PREACCREDITED_OTHERWISE


def _record_ended(row: ImportedHistoryRow, record: CaseRecord, begun: Mapping[str, list[date]]) -> Reason:
    if record.status == "Preaccredited" and _has_successor(record, begun) and not _all_later(row, record.ended_on):
        return Reason.BECAME_ACCREDITATION
    if _followed(row, record, begun):
        return Reason.FILED_UNDER_FORMER
    if record.ended_on is not None and row.last_effective_on > record.ended_on:
        return Reason.ACTED_AFTER_RECORDED_END
    return Reason.END_NOT_TOLD


def _followed(row: ImportedHistoryRow, record: CaseRecord, begun: Mapping[str, list[date]]) -> bool:
    """Return whether a record was followed by another, and actions of that one's time stand under it."""
    later = record.ended_on is not None and row.last_effective_on > record.ended_on
    return later and _has_successor(record, begun)


def _has_successor(record: CaseRecord, begun: Mapping[str, list[date]]) -> bool:
    return record.ended_on is not None and any(day >= record.ended_on for day in begun.get(record.family, ()))


def _all_later(row: ImportedHistoryRow, day: date | None) -> bool:
    initial = any(act.kind is ActionKind.INITIAL for act in row.acts)
    return day is not None and row.first_effective_on > day and not initial


def _record_stands(row: ImportedHistoryRow, record: CaseRecord) -> Reason:
    ending = [act.kind for act in row.acts if RULES[act.kind].effect is Effect.ENDS]
    if ending[-1] is ActionKind.LOCATION_CLOSED:
        return Reason.LOCATION_NOT_ENDED
    if row.last_effective_on > row.since:
        return Reason.ACTED_ON_AFTER_END
    return Reason.END_WITHOUT_DAY if record.ending_action else Reason.END_NOT_RECORDED


def _ends(row: ImportedHistoryRow) -> set[date]:
    return {act.effective_on for act in row.acts if RULES[act.kind].effect is Effect.ENDS}


def _begun(records: Iterable[CaseRecord]) -> dict[str, list[date]]:
    """Return when accreditations began, by site, agency and programme, whatever their sequence."""
    found: dict[str, list[date]] = {}
    for record in records:
        if record.accredited_on is not None:
            found.setdefault(record.family, []).append(record.accredited_on)
    return found


def _told(row: ImportedHistoryRow, record: CaseRecord | None, reason: Reason) -> Disagreement:
    said = "none"
    if record is not None:
        said = record.status + (f", ended {record.ended_on}" if record.ended_on else ", no end")
    return Disagreement(
        history_id=row.history_id,
        reason=reason,
        status=row.status,
        since=row.since,
        record=said,
        line=record.line if record else None,
    )
