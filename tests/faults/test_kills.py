"""The short form: one stack, struck a few times in each part; `make faults` does it at full size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.catalogue import named
from tests.faults.fault import Fault, Order
from tests.faults.killed_import import IMPORT
from tests.faults.kills import (
    kill_postgres,
    kill_postgres_child,
    kill_postmaster,
    kill_web,
    kill_web_process,
    kill_worker,
)
from tests.faults.stack import Stack

# The worker first: whoever follows must wait until the lease of a killed one has run out.
_ALL = (kill_worker, kill_web_process, kill_postmaster, kill_web, kill_postgres_child, kill_postgres)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack() as stack:
        yield stack


def test_nothing_acknowledged_is_lost_or_doubled_whatever_is_killed(stack):
    left = iter(_ALL * 2)

    def strike_next(stack, chance):
        return next(left)(stack, chance)

    everything = Fault(name="each", what="each of them twice", strike=strike_next)
    result = everything.run(stack, Order(cycles=len(_ALL) * 2, seconds=0.5, seed=1))
    assert result.passed, result.verdict
    assert result.verdict.acknowledged > 0
    assert result.verdict.unknown > 0, "nobody was struck in the middle of anything"


def test_an_import_that_is_killed_in_the_middle_and_run_again_has_every_row_once(stack):
    result = replace(IMPORT, rows=400).run(stack, Order(cycles=1, seconds=0, seed=1))
    assert result.passed, result.verdict
    assert result.struck == {"import": 1}


def test_every_mistake_made_on_purpose_is_seen(stack):
    for name in ("control-tampered", "control-doubled", "control-lost"):
        result = named(name).run(stack, Order(cycles=1, seconds=2.0, seed=1))
        assert result.passed, (name, result.unseen, result.verdict)
