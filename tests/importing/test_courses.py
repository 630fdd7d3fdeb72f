"""What a sheet comes to: rows, columns, providers, ids and all that is reported."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.importing.courses import plan_import
from qa_platform.importing.profile import choose, parse_profile
from qa_platform.importing.reading import FileRefused, read
from qa_platform.importing.report import Finding, Repair, SameProvider, SameTitle
from tests.importing.factories import HEADER, courses, csv_file, sheet, workbook

TODAY = date(2026, 11, 24)
NARROW = ("title", "provider", "url")


def plan(table, profile=None, **options):
    return plan_import(table, profile or choose(table.columns), on=TODAY, longest_validity_months=36, **options)


def narrow(*rows):
    return sheet(rows, NARROW)


def address(number):
    return f"https://courses.example.org/{number}"


def test_a_tidy_row_becomes_a_draft_that_knows_what_it_lacks():
    found = plan(sheet(courses(4)))
    first = found.courses[0]
    assert (first.line, first.title, first.provider.name) == (2, "Baking for practice 0", "Arts Academy")
    assert first.course.content.skills == ("Baking", "Planning")
    assert first.course.content.course_page_url == "https://courses.example.org/learn/baking-0"
    assert first.course.reference == "courses.example.org/learn/baking-0"
    assert "notional_hours" in first.missing
    assert "title_en" not in first.missing
    assert first.not_used == {"rating": "4.0", "learners": "1,100"}
    assert found.unused_columns == ("rating", "learners")
    assert found.failed == ()


def test_the_same_file_gives_the_same_ids_and_another_source_gives_others():
    table = sheet(courses(9))
    profile = parse_profile(
        "name: a\nsource: elsewhere\ncolumns: {title: {field: title_en}, provider: {field: provider}}", "a.yaml"
    )
    ids = [one.course.submission_id for one in plan(table).courses]
    assert ids == [one.course.submission_id for one in plan(table).courses]
    assert len(set(ids)) == 9
    assert not set(ids) & {one.course.submission_id for one in plan(table, profile).courses}


def test_spellings_of_one_provider_are_one_and_are_reported():
    found = plan(
        narrow(("Tea time", "IBM", ""), ("Coffee", "IBM  ", ""), ("Chocolate", "ibm", ""), ("Juice", "IBM", ""))
    )
    assert {one.course.provider_id for one in found.courses} == {found.courses[0].course.provider_id}
    assert found.same_providers == (SameProvider(provider="IBM", spellings=("IBM", "IBM  ", "ibm")),)
    assert (found.organisations, found.named_providers) == (3, 1)


def test_providers_that_look_alike_are_kept_apart_and_reported():
    found = plan(narrow(("Tea time", "Université Laval", ""), ("Coffee", "Universite Laval", "")))
    assert len({one.course.provider_id for one in found.courses}) == 2
    assert found.look_alikes == (("Universite Laval", "Université Laval"),)


def test_a_title_that_a_provider_uses_twice_is_reported():
    found = plan(narrow(("Tea time", "A", address(1)), ("Tea Time ", "A", address(2)), ("Tea time", "B", address(3))))
    assert len(found.courses) == 3
    assert found.same_titles == (SameTitle(provider="A", title="Tea time", lines=(2, 3)),)


def test_a_row_that_says_the_same_again_is_taken_once():
    found = plan(narrow(("Tea time", "A", address(1)), ("Tea time", "A ", address(1))))
    assert len(found.courses) == 1
    assert found.repeated == (Finding(line=3, message="The row says the same as line 2."),)


def test_a_row_that_says_something_else_of_the_same_course_fails():
    found = plan(narrow(("Tea time", "A", address(1)), ("Coffee time", "A", address(1))))
    assert len(found.courses) == 1
    assert "course of line 2 again" in found.failed[0].message


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("", "A", address(1)), "title", "has no title"),
        (("Tea time", " ", address(1)), "provider", "has no provider"),
        (("Tea", "A", address(1)), "title", "too short"),
        (("T" * 121, "A", address(1)), "title", "at most 120 fit"),
        (("Tea time", "A", "courses.example.org/1"), "url", "no web address"),
        (("Vivre _ travers les âges", "A", address(1)), "title", "cannot be read with certainty"),
        (("Caf\udce9 culture", "A", address(1)), "title", "no text in the file's encoding"),
        (("Tea time", "Universit_ X", address(1)), "provider", "cannot be read with certainty"),
        (("T" * 100_001, "A", address(1)), "title", "at most 100,000 are read"),
    ],
)
def test_a_row_that_cannot_be_imported_is_told_by_line_and_column_while_others_go_in(row, column, why):
    found = plan(narrow(("Coffee time", "B", address(2)), row, ("Juice time", "C", address(3))))
    assert [one.line for one in found.courses] == [2, 4]
    assert [(one.line, one.column) for one in found.failed] == [(3, column)]
    assert why in found.failed[0].message


def test_a_cell_of_no_weight_is_left_out_and_its_row_goes_in():
    rows = courses(30)
    rows[4][5] = "['one', 'tw"
    rows[5][5] = f"['Drawing', '{'x' * 101}', 'l__rt']"
    found = plan(sheet(rows))
    assert len(found.courses) == 30
    assert [(one.line, one.column) for one in found.left_out] == [(6, "skills"), (7, "skills"), (7, "skills")]
    assert found.courses[5].course.content.skills == ("Drawing",)


def test_damaged_text_is_imported_only_if_asked_and_then_marked():
    table = narrow(("Caf\udce9 culture", "A", address(1)), ("Vivre _ travers", "A", address(2)))
    found = plan(table, accept_damaged=True)
    assert [one.title for one in found.courses] == ["Caf\ufffd culture", "Vivre _ travers"]
    assert [one.line for one in found.damaged] == [2, 3]
    assert plan(table).courses == ()


def test_a_certain_repair_is_made_and_told_with_before_and_after():
    found = plan(
        narrow(
            ("CafÃ© culture", "A", address(1)),
        )
    )
    assert found.courses[0].title == "Café culture"
    assert found.repairs == (
        Repair(
            line=2,
            column="title",
            before="CafÃ© culture",
            after="Café culture",
            cause="text that was decoded wrongly before",
        ),
    )


def test_a_provider_that_lost_letters_is_restored_from_the_others_of_the_file_or_the_register():
    rows = (("Tea time", "Universit_ Bocconi", address(1)), ("Coffee time", "Università Bocconi", address(2)))
    found = plan(narrow(*rows))
    assert {one.provider.name for one in found.courses} == {"Università Bocconi"}
    alone = plan(narrow(rows[0]), known_providers=["Università Bocconi"])
    assert alone.courses[0].course.submission_id == found.courses[0].course.submission_id
    assert alone.repairs[0].after == "Università Bocconi"


def test_formula_like_text_is_just_text():
    found = plan(
        narrow(
            ("=SUM(A1:A9) in practice", "@Academy", address(1)),
        )
    )
    assert (found.courses[0].title, found.courses[0].provider.name) == ("=SUM(A1:A9) in practice", "@Academy")


def test_a_profile_maps_columns_words_and_constants():
    profile = parse_profile(
        """
        name: ours
        source: ours
        columns:
          Course: {field: title_en}
          By: {field: provider}
          Level: {field: mqf_level_claimed, values: {Beginner: "3"}}
          Taught in: {field: language_of_instruction, separator: "/", values: {English: en, Malay: ms}}
          Fee: {field: fee_amount}
          Takes: {field: duration_weeks}
          Code: {field: reference}
        constants: {fee_currency: MYR, country: MY}
        placeholders: [Various]
        """,
        "ours.yaml",
    )
    header = ("Course", "By", "Level", "Taught in", "Fee", "Takes", "Code")
    rows = [
        ("Tea time", "A", "Beginner", "English / Malay", "1,200.50", "6 weeks", "T1"),
        ("Coffee time", "various", "Beginner", "English", "0", "3 - 6 Months", "T2"),
        ("Juice time", "A", "Expert", "English", "0", "3 - 6 Months", "T3"),
    ]
    found = plan(sheet(rows, header), profile)
    content = found.courses[0].course.content
    assert (content.mqf_level_claimed, content.language_of_instruction) == (3, ("en", "ms"))
    assert (content.fee_amount, content.fee_currency, content.duration_weeks) == (120_050, "MYR", 6)
    assert (found.courses[0].provider.country, found.courses[0].course.reference) == ("MY", "T1")
    assert [(one.line, one.column) for one in found.failed] == [(3, "By")]
    assert {(one.line, one.column) for one in found.left_out} == {(3, "Takes"), (4, "Takes"), (4, "Level")}


def test_a_file_without_a_title_or_a_provider_is_refused_with_the_names_it_has():
    with pytest.raises(FileRefused, match=r"no column holds the provider\. Line 1 names “title”, “where”"):
        plan(sheet([("Tea time", "A")], ("title", "where")))


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(FileRefused, match="2 columns are named “title”"):
        plan(sheet([("Tea time", "Coffee", "A")], ("title", "Title ", "provider")))


def test_a_column_that_the_profile_speaks_of_and_the_file_lacks_is_noted():
    profile = parse_profile(
        "name: a\nsource: a\ncolumns: {t: {field: title_en}, p: {field: provider}, l: {field: skills}}", "a.yaml"
    )
    assert "column “l”, which the file has not" in plan(sheet([("Tea time", "A")], ("t", "p")), profile).notes[0]


def test_a_file_whose_columns_slipped_is_refused():
    rows = [[*row[:1], "", *row[1:]] if index > 40 else row for index, row in enumerate(courses(90))]
    with pytest.raises(FileRefused, match="from line 43 on its columns have slipped"):
        plan(sheet(rows))


def test_a_file_in_which_one_column_slid_is_refused():
    rows = courses(60)
    slid = [[*row[:2], other[2], *row[3:]] for row, other in zip(rows, [*rows[:20], *rows[21:], rows[0]], strict=True)]
    with pytest.raises(FileRefused, match="the web addresses stand 1 row too high"):
        plan(sheet(slid))


def test_a_workbook_comes_to_the_same_as_the_csv():
    rows = courses(12)
    as_csv, as_excel = read(csv_file(rows)), read(workbook([HEADER, *rows]))
    assert plan(as_csv).courses == plan(as_excel).courses


def test_an_error_in_a_workbook_fails_its_row_with_the_column():
    rows = [["Tea time", "A", address(1)], ["#REF!", "A", address(2)]]
    found = plan(read(workbook([NARROW, *rows])))
    assert [one.line for one in found.courses] == [2]
    assert [(one.line, one.column) for one in found.failed] == [(3, "title")] * len(found.failed)
    assert "holds the error #REF!" in found.failed[0].message
