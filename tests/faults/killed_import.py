"""An import that is killed in the middle, again and again, and run to its end: every row is there once."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from tests.faults.drafts import fresh_word
from tests.faults.fault import Fault, Order, Result, judge_stack
from tests.faults.program import ROOT
from tests.faults.stack import Stack
from tests.faults.verdict import Verdict
from tests.importing.factories import csv_file

# So many that a kill meets the middle, also where a row takes a fifth of a millisecond.
_ROWS_OF_A_FILE = 2_000
_KILLS_OF_A_FILE = 3


@dataclass(frozen=True, kw_only=True)
class KilledImport(Fault):
    """A file of courses whose import is killed at moments that chance chooses."""

    rows: int = _ROWS_OF_A_FILE

    def run(self, stack: Stack, order: Order) -> Result:
        """Kill imports as often as ordered, a few times for each file; then run each to its end, and judge."""
        began = time.monotonic()
        chance = random.Random(order.seed)
        struck: Counter[str] = Counter()
        expected: dict[str, int] = {}
        left = order.cycles
        while left > 0:
            word = fresh_word()
            file = self._file(stack, word)
            kills = min(left, _KILLS_OF_A_FILE)
            for _ in range(kills):
                struck[_kill_one(stack, file, chance.randrange(self.rows // kills))] += 1
            told = json.loads(stack.qa("import", "courses", str(file), "--json"))
            assert told["drafted"] + told["unchanged"] == self.rows, told
            expected[word] = self.rows
            left -= kills
        verdict = judge_stack(stack, [])
        with stack.engine() as engine, engine.connect() as connection:
            for word, rows in expected.items():
                _judge(connection, word, rows, verdict)
        return self.result(order, struck, verdict, began)

    def _file(self, stack: Stack, word: str) -> Path:
        names = [[f"Practice {n} of {word}", f"Institute {n % 7} of {word}"] for n in range(self.rows)]
        path = stack.folder / f"{word}.csv"
        path.write_bytes(csv_file(names, ("title", "provider")))
        return path


def _kill_one(stack: Stack, file: Path, after: int) -> str:
    """Kill an import once it has written so many rows; return whether it still ran."""
    importing = subprocess.Popen(
        [sys.executable, "-m", "qa_platform.cli", "import", "courses", str(file), "--json"],
        cwd=ROOT,
        env=stack.environment_of("import"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with stack.engine() as engine, engine.connect() as connection:
        enough = (connection.scalar(_EVENTS) or 0) + 2 * after
        while importing.poll() is None and (connection.scalar(_EVENTS) or 0) < enough:
            connection.rollback()
            time.sleep(0.01)
    importing.send_signal(signal.SIGKILL)
    importing.wait()
    return "import" if importing.returncode == -signal.SIGKILL else "import that had ended"


def _there(connection: Connection, word: str) -> Sequence[sa.Row[tuple[str, int]]]:
    return connection.execute(_DRAFTS, {"word": f"% of {word}"}).all()


def _judge(connection: Connection, word: str, rows: int, verdict: Verdict) -> None:
    """Count the rows of a file: as acknowledged by its last run, against the courses that say its word."""
    there = _there(connection, word)
    titles = Counter(row.title for row in there)
    verdict.commands += rows
    verdict.acknowledged += rows
    verdict.lost += rows - len(titles)
    verdict.doubled += len(there) - len(titles)
    for row in there:
        if row.events != 2:
            verdict.say(f"“{row.title}” has {row.events} events, not its draft and its content")
    providers = connection.scalar(_PROVIDERS, {"word": f"% of {word}"})
    if providers != min(rows, 7):
        verdict.say(f"the {min(rows, 7)} providers of “{word}” were registered {providers} times")


_EVENTS = sa.text("SELECT count(*) FROM ledger.events")
_DRAFTS = sa.text("""
SELECT c.record->'data'->'content'->>'title_en' AS title,
       (SELECT count(*) FROM ledger.events e WHERE e.stream = c.stream) AS events
FROM ledger.events c
WHERE c.name = 'submission.content_changed.v1' AND c.record->'data'->'content'->>'title_en' LIKE :word
""")
_PROVIDERS = sa.text("""
SELECT count(*) FROM ledger.events
WHERE name LIKE 'provider.registered.%' AND record->'data'->>'legal_name' LIKE :word
""")

IMPORT = KilledImport(
    name="kill-import",
    what="kill -9 of `qa import courses` in the middle, and run again",
    strike=lambda _stack, _chance: "",
)
