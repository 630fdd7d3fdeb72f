"""The worker process: runs until it is told to stop; any number may run, one leads.

The sequencer may run in all of them. The journey, the notices and the jobs are for who holds their lease;
a worker that was paused past its lease finds its epoch gone and writes nothing.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from uuid_utils import uuid7

from qa_platform.ledger.lease import LEASE_ONLY, Lease, LeaseLost
from qa_platform.ledger.ledger import Also, Ledger, StreamMoved
from qa_platform.ledger.sequencer import Sequencer
from qa_platform.ledger.subscription import SubscriberStopped, Subscription
from qa_platform.ledger.wakeup import listening
from qa_platform.scheduling import journey, notices
from qa_platform.scheduling.metrics import WorkerMetrics

log = logging.getLogger(__name__)

Job = Callable[[Ledger, Lease], object]
Deliver = Callable[[Ledger, Also], object]

LEADER = f"{LEASE_ONLY}jobs"

_EXPECTED = (DBAPIError, PoolTimeout, LeaseLost, StreamMoved, SubscriberStopped)

_IDLE_SECONDS = 0.2
_RENEW_SECONDS = 5.0
_AFTER_FAILURE_SECONDS = 2.0
_TELL_EVERY_SECONDS = 1.0
_DELIVER_EVERY_SECONDS = 5.0
_UTC = ZoneInfo("UTC")
_JOBS_EVERY_MINUTES = 10


class _Leadership(Lease):
    """The lead among workers: whoever was told to stop renews it no more, so that a long job ends early."""

    def __init__(self, engine: Engine, owner: str, stopped: threading.Event) -> None:
        super().__init__(engine, LEADER, owner, seconds=_JOBS_EVERY_MINUTES * 60.0)
        self._stopped = stopped

    def acquire(self) -> bool:
        """Take or renew the lead; return whether it is ours, and to be kept."""
        return not self._stopped.is_set() and super().acquire()


class Worker:
    """One worker: four loops, each of which survives the loss of the database."""

    def __init__(
        self,
        ledger: Ledger,
        jobs: Mapping[str, Job],
        *,
        register_prefix: str,
        metrics: WorkerMetrics | None = None,
        deliver: Deliver | None = None,
        zone: ZoneInfo = _UTC,
    ) -> None:
        """Take the ledger, the jobs by name, which ask what is due and may run at any time, and what delivers mails."""
        self._metrics = metrics or WorkerMetrics()
        self._ledger = ledger
        self._register_prefix = register_prefix
        self._jobs = jobs
        self._deliver = deliver
        self._zone = zone
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{uuid7()}"
        self._stopped = threading.Event()
        self._sequencer = Sequencer(ledger.engine)
        self._leader = _Leadership(ledger.engine, self._owner, self._stopped)

    def run(self) -> None:
        """Work until `stop` is called, then give the leases back."""
        scheduler = BackgroundScheduler(timezone="UTC")
        for name, job in self._jobs.items():
            scheduler.add_job(
                self._lead, "interval", args=[name, job], minutes=_JOBS_EVERY_MINUTES, id=name, coalesce=True
            )
        scheduler.start()
        loops = [
            threading.Thread(target=self._keep_going, args=(loop,), name=loop.__name__)
            for loop in (self._sequence, self._follow, self._tell)
        ]
        for thread in loops:
            thread.start()
        for name, job in self._jobs.items():
            self._lead(name, job)
        self._stopped.wait()
        self._sequencer.stop()
        scheduler.shutdown(wait=True)
        for thread in loops:
            thread.join()
        # Otherwise nobody could lead for as long as the lease still lasts.
        with suppress(DBAPIError, PoolTimeout):
            self._leader.release()

    def stop(self) -> None:
        """Ask `run` to return after what is in hand."""
        self._stopped.set()

    def resume(self) -> None:
        """Let the journey and the notices go on that an error stopped; the event it stopped at comes again."""
        for subscriber in (journey.SUBSCRIBER, notices.SUBSCRIBER):
            Subscription(self._ledger, subscriber, self._owner).resume()

    def _keep_going(self, loop: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            try:
                loop()
            except _EXPECTED as failure:
                # A lost connection heals; a stopped subscriber waits here until somebody resumes it.
                self._metrics.loop_failed(loop.__name__.strip("_"))
                # The first time, what stopped it is at hand; afterwards only that it stopped is.
                trace = failure if isinstance(failure, SubscriberStopped) and failure.__cause__ else None
                log.warning("%s: %s; trying again", loop.__name__.strip("_"), failure, exc_info=trace)
                self._stopped.wait(_AFTER_FAILURE_SECONDS)
            except Exception:
                # A loop that ended would end in silence, and nothing would follow the ledger any more.
                self._metrics.loop_failed(loop.__name__.strip("_"))
                log.exception("%s failed; trying again", loop.__name__.strip("_"))
                self._stopped.wait(_AFTER_FAILURE_SECONDS)

    def _sequence(self) -> None:
        self._sequencer.run()

    def _follow(self) -> None:
        with listening(self._ledger.engine, "events_sequenced") as sequenced:
            self._follow_as(
                journey.SUBSCRIBER,
                lambda mine: journey.follow(self._ledger, mine, self._register_prefix),
                lambda: sequenced.wait(_IDLE_SECONDS),
            )

    def _tell(self) -> None:
        deliver_at = time.monotonic()

        def step(mine: Subscription) -> int:
            nonlocal deliver_at
            told = notices.follow(self._ledger, mine, self._zone)
            if self._deliver is not None and mine.held and (told or time.monotonic() >= deliver_at):
                self._deliver(self._ledger, mine.check)
                deliver_at = time.monotonic() + _DELIVER_EVERY_SECONDS
            return told

        # A notice may be a second late: a connection that listens for it would be one for nothing.
        self._follow_as(notices.SUBSCRIBER, step, lambda: self._stopped.wait(_TELL_EVERY_SECONDS))

    def _follow_as(self, subscriber: str, step: Callable[[Subscription], int], idle: Callable[[], object]) -> None:
        subscription = Subscription(self._ledger, subscriber, self._owner)
        renew_at = time.monotonic()
        while not self._stopped.is_set():
            if time.monotonic() >= renew_at:
                subscription.acquire()
                renew_at = time.monotonic() + _RENEW_SECONDS
            if not step(subscription):
                idle()
        subscription.release()

    def _lead(self, name: str, job: Job) -> None:
        try:
            if self._leader.acquire():
                with self._metrics.job(name):
                    job(self._ledger, self._leader)
                log.info("job done", extra={"job": name})
        except _EXPECTED as failure:
            log.warning("job %s: %s; it runs again in %d minutes", name, failure, _JOBS_EVERY_MINUTES)
        except Exception:
            log.exception("job %s failed; it runs again in %d minutes", name, _JOBS_EVERY_MINUTES)
