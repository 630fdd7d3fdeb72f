"""A plan goes into the ledger: once, whole rows only, and again without doing anything twice."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from qa_platform.importing.courses import plan_import
from qa_platform.importing.profile import choose
from qa_platform.importing.run import registered_providers, run_import
from qa_platform.kernel.roles import system
from qa_platform.providers.commands import RegisterProvider
from qa_platform.providers.read_model import PROVIDERS
from qa_platform.submissions.commands import ChangeContent
from qa_platform.submissions.events import CoursePatch, SubmissionContentChanged, SubmissionDrafted
from tests.importing.factories import courses, sheet

CONSOLE = system("console")


def plan(rows):
    table = sheet(rows)
    return plan_import(table, choose(table.columns), on=date(2026, 11, 24), longest_validity_months=36)


def run(ledger, rows, **options):
    return run_import(ledger, plan(rows), file="courses.csv", actor=CONSOLE, **options)


def events(ledger):
    with ledger.reading() as connection:
        return connection.scalar(sa.text("SELECT count(*) FROM ledger.events"))


def test_rows_become_drafts_of_their_providers(ledger):
    report = run(ledger, courses(12))
    assert (report.drafted, report.unchanged, report.failed_rows, report.providers) == (12, 0, 0, 3)
    assert report.new_providers == ("Arts Academy", "Bridge College", "Coastal Institute")
    drafted, changed = (one.event for one in ledger.read_stream(f"submission-{report.courses[0].submission_id}"))
    assert isinstance(drafted, SubmissionDrafted)
    assert isinstance(changed, SubmissionContentChanged)
    assert drafted.source.reference == "courses: courses.example.org/learn/baking-0"
    assert changed.content.title_en == "Baking for practice 0"
    (registered,) = ledger.read_stream(f"provider-{drafted.provider_id}")
    assert (registered.event.legal_name, registered.event.origin) == ("Arts Academy", "import")
    assert registered.actor == "system:console"


def test_running_the_same_file_again_changes_nothing(ledger):
    run(ledger, courses(12))
    before = events(ledger)
    report = run(ledger, courses(12))
    assert (report.drafted, report.unchanged, report.new_providers) == (0, 12, ())
    assert events(ledger) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(ledger):
    report = run(ledger, courses(12), dry_run=True)
    assert (report.drafted, report.providers, len(report.new_providers)) == (12, 3, 3)
    assert events(ledger) == 0


def test_a_run_that_was_killed_is_continued_by_running_it_again(ledger):
    def killed(_rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(ledger, courses(250), advance=killed)
    assert events(ledger) == 3 + 2 * 100

    report = run(ledger, courses(250))
    assert (report.drafted, report.unchanged) == (150, 100)
    assert events(ledger) == 3 + 2 * 250


def test_progress_is_told_row_by_row(ledger):
    heard = []
    run(ledger, courses(250), advance=heard.append)
    assert heard == [100, 100, 50]


def test_a_draft_that_people_worked_on_is_left_alone(ledger):
    first = run(ledger, courses(3)).courses[0].submission_id
    ledger.execute(
        ChangeContent(submission_id=first, content=CoursePatch(title_en="A better title")), actor="provider_officer:1"
    )
    before = events(ledger)
    report = run(ledger, courses(3))
    assert report.unchanged == 3
    assert events(ledger) == before


def test_a_provider_that_is_registered_already_is_not_registered_again(ledger):
    known = str(uuid.uuid4())
    ledger.execute(
        RegisterProvider(provider_id=known, legal_name="arts  ACADEMY", origin="registration"), actor=CONSOLE
    )
    report = run(ledger, courses(3))
    assert report.new_providers == ("Bridge College", "Coastal Institute")
    (drafted, _) = ledger.read_stream(f"submission-{report.courses[0].submission_id}")
    assert drafted.event.provider_id == known


def test_a_simulated_provider_never_gets_real_courses(ledger):
    ledger.execute(
        RegisterProvider(provider_id=str(uuid.uuid4()), legal_name="Arts Academy", origin="simulation", simulated=True),
        actor=CONSOLE,
    )
    assert registered_providers(ledger) == {}
    assert "Arts Academy" in run(ledger, courses(3)).new_providers
    with ledger.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(PROVIDERS.table)) == 4


def test_a_row_that_the_rules_refuse_is_told_by_column_and_the_others_go_in(ledger):
    rows = courses(3)
    rows[1][0] = "Write to tea@example.org about tea"
    report = run(ledger, rows)
    assert report.drafted == 2
    assert [(one.line, one.column) for one in report.failed] == [(3, "title")]
    assert "tea@example.org" in report.failed[0].message
    assert report.providers == 2


def test_another_file_of_the_same_source_adds_only_what_is_new(ledger):
    run(ledger, courses(10))
    report = run(ledger, list(reversed(courses(15))))
    assert (report.drafted, report.unchanged) == (5, 10)
