from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import libfaketime
import pytest

from qa_platform.ledger.subscription import Subscription
from tests.whole import whole_ledger

UNFLUSHED = {"fsync", "full_page_writes", "synchronous_commit"}


def test_the_doctor_says_what_is_wrong_and_what_to_do(command):
    answer = command("doctor")

    assert answer.exit_code == 1
    assert "!! worker: No worker is at work" in answer.stdout
    assert "ok database: The database answers." in answer.stdout
    assert "things were looked at" in answer.stdout


def test_a_script_reads_the_same(command, database):
    with whole_ledger(database) as ledger:
        assert Subscription(ledger, "journey", "a worker").acquire()

    found = {one["check"]: one["verdict"] for one in json.loads(command("doctor", "--json").stdout)}

    # The tests' own server flushes nothing.
    assert {check for check, verdict in found.items() if verdict == "wrong"} == UNFLUSHED


def test_settings_that_cannot_be_used_are_the_first_thing_that_is_wrong(command, monkeypatch):
    monkeypatch.setenv("PORT", "http")

    answer = command("doctor")

    assert answer.exit_code == 1
    assert "!! settings: The setting PORT cannot be used" in answer.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the clock is moved by a preloaded library")
def test_a_clock_that_is_an_hour_ahead_is_found(command):
    command("doctor")  # makes the database ready
    library = Path(libfaketime.__file__).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
    environment = {**os.environ, "LD_PRELOAD": str(library), "FAKETIME": "+1h", "DONT_FAKE_MONOTONIC": "1"}

    done = subprocess.run(
        [sys.executable, "-m", "qa_platform.cli", "doctor", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    clock = next(one for one in json.loads(done.stdout) if one["check"] == "clock")
    assert clock["verdict"] == "wrong"
    assert "3600 seconds ahead of" in clock["says"]
