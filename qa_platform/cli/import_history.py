"""`qa import history`: what other agencies published of their own decisions, into the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from qa_platform.cli.connection import CONSOLE, open_ledger
from qa_platform.cli.console import json_option, out, progress_bars
from qa_platform.config import Settings, load_settings
from qa_platform.importing.history.actions import ActionsRead, read_actions
from qa_platform.importing.history.files import HistoryFiles, read_history
from qa_platform.importing.history.records import RecordsRead, read_records
from qa_platform.importing.history.report import ImportReport, import_lines, to_json
from qa_platform.importing.history.run import Imported, import_actions
from qa_platform.ledger.ledger import Ledger

folder_argument = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
limit_option = click.option(
    "--limit-mb", type=click.IntRange(1), default=50, show_default=True, help="The largest file to read, unpacked."
)
all_option = click.option("--all", "everything", is_flag=True, help="List everything, not a few of each.")


@click.command
@folder_argument
@click.option("--dry-run", is_flag=True, help="Read, check and report; write nothing.")
@limit_option
@all_option
@json_option
def history(*, folder: Path, dry_run: bool, limit_mb: int, everything: bool, as_json: bool) -> None:
    """Take over the decisions of other agencies from a published record of them.

    FOLDER holds actions.csv and records.csv as the United States Department of Education
    publishes them, packed (.csv.gz) or not. Each action keeps the day on which it took effect,
    beside the time of its recording; none enters our register. What cannot be read with
    certainty stays out and is reported. Running it again changes nothing, and continues where
    a run was killed.

    \b
    Example:
      qa import history accreditation_history/ --dry-run
      qa import history accreditation_history/
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    files = read_history(folder, limit=limit_mb * 1_000_000)
    settings = load_settings()
    with open_ledger() as ledger:
        records, actions = read_both(files, today(ledger, settings))
        imported = None if dry_run else _import(ledger, files, actions)
    report = _report(files, records, actions, imported)
    if as_json:
        click.echo(to_json(report))
    else:
        out.print("\n".join(import_lines(report, None if everything else 5)), markup=False)


def read_both(files: HistoryFiles, on: date) -> tuple[RecordsRead, ActionsRead]:
    """Return what both files hold, read on a day."""
    records = read_records(files.records, on)
    return records, read_actions(files.actions, on, records.cases)


def today(ledger: Ledger, settings: Settings) -> date:
    """Return the agency's day."""
    return ledger.clock().astimezone(settings.agency_time_zone).date()


def digests(files: HistoryFiles) -> dict[str, str]:
    """Return the digest of each file by its name."""
    return {file.name: file.digest for file in (files.actions, files.records)}


def _import(ledger: Ledger, files: HistoryFiles, actions: ActionsRead) -> Imported:
    with progress_bars(rate=True) as tell:
        done, total = 0, len(actions.commands)

        def advance(commands: int) -> None:
            nonlocal done
            done += commands
            tell("Importing actions", done, total)

        return import_actions(ledger, actions.commands, file=files.actions.name, actor=CONSOLE, advance=advance)


def _report(files: HistoryFiles, records: RecordsRead, actions: ActionsRead, imported: Imported | None) -> ImportReport:
    done = imported or Imported(appended=len(actions.commands), there=0, refused=(), seconds=0.0)
    return ImportReport(
        files=digests(files),
        dry_run=imported is None,
        rows=actions.rows,
        cases=len({command.history_id for command in actions.commands}),
        appended=done.appended,
        there=done.there,
        seconds=f"{done.seconds:.1f}",
        per_second=done.per_second,
        findings=(*actions.findings, *done.refused, *records.findings),
    )
