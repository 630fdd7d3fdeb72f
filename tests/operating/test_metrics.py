from __future__ import annotations

import subprocess
import sys

from prometheus_client.parser import text_string_to_metric_families

from qa_platform import app
from qa_platform.config import load_settings
from qa_platform.operating.metrics import Metrics
from qa_platform.operating.watch import Watch
from tests.submissions.lodging import accept
from tests.whole import KEK, whole_ledger

COUNT = """
import os, sys
from pathlib import Path
from qa_platform.operating.metrics import Metrics
folder, part = Path(sys.argv[1]), sys.argv[2]
metrics = Metrics(part, folder)
metrics.appends.appended(3, 0.02)
if os.fork() == 0:
    metrics.appends.appended(4, 0.2)
    os._exit(0)
os.wait()
if part == "worker":
    body, _ = metrics.expose(lambda: None)("")
    print(body.decode())
"""


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def counting(folder, part: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(folder), part], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_ledger_is_watched_and_the_database_looked_at(database):
    metrics = Metrics("web", None)
    with whole_ledger(database) as other:
        ledger = app.open_ledger(other.engine, KEK, observer=metrics.appends)
        accept(ledger)
        body, kind = metrics.expose(Watch(ledger.engine.url).look)("text/plain")

    found = samples(body.decode())
    assert kind.startswith("text/plain")
    assert found["qa_events_appended_total", "web"] == found["qa_ledger_unsequenced",] > 0
    assert found["qa_append_duration_seconds_count", "web"] > 0
    assert (found["qa_database_up",], found["qa_ledger_missing",], found["qa_ledger_positions",]) == (1, 0, 0)


def test_a_database_that_is_away_is_a_figure_and_no_failure():
    body, _ = Metrics("web", None).expose(lambda: None)("")

    assert samples(body.decode())["qa_database_up",] == 0


def test_processes_and_parts_are_added_up_and_the_dead_of_a_part_forgotten_when_it_begins_anew(tmp_path):
    counting(tmp_path, "web")
    first = samples(counting(tmp_path, "worker"))
    again = samples(counting(tmp_path, "worker"))

    # Two processes of each part counted 3 and 4; the second worker does not know the first one's.
    for found in (first, again):
        assert found["qa_events_appended_total", "web"] == 7
        assert found["qa_events_appended_total", "worker"] == 7


def test_figures_need_a_folder_only_where_somebody_may_read_them(monkeypatch):
    monkeypatch.delenv("METRICS_TOKEN", raising=False)
    assert load_settings().metrics_folder is None

    monkeypatch.setenv("METRICS_TOKEN", "a-long-enough-token")
    assert load_settings().metrics_folder == load_settings().data_folder / "metrics"


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "metrics").write_text("a file")
    script = (
        "import sys; from pathlib import Path; from qa_platform.operating.metrics import share\n"
        "from qa_platform.config import SettingInvalid\n"
        "try: share(Path(sys.argv[1]), 'web')\n"
        "except SettingInvalid as refusal: print(refusal.message)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "metrics")], capture_output=True, text=True, check=True
    )

    assert "unset METRICS_TOKEN" in done.stdout
