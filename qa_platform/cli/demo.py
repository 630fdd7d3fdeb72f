"""`qa demo`: a simulated agency, to look around in."""

from __future__ import annotations

import os

import click

from qa_platform import app
from qa_platform.cli.connection import connect
from qa_platform.cli.console import json_option, out, print_json, progress_bars
from qa_platform.cli.demonstration import load_demo
from qa_platform.cli.failures import Failed
from qa_platform.config import Settings, load_settings
from qa_platform.ledger.subscription import Subscription
from qa_platform.scheduling.journey import SUBSCRIBER
from qa_platform.simulation.run import refuse_second


@click.command
@click.option("--cases", type=click.IntRange(1, 10_000), default=60, show_default=True, help="How many courses.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same agency.")
@json_option
def demo(*, cases: int, seed: int, as_json: bool) -> None:
    """Put a simulated agency into the database: two years of work, up to today.

    Its providers, people and courses are invented and say so; everything goes through the same
    commands that people use. The tokens of its people, one for each role, are written to
    DATA_FOLDER/demo-tokens, which only you can read. The worker must not run meanwhile.

    \b
    Example:
      qa demo --cases 200 --seed 7
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    with connect(load_settings()) as settings:
        _refuse(settings, seed)
        with progress_bars() as report:
            played = load_demo(settings, report, cases=cases, seed=seed)
    file = str(settings.demo_tokens_file)
    if as_json:
        print_json({"cases": cases, "seed": seed, "acts": played.acts, "tokens": file})
    else:
        out.print(f"{cases} cases were simulated. Tokens of the demo's people, one for each role: {file}")


def _refuse(settings: Settings, seed: int) -> None:
    ledger = app.ledger_of(settings)
    try:
        refuse_second(ledger, seed)
        # Reactions belong between the acts of the simulation, at its own time.
        journey = Subscription(ledger, SUBSCRIBER, f"demo:{os.getpid()}")
        if not journey.acquire():
            raise Failed("Nothing was simulated: a worker is running, and it lives in today. Stop it, then try again.")
        journey.release()
    finally:
        ledger.engine.dispose()
