from __future__ import annotations

from qa_platform.simulation.tables import table
from qa_platform.simulation.titles import FIELDS, how_many, topic
from qa_platform.submissions.decider.titles import reserved_words

MANY = 10_000


def test_ten_thousand_courses_have_ten_thousand_titles_in_each_language():
    topics = [topic(7, number) for number in range(MANY)]

    assert len({each.title_en for each in topics}) == MANY
    assert len({each.title_ms for each in topics}) == MANY


def test_every_title_passes_the_rules_for_titles():
    for number in range(how_many()):
        each = topic(1, number)
        for title in (each.title_en, each.title_ms):
            assert not reserved_words(title)
            assert 5 <= len(title) <= 120


def test_a_topic_follows_a_row_of_the_open_learning_index():
    rows = {row["id"]: row for row in table("courses")}

    for number in range(500):
        each = topic(3, number)
        assert each.category == rows[each.after]["category"]
        assert each.field in FIELDS
        assert 3 <= each.level <= 6


def test_every_row_of_the_index_is_followed_by_subjects():
    assert {row["after"] for row in table("subjects")} == {row["id"] for row in table("courses")}


def test_the_same_seed_gives_the_same_titles_and_another_seed_others():
    assert [topic(1, number) for number in range(50)] == [topic(1, number) for number in range(50)]
    assert [topic(1, number) for number in range(50)] != [topic(2, number) for number in range(50)]


def test_the_index_is_attributed_where_its_file_lies():
    folder = __import__("importlib.resources").resources.files("qa_platform.simulation") / "data"

    assert "Open Learning Index, Blackspirits, CC BY 4.0" in (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
