"""`qa import`: a file of courses becomes drafts, and a report of what did not; `history` stands in its own file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec

from qa_platform.cli.connection import CONSOLE, open_ledger
from qa_platform.cli.console import json_option, out, progress_bars
from qa_platform.cli.import_history import history
from qa_platform.config import load_settings
from qa_platform.importing.courses import Plan, plan_import
from qa_platform.importing.profile import BUILT_IN, Profile, ProfileInvalid, built_in, choose, parse_profile
from qa_platform.importing.reading import ReadingOptions, Sheet, check_size, read
from qa_platform.importing.report import Report, to_json, to_lines
from qa_platform.importing.run import registered_providers, run_import

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def import_() -> None:
    """Bring in what others have written down.

    \b
    Example:
      qa import courses catalogue.csv --dry-run
      qa import history accreditation_history/
    """  # noqa: D301 -- click's own sign for a block that keeps its lines


import_.add_command(history)


@import_.command
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Read, check and report; write nothing.")
@click.option("--profile", "profile_name", help=f"A profile's file, or one that ships: {', '.join(BUILT_IN)}.")
@click.option("--source", help="Where the courses come from; part of their ids. Default: the profile's.")
@click.option("--sheet", help="Which sheet of a workbook, where several hold something.")
@click.option("--encoding", help="The file's encoding, where it cannot be told from the file.")
@click.option("--accept-damaged", is_flag=True, help="Import texts that lost characters as they are.")
@click.option("--limit-mb", type=click.IntRange(1), default=50, show_default=True, help="The largest file to read.")
@json_option
def courses(
    *,
    file: Path,
    dry_run: bool,
    profile_name: str | None,
    source: str | None,
    sheet: str | None,
    encoding: str | None,
    accept_damaged: bool,
    limit_mb: int,
    as_json: bool,
) -> None:
    """Draft a submission for each course in a CSV, Excel or JSON file.

    Which column is which field says a profile; without one, the columns' names. A row that
    cannot be read with certainty stays out and is reported; a file that went wrong as a whole
    is refused. Running it again changes nothing, and continues where a run was killed.

    \b
    Example:
      qa import courses catalogue.csv --dry-run
      qa import courses catalogue.xlsx --sheet 2026 --profile ours.yaml
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    told = _profile(profile_name)
    options = ReadingOptions(
        encoding=encoding or (told.encoding if told else None),
        sheet=sheet or (told.sheet if told else None),
        limit=limit_mb * 1_000_000,
    )
    check_size(file.stat().st_size, options.limit)
    table = read(file.read_bytes(), file.name, options)
    profile = told or choose(table.columns)
    if source:
        profile = msgspec.structs.replace(profile, source=source)
    report = _import(table, profile, file.name, accept_damaged=accept_damaged, dry_run=dry_run)
    if as_json:
        click.echo(to_json(report))
    else:
        out.print("\n".join(to_lines(report)), markup=False)


def _import(sheet: Sheet, profile: Profile, file: str, *, accept_damaged: bool, dry_run: bool) -> Report:
    settings = load_settings()
    with open_ledger() as ledger, progress_bars() as tell:
        known = registered_providers(ledger)
        names = [name for _, name in known.values()]
        plan: Plan = plan_import(
            sheet,
            profile,
            on=_today(ledger.clock(), settings.agency_time_zone),
            longest_validity_months=settings.deadlines.longest_validity_months,
            known_providers=names,
            accept_damaged=accept_damaged,
        )
        done, total = 0, len(plan.courses)

        def advance(rows: int) -> None:
            nonlocal done
            done += rows
            tell("Drafting courses", done, total)

        return run_import(ledger, plan, file=file, actor=CONSOLE, dry_run=dry_run, advance=advance)


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _profile(name: str | None) -> Profile | None:
    """Return the profile that was named: one that ships, or a file."""
    if name is None:
        return None
    if name in BUILT_IN:
        return built_in(name)
    path = Path(name)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ProfileInvalid(
            f"The profile “{name}” was not read: there is no such file in UTF-8, and of those that ship there is "
            f"only {', '.join(f'“{one}”' for one in BUILT_IN)}. Name another."
        ) from None
    return parse_profile(text, path.name)
