from __future__ import annotations

from datetime import date

import pytest

from qa_platform.accreditations.read_model import AccreditationRow, RegisterDocument
from qa_platform.register.standing import on_day


def document(kind: str, decision_class: str | None, on: date) -> RegisterDocument:
    return RegisterDocument(kind=kind, decision_class=decision_class, issued_on=on, record="0" * 64)


def entry(*history: RegisterDocument) -> AccreditationRow:
    """Return an entry that is valid from the first of its documents, to the end of 2028."""
    return AccreditationRow(
        number="MY-MC-2026-000001-A",
        compact="MYMC2026000001A",
        version=len(history),
        accreditation_id="accreditation-1",
        submission_id="submission-1",
        decision_id="decision-1",
        decision_code=history[0].kind,
        decision_class=history[0].decision_class or "",
        course_id="course-1",
        course_version="1.0.0",
        provider_id="provider-1",
        title_en="Bread Baking",
        title_ms=None,
        level=3,
        credits=None,
        hours=None,
        valid_from=history[0].issued_on,
        valid_to=date(2028, 12, 31),
        status="listed",
        status_since=history[-1].issued_on,
        simulated=True,
        history=history,
    )


GRANTED = document("APP", "positive", date(2026, 1, 1))
CONDITIONAL = document("APP-C", "positive_with_conditions", date(2026, 1, 1))
MET = document("COND-MET", "positive", date(2026, 6, 1))
CORRECTED = document("CORR", None, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 12, 31), "not_yet"),
        (date(2026, 1, 1), "listed"),
        (date(2028, 12, 31), "listed"),
        (date(2029, 1, 1), "expired"),
    ],
)
def test_the_first_and_the_last_day_count(day, standing):
    answer = on_day(entry(GRANTED), day)

    assert answer.standing == standing
    assert answer.accredited == (standing == "listed")


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 5, 31), "conditional"),
        (date(2026, 6, 1), "listed"),
        (date(2026, 6, 30), "listed"),
        (date(2026, 7, 1), "conditional"),
        (date(2029, 1, 1), "expired"),
    ],
)
def test_what_was_known_on_a_day_counts_and_not_what_came_later(day, standing):
    answer = on_day(entry(CONDITIONAL, MET, CORRECTED), day)

    assert answer.standing == standing
    assert answer.document is not None
    assert answer.document.issued_on <= day


def test_under_conditions_a_course_is_accredited():
    assert on_day(entry(CONDITIONAL), date(2026, 2, 1)).accredited


def test_what_has_ended_is_not_accredited_and_never_called_expired():
    ended = entry(document("LIST", "positive", date(2026, 1, 1)), document("END", "not_applicable", date(2026, 3, 1)))

    assert on_day(ended, date(2026, 2, 28)).accredited
    assert on_day(ended, date(2026, 3, 1)).standing == "ended"
    assert on_day(ended, date(2029, 3, 1)).standing == "ended"
