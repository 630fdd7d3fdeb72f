"""What a person is told about an imported history and about its check, and what a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from qa_platform.accreditations.read_model import ImportedHistoryRow
from qa_platform.importing.history.comparison import AGREEMENTS, REASONS, Comparison, Disagreement
from qa_platform.importing.history.findings import EXPLAINED, HistoryFinding, by_topic


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """One run of an import; with `dry_run` nothing was appended, and `appended` is what would be."""

    files: dict[str, str]
    dry_run: bool
    rows: int
    cases: int
    appended: int
    there: int
    seconds: str
    per_second: int
    findings: tuple[HistoryFinding, ...]


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """Imported histories beside the files that they came from; `missing` are readable rows not in the ledger."""

    files: dict[str, str]
    comparison: Comparison
    statuses: dict[str, int]
    actions: int
    missing: int
    findings: tuple[HistoryFinding, ...]


def to_json(report: ImportReport | CheckReport) -> bytes:
    """Return a report as JSON, with what is counted of its findings and reasons."""
    told: dict[str, Any] = msgspec.to_builtins(report)
    told["topics"] = {topic: len(some) for topic, some in by_topic(report.findings).items()}
    if isinstance(report, CheckReport):
        told["reasons"] = dict(report.comparison.reasons)
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def import_lines(report: ImportReport, most: int | None = 5) -> Iterator[str]:
    """Yield an import's report for a person: figures first, then what was found, `most` of each."""
    would = "would be " if report.dry_run else ""
    yield f"{report.rows} actions in {report.cases} cases, read from {', '.join(report.files)}"
    yield f"  {report.appended} {would}imported, {report.there} there already"
    if report.appended and not report.dry_run:
        yield f"  in {report.seconds} seconds, {report.per_second} events a second"
    yield from _findings(report.findings, most)


def check_lines(report: CheckReport, most: int | None = 5) -> Iterator[str]:
    """Yield a check's report for a person: agreements, disagreements by reason, then what was found."""
    compared = report.comparison
    agreed = sum(compared.agreements.values())
    yield f"{compared.cases} cases with {report.actions} actions, beside {', '.join(report.files)}"
    if report.missing:
        yield f"  {report.missing} readable actions are not imported: run “qa import history” with this folder"
    yield f"  {compared.without_actions} records have no actions, and nothing to compare"
    yield f"Agreements ({agreed})"
    yield from (f"  {count}: {AGREEMENTS[agreement]}" for agreement, count in compared.agreements.items())
    yield f"Disagreements ({len(compared.disagreements)})"
    for reason, count in compared.reasons.items():
        yield f"  {count}: {REASONS[reason]}"
        some = [one for one in compared.disagreements if one.reason is reason]
        yield from (f"    {line}" for line in _some(map(_disagreement, some), most))
    yield "Statuses by effective date"
    yield from (f"  {count}: {status}" for status, count in report.statuses.items())
    yield from _findings(report.findings, most)


def count_statuses(rows: Iterable[ImportedHistoryRow]) -> dict[str, int]:
    """Return how many histories stand how, the most frequent first."""
    return dict(Counter(row.status for row in rows).most_common())


def _findings(findings: Iterable[HistoryFinding], most: int | None) -> Iterator[str]:
    for topic, some in by_topic(findings).items():
        yield f"{EXPLAINED[topic]} ({len(some)})"
        yield from (f"  {line}" for line in _some(map(_finding, some), most))


def _some(lines: Iterable[str], most: int | None) -> Iterator[str]:
    listed = list(lines)
    yield from listed[:most]
    if most is not None and len(listed) > most:
        yield f"… and {len(listed) - most} more; --all lists them"


def _finding(finding: HistoryFinding) -> str:
    where = f"{finding.file} line {finding.line}" + (f", {finding.column}" if finding.column else "")
    return f"{where}: {finding.message}"


def _disagreement(one: Disagreement) -> str:
    where = f" (line {one.line})" if one.line else ""
    return f"{one.history_id}: {one.status} since {one.since}; record{where}: {one.record}"
