"""How a command fails: one sentence on standard error, and exit code 1."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from psycopg import errors
from sqlalchemy.exc import DBAPIError, OperationalError

from qa_platform.config import SettingInvalid
from qa_platform.embedded import EmbeddedFailure
from qa_platform.kernel.rejected import Rejected
from qa_platform.ledger.keys import KeyFileUnusable
from qa_platform.ledger.rebuild import ReadModelBusy, ReadModelStale

_SENTENCES = (EmbeddedFailure, SettingInvalid, Rejected, KeyFileUnusable, ReadModelBusy, ReadModelStale)


class Failed(click.ClickException):
    """A command that cannot do what was asked; the message says why, and what to do now."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence, and nothing before it."""
        click.echo(self.message, file=file or sys.stderr)


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn what a person can mend into its sentence; anything else is a bug, and keeps its traceback."""
    try:
        yield
    except _SENTENCES as failure:
        raise Failed(str(failure)) from failure
    except DBAPIError as failure:
        sentence = _about_database(failure)
        if sentence is None:
            raise
        raise Failed(sentence) from failure
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(1) from None


def _about_database(failure: DBAPIError) -> str | None:
    if isinstance(failure.orig, errors.UndefinedTable | errors.InvalidSchemaName):
        return (
            "The database is not prepared for this version: something is missing in it. Run “qa migrate”, then again."
        )
    if isinstance(failure.orig, errors.DiskFull):
        return "Nothing was saved: the database's disk is full. Make room on it, then try again."
    if isinstance(failure, OperationalError):
        said = str(failure.orig).strip().splitlines()
        return f"The database does not answer: {said[-1] if said else 'no reason was given'}. Start it, then try again."
    return None
