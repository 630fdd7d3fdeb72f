"""The composition root: the only module that knows every room."""

from __future__ import annotations

import importlib
import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from flask import Flask
from flask_smorest import Blueprint
from sqlalchemy import Engine
from uuid_utils import uuid7

from qa_platform.config import SettingInvalid, Settings, load_settings, shipped_folder
from qa_platform.embedded import addresses_of_running
from qa_platform.kernel.decider import Decider
from qa_platform.ledger import tables
from qa_platform.ledger.keys import Keys, read_key_file
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.rebuild import Progress, rebuild_stale, refuse_stale
from qa_platform.web.application import assemble
from qa_platform.web.auth import Authenticator
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS

log = logging.getLogger(__name__)

CONTEXTS = (
    "standards",
    "people",
    "providers",
    "reviewers",
    "submissions",
    "panels",
    "reviews",
    "decisions",
    "accreditations",
)


def _modules(name: str) -> Iterator[ModuleType]:
    for context in CONTEXTS:
        try:
            yield importlib.import_module(f"qa_platform.{context}.{name}")
        except Exception as absent:  # noqa: BLE001 -- contexts are still arriving
            log.info("qa_platform.%s.%s is left out: %r", context, name, absent)


def _all(name: str, kind: type[Any]) -> list[Any]:
    found = [one for module in _modules(name) for one in vars(module).values() if isinstance(one, kind)]
    return list({id(one): one for one in found}.values())


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


ALL_BLUEPRINTS: tuple[Blueprint, ...] = tuple(_all("api", Blueprint))
ALL_DECIDERS: list[Decider[Any, Any, Any]] = _all("decider", Decider)
ALL_PROJECTIONS: list[Projection[Any]] = _all("read_model", Projection)


def _authenticator() -> Authenticator:
    found = importlib.import_module("qa_platform.people.api")
    authenticator: Authenticator = found.TokenAuthenticator()
    return authenticator


def create_app(settings: Settings | None = None, *, ledger: Ledger | None = None) -> Flask:
    """Return the web application; by default as the environment's settings say.

    Raises ReadModelStale when a read model was made by other code than this.
    """
    settings = settings or load_settings()
    ledger = ledger or ledger_of(settings)
    refuse_stale(ledger)
    # A server may fork from here on, and a connection must not be shared.
    ledger.engine.dispose()
    platform = Platform(
        ledger=ledger,
        authenticator=_authenticator(),
        permissions=PERMISSIONS,
        zone=settings.agency_time_zone,
    )
    return assemble(platform, ALL_BLUEPRINTS)


def ledger_of(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Ledger:
    """Return the ledger that settings name. Raises SettingInvalid where no database is named or running."""
    engine = tables.open_engine(_application_url(settings), connections=settings.web_threads)
    return open_ledger(engine, read_key_file(settings.kek_file), clock=clock)


def open_ledger(engine: Engine, key_encryption_key: bytes, *, clock: Callable[[], datetime] = utc_now) -> Ledger:
    """Return the ledger of a database, with every rule and every read model of the platform."""
    return Ledger(
        engine,
        deciders=ALL_DECIDERS,
        projections=ALL_PROJECTIONS,
        keys=Keys(key_encryption_key),
        clock=clock,
        new_id=new_id,
    )


def migrate(owner_url: str, application_url: str, *, progress: Progress | None = None) -> list[str]:
    """Bring a database to the newest form: migrations, then the read models whose code changed."""
    ran = tables.migrate(owner_url, application_url, shipped_folder("migrations"))
    engine = tables.open_engine(application_url, connections=2)
    try:
        # A rebuild seals and opens nothing, so any key will do.
        rebuild_stale(open_ledger(engine, secrets.token_bytes(32)), progress)
    finally:
        engine.dispose()
    return ran


def new_id() -> str:
    """Return a UUIDv7."""
    return str(uuid7())


def _application_url(settings: Settings) -> str:
    if settings.database_url is not None:
        return settings.database_url
    running = addresses_of_running(settings.postgres_folder)
    if running is None:
        raise SettingInvalid(
            f"The database is not there: the private one in “{settings.postgres_folder}” is not running, "
            "and DATABASE_URL is not set. Start it with “qa serve”, or set DATABASE_URL."
        )
    return running.application_url
