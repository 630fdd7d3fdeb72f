from __future__ import annotations

import time

import pytest
from prometheus_client import CollectorRegistry

from qa_platform.scheduling.metrics import WorkerMetrics


@pytest.fixture
def counted():
    registry = CollectorRegistry()
    return WorkerMetrics(registry), lambda name, **labels: registry.get_sample_value(name, labels)


def test_a_job_that_goes_well_is_counted_and_dated(counted):
    metrics, value = counted

    with metrics.job("lapse"):
        pass

    assert value("qa_job_duration_seconds_count", job="lapse") == 1
    assert value("qa_job_failures_total", job="lapse") == 0
    assert value("qa_job_last_success_timestamp_seconds", job="lapse") == pytest.approx(time.time(), abs=60)


def test_a_job_that_fails_is_counted_and_not_dated(counted):
    metrics, value = counted

    with pytest.raises(ValueError, match="broken"), metrics.job("lapse"):
        raise ValueError("broken")

    assert value("qa_job_duration_seconds_count", job="lapse") == 1
    assert value("qa_job_failures_total", job="lapse") == 1
    assert value("qa_job_last_success_timestamp_seconds", job="lapse") is None


def test_a_loop_that_begins_again_is_counted(counted):
    metrics, value = counted

    metrics.loop_failed("follow")

    assert value("qa_worker_loop_failures_total", loop="follow") == 1
