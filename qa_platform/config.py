"""The settings of one deployment: read from the environment once, checked, and never changed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from environs import Env, EnvValidationError, validate
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from qa_platform.accreditations.decider import REGISTER_PREFIX
from qa_platform.web.deadlines import Deadlines

_ROOT = Path(__file__).resolve().parent.parent
_DRIVER = "postgresql+psycopg"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("auto", "json", "console")


class SettingInvalid(Exception):
    """A setting cannot be used; the message says which, why, and what would do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that differs between deployments.

    `database_url` and `migration_database_url` are None where the private database is used; the
    latter also where nothing is migrated.
    """

    data_folder: Path
    database_url: str | None
    migration_database_url: str | None
    kek_file: Path
    host: str
    port: int
    web_processes: int
    web_threads: int
    agency_time_zone: ZoneInfo
    register_prefix: str
    standard_id: str
    rubrics_folder: Path
    deadlines: Deadlines
    log_level: str
    log_format: str
    metrics_token: str | None
    ready_lag_events: int

    @property
    def metrics_folder(self) -> Path | None:
        """Return where the processes count, for a scrape to add up; None where nobody may read it."""
        return None if self.metrics_token is None else self.data_folder / "metrics"

    @property
    def backups_file(self) -> Path:
        """Return where the time of the last backup is noted."""
        return self.data_folder / "last-backup"

    @property
    def postgres_folder(self) -> Path:
        """Return where the private database lies; the keys lie beside it, never inside."""
        return self.data_folder / "postgres"

    @property
    def demo_tokens_file(self) -> Path:
        """Return where the tokens of the demo's people are written."""
        return self.data_folder / "demo-tokens"


def load_settings() -> Settings:
    """Return the settings of this process's environment. Raises SettingInvalid."""
    try:
        return _read(Env())
    except EnvValidationError as refusal:
        name = str(refusal).split('"')[1]
        reasons = " ".join(str(reason) for reason in refusal.error_messages)
        raise SettingInvalid(f"The setting {name} cannot be used: {reasons} Correct it and start again.") from refusal


def shipped_folder(name: str) -> Path:
    """Return a folder that travels with the platform: beside the package in a checkout, inside it in a wheel."""
    inside = Path(__file__).resolve().parent / "_shipped" / name
    return inside if inside.is_dir() else _ROOT / name


def _read(env: Env) -> Settings:
    data_folder = Path(env.str("DATA_FOLDER", "var")).absolute()
    application, migration = _addresses(env)
    return Settings(
        # Where the private database, the keys and the demo's tokens lie.
        data_folder=data_folder,
        # The application's role, and the role that owns the schemas: postgresql://role@host/database.
        database_url=application,
        migration_database_url=migration,
        # The key that seals all personal data: back it up, and never together with the database.
        kek_file=Path(env.str("KEK_FILE", str(data_folder / "secrets" / "kek"))).absolute(),
        # Where the web server listens.
        host=env.str("HOST", "127.0.0.1"),
        port=_count(env, "PORT", 8080, highest=65535),
        # How many requests it answers at once: processes times threads.
        web_processes=_count(env, "WEB_PROCESSES", 2, highest=64),
        web_threads=_count(env, "WEB_THREADS", 4, highest=64),
        # The zone in which a date begins and ends for the agency.
        agency_time_zone=_time_zone(env),
        # What register numbers begin with: country and kind; the year follows.
        register_prefix=_word(env, "AGENCY_CODE", "MY-MC", rf"{REGISTER_PREFIX}\Z"),
        # The standard that submissions are judged under; its versions lie in a folder of this name.
        standard_id=_word(env, "STANDARD_ID", "nmcs", r"[a-z][a-z0-9_]{0,31}\Z"),
        rubrics_folder=Path(env.str("RUBRICS_FOLDER", str(shipped_folder("rubrics")))).absolute(),
        deadlines=_deadlines(env),
        # What the log holds, and whether for a collector (json) or for a person (console).
        log_level=env.str("LOG_LEVEL", "INFO", validate=_one_of(LOG_LEVELS)),
        log_format=env.str("LOG_FORMAT", "auto", validate=_one_of(LOG_FORMATS)),
        # What opens /metrics; without it there is no such address.
        metrics_token=_token(env, "METRICS_TOKEN"),
        # From how many events of lag on the platform says that it is not ready.
        ready_lag_events=_count(env, "READY_LAG_EVENTS", 10_000, highest=1_000_000_000),
    )


