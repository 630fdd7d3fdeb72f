"""Positive controls: losses and doubles made on purpose, which the verdict must see."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from qa_platform.ledger.rebuild import rebuild
from tests.faults.fault import Fault, Order, Result, judge_stack
from tests.faults.journal import Told, acknowledged, read_journal
from tests.faults.kills import kill_postgres, kill_web_process
from tests.faults.load import Load
from tests.faults.stack import Stack
from tests.faults.tampering import TAMPERINGS, Tampering
from tests.faults.verdict import Verdict, judge_followers, judge_read_models, judge_record, settle

# The log is flushed every ten seconds instead of at each commit: what was acknowledged since is in memory only.
UNSAFE = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}


@dataclass(frozen=True, kw_only=True)
class UnsafeFault(Fault):
    """A fault on a database that acknowledges what it has not flushed; its settings are put back afterwards."""

    settings: Mapping[str, str]

    def run(self, stack: Stack, order: Order) -> Result:
        """Run it under the unsafe settings."""
        with stack.postgres.configured(self.settings):
            return super().run(stack, order)


@dataclass(frozen=True, kw_only=True)
class Tampered(Fault):
    """Every kind of damage, one after the other, by somebody who goes round the triggers; each is undone."""

    def run(self, stack: Stack, order: Order) -> Result:
        """Load a stack for a while, and see each tampering named; the order's cycles are not asked."""
        began = time.monotonic()
        journal = stack.folder / f"{self.name}-{time.time_ns()}.jsonl"
        with Load(stack, journal, clients=order.clients, seed=order.seed) as load:
            _wait_for_all_kinds(journal)
            load.finish()
        told = read_journal(journal)
        verdict = judge_stack(stack, told)
        assert verdict.clean, f"there was something wrong before anybody tampered: {verdict}"
        result = self.result(order, Counter(), verdict, began)
        result.unseen = self._tamper(stack, told, verdict, random.Random(order.seed), result.struck)
        return result

    def _tamper(
        self, stack: Stack, told: list[Told], verdict: Verdict, chance: random.Random, struck: dict[str, int]
    ) -> list[str]:
        unseen = []
        for tampering in TAMPERINGS:
            struck[tampering.name] = 1
            with stack.engine() as engine, engine.connect() as connection, connection.begin() as transaction:
                seen = _judge_tampered(connection, told, tampering, chance)
                transaction.rollback()
            verdict.lost += seen.lost
            verdict.doubled += seen.doubled
            hits = [sentence for sentence in seen.wrong if tampering.says in sentence]
            (verdict.wrong if hits else unseen).append(f"{tampering.name}: {hits[0] if hits else seen.wrong}")
        struck["a row of a read model altered"] = 1
        if not (said := _tamper_with_read_model(stack)):
            unseen.append("a row of a read model altered")
        verdict.wrong += said
        return unseen


def _wait_for_all_kinds(journal: Path) -> None:
    wanted = {tampering.kind for tampering in TAMPERINGS}
    deadline = time.monotonic() + 60
    while not wanted <= {one.kind for one in acknowledged(read_journal(journal))} and time.monotonic() < deadline:
        time.sleep(0.5)


def _judge_tampered(connection: Connection, told: list[Told], tampering: Tampering, chance: random.Random) -> Verdict:
    victim = chance.choice([one for one in acknowledged(told) if one.kind == tampering.kind])
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no trigger fires
    stream, version = victim.receipts[0].places[-1]
    for statement in tampering.statements:
        done = connection.exec_driver_sql(statement, {"stream": stream, "version": version})
        assert done.rowcount, f"{tampering.name}: nothing to tamper with by {statement}"
    seen = judge_record(connection, told)
    judge_followers(connection, seen)
    return seen


def _tamper_with_read_model(stack: Stack) -> list[str]:
    with stack.engine() as engine, stack.ledger() as ledger:
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE read_models.submissions SET title_en = 'Altered' WHERE submission_id = "
                "(SELECT max(submission_id) FROM read_models.submissions)"
            )
        seen = Verdict()
        judge_read_models(ledger, seen)
        for projection in ledger.projections:
            if projection.name == "submissions":
                rebuild(ledger, projection)
        with engine.connect() as connection:
            settle(connection)
    return seen.wrong


CONTROLS = (
    UnsafeFault(
        name="control-lost",
        what="kill -9 of all the database's processes at once, with synchronous_commit=off",
        strike=kill_postgres,
        control="lost",
        cycles=5,
        seconds=3.0,
        settings=UNSAFE,
    ),
    Fault(
        name="control-doubled",
        what="kill -9 of one web process, and clients that retry under a new key",
        strike=kill_web_process,
        control="doubled",
        cycles=10,
        careless=True,
    ),
    Tampered(
        name="control-tampered",
        what="a superuser goes round the triggers and damages the record",
        strike=lambda _stack, _chance: "",
        control="wrong",
        cycles=1,
        seconds=5.0,
    ),
)
