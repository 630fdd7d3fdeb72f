from __future__ import annotations

import json

import pytest


@pytest.fixture
def document(client) -> dict:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return json.loads(answer.data)


def operation(document: dict, path: str, method: str) -> dict:
    return document["paths"][path][method]


def refs(document: dict, path: str, method: str) -> set[str]:
    found = operation(document, path, method)["parameters"]
    return {parameter["$ref"].rsplit("/")[-1] for parameter in found if "$ref" in parameter}


def test_the_document_is_of_version_3_1(document):
    assert document["openapi"] == "3.1.0"


def test_every_route_of_a_context_is_described(document):
    assert set(document["paths"]) == {
        "/api/v1/board/notes",
        "/api/v1/board/notes/{note_id}",
        "/api/v1/board/pairs/{first}/{second}",
    }


def test_an_operation_says_which_roles_may_ask(document):
    found = operation(document, "/api/v1/board/notes/{note_id}", "put")

    assert found["x-roles"] == ["reviewer", "intake_officer"]
    assert found["security"] == [{"token": []}]


def test_a_public_operation_says_that_no_token_is_needed(document):
    assert {} in operation(document, "/api/v1/board/notes/{note_id}", "get")["security"]


def test_operations_name_the_headers_that_they_understand(document):
    assert refs(document, "/api/v1/board/notes", "post") == {"ActingAs", "IdempotencyKey", "IfMatch"}
    assert refs(document, "/api/v1/board/notes", "get") == {"ActingAs", "Limit", "Cursor"}
    assert refs(document, "/api/v1/board/notes/{note_id}", "get") == {"ActingAs", "IfNoneMatch"}


def test_what_may_be_empty_is_said_in_the_words_of_3_1(document):
    assert document["components"]["schemas"]["Note"]["properties"]["pinned_by"]["type"] == ["string", "null"]


def test_every_reference_leads_somewhere(document):
    def walk(value: object) -> None:
        match value:
            case {"$ref": str(ref)}:
                place: object = document
                for step in ref.removeprefix("#/").split("/"):
                    assert isinstance(place, dict)
                    place = place[step]
            case dict():
                for inner in value.values():
                    walk(inner)
            case list():
                for inner in value:
                    walk(inner)

    walk(document)


def test_problems_are_described_as_problems(document):
    [content] = [response["content"] for response in document["components"]["responses"].values()][:1]

    assert list(content) == ["application/problem+json"]


def test_operations_have_names_of_their_own(document):
    names = [
        found["operationId"] for path in document["paths"].values() for found in path.values() if "operationId" in found
    ]

    assert len(names) == len(set(names)) == 5


def test_who_has_the_document_does_not_get_it_again(client):
    tag = client.get("/api/v1/openapi.json").headers["ETag"]

    assert client.get("/api/v1/openapi.json", headers={"If-None-Match": tag}).status_code == 304
