"""`qa people`: accounts, roles and tokens from the machine itself, where no account is needed yet."""

from __future__ import annotations

import click

from qa_platform.cli.people.accounts import add, grant, list_, withdraw
from qa_platform.cli.people.erasure import forget
from qa_platform.cli.people.tokens import revoke, token, tokens


@click.group
def people() -> None:
    """Give people accounts, roles and tokens.

    \b
    Example, for the first administrator:
      qa people add --name "Aminah Salleh" --email aminah@example.org --role administrator
      qa people token 0192f0c1-… --label "my laptop"
    """  # noqa: D301 -- click's own sign for a block that keeps its lines


for command in (add, list_, grant, withdraw, token, tokens, revoke, forget):
    people.add_command(command)
