"""The results as tables, and their place in docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from tests.faults.fault import Result
from tests.faults.program import ROOT

KEPT = ROOT / "var" / "faults"
DOCUMENT = ROOT / "docs" / "reliability.md"
_BEGIN = "<!-- begin: written by make faults -->"
_END = "<!-- end: written by make faults -->"
_SEEN = {"lost": "acknowledged and lost", "doubled": "doubled", "wrong": "damages named"}


def keep(result: Result, folder: Path = KEPT) -> Path:
    """Write a result into its file, and return which it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.name}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2))
    return path


def kept(name: str, folder: Path = KEPT) -> Result | None:
    """Return the kept result of a fault; None when there is none that can be read."""
    path = folder / f"{name}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Result)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def tables(results: Iterable[Result]) -> str:
    """Return the two tables: what must lose nothing, and what must be seen."""
    all_of_them = list(results)
    faults = [_fault_row(one) for one in all_of_them if not one.control]
    controls = [_control_row(one) for one in all_of_them if one.control]
    return "\n".join(
        [
            "| Fault | Cycles | Commands | Acknowledged | Refused | Not known at first | Lost | Doubled | Else wrong |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            *faults,
            "",
            "| Mistake made on purpose | Cycles | Acknowledged | What the verdict saw | |",
            "| --- | ---: | ---: | --- | --- |",
            *controls,
        ]
    )


def line(result: Result) -> str:
    """Return one result as a line for a person who waits for it."""
    verdict = result.verdict
    figures = (
        f"{sum(result.struck.values())} cycles, {verdict.commands} commands, {verdict.acknowledged} acknowledged, "
        f"{verdict.unknown} not known at first, {verdict.unresolved} never, {verdict.lost} lost, "
        f"{verdict.doubled} doubled, {len(verdict.wrong)} wrong"
    )
    return f"{'as it should be' if result.passed else 'NOT AS IT SHOULD BE'}: {result.name}: {figures}"


def write(results: Iterable[Result], document: Path = DOCUMENT) -> None:
    """Put the tables between their marks in the document."""
    text = document.read_text("utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    document.write_text(f"{before}{_BEGIN}\n{tables(results)}\n{_END}{after}", "utf-8")


def _fault_row(one: Result) -> str:
    verdict = one.verdict
    wrong = len(verdict.wrong) + verdict.unresolved
    figures = (
        sum(one.struck.values()),
        verdict.commands,
        verdict.acknowledged,
        verdict.refused,
        verdict.unknown,
        verdict.lost,
        verdict.doubled,
        wrong,
    )
    return f"| {one.what} | " + " | ".join(f"{figure:,}" for figure in figures) + " |"


def _control_row(one: Result) -> str:
    seen = getattr(one.verdict, one.control)
    count = len(seen) if isinstance(seen, list) else seen
    told = f"{count:,} {_SEEN[one.control]}" + (f", {len(one.unseen)} not" if one.unseen else "")
    cycles = sum(one.struck.values())
    word = "seen" if one.passed else "**not seen**"
    return f"| {one.what} | {cycles} | {one.verdict.acknowledged:,} | {told} | {word} |"
