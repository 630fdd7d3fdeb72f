"""The figures as tables: on the terminal, and in `results.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.machine import describe
from benchmarks.results import Line, Series, Taken, outcome

RESULTS = Path(__file__).with_name("results.md")
_HEAD = ("Case", "Ours", "Compared with", "Measured", "Reach", "")


def show(taken: Iterable[Taken], console: Console) -> None:
    """Print the figures as a table."""
    table = Table(*_HEAD, title="The ledger beside its peers", expand=False)
    for one in taken:
        for line in one.lines:
            table.add_row(*_cells(line, "\n"))
        table.add_section()
    console.print(table)


def write(taken: list[Taken], path: Path = RESULTS) -> None:
    """Write the figures, and what they belong to, as Markdown."""
    path.write_text("\n".join(_markdown(taken)), encoding="utf-8")


def _markdown(taken: list[Taken]) -> Iterator[str]:
    yield "# Figures"
    yield ""
    yield (
        "Written by `make bench`; what each figure means, and what is not fair, is in [README.md](README.md). "
        "Medians of the rounds, and in brackets the lowest and the highest round."
    )
    yield ""
    yield "| " + " | ".join(_HEAD) + " |"
    yield "| --- | ---: | --- | --- | --- | --- |"
    for one in taken:
        for line in one.lines:
            yield "| " + " | ".join(_cells(line, "<br>")) + " |"
    yield ""
    yield from _noted(taken)
    yield "## How they were taken"
    yield ""
    yield from _how(taken)


def _noted(taken: list[Taken]) -> Iterator[str]:
    yield "## Notes"
    yield ""
    for one in taken:
        for line in one.lines:
            for note in line.notes:
                yield f"* {line.name}: {note}"
    yield ""


def _how(taken: list[Taken]) -> Iterator[str]:
    for name, value in describe().items():
        yield f"* {name}: {value}"
    for settings in {tuple(one.settings.items()): one.settings for one in taken}.values():
        yield "* PostgreSQL: " + ", ".join(f"{name} {value}" for name, value in settings.items())
    yield ""
    yield "| Case | Taken at (UTC) | Commit | Rounds | Seconds a round | Load before | Took | Command |"
    yield "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |"
    for one in taken:
        yield (
            f"| {one.case} | {one.at} | {one.commit} | {one.rounds} | {one.seconds:g} "
            f"| {one.load_before:.1f} | {one.took_seconds:.0f} s | `{one.command}` |"
        )
    yield ""


def _cells(line: Line, newline: str) -> tuple[str, ...]:
    ours, *others = line.series
    return (
        line.name,
        f"{_figure(ours)} {line.unit}",
        newline.join(f"{other.who} {_figure(other)}" for other in others) or "nobody",
        newline.join(verdict.measured for verdict in line.verdicts),
        newline.join(verdict.reach for verdict in line.verdicts),
        newline.join(outcome(verdict) for verdict in line.verdicts),
    )


def _figure(series: Series) -> str:
    lowest, highest = min(series.figures), max(series.figures)
    return f"{_number(series.median)} ({_number(lowest)} to {_number(highest)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"  # noqa: PLR2004 -- three digits say enough
