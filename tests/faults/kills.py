"""SIGKILL: of the web server, the worker, and the database, whole and in parts."""

from __future__ import annotations

import random
from contextlib import suppress

import psutil

from tests.faults.fault import Fault
from tests.faults.stack import Stack


def kill_web(stack: Stack, _chance: random.Random) -> str:
    """Kill the web server with all its processes, and start it again."""
    stack.web.kill()
    stack.web.start()
    return "web server"


def kill_web_process(stack: Stack, chance: random.Random) -> str:
    """Kill one of the processes that answer requests; the server starts another by itself."""
    with suppress(psutil.NoSuchProcess):
        if processes := stack.web.children():
            chance.choice(processes).kill()
    return "one web process"


def kill_web_leader(stack: Stack, _chance: random.Random) -> str:
    """Kill only the web server's first process, which leaves the others behind, and start it again."""
    stack.web.kill_leader()
    stack.web.start()
    return "first web process"


def kill_worker(stack: Stack, _chance: random.Random) -> str:
    """Kill the worker, and start it again."""
    stack.worker.kill()
    stack.worker.start()
    return "worker"


def kill_postmaster(stack: Stack, _chance: random.Random) -> str:
    """Kill the database's first process, and start the server again: it recovers from its log."""
    stack.postgres.kill_postmaster()
    stack.postgres.start()
    return "postmaster"


def kill_postgres(stack: Stack, _chance: random.Random) -> str:
    """Kill all processes of the database at one instant, and start it again."""
    stack.postgres.kill_all()
    stack.postgres.start()
    return "whole database"


def kill_postgres_child(stack: Stack, chance: random.Random) -> str:
    """Kill one process of the database other than the first; the server ends all sessions and recovers."""
    kind = stack.postgres.kill_child(chance)
    stack.postgres.wait_until_ready()
    return kind


_ALL = (
    kill_web,
    kill_web_process,
    kill_web_leader,
    kill_worker,
    kill_postmaster,
    kill_postgres,
    kill_postgres_child,
)


def kill_anything(stack: Stack, chance: random.Random) -> str:
    """Kill any of them, by chance."""
    return chance.choice(_ALL)(stack, chance)


KILLS = (
    Fault(name="kill-web", what="kill -9 of the web server with all its processes", strike=kill_web),
    Fault(name="kill-web-process", what="kill -9 of one web process", strike=kill_web_process),
    Fault(name="kill-web-leader", what="kill -9 of the web server's first process alone", strike=kill_web_leader),
    Fault(name="kill-worker", what="kill -9 of the worker", strike=kill_worker),
    Fault(name="kill-postmaster", what="kill -9 of the database's first process", strike=kill_postmaster),
    Fault(name="kill-postgres", what="kill -9 of all the database's processes at once", strike=kill_postgres),
    Fault(
        name="kill-postgres-child",
        what="kill -9 of one session, checkpointer, log writer … of the database",
        strike=kill_postgres_child,
    ),
    Fault(name="kill-anything", what="kill -9 of any of these, in random order", strike=kill_anything, cycles=60),
)
