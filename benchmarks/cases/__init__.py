"""What is measured: each case names its competitors and what should be reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.cases import appending, commanding, delays, growth, reading, rebuilding
from benchmarks.results import Line
from benchmarks.stage import Stage


class Case(NamedTuple):
    """A case: its title, and what takes its figures."""

    title: str
    measure: Callable[[Stage], list[Line]]


CASES: dict[str, Case] = {
    "command": Case("command on a stream of 20 events", commanding.measure),
    "append": Case("append of one event", appending.measure_one),
    "batch": Case("append of ten events in one transaction", appending.measure_ten),
    "load": Case("load and fold a stream of 100 events", reading.measure_load),
    "log": Case("read the whole log, typed", reading.measure_log),
    "rebuild": Case("rebuild of all read models", rebuilding.measure),
    "delay": Case("from event to position, and to a subscriber", delays.measure),
    "slow-disk": Case("append on a slow disk", appending.measure_slow_disk),
    "growth": Case("growth of the log", growth.measure),
}
