from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from qa_platform.web.application import assemble
from qa_platform.web.metrics import HttpMetrics, MetricsDoor
from tests.web.board import board_api
from tests.web.conftest import REVIEWER, platform_of

NOTES = "/api/v1/board/notes"


def test_requests_are_counted_by_route_and_class_of_status_and_by_nothing_that_a_client_chose(ledger):
    registry = CollectorRegistry()
    client = assemble(platform_of(ledger, metrics=HttpMetrics(registry)), (board_api,)).test_client()

    client.get(f"{NOTES}/kanarifah?x=kanarifah")
    client.get("/kanarifah")
    client.open("/kanarifah", method="KANARIFAH")
    client.post(NOTES, json={"text": "hello"}, headers=REVIEWER)

    counted = {
        tuple(sample.labels.values()): sample.value
        for metric in registry.collect()
        for sample in metric.samples
        if sample.name.endswith("_count")
    }
    assert counted == {
        ("GET", f"{NOTES}/<note_id>", "4xx"): 1,
        ("GET", "(none)", "4xx"): 1,
        ("other", "(none)", "4xx"): 1,
        ("POST", NOTES, "2xx"): 1,
    }
    assert "kanarifah" not in generate_latest(registry).decode().lower()


@pytest.mark.parametrize(
    ("headers", "status", "text"),
    [
        ({}, 401, "METRICS_TOKEN"),
        ({"Authorization": "Bearer wrong"}, 401, "METRICS_TOKEN"),
        ({"Authorization": "Bearer \u00fc\u00fc"}, 401, "METRICS_TOKEN"),
        ({"Authorization": "Bearer right-token"}, 200, "figures for text/plain"),
    ],
)
def test_the_figures_are_for_who_shows_the_token(app, headers, status, text):
    app.wsgi_app = MetricsDoor(app.wsgi_app, lambda accept: (f"figures for {accept}".encode(), "x/y"), "right-token")

    answer = app.test_client().get("/metrics", headers={"Accept": "text/plain"} | headers)

    assert answer.status_code == status
    assert text in answer.text


def test_a_token_of_the_figures_opens_nothing_else(app):
    app.wsgi_app = MetricsDoor(app.wsgi_app, lambda _: (b"", "x/y"), "right-token")

    assert app.test_client().get(NOTES, headers={"Authorization": "Bearer right-token"}).status_code == 401


def test_without_a_token_there_are_no_figures_at_this_address(client):
    assert client.get("/metrics").status_code == 404
