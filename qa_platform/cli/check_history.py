"""`qa check history`: how imported histories stand, beside the records that they were published with."""

from __future__ import annotations

from pathlib import Path

import click

from qa_platform.accreditations.imports import DATASET
from qa_platform.accreditations.read_model import ImportedHistoryRow, every_history
from qa_platform.cli.connection import open_ledger
from qa_platform.cli.console import json_option, out
from qa_platform.cli.import_history import all_option, digests, folder_argument, limit_option, read_both, today
from qa_platform.config import load_settings
from qa_platform.importing.history.actions import ActionsRead
from qa_platform.importing.history.comparison import compare
from qa_platform.importing.history.files import HistoryFiles, read_history
from qa_platform.importing.history.records import RecordsRead
from qa_platform.importing.history.report import CheckReport, check_lines, count_statuses, to_json


@click.command
@folder_argument
@limit_option
@all_option
@json_option
def history(*, folder: Path, limit_mb: int, everything: bool, as_json: bool) -> None:
    """Compare each imported history with the records in FOLDER.

    Every case's status, folded by effective date, stands beside its record. Where they differ
    the reason is named; what is wrong with single rows is told by file and line. The exit code
    is 1 only if a readable action of the folder is not in the ledger.

    \b
    Example:
      qa check history accreditation_history/
      qa check history accreditation_history/ --all
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    files = read_history(folder, limit=limit_mb * 1_000_000)
    with open_ledger() as ledger:
        records, actions = read_both(files, today(ledger, load_settings()))
        with ledger.reading() as connection:
            rows = list(every_history(connection, DATASET))
    report = _report(files, records, actions, rows)
    if as_json:
        click.echo(to_json(report))
    else:
        out.print("\n".join(check_lines(report, None if everything else 5)), markup=False)
    if report.missing:
        raise click.exceptions.Exit(1)


def _report(
    files: HistoryFiles, records: RecordsRead, actions: ActionsRead, rows: list[ImportedHistoryRow]
) -> CheckReport:
    there = {act.row for row in rows for act in row.acts}
    return CheckReport(
        files=digests(files),
        comparison=compare(rows, records.cases),
        statuses=count_statuses(rows),
        actions=sum(row.actions for row in rows),
        missing=sum(command.source.row not in there for command in actions.commands),
        findings=(*actions.findings, *records.findings),
    )