def _deadlines(env: Env) -> Deadlines:
    return Deadlines(
        # How long a provider has to lodge again what was returned, unless intake says another day.
        returned_working_days=_count(env, "RETURNED_WORKING_DAYS", 10),
        # How long an appeal can be filed, at least, from the day of release.
        appeal_calendar_days=_count(env, "APPEAL_CALENDAR_DAYS", 30),
        # How long an accreditation lasts, at most, and unless the committee says less.
        longest_validity_months=_count(env, "VALIDITY_MONTHS", 36),
        # How long a provider is recognised, at most, and unless the register officer says less.
        recognition_months=_count(env, "RECOGNITION_MONTHS", 36),
        # The days other than weekends on which the agency does not work.
        holidays=_days(env, "HOLIDAYS"),
    )


def _one_of(known: tuple[str, ...]) -> validate.OneOf:
    return validate.OneOf(known, error=f"Write one of {', '.join(known)}.")


def _token(env: Env, name: str) -> str | None:
    # The text is not shown: it opens something.
    if not (text := env.str(name, "")):
        return None
    if not re.fullmatch(r"[!-~]{16,512}", text):
        raise SettingInvalid(
            f"The setting {name} cannot be used: it must be 16 to 512 letters, digits and signs without blanks. "
            "Make one with: openssl rand -hex 32"
        )
    return text


def _days(env: Env, name: str) -> frozenset[date]:
    found = set()
    for text in env.str(name, "").replace(",", " ").split():
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            raise SettingInvalid(
                f"The setting {name} cannot be used: “{text}” is no day. "
                "Write days such as 2026-12-25, with commas between them."
            ) from None
    return frozenset(found)


def _count(env: Env, name: str, usual: int, highest: int = 1000) -> int:
    rule = validate.Range(1, highest, error=f"Write a whole number from 1 to {highest}.")
    return env.int(name, usual, validate=rule)


def _word(env: Env, name: str, usual: str, pattern: str) -> str:
    return env.str(name, usual, validate=validate.Regexp(pattern, error=f"Write it like “{usual}”."))


def _addresses(env: Env) -> tuple[str | None, str | None]:
    application, migration = (_address(env, name) for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL"))
    if application is None and migration is None:
        return None, None
    if application is None:
        raise SettingInvalid(
            "The database cannot be used: MIGRATION_DATABASE_URL is set, but DATABASE_URL is not. "
            "Set both, with two different roles, or neither to use the private database."
        )
    if migration is None:
        # Whoever only serves need not know how to change the tables.
        return application.render_as_string(hide_password=False), None
    if application.username == migration.username:
        raise SettingInvalid(
            "The database cannot be used: DATABASE_URL and MIGRATION_DATABASE_URL name the same role "
            f"“{application.username or ''}”. Use two, so that the running platform cannot alter history."
        )
    return application.render_as_string(hide_password=False), migration.render_as_string(hide_password=False)


def _address(env: Env, name: str) -> URL | None:
    text = env.str(name, "")
    if not text:
        return None
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    # The text is not shown: it may hold a password.
    if url is None or url.drivername not in ("postgresql", "postgres", _DRIVER) or not url.database:
        raise SettingInvalid(
            f"The setting {name} cannot be read: it is no address of a PostgreSQL database. "
            "Write it as postgresql://role:password@host:5432/database."
        )
    return url.set(drivername=_DRIVER)


def _time_zone(env: Env) -> ZoneInfo:
    name = env.str("AGENCY_TIME_ZONE", "Asia/Kuala_Lumpur")
    if name not in available_timezones():
        raise SettingInvalid(
            f"The setting AGENCY_TIME_ZONE cannot be “{name}”: there is no such time zone. "
            "Write a name of the IANA database, such as Asia/Kuala_Lumpur."
        )
    return ZoneInfo(name)
