"""`qa people token|tokens|revoke`: what lets people in."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import click

from qa_platform import app
from qa_platform.cli.connection import open_ledger
from qa_platform.cli.console import err, json_option, print_json
from qa_platform.cli.people.console import ROLE, answer, execute, show, table_of
from qa_platform.kernel.roles import Role
from qa_platform.people import read_model
from qa_platform.people.commands import IssueToken, RevokeToken
from qa_platform.people.events import RevocationReason, Scope
from qa_platform.people.schemas import TokenSchema, new_token, token_digest

_SCOPES = get_args(Scope)


@click.command
@click.argument("person")
@click.option("--label", required=True, help="What it is for, to find it again.")
@click.option("--scope", "scopes", type=click.Choice(_SCOPES), multiple=True, default=_SCOPES, show_default=True)
@click.option("--role", "roles", type=ROLE, multiple=True, help="Limit it to some of the person's roles.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it lasts.")
@json_option
def token(
    *, person: str, label: str, scopes: tuple[Scope, ...], roles: tuple[str, ...], days: int, as_json: bool
) -> None:
    """Issue an API token, and print it: once, for only its SHA-256 is kept.

    \b
    Example:
      qa people token 0192f0c1-… --label "nightly report" --scope read --days 30
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    made, token_id, now = new_token(), app.new_id(), app.utc_now()
    execute(
        IssueToken(
            person_id=person,
            token_id=token_id,
            digest=str(token_digest(made)),
            label=label,
            scopes=scopes,
            roles=tuple(Role(role) for role in roles),
            issued_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    err.print("Keep it now; it is not shown again.")
    answer({"token": made} | ({"token_id": token_id} if as_json else {}), as_json=as_json)


@click.command
@click.argument("person")
@json_option
def tokens(*, person: str, as_json: bool) -> None:
    """List the tokens of a person, without their text, the newest first.

    \b
    Example:
      qa people tokens 0192f0c1-…
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    with open_ledger() as ledger:
        with ledger.reading() as connection:
            closed = read_model.list_tokens(connection, person)
        rows = TokenSchema(many=True).dump(ledger.open_rows(closed))
    if as_json:
        print_json(rows)
        return
    table = table_of("Token", "Label", "Scopes", "Roles", "Expires", "Revoked")
    for row in rows:
        lists = (", ".join(row["scopes"]), ", ".join(row["roles"]) or "all")
        table.add_row(row["token_id"], row["label"], *lists, row["expires_at"], "yes" if row["revoked"] else "")
    show(table)


@click.command
@click.argument("person")
@click.argument("token_id")
@click.option("--reason", type=click.Choice(get_args(RevocationReason)), default="no_longer_needed", show_default=True)
def revoke(*, person: str, token_id: str, reason: RevocationReason) -> None:
    """Make an API token useless.

    \b
    Example:
      qa people revoke 0192f0c1-… 0192f0d4-… --reason leaked
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    execute(RevokeToken(person_id=person, token_id=token_id, reason=reason))
