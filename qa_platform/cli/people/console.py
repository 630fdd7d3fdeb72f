"""What the commands about people share: the ledger, who acts, and how they answer."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from qa_platform.cli.connection import CONSOLE, open_ledger
from qa_platform.cli.console import err, out, print_json
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role

ROLE = click.Choice([role.value for role in Role if role not in (Role.PUBLIC, Role.SYSTEM)])


def table_of(identified: str, *columns: str) -> Table:
    """Return a table whose first column holds ids, whole, for they are there to be copied."""
    table = Table()
    table.add_column(identified, no_wrap=True, min_width=len("00000000-0000-7000-8000-000000000000"))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def show(table: Table) -> None:
    """Print a table: as wide as the terminal, and wide enough for a line a row where there is none."""
    Console(width=None if out.is_terminal else 240, highlight=False).print(table)


def execute(*commands: Command) -> None:
    """Execute commands together, and say so when nothing was left to do."""
    with open_ledger() as ledger:
        outcome = ledger.execute_together(commands, actor=CONSOLE)
    if not outcome.recorded:
        err.print("It was so already; nothing was changed.")


def answer(answer: dict[str, str], *, as_json: bool) -> None:
    """Print values one a line, or all as JSON."""
    if as_json:
        print_json(answer)
    else:
        click.echo("\n".join(answer.values()))
