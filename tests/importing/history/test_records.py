from __future__ import annotations

from datetime import date

import pytest

from qa_platform.importing.history.findings import Topic
from tests.importing.history.extract import action, both, record, write


def read(tmp_path, *rows):
    records, _ = both(write(tmp_path, [action()], rows))
    return records


@pytest.mark.parametrize(
    ("changed", "topic", "field"),
    [
        ({"AccreditationDate": "9/22/8014 12:00:00 AM"}, Topic.IMPOSSIBLE_DATE, "accredited_on"),
        ({"ReviewDate": "12/31/2123"}, Topic.IMPOSSIBLE_DATE, "review_on"),
        ({"ReviewDate": "09-21-2025"}, Topic.OTHER_FORM, "review_on"),
        ({"ReviewDate": "4/1//2012"}, Topic.OTHER_FORM, "review_on"),
        ({"AccreditationEndDate": "1/1/2030 12:00:00 AM"}, Topic.IMPOSSIBLE_DATE, "ended_on"),
    ],
)
def test_a_date_that_cannot_be_or_could_be_two_is_told_and_not_taken(tmp_path, changed, topic, field):
    records = read(tmp_path, record(**changed))
    assert [(one.topic, one.line, one.column) for one in records.findings] == [(topic, 2, next(iter(changed)))]
    assert getattr(records.cases["dapip-100034-27-1-1"], field) is None


def test_a_date_before_there_were_agencies_may_be_true(tmp_path):
    records = read(tmp_path, record(AccreditationDate="7/1/1836 12:00:00 AM"))
    assert [one.topic for one in records.findings] == [Topic.EARLY_DATE]
    assert records.cases["dapip-100034-27-1-1"].accredited_on == date(1836, 7, 1)


def test_a_review_before_its_accreditation_is_told(tmp_path):
    records = read(tmp_path, record(ReviewDate="1/25/2008"))
    assert [one.topic for one in records.findings] == [Topic.REVIEW_TOO_EARLY]


def test_a_second_record_of_a_case_and_an_unknown_status_are_not_taken(tmp_path):
    records = read(tmp_path, record(), record(ReviewDate=""), record(SequentialId="2", AccreditationStatus="Maybe"))
    assert [(one.topic, one.line) for one in records.findings] == [(Topic.UNREADABLE, 3), (Topic.UNREADABLE, 4)]
    assert len(records.cases) == 1
