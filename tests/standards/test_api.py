from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role
from tests.scoring.national import TEXT
from tests.scoring.small import SMALL

VERSION = "small/versions/0.1.0"


def test_a_published_version_is_open_to_everybody_in_each_language(client, put):
    assert put(VERSION, {"text": SMALL}).status_code == 200

    answer = client.get(f"/api/v1/standards/{VERSION}")

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert answer.json["text"] == SMALL
    criterion = answer.json["rubric"]["criteria"][2]
    assert (criterion["id"], criterion["weight"], criterion["not_applicable"]) == ("B2", "5", False)
    assert criterion["title"] == {"en": "Learners", "ms": "Pelajar dan kemasukan"}
    assert criterion["anchors"]["4"] == {"en": "More", "ms": "Lebih"}
    assert answer.json["rubric"]["bands"]["approve"]["index_min"] == "0.85"
    assert client.get(f"/api/v1/standards/{VERSION}", headers={"If-None-Match": '"1"'}).status_code == 304


def test_standards_and_versions_are_listed(client, put):
    put(VERSION, {"text": SMALL})

    (standard,) = client.get("/api/v1/standards").json["items"]
    (version,) = client.get("/api/v1/standards/small/versions").json["items"]

    assert (standard["standard_id"], standard["versions_published"]) == ("small", 1)
    assert client.get("/api/v1/standards/small").json == standard
    assert (version["rubric_version"], version["in_force_from"]) == ("0.1.0", None)
    assert "text" not in version


def test_a_receipt_tells_what_happened_and_a_repetition_that_nothing_did(put):
    first, again = put(VERSION, {"text": SMALL}), put(VERSION, {"text": SMALL})

    assert first.json == {
        "id": "small/0.1.0",
        "stream": "standard-small",
        "version": 1,
        "events": ["rubric.published.v1"],
    }
    assert first.headers["Location"] == f"/api/v1/standards/{VERSION}"
    assert (again.status_code, again.json["events"], again.json["version"]) == (200, [], 1)


def test_a_version_comes_into_force_and_is_retired(client, put):
    put(VERSION, {"text": SMALL})

    assert put(f"{VERSION}/force", {"from": "2026-07-01"}, If_Match='"1"').json["version"] == 2
    assert put(f"{VERSION}/retirement", {"from": "2026-08-01"}).json["events"] == ["rubric.retired.v1"]

    version = client.get(f"/api/v1/standards/{VERSION}").json
    assert (version["in_force_from"], version["retired_from"]) == ("2026-07-01", "2026-08-01")


def test_an_edited_text_is_refused_with_the_difference(put):
    put(VERSION, {"text": SMALL})

    answer = put(VERSION, {"text": SMALL.replace("Learners", "Students")})

    assert 400 <= answer.status_code < 500
    assert '-      en: "Learners"\n+      en: "Students"' in answer.json["detail"]


def test_the_faults_of_a_text_come_one_by_one(put):
    answer = put(VERSION, {"text": SMALL.replace("weight: '5'", "weight: five").replace("false", "no")})

    assert 400 <= answer.status_code < 500
    assert len(answer.json["errors"]) > 2
    assert "criteria.2.weight" in {error["field"] for error in answer.json["errors"]}


def test_the_national_standard_can_be_published(client, put):
    path = "nmcs/versions/0.1.0"

    assert put(path, {"text": TEXT}).status_code == 200
    assert len(client.get(f"/api/v1/standards/{path}").json["rubric"]["criteria"]) == 33


def test_a_change_of_what_has_moved_on_is_refused(put):
    put(VERSION, {"text": SMALL})
    put(f"{VERSION}/force", {"from": "2026-07-01"})

    assert put(f"{VERSION}/retirement", {"from": "2026-08-01"}, If_Match='"1"').status_code == 412


@pytest.mark.parametrize("path", ["none", "none/versions", "none/versions/0.1.0"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/api/v1/standards/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (VERSION, {}),
        (VERSION, {"text": ""}),
        (VERSION, {"text": SMALL, "version": "9"}),
        (f"{VERSION}/force", {"from": "soon"}),
        (f"{VERSION}/force", {}),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused(put, path, body):
    assert put(path, body).status_code == 422


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.PUBLIC, Role.SYSTEM}])
def test_only_the_administrator_publishes(put, role):
    assert put(VERSION, {"text": SMALL}, role=role.value).status_code == 403


def test_nobody_publishes_without_a_token(client):
    assert client.put(f"/api/v1/standards/{VERSION}", json={"text": SMALL}).status_code == 401
