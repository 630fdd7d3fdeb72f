from __future__ import annotations

import re
from decimal import Decimal

import pytest

from qa_platform.scoring.rubric import RubricInvalid, content_hash, parse_rubric
from tests.scoring.national import NAME, TEXT, national
from tests.scoring.small import SMALL


def faults_of(text: str) -> list[str]:
    with pytest.raises(RubricInvalid) as caught:
        parse_rubric(text, NAME)
    return [fault.message for fault in caught.value.faults]


def edited(before: str, after: str) -> str:
    assert before in SMALL, before
    return SMALL.replace(before, after, 1)


def criterion(name: str, before: str, after: str) -> str:
    """Return the small rubric with one change, the first of its kind from a criterion on."""
    head, mark, rest = SMALL.partition(f"  - id: {name}\n")
    assert before in rest, before
    return head + mark + rest.replace(before, after, 1)


def test_the_national_standard_is_as_the_agency_drafted_it():
    rubric = national()

    assert (rubric.standard_id, rubric.version, len(rubric.areas), len(rubric.criteria)) == ("nmcs", "0.1.0", 7, 33)
    assert [level.score for level in rubric.scale] == [1, 2, 3, 4]
    assert sum(each.weight for each in rubric.criteria) == 100
    assert sum(each.must_pass for each in rubric.criteria) == 14
    assert sum(each.weight for each in rubric.criteria if each.must_pass) == 53
    assert rubric.translations == {"ms": "unreviewed"}


def test_a_component_leaves_out_what_its_parent_programme_answers():
    rubric = national()

    alone = {each.id for each in rubric.applying("SAMC")}
    component = {each.id for each in rubric.applying("APMC")}

    assert alone - component == {"A3", "G1"}
    assert {each.id for each in rubric.criteria if each.not_applicable} == {"G2", "G3"}


def test_no_malay_text_is_a_copy_of_the_english():
    rubric = national()

    texts = [each.title for each in (*rubric.areas, *rubric.criteria)] + [each.text for each in rubric.criteria]
    anchors = [anchor for each in rubric.criteria for anchor in each.anchors.values()]

    assert not [text for text in (*texts, *anchors) if text.en == text.ms]


def test_an_unreadable_weight_is_named_with_file_line_and_criterion():
    text = criterion("B2", "weight: '5'", "weight: five")
    line = text[: text.index("weight: five")].count("\n") + 1

    what = "the weight “five” is not a number; write it as a quoted decimal such as '5'."
    assert faults_of(text) == [f"{NAME}, line {line}, criterion B2: {what}"]


