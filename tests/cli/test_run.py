"""The supervisor, as a person meets it: a process in a terminal."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from qa_platform.embedded import addresses_of_running, stop_running
from qa_platform.embedded.postmaster import postmaster_of
from tests.servers import fast_folders

ROOT = Path(__file__).parents[2]
READY_SECONDS = 120


@pytest.fixture(scope="module")
def folder():
    """Give one data folder, which the tests below use one after the other, as a person would."""
    parent = Path(tempfile.mkdtemp(prefix="qa-cli-", dir=fast_folders()[0]))
    yield parent / "var"
    stop_running(parent / "var" / "postgres")
    shutil.rmtree(parent)


class Terminal:
    """One terminal in which the platform runs."""

    def __init__(self, folder, **settings):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = settings.pop("PORT", free.getsockname()[1])
        self.folder = folder
        self.said = ""
        self._environment = {
            **{name: value for name, value in os.environ.items() if "DATABASE_URL" not in name},
            "DATA_FOLDER": str(folder),
            "PORT": str(self.port),
            "WEB_PROCESSES": "1",
            **settings,
        }

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qa_platform.cli", "run", "--no-demo"],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self

    def __exit__(self, *_error):
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)
        self.process.stdout.close()

    def wait_until_ready(self):
        while "Ctrl-C stops all of it" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended before it was ready, and said: {self.said}"
            self.said += line

    def stop(self, how):
        self.process.send_signal(how)
        return self.wait()

    def wait(self):
        self.said += self.process.communicate(timeout=READY_SECONDS)[0]
        return self.process.returncode

    @property
    def children(self):
        return {child.cmdline()[-1]: child for child in psutil.Process(self.process.pid).children()}


def test_a_first_run_makes_everything_and_ctrl_c_stops_it_all(folder):
    with Terminal(folder) as terminal:
        terminal.wait_until_ready()
        parts = list(terminal.children.values())
        assert {"worker", "serve"} < set(terminal.children)

        code = terminal.stop(signal.SIGINT)

    assert code == 0
    assert f"Making a database in {folder / 'postgres'}" in terminal.said
    assert f"The platform runs at http://127.0.0.1:{terminal.port}" in terminal.said
    assert "Stopping: the web server, the worker, the database" in terminal.said
    assert not any(part.is_running() for part in parts)
    assert addresses_of_running(folder / "postgres") is None


def test_a_killed_supervisor_takes_its_parts_with_it_and_the_next_one_adopts_the_database(folder):
    with Terminal(folder) as first:
        first.wait_until_ready()
        database = postmaster_of(folder / "postgres")
        parts = [part for part in first.children.values() if part.pid != database.pid]
        first.stop(signal.SIGKILL)

        with Terminal(folder, PORT=first.port) as second:
            second.wait_until_ready()

            assert postmaster_of(folder / "postgres") == database
            assert not psutil.wait_procs(parts, timeout=20)[1]

    assert postmaster_of(folder / "postgres") is None


def test_a_part_that_dies_is_named_and_everything_stops(folder):
    with Terminal(folder) as terminal:
        terminal.wait_until_ready()

        terminal.children["serve"].kill()

        assert terminal.wait() == 1
    assert "The web server stopped unexpectedly (signal 9), and so everything was stopped" in terminal.said
    assert addresses_of_running(folder / "postgres") is None
