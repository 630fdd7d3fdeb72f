"""`qa rebuild`: read models made anew from the events, and compared with the live ones."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.table import Table

from qa_platform.cli.connection import open_ledger
from qa_platform.cli.console import json_option, out, print_json, progress_bars
from qa_platform.cli.failures import Failed
from qa_platform.ledger.rebuild import Report, rebuild_all


@click.command("rebuild")
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Compare only; the live read models stay as they are.")
@json_option
def rebuild_read_models(*, name: str | None, check: bool, as_json: bool) -> None:
    """Make the read models anew from the events, compare, and swap them in.

    NAME is one of them; without it all are done, in one pass. The platform goes on working
    meanwhile. If it is broken off, the next one goes on where it stood. With --check a difference
    is exit code 1: a read model that differs is a bug worth reporting.

    \b
    Example:
      qa rebuild --check
      qa rebuild submissions
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    with open_ledger(serving=False) as ledger, progress_bars(rate=True) as progress:
        chosen = [one for one in ledger.projections if name in (None, one.name)]
        if not chosen:
            known = ", ".join(one.name for one in ledger.projections)
            raise Failed(f"There is no read model “{name}”. There are: {known}.")
        reports = rebuild_all(ledger, chosen, check=check, progress=progress)
    if as_json:
        print_json(reports)
    else:
        _show(reports)
    if check and any(report.differing for report in reports):
        raise click.exceptions.Exit(1)


def _show(reports: list[Report]) -> None:
    table = Table("Read model", "Events", "Rows", "Differences")
    for report in reports:
        differing = str(report.differing) if report.compared else "not compared"
        table.add_row(report.name, str(report.events), str(report.rows), differing)
    out.print(table)
    for report in reports:
        for one in report.differences:
            out.print(escape(f"{report.name} “{one.key}”\n  live:    {one.live}\n  rebuilt: {one.rebuilt}"))
    total = sum(report.differing for report in reports)
    done = "swapped in" if all(report.swapped for report in reports) else "compared"
    out.print(f"{len(reports)} read models {done}: {total} differences.")
