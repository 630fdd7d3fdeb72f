from __future__ import annotations

from datetime import timedelta

import pytest

from qa_platform.standards import read_model
from tests.standards.conftest import NOON
from tests.standards.factories import TODAY, PublishRubricFactory, PutRubricInForceFactory, RetireRubricFactory

DAY = timedelta(days=1)


@pytest.fixture
def given(ledger):
    def given(*commands):
        for command in commands:
            ledger.execute(command, actor="administrator:someone")

    return given


def in_force(ledger, on):
    with ledger.reading() as connection:
        row = read_model.version_in_force(connection, "small", on)
    return row and row.rubric_version


def test_a_version_is_in_force_from_its_first_day_until_the_next(ledger, given):
    given(
        PublishRubricFactory(),
        PublishRubricFactory(version="0.2.0"),
        PublishRubricFactory(version="0.3.0"),
        PutRubricInForceFactory(),
        PutRubricInForceFactory(version="0.2.0", in_force_from=TODAY + 10 * DAY),
    )

    assert [in_force(ledger, TODAY + n * DAY) for n in (-1, 0, 9, 10, 99)] == [
        None,
        "0.1.0",
        "0.1.0",
        "0.2.0",
        "0.2.0",
    ]


def test_a_version_is_no_longer_in_force_on_the_day_it_is_retired_from(ledger, given):
    given(PublishRubricFactory(), PutRubricInForceFactory(), RetireRubricFactory(retired_from=TODAY + 5 * DAY))

    assert [in_force(ledger, TODAY + n * DAY) for n in (4, 5)] == ["0.1.0", None]


def test_no_version_of_another_standard_is_in_force(ledger, given):
    given(PublishRubricFactory(standard_id="other"), PutRubricInForceFactory(standard_id="other"))

    assert in_force(ledger, TODAY) is None


def test_versions_are_listed_in_the_order_of_publication(ledger, given):
    given(PublishRubricFactory(), PublishRubricFactory(version="0.2.0"), PutRubricInForceFactory())

    with ledger.reading() as connection:
        first, second = read_model.list_versions(connection, "small")

    assert (first.rubric_version, first.in_force_from, first.published_at) == ("0.1.0", TODAY, NOON)
    assert (second.rubric_version, second.in_force_from) == ("0.2.0", None)


def test_every_version_shows_the_version_of_the_standards_stream(ledger, given):
    given(PublishRubricFactory(), PublishRubricFactory(version="0.2.0"))

    with ledger.reading() as connection:
        rows = [read_model.get_version(connection, "small", each) for each in ("0.1.0", "0.2.0", "0.3.0")]

    assert [row and row.version for row in rows] == [2, 2, None]


def test_a_standard_goes_by_the_name_of_its_latest_version(ledger, given):
    given(PublishRubricFactory(), PublishRubricFactory(version="0.2.0", title_en="New name"), PutRubricInForceFactory())

    with ledger.reading() as connection:
        row = read_model.get_standard(connection, "small")

    assert row == read_model.StandardRow(
        standard_id="small",
        version=3,
        title_en="New name",
        title_ms="Standard kecil",
        latest_rubric_version="0.2.0",
        versions_published=2,
    )
