from __future__ import annotations

import os

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.wandering import Wandering

# More by hand: JOURNEYS=200 pytest tests/journeys/test_wandering.py
JOURNEYS = int(os.environ.get("JOURNEYS", "6"))
STEPS = 40

WALKS = settings(
    max_examples=JOURNEYS,
    stateful_step_count=STEPS,
    deadline=None,
    # The same journeys in every run, unless more are asked for.
    derandomize="JOURNEYS" not in os.environ,
    database=None,
    # A journey that fails is short enough to read; making it shorter takes minutes.
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def test_whatever_people_try_all_that_must_hold_holds():
    Wandering.steps_taken = 0
    run_state_machine_as_test(Wandering, settings=WALKS)
    assert Wandering.steps_taken > JOURNEYS * STEPS / 4


class Tampered(Wandering):
    """An agency where somebody changes a status behind the ledger's back."""

    def teardown(self) -> None:
        """Change it, and look."""
        with self.agency.ledger.engine.begin() as connection:
            connection.execute(sa.text("UPDATE read_models.submissions SET status = 'lapsed'"))
        super().teardown()


def test_what_does_not_hold_is_noticed():
    """The positive control."""
    few = settings(WALKS, max_examples=1, stateful_step_count=2)
    with pytest.raises(AssertionError, match="submissions"):
        run_state_machine_as_test(Tampered, settings=few)
