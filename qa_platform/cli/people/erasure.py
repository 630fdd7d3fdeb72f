"""`qa people forget`: the end of what is known of a person."""

from __future__ import annotations

from typing import get_args

import click
import sqlalchemy as sa

from qa_platform.cli.connection import CONSOLE, open_ledger
from qa_platform.cli.console import err
from qa_platform.cli.failures import Failed
from qa_platform.kernel.personal_data import find_personal_data
from qa_platform.ledger.ledger import Ledger, StreamMoved
from qa_platform.people.commands import DestroySubjectKey
from qa_platform.people.events import LegalBasis


@click.command
@click.argument("person")
@click.option("--basis", type=click.Choice(get_args(LegalBasis)), required=True, help="The legal basis.")
@click.option("--reason", required=True, help="In plain words, without anything about the person: it is kept.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def forget(*, person: str, basis: LegalBasis, reason: str, yes: bool) -> None:
    """Destroy the keys of a person for good: nobody will ever read name, e-mail or remarks again.

    What was decided stays, by pseudonym. The account is closed.

    \b
    Example:
      qa people forget 0192f0c1-… --basis retention_ended --reason "seven years after the last decision"
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    if found := find_personal_data(reason):
        raise Failed(f"Nothing was erased: the reason is kept, and names a person (“{found[0]}”). Say it without.")
    if not yes:
        click.confirm(f"Erase all personal data of {person}? This cannot be undone.", abort=True, err=True)
    with open_ledger() as ledger:
        destroy_keys(ledger, person, legal_basis=basis, reason=reason)
    err.print(
        "Erased. Copies of the key store in backups still open what was sealed: destroy those backups too. "
        "The database frees the old pages at its next VACUUM."
    )


def destroy_keys(ledger: Ledger, subject: str, *, legal_basis: LegalBasis, reason: str) -> None:
    """Destroy every key of a person and record it, in one transaction."""
    with ledger.reading() as connection:
        fingerprints = ledger.keys.fingerprints(connection, subject)

    def destroy(connection: sa.Connection) -> None:
        # A key that was made since is not in the record: nothing happens, rather than unrecorded.
        if ledger.keys.destroy(connection, subject) != fingerprints:
            raise StreamMoved("Nothing was erased: something was written about this person meanwhile. Try again.")

    command = DestroySubjectKey(
        subject=subject, purpose="all", fingerprints=fingerprints, legal_basis=legal_basis, reason=reason
    )
    ledger.execute(command, actor=CONSOLE, also=destroy)
