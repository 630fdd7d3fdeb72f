from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest

from qa_platform.accreditations.decider import register_number
from tests.accreditations.factories import SERIES
from tests.query_count import counted_queries
from tests.register.conftest import enter


@pytest.fixture
def entries(agency) -> list[str]:
    """Enter three courses: one whose submission is known in full, one of another provider, one that has expired."""
    agency.lodge("submission-1")
    return [
        enter(agency, 1),
        enter(agency, 2, title_en="Bread Baking", title_ms="Membakar Roti", level=3, credits=Decimal(5)),
        enter(agency, 3, title_en="Old Ways", valid_from=date(2020, 1, 1), valid_to=date(2022, 12, 31)),
    ]


def found(client, address: str, entries: list[str]) -> set[int]:
    """Return which of the entries a page of findings leads to."""
    page = client.get(address)
    assert page.status_code == 200
    return {place for place, number in enumerate(entries, start=1) if f"/register/{number}" in page.text}


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("", {1, 2, 3}),
        ("q=bread", {2}),
        ("q=ROTI membakar", {2}),
        ("q=bread solar", set()),
        ("q=100%", set()),
        ("level=3", {2}),
        ("status=expired", {3}),
        ("status=listed&credits=4", {2}),
        ("credits=1", {1, 3}),
        ("kind=component", set()),
        ("kind=course", {1, 2, 3}),
        ("mode=online_asynchronous&mode=", set()),
        ("field=98", set()),
    ],
)
def test_the_register_is_searched_by_words_and_facets(client, entries, asked, places):
    assert found(client, f"/register?{asked}", entries) == places


def test_what_a_course_says_of_itself_is_a_facet_once_it_is_listed(client, agency, entries):
    agency.lodge("submission-9")

    page = client.get("/register").text

    # Of two submissions that are alike, one is listed: it is found by its field, and the other nowhere.
    field = page.split('name="field"')[1].split('<option value="')[2][:2]
    assert found(client, f"/register?field={field}", entries) == {1}
    assert "submission-9" not in page


@pytest.mark.parametrize("asked", ["level=many", "status=none", "page=0", "page=x", "field=6", "credits=9", "lang=xx"])
def test_a_wrong_value_in_the_address_is_left_out(client, entries, asked):
    assert found(client, f"/register?{asked}", entries) == {1, 2, 3}


def test_nothing_found_says_what_to_do_next(client, entries):
    assert "Use fewer words or filters" in client.get("/register?q=zzz").text
    assert "Gunakan lebih sedikit perkataan" in client.get("/register?q=zzz&lang=ms").text


def test_an_entry_is_shown_however_its_number_is_typed(client, entries):
    for typed in (entries[0], entries[0].lower(), entries[0].replace("-", "")):
        page = client.get(f"/register/{typed}")
        assert (page.status_code, "Solar Panel Maintenance" in page.text) == (200, True)
        assert f"/register/{entries[0]}</a>" in page.text


def test_a_page_and_its_json_say_the_same(client, entries):
    told = client.get(f"/api/v1/accreditations/{entries[1]}").json
    page = client.get(f"/register/{entries[1]}").text

    assert told["title_en"] in page
    assert told["history"][0]["record"] in page
    assert f'href="/api/v1/accreditations/{entries[1]}"' in page


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2019-12-31", "No: on 31 December 2019 it was not accredited."),
        ("2020-01-01", "Yes: on 1 January 2020 it was accredited."),
        ("2022-12-31", "Yes: on 31 December 2022 it was accredited."),
        ("2023-01-01", "No: on 1 January 2023 it was not accredited."),
        ("31.12.2022", "This is no day."),
        ("", "Was it accredited on a certain day?"),
    ],
)
def test_whether_it_was_accredited_on_a_day_is_answered(client, entries, day, says):
    assert says in client.get(f"/register/{entries[2]}?on={day}").text


def test_what_was_typed_is_still_there_when_it_is_no_day(client, entries):
    assert 'value="31.12.2022"' in client.get(f"/register/{entries[2]}?on=31.12.2022").text


def test_a_number_that_is_mistyped_and_one_that_was_never_given_are_told_apart(client, entries):
    wrong = entries[0][:-1] + ("A" if entries[0][-1] != "A" else "B")
    mistyped, unknown = client.get(f"/register/{wrong}"), client.get(f"/register/{register_number(SERIES, 99)}")

    assert (mistyped.status_code, unknown.status_code) == (404, 404)
    assert "mistyped, missing or swapped" in mistyped.text
    assert "no course was ever accredited under it" in unknown.text


def test_what_somebody_typed_into_the_address_is_never_markup(client, entries):
    for address in ("/register?q=<script>alert(1)</script>", "/register/<script>alert(1)<%2Fscript>"):
        assert "<script>alert" not in client.get(address).text


def test_a_page_of_findings_costs_as_much_with_one_entry_as_with_many(client, agency, entries):
    client.get("/register")

    def cost(asked: str) -> int:
        with counted_queries(agency.ledger.engine) as sent:
            assert client.get(f"/register?{asked}").status_code == 200
        return len(sent)

    for serial in range(4, 30):
        enter(agency, serial)
    assert cost("level=3") == cost("") <= 8
    assert "page=2" in client.get("/register").text
    assert "/register/" in client.get("/register?page=2").text


def test_all_that_is_found_can_be_taken_along_as_a_table(client, entries):
    answer = client.get("/register.csv?q=bread")

    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert answer.mimetype == "text/csv"
    assert (row["number"], row["title_ms"], row["level"], row["status"]) == (entries[1], "Membakar Roti", "3", "listed")
    assert len(list(csv.DictReader(io.StringIO(client.get("/register.csv").text)))) == 3


def test_a_title_is_never_a_formula_of_a_spreadsheet(client, agency):
    enter(agency, 1, title_en='=HYPERLINK("http://elsewhere.invalid")')

    (row,) = csv.DictReader(io.StringIO(client.get("/register.csv").text))

    assert row["title_en"].startswith("'=")


def test_the_json_of_a_search_asks_for_the_same(client, entries):
    page = client.get("/register?q=bread&level=3&credits=4").text

    address = re.search(r'href="(/api/v1/accreditations[^"]*)"', page)[1].replace("&amp;", "&")
    assert [one["number"] for one in client.get(address).json["items"]] == [entries[1]]


def test_beyond_the_last_page_the_last_page_is_shown(client, entries):
    assert found(client, "/register?page=7", entries) == {1, 2, 3}
