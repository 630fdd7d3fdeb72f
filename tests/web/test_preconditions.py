from __future__ import annotations

import pytest

from tests.web.conftest import REVIEWER, bearer

NOTES = "/api/v1/board/notes"


def reword(client, note: str, text: str, **headers: str):
    return client.put(note, json={"text": text}, headers=bearer("reviewer-token", **headers))


def test_a_receipt_and_the_resource_carry_the_same_tag(client, note):
    receipt = reword(client, note, "second")

    assert receipt.headers["ETag"] == '"2"' == client.get(note).headers["ETag"]
    assert receipt.json["version"] == 2


@pytest.mark.parametrize("tag", ['"1"', '"7", "1"', '"1","7"', '"other", "1"', "*"])
def test_who_saw_the_present_version_may_change_it(client, note, tag):
    assert reword(client, note, "second", If_Match=tag).status_code == 200


@pytest.mark.parametrize(
    "tag", ['"2"', '"0"', 'W/"1"', '"01"', '"other"', '""', '"2", W/"1"', '"99999999999999999999"']
)
def test_who_did_not_see_the_present_version_changes_nothing(client, note, ledger, tag):
    answer = reword(client, note, "second", If_Match=tag)

    assert answer.status_code == 412, answer.text
    assert answer.content_type == "application/problem+json"
    assert len(ledger.read_stream(f"note-{note.rsplit('/')[-1]}")) == 1


@pytest.mark.parametrize(
    "tag", ["1", '"1 "', '"1', "'1'", '"1" "2"', "", ",", '"1",', ", ".join(f'"{n}"' for n in range(9))]
)
def test_what_is_no_condition_is_refused(client, note, tag):
    assert reword(client, note, "second", If_Match=tag).status_code == 400


def test_a_change_that_was_made_meanwhile_fails_the_condition_before_the_rules_are_asked(client, note):
    reword(client, note, "second")

    # The rules would say 409 to this text.
    assert reword(client, note, "rude", If_Match='"1"').status_code == 412


def test_the_condition_holds_for_what_changes_nothing(client, note):
    assert reword(client, note, "first", If_Match='"1"').status_code == 200
    assert reword(client, note, "first", If_Match='"2"').status_code == 412


def test_what_must_be_new_is_refused_when_it_is_there(client):
    pair = {"json": {"text": "x"}, "headers": bearer("reviewer-token", If_None_Match="*")}

    assert client.put("/api/v1/board/pairs/a/b", **pair).status_code == 201
    assert client.put("/api/v1/board/pairs/a/c", **pair).status_code == 412
    assert client.get(f"{NOTES}/c").status_code == 404


def test_on_a_change_only_a_star_may_be_absent(client, note):
    assert reword(client, note, "second", If_None_Match='"1"').status_code == 400
    assert reword(client, note, "second", If_None_Match="*", If_Match='"1"').status_code == 400


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', '"5", "1"', 'W/"5",W/"1"', "*"])
def test_who_has_it_already_does_not_get_it_again(client, note, tag):
    answer = client.get(note, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"1"')
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("tag", ['"2"', 'W/"2"', '"other"'])
def test_who_has_another_gets_this_one(client, note, tag):
    assert client.get(note, headers={"If-None-Match": tag}).status_code == 200


def test_a_reader_may_insist_on_a_version_too(client, note):
    assert client.get(note, headers={"If-Match": '"1"'}).status_code == 200
    assert client.get(note, headers={"If-Match": '"2"'}).status_code == 412
    assert client.get(note, headers={"If-Match": 'W/"1"'}).status_code == 412


def test_conditions_on_what_is_not_there_do_not_hide_that(client):
    assert client.put(f"{NOTES}/none", json={"text": "x"}, headers=REVIEWER).status_code == 404
    assert client.get(f"{NOTES}/none", headers={"If-None-Match": "*"}).status_code == 404
