"""The OpenAPI document: what the views say of themselves, and who may ask, from the table of permissions."""

from __future__ import annotations

import re
from typing import Any

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api, Blueprint

from qa_platform.kernel.roles import Role
from qa_platform.web.auth import SAFE_METHODS
from qa_platform.web.errors import MEDIA_TYPE, ProblemSchema
from qa_platform.web.gate import routes
from qa_platform.web.paging import DEFAULT_LIMIT, LARGEST_LIMIT
from qa_platform.web.permissions import Table

_DESCRIPTION = """\
Every change is an event in the ledger. A request that changes something answers with a receipt;
read the resource to see how it now stands. `ETag` is the version of the resource's stream: send it
back in `If-Match` to change only what you have seen. Send a fresh `Idempotency-Key` with each thing
you ask, and the same one when you repeat it. Lists come in pages: follow `next`. What goes wrong is
a problem (RFC 9457), with a list of what to correct, field by field.
"""

_HEADERS: dict[str, dict[str, Any]] = {
    "ActingAs": {
        "name": "X-Acting-As",
        "in": "header",
        "description": "Which of your roles to act in; the first that may, when absent",
        "schema": {"type": "string", "enum": [role.value for role in Role if role not in {Role.PUBLIC, Role.SYSTEM}]},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same key answers as the first time, and does nothing twice",
        "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that you have seen; 412 when the resource has changed since",
        "schema": {"type": "string"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag that you have; 304 when the resource has not changed since",
        "schema": {"type": "string"},
    },
    "Limit": {
        "name": "limit",
        "in": "query",
        "description": "How many items at most",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
    },
    "Cursor": {
        "name": "cursor",
        "in": "query",
        "description": "The `next` of the page before",
        "schema": {"type": "string"},
    },
}


class OpenApi(Api):  # type: ignore[misc]  # flask-smorest brings no types
    """The blueprints of an application and their description; errors are left to `web.errors`.

    Describing all views takes the better part of a second, and most processes are never asked for
    the document: so a blueprint is registered at once, and described when somebody asks.
    """

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask, **options: object) -> None:
        """Prepare an empty description."""
        self._to_describe: list[Blueprint] = []
        super().__init__(app, **options)

    def register_blueprint(self, blueprint: Blueprint) -> None:
        """Register a blueprint with the application, to be described later."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint)
        self._to_describe.append(blueprint)

    def described(self) -> dict[str, Any]:
        """Return the description of all that was registered."""
        while self._to_describe:
            blueprint = self._to_describe.pop(0)
            blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
            self.spec.tag({"name": blueprint.name, "description": blueprint.description})
        found: dict[str, Any] = self.spec.to_dict()
        return found

    def _register_error_handlers(self) -> None:
        """Register none."""


def describe(app: Flask, blueprints: tuple[Blueprint, ...]) -> OpenApi:
    """Register blueprints with an application, and return what describes them when asked."""
    # 3.1, because in 3.0 a nullable reference can only be said as “or any object at all”.
    app.config.update(API_TITLE="qa_platform", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    api = OpenApi(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_named)})
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    return api


def _named(schema: type[ma.Schema] | ma.Schema) -> str:
    """Return the name of a schema in the document, with its context: several have a `Contact`."""
    kind = schema if isinstance(schema, type) else type(schema)
    name = kind.__name__.removesuffix("Schema")
    room = kind.__module__.split(".")[1:2]
    return name if room in ([], ["web"]) else f"{room[0]}.{name}"


def document(app: Flask, api: OpenApi, table: Table) -> dict[str, Any]:
    """Return the finished document."""
    found = api.described()
    found["info"]["description"] = _DESCRIPTION
    components = found.setdefault("components", {})
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    components.setdefault("parameters", {}).update(_HEADERS)
    for response in components.get("responses", {}).values():
        if "content" in response:
            response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
    for path, method, endpoint in _operations(app):
        operation = found.get("paths", {}).get(path, {}).get(method.lower())
        if operation is not None:
            _finish(operation, method, endpoint, table[method, endpoint])
    return found


def _operations(app: Flask) -> list[tuple[str, str, str]]:
    known = set(routes(app))
    return [
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if (method, rule.endpoint) in known
    ]


def _finish(operation: dict[str, Any], method: str, endpoint: str, roles: tuple[Role, ...]) -> None:
    operation.setdefault("operationId", f"{method.lower()}_{endpoint.replace('.', '_')}")
    operation["security"] = [{"token": []}] + ([{}] if Role.PUBLIC in roles else [])
    operation["x-roles"] = [role.value for role in roles]
    names = ["ActingAs"]
    if method not in SAFE_METHODS:
        names += ["IdempotencyKey", "IfMatch"]
    elif _is_page(operation):
        names += ["Limit", "Cursor"]
    else:
        names += ["IfNoneMatch"]
    parameters = operation.setdefault("parameters", [])
    there = {parameter.get("name") for parameter in parameters}
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in names if _HEADERS[name]["name"] not in there]


def _is_page(operation: dict[str, Any]) -> bool:
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    return any(media.get("schema", {}).get("$ref", "").endswith("Page") for media in content.values())
