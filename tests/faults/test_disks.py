from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from qa_platform.embedded import EmbeddedFailure, addresses_of_running
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.outcome import Key
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.sequencer import drain, figures
from qa_platform.ledger.tables import migrate
from tests.faults.disk import SmallDisk, why_no_disk
from tests.faults.postgres import Server
from tests.faults.program import ROOT
from tests.ledger.conftest import shelf_ledger
from tests.ledger.shelf import AddBook

pytestmark = pytest.mark.skipif(why_no_disk() is not None, reason=why_no_disk() or "")

WRITERS = 4
# What the web server answers with 503, and a worker survives.
PASSING = (OperationalError, InterfaceError, PoolTimeout)


class Disk:
    """A small disk with a database on it."""

    def __init__(self, disk: SmallDisk) -> None:
        self.disk = disk
        self.server = Server(disk.path / "postgres", {}, least_free_bytes=0)

    def start(self, **settings: str) -> None:
        self.server.settings = settings
        self.server.start()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        ledger = shelf_ledger(self.server.addresses.application_url)
        try:
            yield ledger
        finally:
            ledger.engine.dispose()


class Writers:
    """Threads that put book after book onto shelves, each until it is acknowledged, under one key."""

    def __init__(self, ledger: Ledger, name: str) -> None:
        self.acknowledged: dict[str, list[str]] = {f"{name}-{number}": [] for number in range(WRITERS)}
        self.failures: list[Exception] = []
        self._ledger = ledger
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(shelf,)) for shelf in self.acknowledged]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self.write_more(40)
        return self

    def __exit__(self, *_error) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    @property
    def written(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    def write_more(self, books: int) -> None:
        enough, deadline = self.written + books, time.monotonic() + 60
        while self.written < enough:
            assert time.monotonic() < deadline, self.failures[-1:]
            time.sleep(0.01)

    def _write(self, shelf: str) -> None:
        number = 0
        while not self._stopped.is_set():
            title = f"{number}"
            key = Key(actor="test", route="PUT", key=f"{shelf} {title}", fingerprint="00")
            try:
                self._ledger.execute(AddBook(shelf=shelf, title=title), actor="test", key=key)
            except Exception as failure:  # noqa: BLE001 -- looked at by the test
                self.failures.append(failure)
                time.sleep(0.1)
            else:
                self.acknowledged[shelf].append(title)
                number += 1


@pytest.fixture(scope="module")
def disk(tmp_path_factory) -> Iterator[Disk]:
    folder = tmp_path_factory.mktemp("disk")
    with SmallDisk(folder) as small:
        disk = Disk(small)
        disk.start()
        try:
            migrate(*disk.server.addresses, ROOT / "migrations")
            with disk.ledger() as ledger:
                rebuild_stale(ledger)
            yield disk
        finally:
            disk.server.stop()


def lost(ledger: Ledger, writers: Writers) -> int:
    """Return how many acknowledged books are missing; doubles and gaps fail at once."""
    drain(ledger.engine)
    with ledger.reading() as connection:
        now = figures(connection)
        assert (now.missing, now.unsequenced) == (0, 0)
        assert (
            connection.scalar(sa.text("SELECT coalesce(max(position) + 1, 0) FROM ledger.positions")) == now.positions
        )
    missing = 0
    for shelf, acknowledged in writers.acknowledged.items():
        there = [one.event.title for one in ledger.read_stream(f"shelf-{shelf}")]
        assert there == [str(number) for number in range(len(there))]
        missing += len(set(acknowledged) - set(there))
    return missing


def test_a_full_disk_loses_nothing_that_was_acknowledged(disk):
    with disk.ledger() as ledger, Writers(ledger, "full") as writers:
        disk.disk.fill()
        while not writers.failures:
            time.sleep(0.01)
        time.sleep(1)
        disk.disk.release()
        if addresses_of_running(disk.server.folder) is None:
            disk.start()
        writers.write_more(WRITERS * 3)
    with disk.ledger() as ledger:
        assert lost(ledger, writers) == 0
    assert {type(one) for one in writers.failures if not isinstance(one, PASSING)} == set()


def test_a_power_failure_loses_nothing_that_was_acknowledged(disk):
    with disk.ledger() as ledger, Writers(ledger, "power") as writers:
        disk.disk.fail_power()
        disk.disk.restore_power()
        disk.start()
        writers.write_more(WRITERS * 3)
    with disk.ledger() as ledger:
        assert lost(ledger, writers) == 0
    assert writers.failures


def test_a_database_that_does_not_wait_for_its_disk_is_seen_to_lose(disk):
    """The positive control of the test above: a disk that forgets, and a harness that sees it."""
    disk.start(fsync="off")
    disk.disk.flush()
    with disk.ledger() as ledger, Writers(ledger, "careless") as writers:
        disk.disk.fail_power()
    disk.disk.restore_power()
    try:
        disk.start()
    except EmbeddedFailure:
        return  # so much is gone that the database does not even start
    with disk.ledger() as ledger:
        assert lost(ledger, writers) > 0
