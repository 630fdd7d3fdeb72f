"""A plan -> drafts in the ledger: in batches, each whole or not at all, so that a run can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec
import sqlalchemy as sa

from qa_platform.importing.courses import Plan, PlannedCourse
from qa_platform.importing.matching import identity
from qa_platform.importing.report import Finding, Report, RowReport
from qa_platform.kernel.event import Command
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Actor
from qa_platform.ledger import statements
from qa_platform.ledger.ledger import Ledger
from qa_platform.providers.commands import RegisterProvider
from qa_platform.providers.read_model import PROVIDERS
from qa_platform.submissions.imports import drafting

_BATCH = 100
_DRAFTED, _UNCHANGED, _REFUSED = "drafted", "unchanged", "refused"


def registered_providers(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Return real providers known to the platform: identity -> (id, legal name)."""
    table = PROVIDERS.table
    query = sa.select(table.c.provider_id, table.c.legal_name).where(table.c.simulated.is_(False))
    with ledger.reading() as connection:
        return {identity(row.legal_name): (row.provider_id, row.legal_name) for row in connection.execute(query)}


def run_import(
    ledger: Ledger,
    plan: Plan,
    *,
    file: str,
    actor: Actor | str,
    dry_run: bool = False,
    advance: Callable[[int], None] = lambda _rows: None,
) -> Report:
    """Draft what is not there yet and return the report; with `dry_run` nothing is written.

    Ids come from what a row is about, so running again continues where a run was killed, and
    leaves drafts alone that people have worked on since. `advance` hears how many rows are done.
    """
    known = registered_providers(ledger)
    became: dict[int, str] = {}
    refused: list[Finding] = []
    for batch in _batches(plan.courses):
        there = _there(ledger, batch)
        new = [planned for planned in batch if planned.course.submission_id not in there]
        became |= {planned.line: _UNCHANGED for planned in batch} | {planned.line: _DRAFTED for planned in new}
        if new and not dry_run:
            answers = ledger.execute_many([_commands(planned, known) for planned in new], actor=actor)
            for planned, answer in zip(new, answers, strict=True):
                if isinstance(answer, Rejected):
                    became[planned.line] = _REFUSED
                    refused += _findings(planned, answer, plan.columns)
        advance(len(batch))
    return _report(plan, file, known, became, refused, dry_run=dry_run)


def _batches(courses: Sequence[PlannedCourse]) -> Iterator[list[PlannedCourse]]:
    rest = iter(courses)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _there(ledger: Ledger, batch: Sequence[PlannedCourse]) -> set[str]:
    """Return the submissions of a batch that have begun already."""
    streams = {f"submission-{planned.course.submission_id}": planned.course.submission_id for planned in batch}
    with ledger.reading() as connection:
        found = connection.execute(statements.STREAM_VERSIONS, {"streams": list(streams)})
        return {streams[row.stream] for row in found}


def _commands(planned: PlannedCourse, known: dict[str, tuple[str, str]]) -> list[Command]:
    """Return the commands for a row; a provider that is not known yet is registered with its first course."""
    offer = planned.provider
    if offer.key in known:
        course = msgspec.structs.replace(planned.course, provider_id=known[offer.key][0])
        return list(drafting(course))
    register = RegisterProvider(
        provider_id=planned.course.provider_id, legal_name=offer.name, country=offer.country, origin="import"
    )
    return [register, *drafting(planned.course)]


def _findings(planned: PlannedCourse, refusal: Rejected, columns: dict[str, str]) -> list[Finding]:
    faults = [(fault.field.partition(".")[0], fault.message) for fault in refusal.faults] or [("", refusal.message)]
    return [Finding(line=planned.line, column=columns.get(field, field) or None, message=why) for field, why in faults]


def _report(
    plan: Plan,
    file: str,
    known: dict[str, tuple[str, str]],
    became: dict[int, str],
    refused: list[Finding],
    *,
    dry_run: bool,
) -> Report:
    went = [planned for planned in plan.courses if became[planned.line] != _REFUSED]
    offers = {planned.provider.key: planned.provider.name for planned in went}
    told = {field: getattr(plan, field) for field in Report.__struct_fields__ if field in Plan.__struct_fields__}
    told |= {
        "file": file,
        "dry_run": dry_run,
        "drafted": sum(1 for what in became.values() if what == _DRAFTED),
        "unchanged": sum(1 for what in became.values() if what == _UNCHANGED),
        "failed": tuple(sorted([*plan.failed, *refused], key=lambda finding: finding.line)),
        "providers": len(offers),
        "new_providers": tuple(sorted(name for key, name in offers.items() if key not in known)),
        "courses": tuple(_row(planned, became[planned.line]) for planned in went),
    }
    return Report(**told)


def _row(planned: PlannedCourse, became: str) -> RowReport:
    return RowReport(
        line=planned.line,
        submission_id=planned.course.submission_id,
        provider=planned.provider.name,
        title=planned.title,
        became=became,
        missing=planned.missing,
        not_used=planned.not_used,
    )
