"""The whole publication, where it is at hand: every flaw that is known of it is found, by number."""

from __future__ import annotations

from collections import Counter

import pytest

from qa_platform.accreditations.events import ActionKind
from qa_platform.accreditations.read_model import every_history
from qa_platform.importing.history.comparison import Agreement, Reason, compare
from qa_platform.importing.history.findings import Topic, by_topic
from qa_platform.importing.history.run import import_actions
from qa_platform.kernel.roles import system
from tests.importing.history.extract import WHOLE, both

pytestmark = pytest.mark.skipif(not WHOLE.is_dir(), reason="the publication is not at hand")


@pytest.fixture(scope="module")
def published():
    return both(WHOLE)


def test_every_known_flaw_is_found_by_file_and_line(published):
    records, actions = published
    found = by_topic([*actions.findings, *records.findings])

    assert {topic: len(some) for topic, some in found.items()} == {
        Topic.REPEATED: 960,
        Topic.NO_RECORD: 59,
        Topic.END_LEFT_OUT: 4,
        Topic.IMPOSSIBLE_DATE: 3,
        Topic.EARLY_DATE: 9,
        Topic.OTHER_FORM: 7,
        Topic.REVIEW_TOO_EARLY: 100,
        Topic.NAME_WITH_HISTORY: 2,
        Topic.PERSONAL_DATA: 1,
    }
    assert {(one.line, one.message.split()[0]) for one in found[Topic.IMPOSSIBLE_DATE]} == {
        (18744, "2114-12-31"),
        (18783, "2123-12-31"),
        (31540, "8014-09-22"),
    }
    assert min(one.message for one in found[Topic.EARLY_DATE]).startswith("1836-07-01")
    assert [one.line for one in found[Topic.OTHER_FORM]] == [6061, 34432, 34484, 34652, 39042, 39052, 39062]
    assert sum("//" in one.message for one in found[Topic.OTHER_FORM]) == 1
    assert "Formerly" in found[Topic.NAME_WITH_HISTORY][0].message


def test_all_cases_and_all_kinds_are_read(published):
    records, actions = published
    cases = Counter(command.history_id for command in actions.commands)
    for finding in actions.findings:
        if finding.topic is Topic.REPEATED:
            first = int(finding.message.split()[-1].rstrip("."))
            cases.update(command.history_id for command in actions.commands if command.source.line == first)

    assert (actions.rows, len(actions.commands), records.rows) == (30_599, 29_639, 49_204)
    assert (len(cases), sum(count >= 3 for count in cases.values()), max(cases.values())) == (21_332, 1_832, 23)
    assert {command.kind for command in actions.commands} == set(ActionKind)


def test_the_whole_history_is_imported_and_every_disagreement_has_its_reason(published, ledger):
    records, actions = published
    done = import_actions(ledger, actions.commands, file="actions.csv.gz", actor=system("console"))
    assert (done.appended, done.refused) == (29_639, ())

    with ledger.reading() as connection:
        compared = compare(every_history(connection, "dapip"), records.cases)
    assert compared.agreements == {Agreement.IN_FORCE: 14_312, Agreement.ENDED: 5_815}
    assert compared.reasons == {
        Reason.LOCATION_NOT_ENDED: 788,
        Reason.PREACCREDITED_INITIAL: 97,
        Reason.BECAME_ACCREDITATION: 94,
        Reason.PREACCREDITED_RENEWED: 49,
        Reason.NO_RECORD: 49,
        Reason.FILED_UNDER_FORMER: 46,
        Reason.END_NOT_RECORDED: 25,
        Reason.PREACCREDITED_OTHERWISE: 22,
        Reason.OTHER_DAY: 10,
        Reason.ENDED_TWICE: 10,
        Reason.ACTED_AFTER_RECORDED_END: 7,
        Reason.ACTED_ON_AFTER_END: 4,
        Reason.END_WITHOUT_DAY: 3,
        Reason.END_NOT_TOLD: 1,
    }
    assert (compared.cases, compared.without_actions) == (21_332, 27_921)
