from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.web.conftest import bearer

NOTES = "/api/v1/board/notes"


def pin(client, text: str = "x", *, token: str = "reviewer-token", key: str = "key-1", **headers: str):
    return client.post(NOTES, json={"text": text}, headers=bearer(token, Idempotency_Key=key, **headers))


def events(ledger) -> int:
    with ledger.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM ledger.events").scalar()


def test_the_same_key_answers_as_the_first_time_and_does_nothing(client, ledger):
    first = pin(client)
    again = pin(client)

    assert first.status_code == again.status_code == 201
    assert again.json == first.json
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert events(ledger) == 1


def test_the_first_answer_stands_also_after_the_resource_has_moved_on(client):
    first = pin(client)
    client.put(first.headers["Location"], json={"text": "later"}, headers=bearer("reviewer-token"))

    assert pin(client).json == first.json


def test_a_repeated_change_passes_the_condition_that_it_fulfilled_the_first_time(client, note):
    headers = bearer("reviewer-token", If_Match='"1"', Idempotency_Key="k")

    first = client.put(note, json={"text": "second"}, headers=headers)
    again = client.put(note, json={"text": "second"}, headers=headers)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json == first.json


def test_the_same_key_with_another_body_is_refused(client, ledger):
    pin(client, "x")

    answer = pin(client, "y")

    assert answer.status_code == 422
    assert answer.json["type"].endswith(":key-reused")
    assert events(ledger) == 1


def test_the_same_key_in_another_role_is_another_request(client):
    assert pin(client, token="double-token", X_Acting_As="reviewer").status_code == 201
    assert pin(client, token="double-token", X_Acting_As="intake_officer").status_code == 422


def test_a_key_belongs_to_one_person(client, ledger):
    assert pin(client).json["id"] != pin(client, token="other-reviewer-token").json["id"]
    assert events(ledger) == 2


def test_a_key_belongs_to_one_resource(client, ledger):
    addresses = [pin(client, key=f"key-{n}").headers["Location"] for n in range(2)]

    for address in addresses:
        headers = bearer("reviewer-token", Idempotency_Key="the-same")
        assert client.put(address, json={"text": "new"}, headers=headers).status_code == 200
    assert events(ledger) == 4


def test_a_refusal_is_not_kept(client, note):
    headers = bearer("reviewer-token", If_Match='"2"', Idempotency_Key="k")
    assert client.put(note, json={"text": "third"}, headers=headers).status_code == 412
    client.put(note, json={"text": "second"}, headers=bearer("reviewer-token"))

    assert client.put(note, json={"text": "third"}, headers=headers).status_code == 200


def test_what_is_told_once_is_not_told_again(client, ledger):
    first = pin(client, "secret")
    again = pin(client, "secret")

    assert first.json["extra"] == {"secret": "told once"}
    assert "extra" not in again.json
    with ledger.reading() as connection:
        kept = connection.exec_driver_sql("SELECT outcome::text FROM ledger.commands").scalar()
    assert "told once" not in kept


def test_two_at_once_under_one_key_do_one_thing(app, ledger):
    together = Barrier(4)

    def ask(_number: int):
        client = app.test_client()
        together.wait()
        return pin(client)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, range(4)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert [answer.headers.get("Idempotency-Replayed") for answer in answers].count("true") == 3
    assert events(ledger) == 1


def test_two_at_once_without_a_key_do_two_things(app, ledger):
    with ThreadPoolExecutor(2) as threads:
        ask = {"json": {"text": "x"}, "headers": bearer("reviewer-token")}
        answers = list(threads.map(lambda _: app.test_client().post(NOTES, **ask), range(2)))

    assert len({answer.json["id"] for answer in answers}) == 2
    assert events(ledger) == 2


@pytest.mark.parametrize("key", ["", " ", "with space", "x" * 129, "schlüssel", "tab\there"])
def test_what_is_no_key_is_refused(client, key):
    answer = pin(client, key=key.encode().decode("latin-1"))

    assert answer.status_code == 400
    assert answer.json["type"].endswith(":malformed-idempotency-key")


def test_two_keys_are_no_key(client):
    headers = [*bearer("reviewer-token").items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]

    assert client.post(NOTES, json={"text": "x"}, headers=headers).status_code == 400


def test_several_streams_answer_as_the_first_time_too(client, ledger):
    ask = {"json": {"text": "x"}, "headers": bearer("reviewer-token", Idempotency_Key="pair")}

    first = client.put("/api/v1/board/pairs/z/a", **ask)
    again = client.put("/api/v1/board/pairs/z/a", **ask)

    assert first.json == again.json
    assert first.json["stream"] == "note-z"
    assert events(ledger) == 2
