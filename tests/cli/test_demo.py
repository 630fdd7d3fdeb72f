from __future__ import annotations

import json
import stat

import pytest

from qa_platform import app
from qa_platform.config import load_settings
from qa_platform.ledger.subscription import Subscription
from qa_platform.scheduling.journey import SUBSCRIBER


@pytest.fixture
def run(command):
    """Run `qa demo …`."""
    return lambda *words: command("demo", *words)


def test_a_demo_is_loaded_and_tells_where_its_tokens_are(run, tmp_path):
    answer = run("--cases", "3", "--seed", "9", "--json")

    assert answer.exit_code == 0, answer.output
    file = tmp_path / "demo-tokens"
    assert json.loads(answer.stdout)["tokens"] == str(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text(encoding="utf-8").splitlines()) == 11


def test_the_same_demo_is_refused_in_one_sentence_and_keeps_the_tokens(run, tmp_path):
    assert run("--cases", "2").exit_code == 0
    before = (tmp_path / "demo-tokens").read_text(encoding="utf-8")

    answer = run("--cases", "2")

    assert answer.exit_code == 1
    assert answer.stderr.strip().count("\n") == 0
    assert "the demo of seed 1 is already there" in answer.stderr
    assert (tmp_path / "demo-tokens").read_text(encoding="utf-8") == before


def test_a_demo_is_refused_while_a_worker_runs(run):
    ledger = app.ledger_of(load_settings())
    assert Subscription(ledger, SUBSCRIBER, "a worker").acquire()

    answer = run("--cases", "2")

    ledger.engine.dispose()
    assert answer.exit_code == 1
    assert "a worker is running" in answer.stderr


def test_no_cases_are_no_demo(run):
    assert run("--cases", "0").exit_code == 2
