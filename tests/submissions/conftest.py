from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from uuid_utils import uuid7
from werkzeug.test import TestResponse

from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from qa_platform.providers.commands import RecogniseProvider, RegisterProvider
from qa_platform.providers.decider import provider_decider
from qa_platform.standards.commands import PublishRubric, PutRubricInForce
from qa_platform.standards.decider import standard_decider
from qa_platform.submissions.api import components_api, submissions_api
from qa_platform.submissions.decider import submission_decider
from qa_platform.submissions.decider.components import component_decider
from qa_platform.submissions.read_model import (
    COMPONENTS,
    DECIDINGS,
    PROVIDER_STANDINGS,
    RUBRICS_IN_FORCE,
    SUBMISSION_PEOPLE,
    SUBMISSION_RECUSALS,
    SUBMISSIONS,
)
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.submissions.factories import PROVIDER, TODAY
from tests.usual import DEADLINES, STANDARD_ID

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
OTHER_PROVIDER = "01930000-0000-7000-8000-0000000000a2"
PATH = "/api/v1/submissions"


class SpelledTokens:
    """A token that says who it is: role, person, provider."""

    def holder(self, _connection, token: str, *, now: datetime) -> Holder:
        role, person_id, provider_id = token.split("|")
        held = Role(role)
        providers = {held: frozenset({provider_id})} if held in PROVIDER_ROLES else {}
        return Holder(
            person_id=person_id, roles=frozenset({held}), scopes=frozenset({"read", "write"}), providers=providers
        )


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks."""

    app: Flask
    role: Role
    provider_id: str = PROVIDER
    person_id: str = field(default="somebody")

    def ask(self, method: str, path: str = "", body: Any = None, *, under: str = PATH, **headers: str) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {self.role}|{self.person_id}|{self.provider_id}"
        return self.app.test_client().open(under + path, method=method, json=body, headers=sent)


@pytest.fixture
def ledger(database) -> Iterator[Ledger]:
    ledger = Ledger(
        open_engine(database.application_url, connections=3),
        deciders=[submission_decider, component_decider, provider_decider, standard_decider],
        projections=[
            *(SUBMISSIONS, SUBMISSION_PEOPLE, SUBMISSION_RECUSALS),
            *(PROVIDER_STANDINGS, RUBRICS_IN_FORCE, DECIDINGS, COMPONENTS),
        ],
        keys=Keys(bytes(range(32))),
        clock=lambda: NOON,
        new_id=lambda: str(uuid7()),
    )
    rebuild_stale(ledger)
    for provider_id, name in ((PROVIDER, "Suria"), (OTHER_PROVIDER, "Bulan")):
        ledger.execute(
            RegisterProvider(
                provider_id=provider_id,
                legal_name=name,
                origin="registration",
                registration_number="201901012345",
                kind="company",
            ),
            actor="system:tests",
        )
    yield ledger
    ledger.engine.dispose()


@pytest.fixture
def recognised(ledger) -> None:
    """Recognise the provider."""
    recognition = RecogniseProvider(provider_id=PROVIDER, valid_from=date(2026, 1, 1), recognition_months=36)
    ledger.execute(recognition, actor="system:tests")


def publish(ledger: Ledger, version: str, in_force_from: date | None, standard_id: str = STANDARD_ID) -> None:
    """Publish a version of a standard, and put it in force if a day is given."""
    text = f"version: {version}"
    commands: list[Any] = [
        PublishRubric(
            standard_id=standard_id,
            version=version,
            text=text,
            content_hash=f"sha256:{version}",
            title_en="N",
            title_ms="N",
        )
    ]
    if in_force_from:
        commands.append(
            PutRubricInForce(standard_id=standard_id, version=version, in_force_from=in_force_from, on=in_force_from)
        )
    ledger.execute_together(commands, actor="system:tests")


@pytest.fixture
def in_force(ledger) -> None:
    """Put one version of the standard in force, and publish another."""
    publish(ledger, "0.1.0", TODAY)
    publish(ledger, "0.2.0", None)


@pytest.fixture
def app(ledger) -> Flask:
    platform = Platform(
        ledger=ledger,
        authenticator=SpelledTokens(),
        permissions=PERMISSIONS,
        zone=ZoneInfo("Asia/Kuala_Lumpur"),
        standard_id=STANDARD_ID,
        deadlines=DEADLINES,
    )
    return assemble(platform, (submissions_api, components_api))


@pytest.fixture
def visitor(app) -> Callable[..., Visitor]:
    """Give somebody of a role."""
    return lambda role, **who: Visitor(app, role, **who)
