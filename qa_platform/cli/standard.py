"""`qa standard list|check|publish|force|retire`: the versions of the national standard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from qa_platform.cli.connection import CONSOLE, open_ledger
from qa_platform.cli.console import json_option, out, print_json
from qa_platform.cli.failures import Failed
from qa_platform.config import Settings, load_settings
from qa_platform.standards.commands import PublishRubric, PutRubricInForce, RetireRubric
from qa_platform.standards.imports import publication
from qa_platform.standards.read_model import list_versions

_DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.group
def standard() -> None:
    """Publish versions of the national standard, and say from when they are in force.

    A published version is never edited: a case is judged for ever under the version that was in
    force when it was accepted. What is to change becomes a version of its own.

    \b
    Example:
      qa standard publish 0.1.0
      qa standard force 0.1.0 --from 2026-12-01
    """  # noqa: D301 -- click's own sign for a block that keeps its lines


@standard.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the published versions.

    \b
    Example:
      qa standard list
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    with open_ledger() as ledger, ledger.reading() as connection:
        rows = list_versions(connection, settings.standard_id)
    if as_json:
        shown = ("rubric_version", "content_hash", "in_force_from", "retired_from")
        print_json([{name: getattr(row, name) for name in shown} for row in rows])
        return
    table = Table("Version", "In force from", "Retired from", "Content", title=settings.standard_id)
    for row in rows:
        table.add_row(row.rubric_version, _day(row.in_force_from), _day(row.retired_from), row.content_hash[:20])
    out.print(table)


@standard.command
@click.argument("version")
def check(*, version: str) -> None:
    """Read a version's file and say what is wrong with it, without publishing it.

    \b
    Example:
      qa standard check 0.1.0
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    found = read_publication(settings, version)
    out.print(f"“{found.title_en}” {version} can be published. Its content is {found.content_hash}.")


@standard.command
@click.argument("version")
@json_option
def publish(*, version: str, as_json: bool) -> None:
    """Publish a version from its file, with the hash of its content.

    A published file that was edited is refused, and the difference shown.

    \b
    Example:
      qa standard publish 0.1.0
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    with open_ledger() as ledger:
        command = read_publication(settings, version)
        outcome = ledger.execute(command, actor=CONSOLE)
    _answer(
        {"version": version, "content_hash": command.content_hash, "published": bool(outcome.recorded)},
        f"{version} is published." if outcome.recorded else f"{version} was published before, with this very content.",
        as_json=as_json,
    )


@standard.command
@click.argument("version")
@click.option("--from", "day", type=_DATE, required=True, help="The first day on which it is in force.")
@json_option
def force(*, version: str, day: datetime, as_json: bool) -> None:
    """Put a published version in force from a day on.

    \b
    Example:
      qa standard force 0.1.0 --from 2026-12-01
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    with open_ledger() as ledger:
        command = PutRubricInForce(
            standard_id=settings.standard_id, version=version, in_force_from=day.date(), on=_today(settings)
        )
        ledger.execute(command, actor=CONSOLE)
    _answer(
        {"version": version, "in_force_from": day.date()},
        f"{version} is in force from {day:%Y-%m-%d}.",
        as_json=as_json,
    )


@standard.command
@click.argument("version")
@click.option("--from", "day", type=_DATE, required=True, help="The first day on which it is not in force.")
@json_option
def retire(*, version: str, day: datetime, as_json: bool) -> None:
    """Retire a version from a day on; cases accepted before keep it.

    \b
    Example:
      qa standard retire 0.1.0 --from 2027-12-01
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    with open_ledger() as ledger:
        command = RetireRubric(
            standard_id=settings.standard_id, version=version, retired_from=day.date(), on=_today(settings)
        )
        ledger.execute(command, actor=CONSOLE)
    _answer(
        {"version": version, "retired_from": day.date()}, f"{version} is retired from {day:%Y-%m-%d}.", as_json=as_json
    )


def read_publication(settings: Settings, version: str) -> PublishRubric:
    """Return the command that publishes the file of a version. Raises Failed where there is no such text."""
    file = settings.rubrics_folder / settings.standard_id / f"{version}.yaml"
    return publication(_text(file), standard_id=settings.standard_id, version=version, file=_shown(file))


def _text(file: Path) -> str:
    try:
        # Bytes, for the hash is over the file as it is: reading as text would alter line ends.
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise Failed(f"There is no file “{file}”. Write the version there, or correct RUBRICS_FOLDER.") from None
    except UnicodeDecodeError as damaged:
        raise Failed(f"“{file}” is not UTF-8 (byte {damaged.start}). Save it as UTF-8, then try again.") from damaged


def _shown(file: Path) -> str:
    return f"rubrics/{file.parent.name}/{file.name}"


def _today(settings: Settings) -> date:
    return datetime.now(UTC).astimezone(settings.agency_time_zone).date()


def _day(day: date | None) -> str:
    return "—" if day is None else day.isoformat()


def _answer(told: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        out.print(sentence)
