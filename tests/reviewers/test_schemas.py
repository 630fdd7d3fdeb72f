from __future__ import annotations

import marshmallow as ma
import pytest

from qa_platform.reviewers.schemas import DeclareInterestSchema, ExpertiseSchema

EXPERTISE = {"fields": ["0613", "04"], "highest_level": 7, "years_of_practice": 9, "category": "employer"}


def test_expertise_is_loaded_as_events_hold_it():
    loaded = ExpertiseSchema().load(EXPERTISE | {"fields": ["0613", "04", "0613"]})
    assert loaded == EXPERTISE | {"fields": ("0613", "04")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fields", []),
        ("fields", ["6"]),
        ("fields", ["11"]),
        ("fields", ["06134"]),
        ("highest_level", 0),
        ("highest_level", 9),
        ("highest_level", 7.5),
        ("years_of_practice", -1),
        ("category", "celebrity"),
    ],
)
def test_expertise_that_nobody_can_have_is_refused(field, value):
    with pytest.raises(ma.ValidationError) as caught:
        ExpertiseSchema().load(EXPERTISE | {field: value})
    assert list(caught.value.messages) == [field]


TIE = {"provider_id": "01930000-0000-7000-8000-0000000000a1", "category": "EMP", "since": "2020-01-01"}


@pytest.mark.parametrize(
    ("field", "value"), [("category", "XYZ"), ("since", "long ago"), ("provider_id", ""), ("detail", "")]
)
def test_a_tie_that_says_nothing_is_refused(field, value):
    with pytest.raises(ma.ValidationError) as caught:
        DeclareInterestSchema().load(TIE | {field: value})
    assert list(caught.value.messages) == [field]
