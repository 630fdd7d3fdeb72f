"""`qa mails`: which mails did not leave, and send them again."""

from __future__ import annotations

import click
import msgspec
from rich.table import Table

from qa_platform import app
from qa_platform.cli.connection import open_ledger
from qa_platform.cli.console import err, json_option, out, print_json
from qa_platform.cli.failures import Failed
from qa_platform.notices.read_model import deliveries


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def mails(context: click.Context, *, as_json: bool) -> None:
    """List the mails that were given up, and those that are tried again.

    Names and addresses are not shown, and why a mail failed only by its kind. The inbox has it all.

    \b
    Example:
      qa mails
      qa mails again --all
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    if context.invoked_subcommand is not None:
        return
    with open_ledger() as ledger, ledger.reading() as connection:
        found = deliveries.troubled_mails(connection)
    if as_json:
        print_json(msgspec.to_builtins(found))
    elif not found:
        err.print("Every mail has left.")
    else:
        table = Table("mail", "person", "state", "attempts", "failure", "since")
        for one in found:
            table.add_row(
                one.mail_id,
                one.person_id,
                one.state,
                str(one.attempts),
                one.failure or "",
                f"{one.changed_at:%Y-%m-%d %H:%M}",
            )
        out.print(table)


@mails.command
@click.argument("mail", required=False)
@click.option("--all", "everything", is_flag=True, help="All mails that were given up.")
def again(*, mail: str | None, everything: bool) -> None:
    """Let the worker send a mail again that was given up, or all of them.

    \b
    Example:
      qa mails again 0192f0c1-…
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    if (mail is None) is not everything:
        raise Failed("Nothing is sent again: name one mail, or all of them with “--all”.")
    with open_ledger() as ledger, ledger.engine.begin() as connection:
        planned = deliveries.send_again(connection, app.utc_now(), mail)
    if not planned and mail is not None:
        raise Failed(f"Nothing is sent again: there is no mail “{mail}” that was given up. See “qa mails”.")
    err.print(f"The worker sends {len(planned)} mail{'' if len(planned) == 1 else 's'} again.")
