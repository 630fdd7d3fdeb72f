"""What a person is told about an import: what went in, what did not and why, what was repaired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something about one cell (or a whole row, without `column`)."""

    line: int
    message: str
    column: str | None = None


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """A text that was put right, with certainty: before and after."""

    line: int
    column: str
    before: str
    after: str
    cause: str


class SameProvider(msgspec.Struct, frozen=True, kw_only=True):
    """Spellings that were taken for one provider."""

    provider: str
    spellings: tuple[str, ...]


class SameTitle(msgspec.Struct, frozen=True, kw_only=True):
    """Courses of one provider under one title."""

    provider: str
    title: str
    lines: tuple[int, ...]


class RowReport(msgspec.Struct, frozen=True, kw_only=True):
    """One row that is, or would be, a draft: what it became, what it lacks, what was not used."""

    line: int
    submission_id: str
    provider: str
    title: str
    became: str
    missing: tuple[str, ...]
    not_used: dict[str, str]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """An import as a whole."""

    file: str
    profile: str
    encoding: str
    dry_run: bool
    rows: int
    organisations: int
    named_providers: int
    drafted: int
    unchanged: int
    repeated: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    left_out: tuple[Finding, ...]
    damaged: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    providers: int
    new_providers: tuple[str, ...]
    same_providers: tuple[SameProvider, ...]
    look_alikes: tuple[tuple[str, ...], ...]
    same_titles: tuple[SameTitle, ...]
    unused_columns: tuple[str, ...]
    notes: tuple[str, ...]
    courses: tuple[RowReport, ...]

    @property
    def failed_rows(self) -> int:
        """Return how many rows did not go in."""
        return len({finding.line for finding in self.failed})

    def missing_fields(self) -> list[tuple[str, int]]:
        """Return which fields the drafts lack, the most frequent first."""
        return Counter(field for course in self.courses for field in course.missing).most_common()


def to_json(report: Report) -> bytes:
    """Return the whole report as JSON."""
    told = msgspec.to_builtins(report)
    told |= {"failed_rows": report.failed_rows, "missing_fields": dict(report.missing_fields())}
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def to_lines(report: Report, most: int = 10) -> Iterator[str]:
    """Yield the report for a person to read: figures first, then what needs a look, shortened."""
    would = "would " if report.dry_run else ""
    be = "would be " if report.dry_run else ""
    yield f"{report.file}: {report.rows} rows, read as {report.encoding} by the profile “{report.profile}”"
    yield f"  {report.drafted} {be}drafted, {report.unchanged} there already, {report.failed_rows} not imported"
    yield (
        f"  {report.organisations} organisations as written are {report.named_providers} providers; "
        f"{report.providers} of them {would}have drafts here, {len(report.new_providers)} {be}new"
    )
    yield from _section("Notes", report.notes, most)
    yield from _section("Not imported", map(_finding, report.failed), most)
    yield from _section("Repeated rows, taken once", map(_finding, report.repeated), most)
    yield from _section("Put right", map(_repair, report.repairs), most)
    yield from _section("Imported damaged, as asked", map(_finding, report.damaged), most)
    yield from _section("Cells left out of their drafts", map(_finding, report.left_out), most)
    yield from _section("Spellings taken for one provider", map(_provider, report.same_providers), most)
    yield from _section("Perhaps one provider, kept apart", map(_names, report.look_alikes), most)
    yield from _section("Titles that a provider uses twice", map(_title, report.same_titles), most)
    yield from _section("Columns not used", report.unused_columns, most)
    lacking = [f"{field} ({count})" for field, count in report.missing_fields()]
    yield from _section("What the drafts lack before they can be lodged", lacking, most)


def _section(heading: str, items: Iterable[str], most: int) -> Iterator[str]:
    listed = list(items)
    if not listed:
        return
    yield f"{heading} ({len(listed)})"
    yield from (f"  {item}" for item in listed[:most])
    if len(listed) > most:
        yield f"  … and {len(listed) - most} more; --json lists them all"


def _finding(finding: Finding) -> str:
    where = f"line {finding.line}" + (f", {finding.column}" if finding.column else "")
    return f"{where}: {finding.message}"


def _repair(repair: Repair) -> str:
    return f"line {repair.line}, {repair.column}: “{repair.before}” → “{repair.after}” ({repair.cause})"


def _provider(same: SameProvider) -> str:
    return f"“{same.provider}”: {', '.join(repr(one) for one in same.spellings)}"


def _names(names: tuple[str, ...]) -> str:
    return " / ".join(f"“{name}”" for name in names)


def _title(same: SameTitle) -> str:
    return f"“{same.title}” of “{same.provider}”: lines {', '.join(map(str, same.lines))}"
