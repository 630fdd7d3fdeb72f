from __future__ import annotations

from datetime import date

import pytest

from qa_platform.accreditations.decider import RULES
from qa_platform.importing.history.findings import Topic
from qa_platform.importing.reading import FileRefused
from tests.importing.history.extract import EXTRACT, action, both, write


def found(tmp_path, *rows) -> list[tuple[Topic, int, str | None]]:
    _, actions = both(write(tmp_path, rows))
    return [(finding.topic, finding.line, finding.column) for finding in actions.findings]


def test_a_row_becomes_a_command_with_its_own_day(tmp_path):
    _, actions = both(write(tmp_path, [action()]))
    (command,) = actions.commands

    assert (command.history_id, command.kind, command.effective_on) == (
        "dapip-100034-27-1-1",
        "renewal",
        date(2018, 1, 26),
    )
    assert (command.source.line, command.source.dataset, command.ends_on) == (2, "dapip", None)
    assert actions.findings == ()


def test_free_text_is_never_taken_and_personal_data_in_it_is_told_by_place_only(tmp_path):
    _, actions = both(write(tmp_path, [action(JustificationOther="Ask aminah@example.org about Ms. Tan")]))

    assert "Tan" not in repr(actions.commands)
    assert [(one.topic, one.line, one.column) for one in actions.findings] == [
        (Topic.PERSONAL_DATA, 2, "JustificationOther")
    ]
    assert "aminah" not in actions.findings[0].message


def test_a_justification_outside_the_publishers_list_is_free_text_and_left_out(tmp_path):
    _, actions = both(write(tmp_path, [action(JustificationDescription="Ask Ms. Tan")]))
    assert actions.commands[0].justification is None
    assert actions.findings[0].topic is Topic.REASON_LEFT_OUT
    assert "Tan" not in actions.findings[0].message


def test_a_repeated_row_is_taken_once_and_a_row_that_differs_in_anything_is_another_action(tmp_path):
    rows = [action(), action(JustificationOther="again"), action()]
    _, actions = both(write(tmp_path, rows))

    assert len(actions.commands) == 2
    assert [(one.topic, one.line, one.message) for one in actions.findings] == [
        (Topic.REPEATED, 4, "The same as line 2.")
    ]


def test_an_agencys_name_that_is_respelt_makes_no_other_action(tmp_path):
    _, actions = both(write(tmp_path, [action(), action(AgencyName="The Academy")]))
    assert len(actions.commands) == 1


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("ActionDate", "26/1/2018 12:00:00 AM"),
        ("ActionDate", "2/29/2018 12:00:00 AM"),
        ("ActionDate", "1-26-2018 12:00:00 AM"),
        ("ActionDate", "1/26/2018"),
        ("ActionDate", ""),
        ("ActionDate", "11/25/2026 12:00:00 AM"),
        ("ActionDescription", "Renewal"),
    ],
)
def test_what_does_not_say_one_thing_stays_out_and_is_told_by_line_and_column(tmp_path, column, text):
    assert found(tmp_path, action(), action(**{column: text})) == [(Topic.UNREADABLE, 3, column)]


@pytest.mark.parametrize("text", ["1/1/1900 12:00:00 AM", "1/25/2018 12:00:00 AM", "soon"])
def test_an_end_that_cannot_be_is_left_out_and_the_action_taken(tmp_path, text):
    _, actions = both(write(tmp_path, [action(EndDate=text)]))
    assert actions.commands[0].ends_on is None
    assert [(one.topic, one.column) for one in actions.findings] == [(Topic.END_LEFT_OUT, "EndDate")]


def test_an_action_without_a_record_is_taken_and_told(tmp_path):
    _, actions = both(write(tmp_path, [action(SequentialId="2")]))
    assert len(actions.commands) == 1
    assert actions.findings[0].topic is Topic.NO_RECORD


def test_a_name_that_holds_its_own_history_is_taken_as_it_stands(tmp_path):
    name = "Commission for Nursing - May 6, 2013  Formerly: League for Nursing"
    _, actions = both(write(tmp_path, [action(AgencyName=name)]))
    assert actions.commands[0].subject.agency_name == name
    assert actions.findings[0].topic is Topic.NAME_WITH_HISTORY


def test_a_file_whose_columns_slipped_is_refused_as_a_whole(tmp_path):
    slipped = [["100034", "27", *action()[1:-1]] for _ in range(40)]
    with pytest.raises(FileRefused, match="slipped"):
        both(write(tmp_path, [action(), *slipped]))


def test_a_row_with_a_cell_too_many_stays_out(tmp_path):
    assert found(tmp_path, action(), [*action(), "more"]) == [(Topic.UNREADABLE, 3, None)]


def test_bytes_that_are_no_text_keep_their_row_out(tmp_path):
    rows = [action(SequentialId=str(n)) for n in range(1, 31)]
    write(tmp_path, rows)
    path = tmp_path / "actions.csv"
    path.write_bytes(path.read_bytes().replace(b"Academy of Nutrition", b"Acad\xe9mie \xff\x81", 1))
    _, actions = both(tmp_path)
    assert [(one.topic, one.line, one.column) for one in actions.findings][:1] == [(Topic.UNREADABLE, 2, "AgencyName")]
    assert len(actions.commands) == 29


def test_each_case_stands_together_and_in_the_order_of_its_days():
    _, actions = both(EXTRACT)
    told = [(one.history_id, one.effective_on, RULES[one.kind].effect) for one in actions.commands]
    assert told == sorted(told)
