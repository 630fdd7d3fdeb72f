"""`qa doctor`: what is wrong, in sentences, and what to do about it."""

from __future__ import annotations

import click
from rich.markup import escape

from qa_platform import app
from qa_platform.cli.console import json_option, out, print_json
from qa_platform.config import SettingInvalid, Settings, load_settings, shipped_folder
from qa_platform.embedded import addresses_of_running
from qa_platform.operating.doctor import Finding, Verdict, examine

_SIGNS = {Verdict.WELL: "[green]ok[/]", Verdict.DOUBTFUL: "[yellow]??[/]", Verdict.WRONG: "[red]!![/]"}


@click.command
@json_option
def doctor(*, as_json: bool) -> None:
    """Say what is wrong with this installation, and what to do about it.

    Settings, server, rights, triggers, read models, worker, key, disk and backup are looked at;
    nothing is changed or started. Exit code 1 when something is wrong (!!); what is doubtful (??)
    is told, and is no failure.

    \b
    Example:
      qa doctor
      qa doctor --json
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    findings = list(_findings())
    if as_json:
        print_json(findings)
    else:
        _show(findings)
    if any(one.verdict is Verdict.WRONG for one in findings):
        raise click.exceptions.Exit(1)


def _findings() -> list[Finding]:
    try:
        settings = load_settings()
    except SettingInvalid as refusal:
        return [
            Finding(check="settings", verdict=Verdict.WRONG, says=refusal.message, do="Correct it, then ask again.")
        ]
    codes = {projection.name: projection.code for projection in app.ALL_PROJECTIONS}
    return list(
        examine(settings, database_url=_database(settings), migrations=shipped_folder("migrations"), codes=codes)
    )


def _database(settings: Settings) -> str | None:
    if settings.database_url is not None:
        return settings.database_url
    running = addresses_of_running(settings.postgres_folder)
    return None if running is None else running.application_url


def _show(findings: list[Finding]) -> None:
    for one in findings:
        out.print(f"{_SIGNS[one.verdict]} {escape(f'{one.check}: {one.says}')}")
        if one.do:
            out.print(escape(f"     {one.do}"))
    counts = {verdict: sum(one.verdict is verdict for one in findings) for verdict in Verdict}
    out.print(
        f"\n{len(findings)} things were looked at: {counts[Verdict.WRONG]} wrong, {counts[Verdict.DOUBTFUL]} doubtful."
    )
