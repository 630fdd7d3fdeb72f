"""A demo to plant violations in, as a superuser who goes round triggers, privileges and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Row

from qa_platform import app
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import Checked, check
from qa_platform.cli.people.erasure import destroy_keys
from qa_platform.kernel.event import Event
from qa_platform.ledger.canonical import canonical, timestamp
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.record import fresh_salt, leaf_of
from qa_platform.ledger.shape import Header
from qa_platform.ledger.tables import open_engine
from qa_platform.scheduling.journey import Settling
from qa_platform.simulation.agency import Plan
from qa_platform.simulation.run import SimulatedClock, run
from qa_platform.standards.imports import publication
from tests import servers
from tests.usual import DEADLINES, REGISTER_PREFIX
from tests.whole import KEK

RUBRIC = Path(__file__).parents[3] / "rubrics" / "nmcs" / "0.1.0.yaml"
CASES = 8


def _fill(database: servers.Database) -> None:
    """Play a small agency, and erase one person of it."""
    clock = SimulatedClock()
    ledger = app.open_ledger(open_engine(database.application_url, connections=2), KEK, clock=clock)
    standard = publication(RUBRIC.read_text(encoding="utf-8"), standard_id="nmcs", version="0.1.0")
    plan = Plan(seed=1, cases=CASES, until=date(2026, 11, 23), standard=standard, deadlines=DEADLINES)
    settling = Settling(ledger, REGISTER_PREFIX)
    run(ledger, plan, react=settling.settle)
    destroy_keys(ledger, _somebody(ledger), legal_basis="retention_ended", reason="seven years after the last decision")
    settling.settle()
    settling.release()
    ledger.engine.dispose()


def _somebody(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        return str(connection.scalar(sa.text("SELECT subject FROM keys.subject_keys ORDER BY subject LIMIT 1")))


DEMO = servers.Filled("template_demo", _fill)


class Planted:
    """A clone of the demo, and the hands of a superuser on it."""

    def __init__(self, database: servers.Database) -> None:
        """Open both ways to it: the application's, and the superuser's."""
        self.database = database
        self.ledger = app.open_ledger(open_engine(database.application_url, connections=4), KEK)
        self.superuser = sa.create_engine(database.superuser_url, pool_size=1)

    def do(self, *statements: str, **values: Any) -> None:
        """Do something as the superuser, with no trigger or foreign key to stop him."""
        with self.superuser.begin() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(sa.text(statement), values)

    def ask(self, question: str, **values: Any) -> list[Row[Any]]:
        """Return what a question gives."""
        with self.superuser.connect() as connection:
            return list(connection.execute(sa.text(question), values))

    def one(self, name: str, where: str = "true", **values: Any) -> Row[Any]:
        """Return the first event of a name that answers a condition."""
        question = (
            "SELECT e.id, p.position, e.stream, e.version, e.case_id, e.record::text AS record FROM ledger.events e "
            f"JOIN ledger.positions p ON p.id = e.id WHERE e.name = :name AND {where} ORDER BY p.position LIMIT 1"
        )
        (found,) = self.ask(question, name=name, **values)
        return found

    def alter(self, event: Row[Any], change: Callable[[dict[str, Any]], object]) -> None:
        """Alter a record, and none of the digests over it."""
        whole = msgspec.json.decode(event.record)
        change(whole)
        self.do(
            "UPDATE ledger.events SET record = CAST(:record AS json) WHERE id = :id",
            record=canonical(whole).decode(),
            id=event.id,
        )

    def rewrite(self, event: Row[Any], change: Callable[[dict[str, Any]], object]) -> None:
        """Alter a record so that its digests agree with it everywhere: only what it says is wrong."""
        whole = msgspec.json.decode(event.record)
        change(whole)
        record = canonical(whole)
        leaf = leaf_of(record)
        self.do(
            "UPDATE ledger.events SET record = CAST(:record AS json), leaf = :leaf WHERE id = :id",
            "UPDATE ledger.positions SET leaf = :leaf WHERE id = :id",
            record=record.decode(),
            leaf=leaf,
            id=event.id,
        )

    def reword(self, event: Row[Any], **data: Any) -> None:
        """Alter what an event says, field by field."""
        self.rewrite(event, lambda whole: whole["data"].update(data))

    def append(self, stream: str, event: Event, *, case: str | None = None) -> int:
        """Put an event behind the last of a stream that no rule was asked about; return its version."""
        data = msgspec.to_builtins(event)
        return self._behind(stream, data.pop("event"), data, {}, case=case, actor="system:superuser")

    def again(self, event: Row[Any], **data: Any) -> int:
        """Put an event once more behind the last of its stream, with some fields changed."""
        whole = msgspec.json.decode(event.record)
        header = whole["header"]
        said = {**whole["data"], **data}
        return self._behind(
            event.stream, header["name"], said, whole["sealed"], case=event.case_id, actor=header["actor"]
        )

    def _behind(
        self, stream: str, name: str, data: dict[str, Any], sealed: dict[str, Any], *, case: str | None, actor: str
    ) -> int:
        (last,) = self.ask("SELECT coalesce(max(version), 0) AS v FROM ledger.events WHERE stream = :s", s=stream)
        header = Header(
            id=self.ledger.new_id(),
            stream=stream,
            version=last.v + 1,
            name=name,
            at=timestamp(self.ledger.clock()),
            actor=actor,
            case=case,
            cause=None,
            salt=fresh_salt(),
        )
        record = canonical({"data": data, "header": msgspec.structs.asdict(header), "sealed": sealed})
        self.do(
            "INSERT INTO ledger.events (event_id, stream, version, name, record, leaf, case_id, actor, recorded_at) "
            "VALUES (CAST(:id AS uuid), :stream, :version, :name, CAST(:record AS json), :leaf, :case, :actor, "
            "CAST(:at AS timestamptz))",
            "INSERT INTO ledger.positions SELECT max(p.position) + 1, max(e.id), :leaf "
            "FROM ledger.positions p, ledger.events e",
            **msgspec.structs.asdict(header),
            record=record.decode(),
            leaf=leaf_of(record),
        )
        return header.version

    def take_out(self, *ids: int) -> None:
        """Take events out of history, with their positions, and close the ranks of those that remain."""
        self.do(
            "DELETE FROM ledger.events WHERE id = ANY(:ids)",
            "DELETE FROM ledger.positions WHERE id = ANY(:ids)",
            "UPDATE ledger.positions SET position = position + 1000000",
            "UPDATE ledger.positions p SET position = n.place FROM (SELECT id, "
            "row_number() OVER (ORDER BY position) - 1 AS place FROM ledger.positions) n WHERE n.id = p.id",
            ids=list(ids),
        )

    def check(self, *names: str) -> Checked:
        """Check some invariants, or all of them."""
        chosen = [one for one in INVARIANTS if not names or one.name in names]
        return check(self.ledger, chosen, app.ALL_DECIDERS)

    def finds(self, name: str, **where: Any) -> None:
        """Check one invariant, and find the violation at a place."""
        (finding,) = self.check(name).findings
        assert finding.trouble is None
        places = [{key: getattr(one, key) for key in where} for one in finding.shown]
        assert where in places, finding.shown

    def close(self) -> None:
        """Let go of the database."""
        self.ledger.engine.dispose()
        self.superuser.dispose()


@contextmanager
def planted() -> Iterator[Planted]:
    """Give a fresh demo for a block."""
    with servers.fresh_database(filled=DEMO) as database:
        demo = Planted(database)
        try:
            yield demo
        finally:
            demo.close()


def violated(checked: Checked) -> Sequence[str]:
    """Return the names of what a check found violated or could not check."""
    return [one.name for one in checked.findings if one.violations or one.trouble]