def test_every_fault_is_told_at_once_in_the_order_of_the_lines():
    text = edited("index_min: '0.85'", "index_min: 0.85").replace("must_pass: true", "must_pass: maybe", 1)
    text = text.replace("- id: B3\n", "- id: B2\n").replace("    conditionable: true\n", "", 1)

    lines = [int(re.findall(r"line (\d+)", message)[0]) for message in faults_of(text)]

    assert len(lines) == 4
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (edited("index_min: '0.85'", "index_min: 0.85"), "the index min 0.85 is not quoted"),
        (criterion("A1", "weight: '70'", "weight: 3"), "criterion A1: the weight 3 is not quoted"),
        (criterion("A1", "weight: '70'", "weight: '-3'"), "the weight “-3” is not a number"),
        (criterion("A1", "weight: '70'", "weight: '1e2'"), "the weight “1e2” is not a number"),
        (criterion("A1", "weight: '70'", "weight: '\u0663'"), "the weight “\u0663” is not a number"),
        (criterion("A1", "weight: '70'", "weight:"), "criterion A1: the weight is empty"),
        (criterion("A1", "must_pass: true", "must_pass: yes"), "the must pass “yes” is not yes or no; write true"),
        (criterion("B2", "  - id: B3\n", "  - id: B2\n"), "the criterion B2 is already there on line"),
        (criterion("B2", "area: B", "area: Z"), "the area “Z” is not among the areas"),
        (criterion("B2", "area: B\n", "area: B\n    area: B\n"), "criterion B2: “area” stands twice"),
        (criterion("B2", "area: B\n", "area: B\n    mood: good\n"), "criterion B2: “mood” is not known here"),
        (criterion("B2", "must_pass: false\n    ", ""), "criterion B2: the must pass is missing; add “must_pass:”"),
        (criterion("B2", "not_applicable: not_allowed", "not_applicable: maybe"), "choose one of allowed, not_allowed"),
        (criterion("B1", "not_applicable: not_allowed", "not_applicable: allowed"), "cannot be left out as not"),
        (criterion("B2", "[SAMC, APMC", "[SAMC, SAMC"), "a route stands twice"),
        (criterion("B2", "[SAMC, APMC", "[SAMC, MOOC"), "criterion B2: the applies to “MOOC” is not known"),
        (criterion("B2", "      4:\n", "      5:\n"), "there is no anchor for score 4"),
        (criterion("B2", "      4:\n", "      5:\n"), "the scale has no score 5"),
        (criterion("B2", "      4:\n", "      x:\n"), "“x” is not a score"),
        (criterion("B2", "      4:\n", "      3:\n"), "criterion B2: “3” stands twice"),
        (criterion("B2", '        ms: "', '        my: "'), "criterion B2: the evidence (ms) is missing"),
        (criterion("B2", 'ms: "Pelajar dan kemasukan"', 'ms: " "'), "the title (ms) is empty"),
        (criterion("B2", 'ms: "Pelajar dan kemasukan"', "ms: 7"), "the title (ms) “7” is not text"),
        (edited("weight: '70'", "weight: '71'"), "the weight of area A is 71, but its criteria add up to 70"),
        (criterion("A1", "weight: '70'", "weight: '71'"), "the weights of the criteria add up to 101"),
        (criterion("A1", "weight: '70'", "weight: '0'"), "the weight is not above 0"),
        (edited("languages: [en, ms]", "languages: [en]"), "the languages are not exactly en and ms"),
        (edited("languages: [en, ms]", "languages: []"), "there is nothing in the languages"),
        (edited("languages: [en, ms]", "languages: [en, ms, zh]"), "“zh” is not known"),
        (edited('version: "0.1.0"', 'version: "1"'), "the version “1” is not of the right form"),
        (edited("score: 2", "score: 5"), "do not count 1, 2, 3"),
        (edited("score: 2", "score: 0x2"), "is not a small whole number"),
        (edited("points: '0.5'", "points: '1.5'"), "the points of the scale fall as the score rises"),
        (edited("points: '0.0'", "points: '0.2'"), "do not run from '0' to '1'"),
        (edited("area_min: '0.5'", "area_min: '0.65'"), "the area min is higher than that of approve"),
        (edited("index_min: '0.85'", "index_min: '1.1'"), "the index min is above '1'"),
        (edited("must_pass_min: 3", "must_pass_min: 9"), "is not on the scale"),
        (edited("below_met_max: 0", "below_met_max: 2"), "the below met max of approve is not 0"),
        (edited("difference_min: 2", "difference_min: 0"), "the difference min is below 1"),
        (edited("otherwise: refuse", "otherwise: shrug"), "the otherwise “shrug” is not known"),
        (edited("languages: [en, ms]", "languages: &these [en, ms]\nother: *these"), "repeats another place"),
        (edited("standard_id: small", "standard_id: small\n\tx: y"), "the file is not YAML here"),
        (edited("standard_id: small", "standard_id: [small]"), "the standard id is not text"),
        (edited("changelog:", "changelog: none\nolder:"), "the changelog is not a list"),
        ("", "the file is empty"),
        ("- a\n", "the file is not a mapping"),
        ("a: 1\n---\nb: 2\n", "the file is not YAML here"),
        ("a: \0", "holds a character that no text may hold"),
        ("a: \ud800", "holds a character that no text may hold"),
        ("a: " + "[" * 5000, "nests too deep"),
    ],
)
def test_what_is_wrong_is_said(text, expected):
    messages = faults_of(text)

    assert any(expected in message for message in messages), "\n".join(messages)
    assert all(message.startswith(f"{NAME}, line ") for message in messages)


def test_the_small_rubric_of_these_tests_has_no_faults():
    assert parse_rubric(SMALL, NAME).standard_id == "small"


@pytest.mark.parametrize("section", ["areas", "criteria"])
def test_without_a_section_nothing_is_said_that_follows_from_it(section):
    (unknown, empty) = faults_of(edited(f"{section}:", f"{section}: []\nolder_{section}:"))

    assert f"there is nothing in the {section}; add at least one item." in unknown + empty
    assert f"“older_{section}” is not known here" in unknown + empty


def test_a_missing_weight_does_not_make_every_sum_wrong_too():
    assert len(faults_of(criterion("B2", "    weight: '5'\n", ""))) == 1


def test_the_hash_is_of_the_exact_bytes():
    assert content_hash("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert content_hash(TEXT) != content_hash(TEXT.replace("\n", "\r\n"))


def test_weights_are_exact_numbers():
    assert {type(each.weight) for each in national().criteria} == {Decimal}
