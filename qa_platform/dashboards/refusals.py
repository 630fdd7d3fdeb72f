"""Refusals as everybody may read them: once the time to appeal is over, and in summary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.decisions.read_model import DECISIONS, DecisionRow
from qa_platform.submissions.read_model import SUBMISSIONS

_ABOUT = ("course_id", "course_version", "title_en", "title_ms", "simulated")


def select_refusals(on: date) -> sa.Select[Any]:
    """Return the query for refusals that everybody may know of on a day: until the last day to appeal nobody does."""
    column = DECISIONS.table.c
    return sa.select(DECISIONS.table).where(
        column.released_on.is_not(None),
        column.verdict["decision_class"].astext == "negative",
        column.appeal_until < on,
    )


def summaries(connection: Connection, rows: Iterable[DecisionRow]) -> list[dict[str, Any]]:
    """Return refusals as everybody may read them, each with its course."""
    listed = list(rows)
    column = SUBMISSIONS.table.c
    wanted = sorted(row.submission_id for row in listed)
    query = sa.select(column.submission_id, *(column[name] for name in _ABOUT)).where(column.submission_id.in_(wanted))
    courses = {one.submission_id: {name: getattr(one, name) for name in _ABOUT} for one in connection.execute(query)}
    return [{**_told(row), **courses.get(row.submission_id, {})} for row in listed]


def _told(row: DecisionRow) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "submission_id": row.submission_id,
        "provider_id": row.provider_id,
        "released_on": row.released_on,
        "decision_code": None if verdict is None else verdict.code,
        "standard_id": None if verdict is None else verdict.standard_id,
        "rubric_version": None if verdict is None else verdict.rubric_version,
        # What was written to the provider stays with the provider.
        "areas": [] if verdict is None else sorted({ground.area for ground in verdict.grounds}),
    }
