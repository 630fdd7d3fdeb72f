"""The command: `python -m benchmarks`, which `make bench` calls with what stands in ARGS."""

from __future__ import annotations

import signal
from importlib.util import find_spec

import click
from rich.console import Console

QUICK_SECONDS, QUICK_ROUNDS = 1.0, 2


@click.command()
@click.option("--only", multiple=True, metavar="CASE", help="Measure this case alone; may be given again.")
@click.option("--seconds", type=click.FloatRange(min=0.1), help="How long each round lasts. [default: 3]")
@click.option("--rounds", type=click.IntRange(min=1), help="How often each competitor has its turn. [default: 5]")
@click.option("--quick", is_flag=True, help="Two short rounds and small logs: shows that it works, and no more.")
@click.option("--profile", is_flag=True, help="Profile each competitor after its rounds, into var/bench/profiles.")
@click.option("--list", "listing", is_flag=True, help="Name the cases.")
def main(
    only: tuple[str, ...], seconds: float | None, rounds: int | None, *, quick: bool, profile: bool, listing: bool
) -> None:
    """Measure the ledger against its peers on one PostgreSQL, and write benchmarks/results.md.

    Figures are kept case by case in var/bench/results.json, so that a long run can be resumed
    with --only. A quick run prints its table, and keeps and writes nothing.
    """
    if find_spec("eventsourcing") is None:
        raise click.ClickException(
            "Nothing was measured: the peer is not installed. Run “make bench”, which installs it."
        )
    from benchmarks.cases import CASES  # noqa: PLC0415 -- needs the peer
    from benchmarks.crew import Crew  # noqa: PLC0415 -- needs the peer
    from benchmarks.running import run  # noqa: PLC0415 -- needs the peer

    if listing:
        for name, case in CASES.items():
            click.echo(f"{name:<12}{case.title}")
        return
    if unknown := [name for name in only if name not in CASES]:
        raise click.ClickException(
            f"Nothing was measured: there is no case “{unknown[0]}”. Choose from: {', '.join(CASES)}."
        )
    Crew.profiled = profile
    # Told to end, it stops its processes and its server first, as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    run(
        only or tuple(CASES),
        seconds=seconds or (QUICK_SECONDS if quick else 3.0),
        rounds=rounds or (QUICK_ROUNDS if quick else 5),
        quick=quick,
        console=Console(),
    )


if __name__ == "__main__":
    main()
