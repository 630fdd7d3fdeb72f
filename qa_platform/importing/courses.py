"""A sheet and a profile -> courses ready to be drafted, and everything there is to report. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from qa_platform.importing.columns import columns_in_use, find_doubts, intact_providers
from qa_platform.importing.matching import (
    best_spelling,
    identity,
    look_alikes,
    same_address,
    stable_id,
    title_key,
)
from qa_platform.importing.profile import COUNTRY, PROVIDER, REFERENCE, TITLES, Profile
from qa_platform.importing.reading import Sheet, column_label
from qa_platform.importing.report import Finding, Repair, SameProvider, SameTitle
from qa_platform.importing.rows import Row, RowReader, Use
from qa_platform.submissions.events import CoursePatch
from qa_platform.submissions.imports import ImportedCourse, RowUnfit, missing, patch


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A provider as the file names it; `key` is what its spellings have in common."""

    key: str
    name: str
    country: str | None = None


class PlannedCourse(msgspec.Struct, frozen=True, kw_only=True):
    """One row that can be drafted."""

    line: int
    title: str
    provider: Offer
    course: ImportedCourse
    missing: tuple[str, ...]
    not_used: dict[str, str]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What an import will do, and what it will say."""

    profile: str
    encoding: str
    rows: int
    organisations: int
    named_providers: int
    courses: tuple[PlannedCourse, ...]
    failed: tuple[Finding, ...]
    repeated: tuple[Finding, ...]
    left_out: tuple[Finding, ...]
    damaged: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    same_providers: tuple[SameProvider, ...]
    look_alikes: tuple[tuple[str, ...], ...]
    same_titles: tuple[SameTitle, ...]
    unused_columns: tuple[str, ...]
    notes: tuple[str, ...]
    columns: dict[str, str]


def plan_import(
    sheet: Sheet,
    profile: Profile,
    *,
    on: date,
    longest_validity_months: int,
    known_providers: Iterable[str] = (),
    accept_damaged: bool = False,
) -> Plan:
    """Return what importing a sheet comes to; raises FileRefused when it cannot be trusted as a whole."""
    uses, notes = columns_in_use(sheet, profile)
    doubts = find_doubts(sheet, profile, uses)
    known = [*profile.known_providers, *known_providers, *intact_providers(sheet, uses)]
    reader = RowReader(uses, known, accept_damaged=accept_damaged)
    rows = [reader.read(line, doubts.cells) for line in sheet.lines if line.number not in doubts.rows]
    failed = [Finding(line=line, message=why) for line, why in doubts.rows.items()]
    failed += [finding for row in rows for finding in row.failed]

    told = {use.place for use in uses}
    places = range(len(sheet.columns))
    spare = [place for place in places if place not in told and sheet.columns[place].strip()]
    not_used = {
        line.number: {sheet.columns[place].strip(): line.cells[place] for place in spare if place < len(line.cells)}
        for line in sheet.lines
    }
    drafting = _Drafting(profile, uses, on, longest_validity_months, rows)
    courses = list(drafting.courses(not_used))
    failed += drafting.failed
    return Plan(
        profile=profile.name,
        encoding=sheet.encoding,
        rows=len(sheet.lines),
        organisations=len({row.provider_as_written for row in rows if row.provider_as_written}),
        named_providers=drafting.named_providers(rows),
        courses=tuple(courses),
        failed=tuple(sorted(failed, key=lambda finding: finding.line)),
        repeated=tuple(drafting.repeated),
        left_out=tuple(finding for row in rows for finding in row.left_out) + tuple(drafting.left_out),
        damaged=tuple(finding for row in rows for finding in row.damaged),
        repairs=tuple(repair for row in rows for repair in row.repairs),
        same_providers=tuple(drafting.same_providers()),
        look_alikes=tuple(look_alikes({course.provider.name for course in courses})),
        same_titles=tuple(_same_titles(courses)),
        unused_columns=tuple(column_label(sheet.columns, place) for place in places if place not in told),
        notes=(*sheet.notes, *notes),
        columns={use.field: use.label for use in uses},
    )


class _Drafting:
    """Makes courses of rows: matches providers, gives ids, notices what came before."""

    def __init__(
        self, profile: Profile, uses: list[Use], on: date, longest_validity_months: int, rows: list[Row]
    ) -> None:
        """Take rows as they were read; those that failed are passed over."""
        self._profile = profile
        self._labels = {use.field: use.label for use in uses}
        self._on, self._longest_validity_months = on, longest_validity_months
        self._rows = [row for row in rows if not row.failed]
        self._placeholders = {identity(name) for name in profile.placeholders}
        self._spellings: defaultdict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self.failed: list[Finding] = []
        self.repeated: list[Finding] = []
        self.left_out: list[Finding] = []

    def courses(self, not_used: dict[int, dict[str, str]]) -> Iterator[PlannedCourse]:
        """Yield a course for each row that can be one, and note the others."""
        ready = [(row, values) for row in self._rows if (values := self._complete(row)) is not None]
        tidy: defaultdict[str, list[str]] = defaultdict(list)
        for row, values in ready:
            key = identity(values[PROVIDER])
            tidy[key].append(values[PROVIDER])
            self._spellings[key].add(row.provider_as_written or values[PROVIDER])
        names = {key: best_spelling(spellings) for key, spellings in tidy.items()}
        self._names = names
        seen: dict[str, PlannedCourse] = {}
        for row, values in ready:
            key = identity(values[PROVIDER])
            offer = Offer(key=key, name=names[key], country=values.get(COUNTRY))
            planned = self._course(row.line, values, offer, not_used.get(row.line, {}))
            if planned is not None and self._first(planned, seen):
                yield planned

    def named_providers(self, rows: Iterable[Row]) -> int:
        """Return how many providers rows name, also those rows that failed for something else."""
        return len({identity(row.values[PROVIDER]) for row in rows if row.values.get(PROVIDER)} - self._placeholders)

    def same_providers(self) -> Iterator[SameProvider]:
        """Yield providers that came under several spellings."""
        for key, spellings in self._spellings.items():
            if len(spellings) > 1:
                yield SameProvider(provider=self._names[key], spellings=tuple(sorted(spellings)))

    def _complete(self, row: Row) -> dict[str, Any] | None:
        """Return what a row says with what the profile adds; None, with a finding, where it is not enough."""
        values = {**self._profile.constants, **row.values}
        for fields, what in ((TITLES, "title"), ((PROVIDER,), "provider")):
            if not any(values.get(field) for field in fields):
                column = next((self._labels[field] for field in fields if field in self._labels), None)
                self.failed.append(Finding(line=row.line, column=column, message=f"The row has no {what}."))
                return None
        if identity(str(values[PROVIDER])) in self._placeholders:
            message = f"“{values[PROVIDER]}” names no one organisation that could answer for the course."
            self.failed.append(Finding(line=row.line, column=self._labels.get(PROVIDER), message=message))
            return None
        return values

    def _course(
        self, line: int, values: dict[str, Any], offer: Offer, not_used: dict[str, str]
    ) -> PlannedCourse | None:
        title = next(str(values[field]) for field in TITLES if values.get(field))
        reference = _reference(values, title)
        ids = (self._profile.source, offer.key, reference)
        said = {field: value for field, value in values.items() if field not in {PROVIDER, COUNTRY, REFERENCE}}
        content = self._content(line, said)
        if content is None:
            return None
        course = ImportedCourse(
            submission_id=stable_id("submission", *ids),
            course_id=stable_id("course", *ids),
            provider_id=stable_id("provider", offer.key),
            source=self._profile.source,
            reference=reference,
            content=content,
        )
        lacking = tuple(
            dict.fromkeys(fault.field for fault in missing(content, self._on, self._longest_validity_months))
        )
        return PlannedCourse(line=line, title=title, provider=offer, course=course, missing=lacking, not_used=not_used)

    def _content(self, line: int, said: dict[str, Any]) -> CoursePatch | None:
        """Return the content without the values that break a limit; None where a title does."""
        while True:
            try:
                return patch(said)
            except RowUnfit as unfit:
                for fault in reversed(unfit.faults):
                    field, _, index = fault.field.partition(".")
                    finding = Finding(line=line, column=self._labels.get(field, field), message=fault.message)
                    if field in TITLES or field not in said:
                        self.failed.append(finding)
                        return None
                    self.left_out.append(finding)
                    if index and len(said[field]) > 1:
                        said[field] = [*said[field][: int(index)], *said[field][int(index) + 1 :]]
                    else:
                        del said[field]

    def _first(self, planned: PlannedCourse, seen: dict[str, PlannedCourse]) -> bool:
        """Return whether a course comes for the first time; a repeated row is noted, a rival one fails."""
        before = seen.setdefault(planned.course.submission_id, planned)
        if before is planned:
            return True
        if before.course == planned.course:
            message = f"The row says the same as line {before.line}."
            self.repeated.append(Finding(line=planned.line, message=message))
        else:
            message = f"This is the course of line {before.line} again, but it says something else."
            self.failed.append(Finding(line=planned.line, message=message))
        return False


def _reference(values: dict[str, Any], title: str) -> str:
    """Return what tells a course apart within its source and provider."""
    if values.get(REFERENCE):
        return str(values[REFERENCE])
    if values.get("course_page_url"):
        return same_address(str(values["course_page_url"]))
    return title_key(title)


def _same_titles(courses: Iterable[PlannedCourse]) -> Iterator[SameTitle]:
    groups: defaultdict[tuple[str, str], list[PlannedCourse]] = defaultdict(list)
    for course in courses:
        groups[course.provider.key, title_key(course.title)].append(course)
    for group in groups.values():
        if len(group) > 1:
            lines = tuple(course.line for course in group)
            yield SameTitle(provider=group[0].provider.name, title=group[0].title, lines=lines)
