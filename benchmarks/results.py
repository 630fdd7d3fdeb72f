"""Figures as they were taken, kept from run to run: a case measured again replaces its old figures."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from benchmarks.crew import middle
from benchmarks.server import FOLDER

KEPT = FOLDER / "results.json"


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """What one competitor did, round by round."""

    who: str
    figures: list[float]

    @property
    def median(self) -> float:
        """Return the median of the rounds."""
        return middle(self.figures)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be reached: what was measured, and whether that is enough."""

    measured: str
    reach: str
    reached: bool


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table: ours first, then whoever it is compared with."""

    name: str
    unit: str
    series: list[Series]
    verdicts: list[Verdict]
    notes: list[str] = []


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One case as it was measured."""

    case: str
    title: str
    at: str
    command: str
    commit: str
    rounds: int
    seconds: float
    load_before: float
    took_seconds: float
    settings: dict[str, str]
    lines: list[Line]


def at_least(ours: Series, other: Series, times: float, who: str = "peer") -> Verdict:
    """Return whether we are so many times as fast as somebody else."""
    ratio = ours.median / other.median
    return Verdict(
        measured=f"{ratio:.1f} times the {who}", reach=f"≥ {times:g} times the {who}", reached=ratio >= times
    )


def share_of(ours: Series, raw: Series, percent: float) -> Verdict:
    """Return whether we reach so much of what the raw database does."""
    share = 100 * ours.median / raw.median
    return Verdict(measured=f"{share:.0f} % of raw", reach=f"≥ {percent:g} % of raw", reached=share >= percent)


def limit(value: float, most: float, unit: str) -> Verdict:
    """Return whether a figure stays under a limit."""
    return Verdict(measured=f"{value:.1f} {unit}", reach=f"≤ {most:g} {unit}", reached=value <= most)


def floor(value: float, least: float, unit: str) -> Verdict:
    """Return whether a figure reaches a floor."""
    return Verdict(measured=f"{value:,.0f} {unit}", reach=f"≥ {least:,.0f} {unit}", reached=value >= least)


def keep(taken: Taken, path: Path = KEPT) -> dict[str, Taken]:
    """Keep a case's figures in place of its older ones; return all that are kept."""
    kept = load(path) | {taken.case: taken}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
    return kept


def load(path: Path = KEPT) -> dict[str, Taken]:
    """Return the figures that are kept, by case."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Taken]) if path.exists() else {}


Outcome = Literal["reached", "not reached"]


def outcome(verdict: Verdict) -> Outcome:
    """Return a verdict in words."""
    return "reached" if verdict.reached else "not reached"
