"""`qa people add|list|grant|withdraw`: who is there, and in which roles."""

from __future__ import annotations

from typing import Any, get_args

import click
import marshmallow as ma

from qa_platform import app
from qa_platform.cli.connection import CONSOLE, open_ledger
from qa_platform.cli.console import json_option, print_json
from qa_platform.cli.failures import Failed
from qa_platform.cli.people.console import ROLE, answer, execute, show, table_of
from qa_platform.kernel.roles import Role
from qa_platform.people import read_model
from qa_platform.people.commands import GrantRole, RegisterPerson, WithdrawRole
from qa_platform.people.decider import Held
from qa_platform.people.events import WithdrawalReason
from qa_platform.people.read_model import AccountRow
from qa_platform.people.schemas import AccountSchema, ContactSchema


@click.command
@click.option("--name", prompt=True, help="The name as its bearer writes it.")
@click.option("--email", prompt=True)
@click.option("--telephone", help="With + and the country's number first.")
@click.option("--role", "roles", type=ROLE, multiple=True, help="A role of the agency; may be repeated.")
@json_option
def add(*, name: str, email: str, telephone: str | None, roles: tuple[str, ...], as_json: bool) -> None:
    """Give a person an account, and print its id.

    What is left out is asked for, so that it does not stand in the shell's history.

    \b
    Example:
      qa people add --name "Aminah Salleh" --email aminah@example.org --role administrator
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    contact = _loaded(ContactSchema(), {"name": name, "email": email, "telephone": telephone})
    person_id = app.new_id()
    grants = [GrantRole(person_id=person_id, role=Role(role)) for role in roles]
    execute(RegisterPerson(person_id=person_id, **contact), *grants)
    answer({"person_id": person_id}, as_json=as_json)


@click.command("list")
@click.option("--role", type=ROLE, help="Only those who hold it.")
@json_option
def list_(*, role: str | None, as_json: bool) -> None:
    """List the accounts with their names and roles.

    \b
    Example:
      qa people list --role reviewer
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    with open_ledger() as ledger:
        with ledger.reading() as connection:
            closed = read_model.list_accounts(connection, role=None if role is None else Role(role))
        rows: list[AccountRow] = ledger.open_rows(closed)
    if as_json:
        print_json(AccountSchema(many=True).dump(rows))
        return
    table = table_of("Person", "Name", "E-mail", "Roles", "Account")
    for row in rows:
        held = ", ".join(_held(one) for one in row.roles)
        table.add_row(row.person_id, str(row.name.value), str(row.email.value), held, _standing(row))
    show(table)


@click.command
@click.argument("person")
@click.argument("role", type=ROLE)
@click.option("--provider", help="The id of the provider, for a provider's role.")
@click.option("--centre", help="The id of the verification centre, for a role at one.")
def grant(*, person: str, role: str, provider: str | None, centre: str | None) -> None:
    """Let a person act in a role: for a provider, at a centre, or for the agency.

    \b
    Example:
      qa people grant 0192f0c1-… provider_officer --provider 0192f0c2-…
      qa people grant 0192f0c1-… intake_officer --centre 0192f0c3-…
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    execute(GrantRole(person_id=person, role=Role(role), provider_id=provider, centre_id=centre))


@click.command
@click.argument("person")
@click.argument("role", type=ROLE)
@click.option("--provider", help="The id of the provider, for a provider's role.")
@click.option("--centre", help="The id of the verification centre, for a role at one.")
@click.option("--reason", type=click.Choice(get_args(WithdrawalReason)), required=True)
@click.option("--remark", help="Anything to add; sealed under the person's own key.")
def withdraw(
    *, person: str, role: str, provider: str | None, centre: str | None, reason: WithdrawalReason, remark: str | None
) -> None:
    """Let a person no longer act in a role.

    \b
    Example:
      qa people withdraw 0192f0c1-… reviewer --reason term_ended
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    execute(
        WithdrawRole(
            person_id=person,
            role=Role(role),
            provider_id=provider,
            centre_id=centre,
            reason=reason,
            remark=remark,
            asked_by=CONSOLE.person_id,
        )
    )


def _loaded(schema: ma.Schema, typed: dict[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(typed)
    except ma.ValidationError as refusal:
        said = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in dict(refusal.messages_dict).items())
        raise Failed(f"Nothing was saved: {said} Correct it and try again.") from refusal
    return loaded


def _held(one: Held) -> str:
    house = one.provider_id or (f"centre {one.centre_id}" if one.centre_id else None)
    return f"{one.role} ({house})" if house else one.role


def _standing(row: AccountRow) -> str:
    words = ["erased"] if row.erased else [] if row.active else ["closed"]
    return ", ".join(words + (["simulated"] if row.simulated else [])) or "open"
