from __future__ import annotations

import pytest

from qa_platform.importing.cells import Kind
from qa_platform.importing.profile import Column, ProfileInvalid, built_in, choose, kind_of, parse_profile, plain

YAML = """
name: ours
source: ours
columns:
  Course: {field: title_en}
  Offered by: {field: provider}
  Level: {field: mqf_level_claimed, values: {Beginner: "3"}}
constants:
  language_of_instruction: [en]
"""
TOML = """
name = "ours"
source = "ours"
[columns]
Course = {field = "title_en"}
"Offered by" = {field = "provider"}
Level = {field = "mqf_level_claimed", values = {Beginner = "3"}}
[constants]
language_of_instruction = ["en"]
"""


def test_a_profile_may_be_yaml_or_toml():
    profile = parse_profile(YAML, "ours.yaml")
    assert profile == parse_profile(TOML, "ours.toml")
    assert profile.columns["Level"] == Column(field="mqf_level_claimed", values={"Beginner": "3"})


@pytest.mark.parametrize(
    ("text", "file", "why"),
    [
        ("name: [", "a.yaml", "line 1"),
        ("name = ", "a.toml", "Invalid value"),
        ("name: a", "a.yaml", "missing required field `source`"),
        (YAML.replace("field: title_en", "feild: title_en"), "a.yaml", "unknown field `feild`"),
        (YAML.replace("field: title_en", "field: rating"), "a.yaml", "has no field “rating”"),
        (YAML.replace("field: mqf_level_claimed", "field: title_en"), "a.yaml", "“title_en” is filled twice"),
        (YAML.replace("field: provider", "kind: text"), "a.yaml", "must say where the title"),
        (YAML.replace("{field: title_en}", "{field: title_en, kind: colour}"), "a.yaml", "Invalid enum value 'colour'"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused_with_the_place(text, file, why):
    with pytest.raises(ProfileInvalid, match=why):
        parse_profile(text, file)


def test_the_profile_that_ships_is_chosen_by_the_columns_of_a_file():
    catalogue = built_in("course_catalogue")
    assert choose(catalogue.columns).name == "course_catalogue"
    assert choose(["Title", "Provider"]).name == "plain"


def test_plain_names_find_their_fields_in_english_and_malay():
    found = plain(["Course Title", "institution", "URL", "tajuk", "mqf_level_claimed", "rating", ""])
    assert {name: column.field for name, column in found.columns.items()} == {
        "Course Title": "title_en",
        "institution": "provider",
        "URL": "course_page_url",
        "tajuk": "title_ms",
        "mqf_level_claimed": "mqf_level_claimed",
    }


def test_of_two_columns_for_one_field_the_plainest_name_is_used():
    assert plain(["name", "title", "course"]).columns == {"title": Column(field="title_en")}


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("provider", Kind.TEXT),
        ("title_en", Kind.TEXT),
        ("course_page_url", Kind.URL),
        ("skills", Kind.LIST),
        ("fee_amount", Kind.MONEY),
        ("duration_weeks", Kind.WEEKS),
        ("notional_hours", Kind.COUNT),
        ("credits_claimed", Kind.NUMBER),
        ("stackable", Kind.TRUTH),
        ("review_date_planned", Kind.DATE),
        (None, None),
    ],
)
def test_a_column_holds_what_its_field_takes(field, kind):
    assert kind_of(Column(field=field)) is kind
