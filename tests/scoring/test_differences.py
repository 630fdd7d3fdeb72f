from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from qa_platform.scoring.rubric import known_rubric
from qa_platform.scoring.rubric.differences import Difference, Piece, differences
from qa_platform.scoring.rubric.structure import Rubric, Text


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return known_rubric((Path(__file__).parents[2] / "rubrics" / "nmcs" / "0.1.0.yaml").read_text(encoding="utf-8"))


def test_a_version_does_not_differ_from_itself(rubric):
    assert differences(rubric, rubric) == ()


def test_the_words_that_came_and_went_are_told_apart(rubric):
    first, *others = rubric.criteria
    before = replace(rubric, criteria=(replace(first, title=Text(en="A clear name", ms="Nama jelas")), *others))
    after = replace(rubric, criteria=(replace(first, title=Text(en="A plain name", ms="Nama jelas")), *others))

    (found,) = differences(before, after)

    assert (found.criterion, found.fate, found.rules) == (first.id, "changed", ())
    assert found.title["en"] == (
        Piece(kind="same", text="A "),
        Piece(kind="removed", text="clear"),
        Piece(kind="added", text="plain"),
        Piece(kind="same", text=" name"),
    )
    assert found.title["ms"] == (Piece(kind="same", text="Nama jelas"),)


def test_the_pieces_make_both_texts_again(rubric):
    first, second, *others = rubric.criteria
    after = replace(rubric, criteria=(replace(first, text=second.text), second, *others))

    (found,) = differences(rubric, after)

    for language in ("en", "ms"):
        pieces = found.text[language]
        before = "".join(piece.text for piece in pieces if piece.kind != "added")
        assert before == first.text.into(language)
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == second.text.into(language)


def test_a_rule_that_changes_is_named_though_no_word_does(rubric):
    first, *others = rubric.criteria
    after = replace(rubric, criteria=(replace(first, must_pass=not first.must_pass), *others))

    assert [one.rules for one in differences(rubric, after)] == [("must_pass",)]


def test_what_is_new_comes_in_its_place_and_what_is_gone_last(rubric):
    first, *others = rubric.criteria
    new = replace(first, id="Z9")

    found = differences(rubric, replace(rubric, criteria=(new, *others)))

    assert [(one.criterion, one.fate) for one in found] == [("Z9", "added"), (first.id, "removed")]
    assert isinstance(found[0], Difference)
