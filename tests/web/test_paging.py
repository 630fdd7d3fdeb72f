from __future__ import annotations

import base64
import json
from datetime import date, timedelta

import pytest

from tests.query_count import counted_queries
from tests.web.board import PinNote
from tests.web.conftest import REVIEWER

NOTES = "/api/v1/board/notes"
ORDERS = ["note", "newest", "author"]


@pytest.fixture
def forty(ledger) -> list[str]:
    """Forty notes, some of one day, some of nobody."""
    commands = [
        PinNote(
            note_id=f"n{number:02}",
            text=f"{'anon' if number % 3 == 0 else 'text'} {number % 7}",
            on=date(2026, 1, 1) + timedelta(days=number // 4),
        )
        for number in range(40)
    ]
    ledger.execute_many([[command] for command in commands], actor="reviewer:rev")
    return [command.note_id for command in commands]


def walk(client, order: str, limit: int) -> list[str]:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        address = f"{NOTES}?order={order}&limit={limit}" + (f"&cursor={cursor}" if cursor else "")
        answer = client.get(address, headers=REVIEWER)
        assert answer.status_code == 200, answer.text
        seen += [item["note_id"] for item in answer.json["items"]]
        cursor = answer.json["next"]
        assert len(seen) <= 40
    return seen


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 3, 39, 40, 200])
def test_every_item_is_on_one_page_in_one_order(client, forty, order, limit):
    seen = walk(client, order, limit)

    assert sorted(seen) == forty
    assert seen == walk(client, order, 200)


def test_orders_are_what_they_say(client, forty):
    assert walk(client, "note", 7) == forty
    assert walk(client, "newest", 7) == forty[::-1]


def test_a_page_is_thirty_unless_asked_otherwise(client, forty):
    answer = client.get(NOTES, headers=REVIEWER).json

    assert len(answer["items"]) == 30
    assert answer["next"] is not None


def test_the_last_page_has_no_next(client, forty):
    assert client.get(f"{NOTES}?limit=40", headers=REVIEWER).json["next"] is None


def test_an_empty_list_is_a_page(client):
    assert client.get(NOTES, headers=REVIEWER).json == {"items": [], "next": None}


def test_what_is_added_or_gone_meanwhile_neither_doubles_nor_hides_another(client, forty, ledger):
    first = client.get(f"{NOTES}?limit=5", headers=REVIEWER).json
    ledger.execute(PinNote(note_id="a-before-all", text="x", on=date(2026, 1, 1)), actor="reviewer:rev")

    second = client.get(f"{NOTES}?limit=5&cursor={first['next']}", headers=REVIEWER).json

    assert [item["note_id"] for item in second["items"]] == forty[5:10]


@pytest.mark.parametrize("limit", ["0", "-1", "201", "1000000000000", "1.5", "x", "", "\u0661", "1 "])
def test_a_limit_is_a_number_from_one_to_two_hundred(client, limit):
    answer = client.get(NOTES, query_string={"limit": limit}, headers=REVIEWER)

    assert answer.status_code == 422, answer.text
    assert [fault["field"] for fault in answer.json["errors"]] == ["limit"]


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "ümlaut",
        "A" * 3_000,
        packed(None),
        packed(17),
        packed([]),
        packed({}),
        packed([["note_id"], []]),
        packed([["note_id"], [17]]),
        packed([["note_id"], [None]]),
        packed([["note_id"], [["a"]]]),
        packed([["note_id"], ["a", "b"]]),
        packed([["text"], ["a"]]),
        packed([["on", "note_id"], ["2026-01-01", "a"]]),
        packed("[" * 500),
        base64.urlsafe_b64encode(b"[" * 1_400).decode(),
    ],
)
def test_a_cursor_that_is_not_of_this_list_is_refused(client, cursor):
    answer = client.get(NOTES, query_string={"cursor": cursor}, headers=REVIEWER)

    assert answer.status_code == 422, answer.text
    assert [fault["field"] for fault in answer.json["errors"]] == ["cursor"]


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_a_cursor_holds_no_text_that_cannot_be_stored(client, text):
    cursor = packed([["note_id"], [text]])

    assert client.get(NOTES, query_string={"cursor": cursor}, headers=REVIEWER).status_code in {400, 422}


def test_a_cursor_of_another_order_is_refused(client, forty):
    cursor = client.get(f"{NOTES}?limit=3", headers=REVIEWER).json["next"]

    answer = client.get(f"{NOTES}?limit=3&order=newest&cursor={cursor}", headers=REVIEWER)

    assert answer.status_code == 422


def test_a_page_costs_the_same_for_one_row_and_for_thirty(client, forty, ledger):
    client.get(NOTES, headers=REVIEWER)
    costs = []
    for limit in (1, 30):
        with counted_queries(ledger.engine) as sent:
            assert len(client.get(f"{NOTES}?limit={limit}", headers=REVIEWER).json["items"]) == limit
        costs.append(len(sent))

    assert costs == [1, 1]
