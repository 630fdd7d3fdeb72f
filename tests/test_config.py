from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa_platform.config import SettingInvalid, load_settings, shipped_folder
from qa_platform.kernel.conflicts import Rotation, SeenEffect
from tests.usual import DEADLINES, REGISTER_PREFIX, STANDARD_ID

OWNER = "postgresql://qa_owner:secret@db/qa"
APPLICATION = "postgresql://qa_app:secret@db/qa"


@pytest.fixture
def settings(monkeypatch):
    """Load settings of an environment that holds nothing else of ours."""
    for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "DATA_FOLDER", "KEK_FILE", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)

    def load(**given):
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return load_settings()

    return load


def test_without_any_setting_the_platform_keeps_to_itself(settings):
    usual = settings()

    assert (usual.database_url, usual.migration_database_url) == (None, None)
    assert (usual.host, usual.port) == ("127.0.0.1", 8080)
    assert usual.agency_time_zone.key == "Asia/Kuala_Lumpur"
    assert usual.register_prefix == REGISTER_PREFIX
    assert usual.standard_id == STANDARD_ID
    assert usual.deadlines == DEADLINES


def test_rotation_is_as_long_and_as_strict_as_the_agency_says(settings):
    found = settings(ROTATION_MONTHS="24", ROTATION_EFFECT="bar").deadlines.rotation

    assert found == Rotation(months=24, effect=SeenEffect.BAR)


def test_exceptions_are_days_with_commas_or_blanks_between_them(settings):
    calendar = settings(HOLIDAYS="2026-12-25, 2027-01-01 2027-05-01,", WORKED_DAYS="2026-12-26").deadlines.calendar

    assert calendar.closed == {date(2026, 12, 25), date(2027, 1, 1), date(2027, 5, 1)}
    assert calendar.open == {date(2026, 12, 26)}


@pytest.mark.parametrize(
    ("of", "worked", "closed"),
    [
        ("MY", ["2026-01-01", "2026-12-11"], ["2026-08-31", "2026-09-16", "2026-03-23", "2026-05-27"]),
        ("MY-SGR", ["2026-12-10"], ["2026-12-11", "2026-01-01", "2026-08-31"]),
        ("MY-JHR", ["2026-12-11"], ["2026-03-23"]),
        ("SG", ["2026-08-31"], ["2026-08-10", "2026-12-25"]),
        ("none", ["2026-08-31", "2026-12-25"], []),
    ],
)
def test_public_holidays_are_those_of_the_country_and_the_state(settings, of, worked, closed):
    calendar = settings(HOLIDAYS_OF=of).deadlines.calendar

    assert [day for day in worked if not calendar.is_worked(date.fromisoformat(day))] == []
    assert [day for day in closed if calendar.is_worked(date.fromisoformat(day))] == []


def test_a_weekend_is_on_the_days_that_the_state_keeps(settings):
    calendar = settings(WEEKEND="Friday, saturday", HOLIDAYS_OF="none").deadlines.calendar

    assert [calendar.is_worked(date(2026, 11, day)) for day in range(20, 24)] == [False, False, True, True]


def test_the_keys_lie_beside_the_database_and_never_inside_or_above_it(settings):
    usual = settings(DATA_FOLDER="/srv/qa")

    assert usual.postgres_folder == Path("/srv/qa/postgres")
    assert usual.kek_file == Path("/srv/qa/secrets/kek")


