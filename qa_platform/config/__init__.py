"""The settings of one deployment: read from the environment once, checked, and never changed."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from environs import Env, EnvValidationError, validate

from qa_platform.accreditations.decider import REGISTER_PREFIX
from qa_platform.config.addresses import read_addresses
from qa_platform.config.mail import read_mailing, read_reminding
from qa_platform.config.refusal import SettingInvalid
from qa_platform.config.working_days import read_calendar
from qa_platform.kernel.conflicts import Rotation, SeenEffect
from qa_platform.notices.jobs import Mailing, Reminding
from qa_platform.scoring.agreement import LONGEST_WINDOW, CalibrationPolicy
from qa_platform.web.deadlines import STAGE_WORKING_DAYS, Deadlines

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOT = _PACKAGE.parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("auto", "json", "console")

__all__ = ["LOG_FORMATS", "LOG_LEVELS", "SettingInvalid", "Settings", "load_settings", "shipped_folder"]


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
    default_centre_id: str | None
    rubrics_folder: Path
    deadlines: Deadlines
    mailing: Mailing
    reminding: Reminding
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
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _ROOT / name


def _read(env: Env) -> Settings:
    data_folder = Path(env.str("DATA_FOLDER", "var")).absolute()
    application, migration = read_addresses(env)
    zone, deadlines = _time_zone(env), _deadlines(env)
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
        agency_time_zone=zone,
        # What register numbers begin with: country and kind; the year follows.
        register_prefix=_word(env, "AGENCY_CODE", "MY-MC", rf"{REGISTER_PREFIX}\Z"),
        # The standard that submissions are judged under; its versions lie in a folder of this name.
        standard_id=_word(env, "STANDARD_ID", "nmcs", r"[a-z][a-z0-9_]{0,31}\Z"),
        # The verification centre that is given what is lodged, unless an officer was faster; none where it is empty.
        default_centre_id=_id(env, "DEFAULT_CENTRE_ID"),
        rubrics_folder=Path(env.str("RUBRICS_FOLDER", str(shipped_folder("rubrics")))).absolute(),
        deadlines=deadlines,
        mailing=read_mailing(env, data_folder, zone, deadlines.calendar),
        reminding=read_reminding(env, zone, deadlines),
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
        # By how much that time is extended, once, unless intake says another day.
        extension_working_days=_count(env, "EXTENSION_WORKING_DAYS", 10),
        # How long an appeal can be filed, at least, from the day of release.
        appeal_calendar_days=_count(env, "APPEAL_CALENDAR_DAYS", 30),
        # How long an accreditation lasts, at most, and unless the committee says less.
        longest_validity_months=_count(env, "VALIDITY_MONTHS", 36),
        # How long a provider is recognised, at most, and unless the register officer says less.
        recognition_months=_count(env, "RECOGNITION_MONTHS", 36),
        # How long a provider has to meet a condition, unless the committee says another day; a critical one.
        condition_months=_count(env, "CONDITION_MONTHS", 6, highest=12),
        critical_condition_months=_count(env, "CRITICAL_CONDITION_MONTHS", 3, highest=12),
        # How long the check of its evidence takes, and the ruling on one that lapsed.
        condition_check_working_days=_count(env, "CONDITION_CHECK_WORKING_DAYS", 15),
        # By how much a condition that is met in part is extended, once, unless who rules says another day.
        condition_extension_months=_count(env, "CONDITION_EXTENSION_MONTHS", 3, highest=12),
        # How long the agency has to issue the document that says that all conditions are met.
        closing_document_working_days=_count(env, "CLOSING_DOCUMENT_WORKING_DAYS", 5),
        # How long a reviewer has to answer an invitation (he is reminded a working day before), and to score.
        invitation_working_days=_count(env, "INVITATION_WORKING_DAYS", 2),
        scoring_working_days=_count(env, "SCORING_WORKING_DAYS", 10),
        # After how many of the latter he is reminded.
        reminder_working_days=_counts(env, "REMINDER_WORKING_DAYS", "5,8"),
        # How long a provider has to answer a query of the panel.
        query_working_days=_count(env, "QUERY_WORKING_DAYS", 5),
        # From how long before its end on a recognition can be renewed.
        recognition_renewal_months=_count(env, "RECOGNITION_RENEWAL_MONTHS", 6),
        # By when the agency means to answer an application for recognition.
        recognition_answer_working_days=_count(env, "RECOGNITION_ANSWER_WORKING_DAYS", 20),
        # How long a provider has to answer what intake asks about it, unless intake says another day.
        information_working_days=_count(env, "INFORMATION_WORKING_DAYS", 10),
        # How long a case may take from acceptance to publication, and from which share on a time is near its end.
        case_working_days=_count(env, "CASE_WORKING_DAYS", 45),
        # How long each of its states may take.
        stage_working_days=_stages(env),
        alarm_percent=_count(env, "ALARM_PERCENT", 80, highest=100),
        # How long reviewers can answer a score that the lead proposes; then silence agrees.
        proposal_working_days=_count(env, "PROPOSAL_WORKING_DAYS", 2),
        # How long a third reviewer has.
        third_review_working_days=_count(env, "THIRD_REVIEW_WORKING_DAYS", 7),
        # How long the lead has for the draft report, after the moderation.
        draft_report_working_days=_count(env, "DRAFT_REPORT_WORKING_DAYS", 2),
        # How long a provider can check the draft report; then silence means that it has no error.
        factual_check_working_days=_count(env, "FACTUAL_CHECK_WORKING_DAYS", 10),
        # How long claims, and the final report, take after that.
        final_report_working_days=_count(env, "FINAL_REPORT_WORKING_DAYS", 3),
        # Whether the committee waits for a final report where no draft was issued.
        final_report_required=env.bool("FINAL_REPORT_REQUIRED", False),
        # How long a reviewer who was told that he is late still has before he is replaced.
        replacement_working_days=_count(env, "REPLACEMENT_WORKING_DAYS", 1),
        # How long a reviewer leaves a provider alone after a full review; whether it bars him, or warns.
        rotation=Rotation(
            months=_count(env, "ROTATION_MONTHS", 36),
            effect=SeenEffect(env.str("ROTATION_EFFECT", "warn", validate=_one_of(("warn", "bar")))),
        ),
        # How long a provider can object to its panel once it is confirmed.
        objection_working_days=_count(env, "PANEL_OBJECTION_WORKING_DAYS", 3),
        # How many members the committee needs on each item, not counting whoever is recused from it.
        committee_quorum=_count(env, "COMMITTEE_QUORUM", 3, lowest=3, highest=50),
        # How long a provider has, at most, to supply what a deferral waits for.
        deferral_calendar_days=_count(env, "DEFERRAL_CALENDAR_DAYS", 30, highest=30),
        # How long a provider has to agree to a variation, unless the secretary says another day.
        consent_working_days=_count(env, "CONSENT_WORKING_DAYS", 10),
        # How many of a hundred units of accredited programmes are drawn for a full review.
        component_sample_percent=env.int(
            "COMPONENT_SAMPLE_PERCENT",
            10,
            validate=validate.Range(0, 100, error="Write a whole number from 0 to 100."),
        ),
        calendar=read_calendar(env),
        calibration=_calibration(env),
    )


def _calibration(env: Env) -> CalibrationPolicy:
    return CalibrationPolicy(
        # How many benchmark courses a reviewer scores at least, and how far he must agree with their reference.
        least_benchmarks=_count(env, "CALIBRATION_BENCHMARKS", 3),
        least_exact_percent=_count(env, "CALIBRATION_EXACT_PERCENT", 60, highest=100),
        least_adjacent_percent=_count(env, "CALIBRATION_ADJACENT_PERCENT", 90, highest=100),
        # How long that holds, and how long after a new version of the standard.
        valid_months=_count(env, "CALIBRATION_MONTHS", 36),
        new_standard_months=_count(env, "NEW_STANDARD_MONTHS", 24),
        # How many moderated criteria drift is seen by, and from where on it is one.
        drift_criteria=_count(env, "DRIFT_CRITERIA", 30, highest=LONGEST_WINDOW),
        most_deviation_hundredths=_count(env, "DRIFT_DEVIATION_HUNDREDTHS", 50),
        drift_exact_percent=_count(env, "DRIFT_EXACT_PERCENT", 50, highest=100),
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


def _count(env: Env, name: str, usual: int, highest: int = 1000, lowest: int = 1) -> int:
    rule = validate.Range(lowest, highest, error=f"Write a whole number from {lowest} to {highest}.")
    return env.int(name, usual, validate=rule)


def _stages(env: Env) -> dict[str, int]:
    # A question to the provider has its own name, for the provider is told it.
    names = {"queried": "QUERY_WORKING_DAYS"}
    return {
        state: _count(env, names.get(state, f"{state.upper()}_WORKING_DAYS"), usual)
        for state, usual in STAGE_WORKING_DAYS.items()
    }


def _counts(env: Env, name: str, usual: str) -> tuple[int, ...]:
    rule = r"([1-9]\d{0,2}(,[1-9]\d{0,2})*)?\Z"
    text = env.str(name, usual, validate=validate.Regexp(rule, error=f"Write whole numbers like “{usual}”."))
    return tuple(sorted({int(each) for each in text.split(",") if each}))


def _word(env: Env, name: str, usual: str, pattern: str) -> str:
    return env.str(name, usual, validate=validate.Regexp(pattern, error=f"Write it like “{usual}”."))


def _id(env: Env, name: str) -> str | None:
    rule = validate.Regexp(
        r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?\Z", error="Write the id as the platform tells it, or nothing."
    )
    return env.str(name, "", validate=rule) or None


def _time_zone(env: Env) -> ZoneInfo:
    name = env.str("AGENCY_TIME_ZONE", "Asia/Kuala_Lumpur")
    if name not in available_timezones():
        raise SettingInvalid(
            f"The setting AGENCY_TIME_ZONE cannot be “{name}”: there is no such time zone. "
            "Write a name of the IANA database, such as Asia/Kuala_Lumpur."
        )
    return ZoneInfo(name)
