"""`qa worker`: what happens without anybody asking."""

from __future__ import annotations

import signal

import click

from qa_platform import app
from qa_platform.cli.connection import connect
from qa_platform.cli.supervised import stop_with_supervisor
from qa_platform.config import load_settings


@click.command
@click.option(
    "--resume", is_flag=True, help="Let the journey go on that an error stopped, once its cause is put right."
)
def worker(*, resume: bool) -> None:
    """Give events their places, carry cases on, and do what is due.

    Any number may run at once; one of them leads, and another takes over when it is gone.
    SIGTERM lets what is in hand finish.

    \b
    Example:
      qa worker
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    with connect(load_settings()) as settings:
        working = app.worker_of(settings)
        if resume:
            working.resume()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda _number, _frame: working.stop())
        stop_with_supervisor()
        working.run()
