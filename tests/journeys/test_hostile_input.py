"""Whatever is sent to any route of a platform with a case under way, it answers and does not fail."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.web.gate import routes
from qa_platform.web.permissions import PERMISSIONS
from tests.journeys.agency import Case, Person, lodge_case, pass_gate, score, seat_panel

TEXTS = [
    "",
    "x" * 5_000,
    "1e999999",
    "NaN",
    "9" * 400,
    "0000-00-00",
    "9999-12-31",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "\u0661\u0662",
    "\u202e\ufeff\u0001",
    "../%00",
]
OTHERS: list[Any] = [None, True, -1, 2**53 - 1, 1e308, [], {}, [[[None]]]]


@pytest.fixture
def case(agency) -> Case:
    """Bring a case into review."""
    case = lodge_case(agency)
    seat_panel(case)
    pass_gate(case, 0)
    score(case, 0)
    return case


def holder(case: Case, roles: tuple[Role, ...]) -> Person:
    """Return somebody who may ask: of the case, else newly employed."""
    desks = {
        Role.ADMINISTRATOR: case.agency.administrator,
        Role.PROVIDER_OFFICER: case.officer,
        Role.ACCOUNTABLE_OFFICER: case.accountable,
        Role.INTAKE_OFFICER: case.intake,
        Role.COMMITTEE_SECRETARY: case.secretary,
        Role.COMMITTEE_MEMBER: case.members[0],
        Role.REVIEWER: case.reviewers[0],
        Role.LEAD_REVIEWER: case.lead,
        Role.AUDITOR: case.auditor,
    }
    return next((desks[role] for role in roles if role in desks), None) or case.agency.employ(roles[0])


def addresses(case: Case, method: str) -> list[tuple[str, str, tuple[Role, ...]]]:
    """Return path, rule and roles of every route that takes a method, with the ids of the case."""
    provider_id = case.officer.get("/people/me")["roles"][0]["provider_id"]
    ids = {
        "submission_id": case.submission_id,
        "case_id": case.submission_id,
        "review_id": case.reviews[0],
        "provider_id": provider_id,
        "person_id": case.reviewers[0].id,
        "standard_id": "nmcs",
        "rubric_version": "0.1.0",
        "criterion": "A1",
        "role": "auditor",
        "seat": "1",
    }
    known = set(routes(case.agency.app))
    return [
        (
            re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: ids.get(found[1], case.members[0].id), rule.rule),
            re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule),
            PERMISSIONS[method, rule.endpoint],
        )
        for rule in case.agency.app.url_map.iter_rules()
        if (method, rule.endpoint) in known and rule.rule.startswith("/api/v1/")
    ]


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    return document["components"]["schemas"][name] if name else schema


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_no_body_makes_the_platform_fail(case, method):
    document, failed = case.agency.public.get("/openapi.json"), []
    for path, rule, roles in addresses(case, method):
        asker = holder(case, roles)
        content = document["paths"][rule][method.lower()].get("requestBody", {}).get("content", {})
        schema = resolved(document, content.get("application/json", {}).get("schema", {}))
        names = list(schema.get("properties", {}))
        bodies: list[Any] = [*OTHERS, *(dict.fromkeys(names, value) for value in (*TEXTS, *OTHERS))]
        bodies += [{names[0]: [{names[0]: value}]} for value in TEXTS if names]
        for body in bodies:
            answer = asker.ask(method, path.removeprefix("/api/v1"), body, None, {})
            if answer.status_code >= 500:
                failed.append((rule, body))
    assert failed == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_no_query_makes_the_platform_fail(case, method):
    document, failed = case.agency.public.get("/openapi.json"), []
    for path, rule, roles in addresses(case, method):
        if rule.endswith("openapi.json"):
            continue
        asker = holder(case, roles)
        parameters = document["paths"][rule][method.lower()].get("parameters", [])
        refs = [one["$ref"].rsplit("/", 1)[-1].lower() for one in parameters if "$ref" in one]
        names = [one["name"] for one in parameters if one.get("in") == "query"]
        names += [name for name in refs if name in {"limit", "cursor"}]
        for name in names:
            for text in TEXTS:
                answer = asker.client.open(
                    path, method=method, query_string={name: text}, headers={"Authorization": f"Bearer {asker.token}"}
                )
                if answer.status_code >= 500:
                    failed.append((rule, name, text))
    assert failed == []


def test_no_id_makes_the_platform_fail(case):
    failed = []
    for method in ("GET", "PUT", "DELETE"):
        for _, rule, roles in addresses(case, method):
            asker = holder(case, roles)
            for text in TEXTS if "{" in rule else ():
                path = re.sub(r"\{[^}]+\}", lambda _found, text=text: quote(text, safe=""), rule)
                body = {} if method == "PUT" else None
                answer = asker.ask(method, path.removeprefix("/api/v1"), body, None, {})
                if answer.status_code >= 500:
                    failed.append((method, path))
    assert failed == []
