from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.kernel.rejected import Rejected
from qa_platform.standards.decider import (
    PublishedRubricEdited,
    RubricAlreadyInForce,
    RubricDateImpossible,
    RubricRetiredAlready,
    RubricUnknown,
    standard_decider,
)
from qa_platform.standards.events import RubricPutInForce
from tests.specification import Specification
from tests.standards.factories import (
    TEXT,
    TODAY,
    PublishRubricFactory,
    PutRubricInForceFactory,
    RetireRubricFactory,
    RubricPublishedFactory,
    RubricPutInForceFactory,
    RubricRetiredFactory,
)

standard = Specification(standard_decider)
published = standard.given(RubricPublishedFactory())
in_force = published.given(RubricPutInForceFactory())
DAY = timedelta(days=1)


def test_a_version_is_published_with_its_text():
    standard.when(PublishRubricFactory()).then(RubricPublishedFactory())


def test_publishing_the_same_text_again_changes_nothing():
    in_force.when(PublishRubricFactory()).then_nothing()


def test_a_published_text_that_was_edited_is_refused_with_the_difference():
    edited = PublishRubricFactory(text=TEXT.replace("'5'", "'6'"), content_hash="sha256:bb")

    refusal = published.when(edited).then_rejected(PublishedRubricEdited, match="publish the change as a new version")

    assert "\n-weight: '5'\n+weight: '6'\n" in refusal.message
    assert "more lines" not in refusal.message


def test_a_difference_shows_one_line_around_what_was_edited():
    lines = [f"line {number}" for number in range(9)]
    first = standard.given(RubricPublishedFactory(text="\n".join(lines)))
    edited = PublishRubricFactory(text="\n".join([*lines[:4], "edited", *lines[5:]]), content_hash="sha256:bb")

    refusal = first.when(edited).then_rejected(PublishedRubricEdited)

    shown = ["--- as published", "+++ as it is now", "@@ -4,3 +4,3 @@", " line 3", "-line 4", "+edited", " line 5"]
    assert refusal.message.splitlines()[1:] == shown


def test_a_difference_in_line_endings_only_is_named():
    edited = PublishRubricFactory(text=TEXT.replace("\n", "\r\n"), content_hash="sha256:bb")

    published.when(edited).then_rejected(PublishedRubricEdited, match="Only the line endings")


def test_a_long_difference_is_cut_short():
    edited = PublishRubricFactory(text="x\n" * 500 + "y" * 5000, content_hash="sha256:bb")

    refusal = published.when(edited).then_rejected(PublishedRubricEdited, match="and 487 more lines")

    assert len(refusal.message) < 2000


def test_a_new_version_stands_beside_the_old():
    in_force.when(PublishRubricFactory(version="0.2.0", content_hash="sha256:bb")).then(
        RubricPublishedFactory(version="0.2.0", content_hash="sha256:bb")
    )


def test_a_version_comes_into_force_today_or_later():
    published.when(PutRubricInForceFactory()).then(RubricPutInForceFactory())
    published.when(PutRubricInForceFactory(in_force_from=TODAY - DAY)).then_rejected(
        RubricDateImpossible, match="that day is past"
    )


def test_what_was_not_published_can_be_neither_in_force_nor_retired():
    standard.when(PutRubricInForceFactory()).then_rejected(RubricUnknown, match="Publish it first")
    published.when(RetireRubricFactory(version="0.2.0")).then_rejected(RubricUnknown, match="no version “0.2.0”")


def test_a_version_comes_into_force_once():
    in_force.when(PutRubricInForceFactory()).then_nothing()
    in_force.when(PutRubricInForceFactory(in_force_from=TODAY + DAY)).then_rejected(
        RubricAlreadyInForce, match="its day is 2026-07-01"
    )


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY])
def test_versions_come_into_force_one_after_the_other(day):
    second = in_force.given(RubricPublishedFactory(version="0.2.0"))

    second.when(PutRubricInForceFactory(version="0.2.0", in_force_from=day, on=TODAY - DAY)).then_rejected(
        RubricDateImpossible, match="Choose a later day"
    )
    second.when(PutRubricInForceFactory(version="0.2.0", in_force_from=TODAY + DAY)).then(
        RubricPutInForceFactory(version="0.2.0", in_force_from=TODAY + DAY)
    )


def test_a_retired_version_does_not_come_into_force():
    published.given(RubricRetiredFactory()).when(PutRubricInForceFactory()).then_rejected(
        RubricRetiredAlready, match="Publish a new version"
    )


def test_a_version_is_retired_from_a_day_on():
    in_force.when(RetireRubricFactory()).then(RubricRetiredFactory())
    published.when(RetireRubricFactory()).then(RubricRetiredFactory())


def test_a_version_is_not_retired_in_the_past_or_before_its_first_day():
    in_force.when(RetireRubricFactory(retired_from=TODAY - DAY)).then_rejected(RubricDateImpossible, match="or later")
    published.given(RubricPutInForceFactory(in_force_from=TODAY + 9 * DAY)).when(
        RetireRubricFactory(retired_from=TODAY + DAY)
    ).then_rejected(RubricDateImpossible, match="Choose 2026-07-10 or later")


def test_a_version_is_retired_once():
    retired = in_force.given(RubricRetiredFactory())

    retired.when(RetireRubricFactory()).then_nothing()
    retired.when(RetireRubricFactory(retired_from=TODAY + DAY)).then_rejected(RubricRetiredAlready, match="day stands")


versions = st.sampled_from(["0.1.0", "0.2.0", "0.3.0"])
days = st.integers(-3, 9).map(lambda n: TODAY + n * DAY)
asked = st.one_of(
    st.builds(
        PublishRubricFactory,
        version=versions,
        content_hash=st.sampled_from(["sha256:aa", "sha256:bb"]),
        text=st.sampled_from(["one", "other"]),
    ),
    st.builds(PutRubricInForceFactory, version=versions, in_force_from=days, on=days),
    st.builds(RetireRubricFactory, version=versions, retired_from=days, on=days),
)


@for_all(st.lists(asked, max_size=15))
def test_no_two_versions_come_into_force_on_one_day_or_out_of_order(commands):
    """Whatever is asked, in whatever order, the days of coming into force only rise."""
    state, since = standard_decider.initial, list[date]()

    for command in commands:
        try:
            events = standard_decider.decide(command, state)
        except Rejected:
            continue
        for event in events:
            state = standard_decider.evolve(state, event)
            if isinstance(event, RubricPutInForce):
                since.append(event.in_force_from)

    assert since == sorted(set(since))
