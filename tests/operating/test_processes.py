"""Web server and worker as an operator starts them: what they log, count and say of themselves."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from qa_platform import app
from tests.operating.test_metrics import samples
from tests.servers import fresh_database

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90
TOKEN = "a-token-of-prometheus"
CANARY = "Kanarifah"


class Part:
    """One process of the platform, whose log goes to a file."""

    def __init__(self, command: str, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as to:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "qa_platform.cli", command], cwd=ROOT, env=environment, stdout=to, stderr=to
            )

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE_SECONDS)

    @property
    def events(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


class Running:
    """A web server, which may be asked, and a worker, which may be started."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self._folder = folder
        self.port = int(environment["PORT"])
        self.web = Part("serve", environment, folder / "serve.log")

    @contextmanager
    def worker(self):
        part = Part("worker", self._environment, self._folder / "worker.log")
        try:
            yield part
        finally:
            part.stop()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def wait_for(self, path: str, status: int) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            assert self.web.process.poll() is None, self.web.log.read_text()
            try:
                found, text = self.get(path)
            except OSError:
                found, text = 0, ""
            if found == status:
                return text
            time.sleep(0.1)
        raise AssertionError(f"{path} never answered {status}: {text}")


def samples_with(running: Running, *wanted: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    """Return the figures once they hold what is wanted, or as they are after half a minute."""
    deadline = time.monotonic() + 30
    while True:
        found = samples(running.get("/metrics", Authorization=f"Bearer {TOKEN}")[1])
        if all(found.get(one, 0) > 0 for one in wanted) or time.monotonic() > deadline:
            return found
        time.sleep(0.2)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("processes")
    key = folder / "kek"
    key.write_text("ab" * 32, encoding="ascii")
    key.chmod(0o600)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with fresh_database() as database:
        app.migrate(database.owner_url, database.application_url)
        environment = {
            **os.environ,
            "DATABASE_URL": database.application_url,
            "MIGRATION_DATABASE_URL": database.owner_url,
            "DATA_FOLDER": str(folder),
            "KEK_FILE": str(key),
            "PORT": str(port),
            "METRICS_TOKEN": TOKEN,
        }
        platform = Running(environment, folder)
        try:
            platform.wait_for("/healthz", 200)
            yield platform
        finally:
            platform.web.stop()


def test_the_platform_is_ready_with_a_worker_and_says_what_it_lacks_without(running):
    assert json.loads(running.wait_for("/readyz", 503))["says"].startswith("No worker is at work")

    with running.worker() as worker:
        running.wait_for("/readyz", 200)
        # Ready is who leads; the lease and the first job may come a moment later, and figures are kept for one.
        found = samples_with(
            running,
            ("qa_lease_held", "journey"),
            ("qa_job_last_success_timestamp_seconds", "lapse overdue submissions"),
        )

    assert found["qa_lease_held", "journey"] == 1
    assert found["qa_job_failures_total", "lapse overdue submissions"] == 0
    assert found["qa_job_last_success_timestamp_seconds", "lapse overdue submissions"] > 0
    assert ("job done", "lapse overdue submissions") in {(one["event"], one.get("job")) for one in worker.events}
    running.wait_for("/readyz", 503)


def test_requests_to_any_process_are_counted_together(running):
    for _ in range(20):
        running.get("/api/v1/accreditations")

    found = samples(running.get("/metrics", Authorization=f"Bearer {TOKEN}")[1])

    route = ("GET", "/api/v1/accreditations", "2xx")
    assert found["qa_http_request_duration_seconds_count", *route] == 20
    assert running.get("/metrics")[0] == 401


@pytest.mark.parametrize(
    "sent",
    [
        f"GET /{CANARY} {CANARY}/1.1\r\n\r\n",
        f"{CANARY}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\n{CANARY} : {CANARY}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {CANARY}\r\n\r\n",
        f"POST /api/v1/people HTTP/1.1\r\nHost: x\r\nContent-Length: {CANARY}\r\n\r\n{CANARY}",
        f"POST /api/v1/people HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n{CANARY}",
        f"GET /api/v1/people/{CANARY}?name={CANARY} HTTP/1.1\r\nHost: {CANARY}\r\nConnection: close\r\n\r\n",
    ],
)
def test_what_the_server_itself_refuses_is_not_repeated_in_its_log(running, sent):
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(sent.encode())
        answer = connection.recv(65536)

    assert answer.startswith(b"HTTP/1.")
    assert CANARY not in running.web.log.read_text()
    assert all({"timestamp", "level", "event", "logger"} <= event.keys() for event in running.web.events)
