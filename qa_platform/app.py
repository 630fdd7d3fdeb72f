"""The composition root: the only module that knows every room."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_smorest import Blueprint
from sqlalchemy import Engine
from uuid_utils import uuid7

from qa_platform.accreditations import read_model as accreditations
from qa_platform.accreditations.api import accreditations_api, conditions_api
from qa_platform.accreditations.decider import (
    accreditation_decider,
    condition_decider,
    history_decider,
    register_number_decider,
)
from qa_platform.accreditations.jobs import lapse_overdue_conditions
from qa_platform.audit.api import cases_api, checks_api
from qa_platform.audit.jobs import check_nightly
from qa_platform.batches.decider import batch_decider
from qa_platform.batches.read_model import BATCHES
from qa_platform.bulk.api import batches_api
from qa_platform.centres import read_model as centres
from qa_platform.centres.api import centres_api
from qa_platform.centres.decider import assignment_decider, centre_decider, cosigning_decider
from qa_platform.centres.jobs import assign_by_default, hand_over_left_behind
from qa_platform.config import SettingInvalid, Settings, load_settings, shipped_folder
from qa_platform.dashboards.api import clocks_api, refusals_api
from qa_platform.dashboards.read_model import CLOCK_MARKS
from qa_platform.decisions import read_model as decisions
from qa_platform.decisions.api import decisions_api, meetings_api
from qa_platform.decisions.decider import decision_decider, meeting_decider
from qa_platform.embedded import addresses_of_running
from qa_platform.kernel.decider import Decider
from qa_platform.ledger import tables
from qa_platform.ledger.keys import Keys, read_key_file
from qa_platform.ledger.lease import Lease
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.observer import Observer
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.rebuild import Progress, rebuild_stale, refuse_stale
from qa_platform.notices import read_model as notices
from qa_platform.notices.api import notices_api
from qa_platform.notices.decider import notice_decider, preferences_decider
from qa_platform.notices.jobs import clear_deliveries, deliver, remind
from qa_platform.operating import logs
from qa_platform.operating.metrics import Metrics
from qa_platform.operating.readiness import readiness
from qa_platform.operating.watch import Snapshot, Watch
from qa_platform.panels import read_model as panels
from qa_platform.panels.api import panels_api
from qa_platform.panels.decider import allocation_decider, panel_decider
from qa_platform.panels.jobs import close_factual_checks, let_silence_agree, remind_reviewers, replace_late
from qa_platform.people import read_model as people
from qa_platform.people.api import TokenAuthenticator, people_api
from qa_platform.people.decider import people_decider
from qa_platform.providers import read_model as providers
from qa_platform.providers.api import providers_api
from qa_platform.providers.decider import provider_decider
from qa_platform.providers.jobs import expire_recognitions, lapse_unanswered
from qa_platform.register.pages import register_pages
from qa_platform.reviewers import read_model as reviewers
from qa_platform.reviewers.api import reviewers_api
from qa_platform.reviewers.decider import benchmark_decider, reviewer_decider
from qa_platform.reviewers.jobs import raise_recalibrations
from qa_platform.reviews import read_model as reviews
from qa_platform.reviews.api import queries_api, reviews_api
from qa_platform.reviews.decider import query_decider, review_decider
from qa_platform.reviews.jobs import close_unanswered, mark_late
from qa_platform.scheduling.metrics import WorkerMetrics
from qa_platform.scheduling.old_conditions import set_old_conditions
from qa_platform.scheduling.scoring import remind_to_score
from qa_platform.scheduling.undone import undone_by
from qa_platform.scheduling.worker import Job, Worker
from qa_platform.standards import read_model as standards
from qa_platform.standards.api import standards_api
from qa_platform.standards.decider import standard_decider
from qa_platform.standards.pages import standard_pages
from qa_platform.submissions import read_model as submissions
from qa_platform.submissions.api import components_api, submissions_api
from qa_platform.submissions.decider import component_decider, submission_decider
from qa_platform.submissions.jobs import end_expired_listings, lapse_overdue
from qa_platform.web.application import assemble
from qa_platform.web.context import Platform
from qa_platform.web.metrics import HttpMetrics, MetricsDoor
from qa_platform.web.permissions import PERMISSIONS
from qa_platform.web.readiness import Readiness

# The pages that people open; what programs ask for follows.
ALL_PAGES = (register_pages, standard_pages)

ALL_BLUEPRINTS: tuple[Blueprint, ...] = (
    standards_api,
    people_api,
    centres_api,
    providers_api,
    reviewers_api,
    submissions_api,
    components_api,
    panels_api,
    reviews_api,
    queries_api,
    decisions_api,
    meetings_api,
    accreditations_api,
    notices_api,
    conditions_api,
    batches_api,
    cases_api,
    clocks_api,
    refusals_api,
    checks_api,
)

ALL_DECIDERS: tuple[Decider[Any, Any, Any], ...] = (
    standard_decider,
    people_decider,
    centre_decider,
    assignment_decider,
    cosigning_decider,
    provider_decider,
    reviewer_decider,
    benchmark_decider,
    submission_decider,
    component_decider,
    panel_decider,
    allocation_decider,
    review_decider,
    query_decider,
    decision_decider,
    meeting_decider,
    register_number_decider,
    accreditation_decider,
    condition_decider,
    history_decider,
    notice_decider,
    preferences_decider,
    batch_decider,
)

ALL_PROJECTIONS: tuple[Projection[Any], ...] = (
    standards.STANDARDS,
    standards.RUBRICS,
    people.ACCOUNTS,
    people.TOKENS,
    centres.CENTRES,
    centres.CASE_CENTRES,
    centres.CENTRE_INTAKE,
    centres.CENTRE_PEOPLE,
    centres.CASE_COSIGNING,
    centres.AWAITED_DECISIONS,
    providers.PROVIDERS,
    providers.APPLICATIONS,
    providers.CONTACTS,
    providers.LODGINGS,
    reviewers.REVIEWERS,
    reviewers.REVIEWS_DONE,
    reviewers.BENCHMARKS,
    reviewers.CALIBRATION_STANDARDS,
    submissions.SUBMISSIONS,
    submissions.COMPONENTS,
    submissions.SUBMISSION_PEOPLE,
    submissions.PROVIDER_STANDINGS,
    submissions.RUBRICS_IN_FORCE,
    submissions.DECIDINGS,
    submissions.SUBMISSION_RECUSALS,
    panels.PANELS,
    panels.REPORTS,
    panels.PANEL_DECISIONS,
    panels.ASSIGNABLE,
    panels.PANEL_RUBRICS,
    panels.LEADS,
    CLOCK_MARKS,
    panels.PANEL_COURSES,
    panels.SITTINGS,
    panels.PROPOSALS,
    reviews.REVIEWS,
    reviews.QUERIES,
    reviews.QUESTIONS,
    reviews.CONFLICTS,
    reviews.COURSE_MAKERS,
    reviews.REVIEW_ABSENCES,
    reviews.REVIEW_CAPS,
    reviews.REVIEW_TIES,
    reviews.REVIEW_NOTES,
    reviews.REVIEW_PANELS,
    reviews.REVIEW_RUBRICS,
    decisions.DECISIONS,
    decisions.MEETINGS,
    decisions.DECISION_RUBRICS,
    decisions.COMMITTEE_MEMBERS,
    accreditations.ACCREDITATIONS,
    accreditations.CONDITIONS,
    accreditations.CHECKING_PANELS,
    accreditations.PROVIDER_PEOPLE,
    accreditations.IMPORTED_HISTORIES,
    notices.NOTICES,
    notices.NOTICE_READERS,
    notices.NOTICE_PREFERENCES,
    notices.DUTIES,
    notices.NOTICE_CASES,
    BATCHES,
)


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def create_app(settings: Settings | None = None, *, ledger: Ledger | None = None) -> Flask:
    """Return the web application; by default as the environment's settings say.

    Raises ReadModelStale when a read model was made by other code than this.
    """
    settings = settings or load_settings()
    if ledger is None:
        metrics = begin(settings, "web")
        ledger = ledger_of(settings, observer=metrics.appends)
    else:
        metrics = Metrics("web", None)
    refuse_stale(ledger)
    # A server may fork from here on, and a connection must not be shared.
    ledger.engine.dispose()
    watch = Watch(ledger.engine.url)
    platform = Platform(
        ledger=ledger,
        authenticator=TokenAuthenticator(),
        permissions=PERMISSIONS,
        zone=settings.agency_time_zone,
        standard_id=settings.standard_id,
        deadlines=settings.deadlines,
        language=settings.mailing.language,
        digest_hour=settings.mailing.digest_hour,
        metrics=HttpMetrics(metrics.registry),
        undone=lambda recorded, viewer: undone_by(ledger, recorded, viewer),
        readiness=lambda: readiness_of(settings, watch.look()),
    )
    flask = assemble(platform, ALL_BLUEPRINTS, ALL_PAGES)
    if settings.metrics_token is not None:
        door = MetricsDoor(flask.wsgi_app, metrics.expose(watch.look), settings.metrics_token)
        flask.wsgi_app = door  # type: ignore[method-assign]  # the way that Flask's own guide wraps an application
    return flask


def begin(settings: Settings, part: str) -> Metrics:
    """Begin a process that stays: its log, and its figures; `part` is what it is of the platform."""
    logs.configure(settings.log_level, settings.log_format)
    return Metrics(part, settings.metrics_folder)


def readiness_of(settings: Settings, snapshot: Snapshot | None) -> Readiness:
    """Return whether the platform that settings name can do its work, by a look at its database."""
    return readiness(
        snapshot,
        migrations=shipped_folder("migrations"),
        codes={projection.name: projection.code for projection in ALL_PROJECTIONS},
        most_behind=settings.ready_lag_events,
    )


def ledger_of(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now, observer: Observer | None = None
) -> Ledger:
    """Return the ledger that settings name. Raises SettingInvalid where no database is named or running."""
    engine = tables.open_engine(_application_url(settings), connections=settings.web_threads)
    return open_ledger(engine, read_key_file(settings.kek_file), clock=clock, observer=observer)


def open_ledger(
    engine: Engine,
    key_encryption_key: bytes,
    *,
    clock: Callable[[], datetime] = utc_now,
    observer: Observer | None = None,
) -> Ledger:
    """Return the ledger of a database, with every rule and every read model of the platform."""
    return Ledger(
        engine,
        deciders=ALL_DECIDERS,
        projections=ALL_PROJECTIONS,
        keys=Keys(key_encryption_key),
        clock=clock,
        new_id=new_id,
        observer=observer,
    )


def jobs_of(settings: Settings, clock: Callable[[], datetime] = utc_now) -> dict[str, Job]:
    """Return what the worker does by the clock, by name."""

    def now() -> datetime:
        return clock().astimezone(settings.agency_time_zone)

    def agenda() -> reviews.Agenda:
        return reviews.Agenda(on=now().date(), zone=settings.agency_time_zone, deadlines=settings.deadlines)

    def close_checks(ledger: Ledger, lease: Lease) -> int:
        on = now().date()
        return close_factual_checks(ledger, on, settings.deadlines.final_report(on), lease.check)

    return {
        "assign cases by default": lambda ledger, lease: assign_by_default(
            ledger, settings.default_centre_id, now().date(), lease.check
        ),
        "hand over cases left behind": lambda ledger, lease: hand_over_left_behind(ledger, now().date(), lease.check),
        "close unanswered queries": lambda ledger, lease: close_unanswered(ledger, agenda(), lease.check),
        "mark late reviews": lambda ledger, lease: mark_late(ledger, agenda(), lease.check),
        "lapse overdue submissions": lambda ledger, lease: lapse_overdue(ledger, now().date(), lease.check),
        "end expired listings": lambda ledger, lease: end_expired_listings(ledger, now().date(), lease.check),
        "remind of what is due": lambda ledger, lease: remind(ledger, settings.reminding, now().date(), lease.check),
        "remind of reviews": lambda ledger, lease: remind_to_score(ledger, agenda(), lease.check),
        "clear old deliveries": lambda ledger, lease: clear_deliveries(ledger, lease.check),
        "lapse overdue conditions": lambda ledger, lease: lapse_overdue_conditions(
            ledger, now().date(), settings.deadlines, lease.check
        ),
        "set conditions of old decisions": lambda ledger, lease: set_old_conditions(
            ledger, settings.register_prefix, lease.check
        ),
        "raise recalibrations": lambda ledger, lease: raise_recalibrations(
            ledger, now().date(), settings.deadlines.calibration, lease.check
        ),
        "lapse unanswered applications": lambda ledger, lease: lapse_unanswered(ledger, now().date(), lease.check),
        "expire recognitions": lambda ledger, lease: expire_recognitions(ledger, now().date(), lease.check),
        "let silence agree to scores": lambda ledger, lease: let_silence_agree(ledger, now().date(), lease.check),
        "close factual checks": close_checks,
        "remind reviewers": lambda ledger, lease: remind_reviewers(ledger, now().date(), lease.check),
        "replace late reviewers": lambda ledger, lease: replace_late(
            ledger, settings.deadlines, now().date(), lease.check
        ),
        "check the invariants": lambda ledger, lease: check_nightly(ledger, lease, ALL_DECIDERS, now()),
    }


def worker_of(settings: Settings) -> Worker:
    """Return the worker of this process, with its log and its figures begun."""
    metrics = begin(settings, "worker")
    return Worker(
        ledger_of(settings, observer=metrics.appends),
        jobs_of(settings),
        register_prefix=settings.register_prefix,
        metrics=WorkerMetrics(metrics.registry),
        deliver=lambda ledger, guard: deliver(ledger, settings.mailing, guard),
        zone=settings.agency_time_zone,
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
