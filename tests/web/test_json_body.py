from __future__ import annotations

import json

import pytest

from tests.web.conftest import REVIEWER

NOTES = "/api/v1/board/notes"


def post(client, body: bytes, content_type: str = "application/json", **headers: str):
    return client.post(NOTES, data=body, content_type=content_type, headers=REVIEWER | headers)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"not json",
        b'{"text": "a",}',
        b"{'text': 'a'}",
        b'{"text": "a"} {"text": "b"}',
        b'{"text": NaN}',
        b'{"text": Infinity}',
        b'{"text": -Infinity}',
        b'{"text": 1e999}',
        b'{"text": 9007199254740992}',
        b'{"text": -9007199254740992}',
        b'{"text": ' + b"9" * 5_000 + b"}",
        b'{"text": 0.' + b"1" * 5_000 + b"}",
        b'{"text": "a", "text": "b"}',
        b'{"tags": [{"a": 1, "a": 2}]}',
        b'\xef\xbb\xbf{"text": "a"}',
        b'{"text": "\xff"}',
        b'{"text": "\xed\xa0\x80"}',
        '{"text": "a"}'.encode("utf-16"),
        b"[" * 9_000,
        b"[" * 9_000 + b"]" * 9_000,
        b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
        b"[" * 33 + b"]" * 33,
        b'{"text": "a\x01b"}',
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
def test_what_is_not_plain_json_with_one_meaning_is_refused(client, body):
    answer = post(client, body)

    assert answer.status_code == 400, answer.text
    assert answer.json["type"].endswith(":malformed-json")


@pytest.mark.parametrize(
    "body",
    [
        rb'{"text": "a\u0000b"}',
        rb'{"text": "\ud800"}',
        rb'{"text": "\udc00 a"}',
        rb'{"text\u0000": "a"}',
        rb'{"tags": ["a", ["\ud83d"]]}',
    ],
)
def test_text_that_cannot_be_stored_is_refused_wherever_it_stands(client, body):
    answer = post(client, body)

    assert answer.status_code == 400, answer.text
    assert answer.json["type"].endswith(":unusable-text")


def test_a_whole_surrogate_pair_is_a_character(client):
    assert post(client, rb'{"text": "\ud83d\ude00"}').status_code == 201


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_of_another_media_type_is_refused(client, content_type):
    assert post(client, b'{"text": "a"}', content_type).status_code == 415


def test_another_charset_is_refused(client):
    assert post(client, '{"text": "a"}'.encode("utf-16"), "application/json; charset=utf-16").status_code == 415
    assert post(client, b'{"text": "a"}', "application/json; charset=UTF-8").status_code == 201


def test_a_packed_body_is_refused(client):
    assert post(client, b'{"text": "a"}', **{"Content-Encoding": "gzip"}).status_code == 415


def test_an_absent_body_lacks_its_fields(client):
    answer = client.post(NOTES, headers=REVIEWER)

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == ["text"]


@pytest.mark.parametrize("address", [f"{NOTES}?order=%00", f"{NOTES}?%00=1", f"{NOTES}?cursor=%00"])
def test_a_nul_in_the_query_is_refused(client, address):
    assert client.get(address, headers=REVIEWER).status_code == 400


def test_a_nul_in_the_path_is_nothing_that_is_there(client):
    assert client.get(f"{NOTES}/a%00b").status_code == 404


def test_broken_utf_8_in_an_address_harms_nothing(client):
    assert client.get(f"{NOTES}/%ff%fe").status_code == 404
    assert client.get(f"{NOTES}?order=%ff", headers=REVIEWER).status_code == 422


def test_a_body_is_not_looked_at_before_it_is_known_who_sends_it(client):
    assert client.post(NOTES, data=b"{", content_type="application/json").status_code == 401


def test_numbers_at_the_edge_are_read(client):
    # The schema wants text, so 422 means that it was read.
    for number in (9007199254740991, -9007199254740991, 0.1, 1e300):
        assert post(client, json.dumps({"text": number}).encode()).status_code == 422
