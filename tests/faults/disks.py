"""The disk of the database: it runs full, and its power fails."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from qa_platform.embedded import EmbeddedFailure, addresses_of_running
from tests.faults.disk import SmallDisk, why_no_disk
from tests.faults.fault import Fault, Order, Result
from tests.faults.journal import acknowledged, read_journal
from tests.faults.stack import Stack
from tests.faults.verdict import Verdict

_FULL_SECONDS = (1.0, 6.0)


class DiskStack(Stack):
    """A stack whose database lies on a small disk of its own."""

    def __init__(self, disk: SmallDisk, settings: Mapping[str, str]) -> None:
        self.disk = disk
        super().__init__(postgres_folder=disk.path / "postgres", postgres_settings=settings)

    def start_again(self) -> None:
        """Start the database where it has ended."""
        if addresses_of_running(self.postgres.folder) is None:
            self.postgres.start()


@contextmanager
def disk_stack(**settings: str) -> Iterator[DiskStack]:
    """Give a stack on a small disk for a block; `settings` are PostgreSQL's."""
    # Beside the other temporary files and not in memory: the image is written past all caches.
    folder = Path(tempfile.mkdtemp(prefix="qa-faults-disk-"))
    try:
        with SmallDisk(folder) as disk, DiskStack(disk, settings) as stack:
            disk.flush()
            yield stack
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill_disk(stack: DiskStack, chance: random.Random) -> str:
    """Leave no room on the disk for a while; then make room, and start the database if it has ended."""
    stack.disk.fill()
    time.sleep(chance.uniform(*_FULL_SECONDS))
    ended = addresses_of_running(stack.postgres.folder) is None
    stack.disk.release()
    stack.start_again()
    return "full: the database ended" if ended else "full: the database refused"


def fail_power(stack: DiskStack, _chance: random.Random) -> str:
    """Let the power of the database's machine fail, and start it again from what was on its disk."""
    stack.disk.fail_power()
    stack.disk.restore_power()
    stack.postgres.start()
    return "power"


class _WithoutFlush(Fault):
    """The control of the power failure: a database that does not wait for its disk."""

    def run(self, stack: Stack, order: Order) -> Result:
        """Run it, and count a database that does not even start as the loss of all that was acknowledged."""
        began = time.monotonic()
        try:
            return super().run(stack, order)
        except EmbeddedFailure as failure:
            told = [one for path in stack.folder.glob(f"{self.name}-*.jsonl") for one in read_journal(path)]
            lost = len(acknowledged(told))
            verdict = Verdict(commands=len(told), acknowledged=lost, lost=lost, wrong=[failure.message])
            return self.result(order, {"power": 1}, verdict, began)


DISKS = (
    Fault(
        name="disk-full",
        what="no room on the database's disk for 1 to 6 s",
        strike=fill_disk,
        open=disk_stack,
        why_not=why_no_disk,
        cycles=15,
        seconds=3.0,
    ),
    Fault(
        name="power-failure",
        what="the power of the database's disk fails: what was not flushed is gone",
        strike=fail_power,
        open=disk_stack,
        why_not=why_no_disk,
        cycles=15,
        seconds=3.0,
    ),
    _WithoutFlush(
        name="control-no-fsync",
        what="the power of the database's disk fails, with fsync=off",
        strike=fail_power,
        open=partial(disk_stack, fsync="off"),
        why_not=why_no_disk,
        control="lost",
        cycles=1,
        seconds=6.0,
    ),
)
