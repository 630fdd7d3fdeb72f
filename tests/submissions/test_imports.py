from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec import UNSET

from qa_platform.submissions.commands import ChangeContent, DraftSubmission
from qa_platform.submissions.events import CoursePatch, Route, Source
from qa_platform.submissions.imports import FILLABLE, ImportedCourse, RowUnfit, drafting, missing, patch


def test_a_course_from_a_row_is_drafted_and_then_described():
    content = CoursePatch(title_en="Tea time")
    course = ImportedCourse(
        submission_id="s", course_id="c", provider_id="p", source="catalogue", reference="row 1", content=content
    )
    assert drafting(course) == (
        DraftSubmission(
            submission_id="s",
            course_id="c",
            course_version="1.0.0",
            provider_id="p",
            route=Route.SAMC,
            source=Source(kind="import", reference="catalogue: row 1"),
        ),
        ChangeContent(submission_id="s", content=content),
    )


def test_fields_that_one_cell_can_fill_are_known_with_their_limits():
    assert FILLABLE["title_en"].limits == {"shortest": 5, "longest": 120}
    assert (FILLABLE["skills"].many, FILLABLE["skills"].type) == (True, str)
    assert FILLABLE["credits_claimed"].type is Decimal
    assert "outcomes" not in FILLABLE


def test_values_become_a_patch_and_the_rest_stays_unset():
    found = patch(
        {"title_en": "Tea time", "skills": ["Pouring"], "pace": "self_paced", "credits_claimed": Decimal("1.5")}
    )
    assert (found.title_en, found.skills, found.pace) == ("Tea time", ("Pouring",), "self_paced")
    assert found.synopsis is UNSET


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"title_en": "Tea"}, "title_en", "too short"),
        ({"title_en": "T" * 121}, "title_en", "121 characters long"),
        ({"skills": ["Pouring", "x" * 101]}, "skills.1", "at most 100 fit"),
        ({"mqf_level_claimed": 9}, "mqf_level_claimed", "not from 1 to 8"),
        ({"credits_claimed": Decimal("1.55")}, "credits_claimed", "more than 1 decimals"),
        ({"pace": "leisurely"}, "pace", "Invalid enum value 'leisurely'"),
        ({"stackable": "perhaps"}, "stackable", "Expected `bool"),
    ],
)
def test_a_value_that_breaks_a_limit_is_refused_by_field(values, field, why):
    with pytest.raises(RowUnfit, match=why) as refused:
        patch(values)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_what_a_draft_lacks_is_what_lodging_asks_for():
    lacking = {fault.field for fault in missing(patch({"title_en": "Tea time"}), date(2026, 11, 24), 36)}
    assert {"synopsis", "notional_hours", "outcomes", "qa_contact"} <= lacking
    assert "title_en" not in lacking
