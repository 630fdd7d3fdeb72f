"""`qa worker`: what happens without anybody asking."""

from __future__ import annotations

import logging
import signal

import click

from qa_platform import app
from qa_platform.cli.connection import connect
from qa_platform.cli.supervised import stop_with_supervisor
from qa_platform.config import load_settings
from qa_platform.scheduling.worker import Worker


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
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with connect(load_settings()) as settings:
        working = Worker(app.ledger_of(settings), app.jobs_of(settings), register_prefix=settings.register_prefix)
        if resume:
            working.resume()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda _number, _frame: working.stop())
        stop_with_supervisor()
        working.run()
