from __future__ import annotations

import json
from datetime import date

from qa_platform.importing.courses import plan_import
from qa_platform.importing.profile import choose
from qa_platform.importing.report import to_json, to_lines
from qa_platform.importing.run import run_import
from tests.importing.factories import courses, sheet


def report(ledger, **options):
    rows = courses(15)
    rows[3][0] = ""
    rows[4][1] = "bridge college"
    rows[5][0] = "CafÃ© culture"
    table = sheet(rows)
    plan = plan_import(table, choose(table.columns), on=date(2026, 11, 24), longest_validity_months=36)
    return run_import(ledger, plan, file="courses.csv", actor="system:console", **options)


def test_a_person_reads_figures_first_and_then_what_needs_a_look(ledger):
    lines = list(to_lines(report(ledger, dry_run=True), most=3))
    assert lines[:3] == [
        "courses.csv: 15 rows, read as utf-8 by the profile “plain”",
        "  14 would be drafted, 0 there already, 1 not imported",
        "  4 organisations as written are 3 providers; 3 of them would have drafts here, 3 would be new",
    ]
    text = "\n".join(lines)
    assert "line 5, title: The row has no title." in text
    assert "line 7, title: “CafÃ© culture” → “Café culture”" in text
    assert "“Bridge College”: 'Bridge College', 'bridge college'" in text
    assert "Columns not used (2)\n  rating\n  learners" in text
    assert "short_description (14)" in text
    assert "more; --json lists them all" in text


def test_a_script_reads_all_of_it(ledger):
    told = json.loads(to_json(report(ledger)))
    assert (told["drafted"], told["failed_rows"], told["missing_fields"]["synopsis"]) == (14, 1, 14)
    assert told["failed"] == [{"line": 5, "column": "title", "message": "The row has no title."}]
    assert told["courses"][0]["not_used"] == {"rating": "4.0", "learners": "1,100"}
    assert "synopsis" in told["courses"][0]["missing"]
    assert told["courses"][0]["became"] == "drafted"
