from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.mutation.changes import change_of, matters
from tests.mutation.report import Result, document, found, reasons, unmeasured

FILE = """
def x_rule__mutmut_orig(day, due):
    if day < due:
        raise Late("It is late. Come back.", (Fault("due_on", "Choose a later day."),))
    assert_never(day)


def x_rule__mutmut_1(day, due):
    {changed}
"""


@pytest.fixture
def changed(tmp_path: Path):
    def change(**words: str) -> tuple[str, Path]:
        whole = {
            "sign": "<",
            "words": '"It is late. Come back."',
            "field": '"due_on"',
            "end": "assert_never(day)",
        } | words
        body = 'if day {sign} due:\n        raise Late({words}, (Fault({field}, "Choose a later day."),))\n    {end}'
        folder = tmp_path / "qa_platform" / "room"
        folder.mkdir(parents=True)
        (folder / "decider.py").write_text(FILE.format(changed=body.format(**whole)), encoding="utf-8")
        return "qa_platform.room.decider.x_rule__mutmut_1", tmp_path

    return change


@pytest.mark.parametrize("words", [{"sign": "<="}, {"field": '"DUE_ON"'}, {"field": "None"}])
def test_a_rule_that_changed_matters(changed, words):
    assert matters(*changed(**words))


@pytest.mark.parametrize("words", [{"words": '"IT IS LATE."'}, {"words": "None"}, {"end": "assert_never(None)"}])
def test_words_alone_do_not_and_neither_does_what_never_happens(changed, words):
    assert not matters(*changed(**words))


def test_a_change_is_told_with_little_around_it(changed):
    change = change_of(*changed(sign="<="))

    assert change == ("room", "room.decider.rule", "if day < due:", "if day <= due:")


def test_the_page_counts_what_was_noticed_and_lists_what_was_not(changed):
    page = document({"room": Result(8, [change_of(*changed(sign="<="))], date(2026, 11, 24), "0b3781c")})

    assert "| room | 8 | 7 | 87.5 | 2026-11-24 | 0b3781c |" in page
    assert "* room.decider.rule: `if day < due:` became `if day <= due:`" in page


def test_the_page_tells_what_was_found_last():
    page = Path(__file__).parents[2] / "docs" / "mutation.md"

    assert page.read_text(encoding="utf-8") == document(found(), unmeasured(found()))


def test_every_reason_is_a_sentence():
    assert all(reason.endswith(".") for reason in reasons().values())
