"""What every test may ask for, and what the session leaves behind: nothing."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests import servers


def pytest_configure(config: pytest.Config) -> None:
    """Open the session where it is led, not in its workers."""
    if not hasattr(config, "workerinput"):
        # Being told to end is like Ctrl-C: pytest then winds up in order.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        servers.open_session()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the session where it was opened, also after Ctrl-C."""
    if not hasattr(config, "workerinput"):
        servers.close_session()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[servers.Database]:
    """Give a fresh database with all read models; one that flushes to disk to tests marked durable."""
    durable = request.node.get_closest_marker("durable") is not None
    with servers.fresh_database(durable=durable) as fresh:
        yield fresh


@pytest.fixture
def bare_database() -> Iterator[servers.Database]:
    """Give a fresh database that was migrated and has no read models, for tests that make their own."""
    with servers.fresh_database(bare=True) as fresh:
        yield fresh
