from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.web.auth import act
from tests.web.conftest import HOLDERS, REVIEWER, bearer

NOTES = "/api/v1/board/notes"


def problem(answer, status: int) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    return answer.json


def test_a_route_that_is_not_public_asks_for_a_token(client):
    answer = client.get(NOTES)

    found = problem(answer, 401)
    assert found["type"] == "urn:qa-platform:problem:unauthorised"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="qa_platform"'


@pytest.mark.parametrize(
    "header",
    ["Bearer unknown", "Bearer", "Bearer ", "Basic cmV2OnJldg==", "Bearer a b", "Bearer ü", "Bearer " + "x" * 600],
)
def test_a_token_that_opens_nothing_is_challenged(client, header):
    answer = client.get(NOTES, headers={"Authorization": header.encode().decode("latin-1")})

    problem(answer, 401)
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_wrong_token_is_refused_even_where_none_is_needed(client, note):
    problem(client.get(note, headers=bearer("unknown")), 401)


def test_two_authorization_headers_are_refused(client):
    answer = client.get(NOTES, headers=[("Authorization", "Bearer reviewer-token"), ("Authorization", "Bearer x")])

    problem(answer, 401)


def test_the_scheme_may_be_written_in_any_case(client):
    assert client.get(NOTES, headers={"Authorization": "bearer reviewer-token"}).status_code == 200


def test_a_public_route_needs_no_token(client, note):
    assert client.get(note).status_code == 200


def test_whoever_holds_none_of_the_roles_is_refused(client):
    problem(client.get(NOTES, headers=bearer("auditor-token")), 403)


def test_a_reading_token_does_not_write(client):
    answer = client.post(NOTES, json={"text": "x"}, headers=bearer("reading-token"))

    problem(answer, 403)
    assert 'scope="write"' in answer.headers["WWW-Authenticate"]
    assert client.get(NOTES, headers=bearer("reading-token")).status_code == 200


def test_a_writing_token_does_not_read(client):
    problem(client.get(NOTES, headers=bearer("writing-token")), 403)
    assert client.post(NOTES, json={"text": "x"}, headers=bearer("writing-token")).status_code == 201


def test_who_holds_several_roles_acts_in_the_first_that_the_route_names(client, ledger):
    answer = client.post(NOTES, json={"text": "x"}, headers=bearer("double-token"))

    assert ledger.read_stream(answer.json["stream"])[0].actor == "reviewer:two"


def test_who_holds_several_roles_may_choose_among_them(client, ledger):
    answer = client.post(NOTES, json={"text": "x"}, headers=bearer("double-token", X_Acting_As="intake_officer"))

    assert ledger.read_stream(answer.json["stream"])[0].actor == "intake_officer:two"


@pytest.mark.parametrize("role", ["administrator", "accountable_officer", "public", "nonsense", ""])
def test_a_role_that_is_not_held_or_not_permitted_cannot_be_chosen(client, role):
    problem(client.post(NOTES, json={"text": "x"}, headers=bearer("double-token", X_Acting_As=role)), 403)


def test_an_officer_acts_only_for_the_providers_of_the_role_he_acts_in(app):
    with app.test_request_context("/"):
        actor = act(HOLDERS["double-token"], (Role.ACCOUNTABLE_OFFICER, Role.PROVIDER_OFFICER))

    assert actor.acting_as is Role.ACCOUNTABLE_OFFICER
    assert actor.providers == frozenset({"B"})


def test_head_is_answered_where_get_is(client, note):
    answer = client.head(note, headers=REVIEWER)

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (200, b"", '"1"')
    assert client.head(NOTES).status_code == 401


def test_options_tells_the_methods_and_nothing_else(client):
    answer = client.options(NOTES)

    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert answer.data == b""
