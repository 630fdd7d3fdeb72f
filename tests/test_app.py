from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
import sqlalchemy as sa

import qa_platform
from qa_platform import app
from qa_platform.config import SettingInvalid, load_settings
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, stored_name
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.rebuild import ReadModelStale
from tests.whole import whole_ledger

ROOMS = [room.name for room in pkgutil.iter_modules(qa_platform.__path__, "qa_platform.") if room.ispkg]


def everything(name: str, kind: type[Any]) -> set[int]:
    """Return the identities of all objects of a kind in the modules of one name, in every room."""
    found = set()
    for room in ROOMS:
        if importlib.util.find_spec(f"{room}.{name}") is not None:
            module = importlib.import_module(f"{room}.{name}")
            found |= {id(one) for one in vars(module).values() if isinstance(one, kind)}
    return found


@pytest.mark.parametrize(
    ("name", "kind", "known"),
    [
        ("decider", Decider, app.ALL_DECIDERS),
        ("read_model", Projection, app.ALL_PROJECTIONS),
        ("api", app.Blueprint, app.ALL_BLUEPRINTS),
    ],
)
def test_nothing_that_a_room_offers_is_forgotten(name, kind, known):
    assert everything(name, kind) == {id(one) for one in known}


def test_names_are_given_once():
    events = [event for decider in app.ALL_DECIDERS for event in decider.events]
    commands = [command for decider in app.ALL_DECIDERS for command in decider.commands]

    for names in (
        [stored_name(event) for event in events],
        [command.__qualname__ for command in commands],
        [projection.name for projection in app.ALL_PROJECTIONS],
        [blueprint.name for blueprint in app.ALL_BLUEPRINTS],
    ):
        assert len(names) == len(set(names)), names
    assert all(issubclass(event, Event) for event in events)
    assert all(issubclass(command, Command) for command in commands)


def test_a_read_model_listens_only_to_what_can_happen():
    known = {event for decider in app.ALL_DECIDERS for event in decider.events}

    for projection in app.ALL_PROJECTIONS:
        assert set(projection.events) <= known, projection.name


def test_a_platform_whose_read_models_are_of_other_code_does_not_start(database):
    with whole_ledger(database) as ledger:
        with ledger.engine.begin() as connection:
            connection.execute(sa.text("UPDATE operations.read_models SET code = 'other' WHERE name = 'reviews'"))

        with pytest.raises(ReadModelStale, match="“reviews”"):
            app.create_app(load_settings(), ledger=ledger)


def test_migrating_makes_the_read_models_and_doing_it_again_changes_nothing(database):
    app.migrate(database.owner_url, database.application_url)
    assert app.migrate(database.owner_url, database.application_url) == []

    with whole_ledger(database) as ledger:
        assert app.create_app(load_settings(), ledger=ledger).test_client().get("/healthz").status_code == 200


def test_a_database_that_nobody_started_is_said_so(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))

    with pytest.raises(SettingInvalid, match="is not running"):
        app.ledger_of(load_settings())