def test_addresses_are_told_to_the_driver_that_we_use(settings):
    given = settings(DATABASE_URL=APPLICATION, MIGRATION_DATABASE_URL=OWNER)

    assert given.database_url == "postgresql+psycopg://qa_app:secret@db/qa"
    assert given.migration_database_url == "postgresql+psycopg://qa_owner:secret@db/qa"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"PORT": "http"}, "The setting PORT cannot be used: Not a valid integer. Correct it and start again."),
        ({"PORT": "70000"}, "PORT cannot be used: Write a whole number from 1 to 65535."),
        ({"WEB_THREADS": "0"}, "WEB_THREADS cannot be used: Write a whole number from 1 to 64."),
        ({"VALIDITY_MONTHS": "-1"}, "VALIDITY_MONTHS cannot be used: Write a whole number from 1 to 1000."),
        ({"HOLIDAYS_OF": "MY-XX"}, "HOLIDAYS_OF cannot be “MY-XX”: the public holidays of that place are not known."),
        ({"HOLIDAYS_OF": "Atlantis"}, "HOLIDAYS_OF cannot be “Atlantis”"),
        ({"WEEKEND": "sunday caturday"}, "WEEKEND cannot be used: “caturday” is no day of the week."),
        (
            {"WEEKEND": "monday tuesday wednesday thursday friday saturday sunday"},
            "WEEKEND cannot be used: no day of the week is left",
        ),
        ({"WORKED_DAYS": "tomorrow"}, "WORKED_DAYS cannot be used: “tomorrow” is no day."),
        ({"HOLIDAYS": "2026-12-25,25/12"}, "HOLIDAYS cannot be used: “25/12” is no day. Write days such as"),
        ({"AGENCY_CODE": "my mc"}, "AGENCY_CODE cannot be used: Write it like “MY-MC”."),
        ({"STANDARD_ID": "../x"}, "STANDARD_ID cannot be used: Write it like “nmcs”."),
        (
            {"AGENCY_TIME_ZONE": "Mars/Olympus"},
            "AGENCY_TIME_ZONE cannot be “Mars/Olympus”: there is no such time zone.",
        ),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL cannot be used: Write one of DEBUG, INFO, WARNING, ERROR."),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT cannot be used: Write one of auto, json, console."),
        ({"ROTATION_MONTHS": "0"}, "ROTATION_MONTHS cannot be used: Write a whole number from 1 to"),
        ({"ROTATION_EFFECT": "ban"}, "ROTATION_EFFECT cannot be used: Write one of warn, bar."),
        ({"READY_LAG_EVENTS": "0"}, "READY_LAG_EVENTS cannot be used: Write a whole number from 1 to"),
        ({"MIGRATION_DATABASE_URL": OWNER}, "MIGRATION_DATABASE_URL is set, but DATABASE_URL is not."),
        ({"DATABASE_URL": OWNER, "MIGRATION_DATABASE_URL": OWNER}, "name the same role “qa_owner”."),
    ],
)
def test_what_cannot_be_used_is_one_sentence(given, sentence, settings):
    with pytest.raises(SettingInvalid) as refusal:
        settings(**given)

    assert sentence in refusal.value.message


def test_who_only_serves_need_not_know_the_role_that_owns_the_tables(settings):
    given = settings(DATABASE_URL=APPLICATION)

    assert (given.database_url is None, given.migration_database_url) == (False, None)


@pytest.mark.parametrize("address", ["secret", "mysql://a:secret@db/qa", "postgresql://a:secret@db", "://secret"])
def test_an_address_that_cannot_be_read_is_refused_and_not_repeated_for_it_may_hold_a_password(address, settings):
    with pytest.raises(SettingInvalid, match="The setting DATABASE_URL cannot be read") as refusal:
        settings(DATABASE_URL=address, MIGRATION_DATABASE_URL=OWNER)

    assert "secret" not in refusal.value.message


def test_what_is_shipped_is_found(settings):
    assert (shipped_folder("migrations") / "env.py").is_file()
    assert list((settings().rubrics_folder / "nmcs").glob("*.yaml"))


@pytest.mark.parametrize("token", ["secret", "secret token of sixteen", "secret-" * 99])
def test_a_token_that_is_too_weak_is_refused_and_not_repeated(token, settings):
    with pytest.raises(SettingInvalid, match="The setting METRICS_TOKEN cannot be used") as refusal:
        settings(METRICS_TOKEN=token)

    assert "secret" not in refusal.value.message
