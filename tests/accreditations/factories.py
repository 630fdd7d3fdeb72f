"""Commands and events of the register, for what a test does not talk about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from qa_platform.accreditations import commands, events

SERIES = "MY-MC-2026"


class IssueRegisterNumberFactory(factory.Factory):
    class Meta:
        model = commands.IssueRegisterNumber

    series = SERIES
    accreditation_id = "accreditation-1"
    submission_id = "submission-1"


class RegisterNumberIssuedFactory(factory.Factory):
    class Meta:
        model = events.RegisterNumberIssued

    series = SERIES
    serial = 1
    number = "MY-MC-2026-000001-9"
    accreditation_id = "accreditation-1"
    submission_id = "submission-1"


class _Entry(factory.Factory):
    class Meta:
        abstract = True

    accreditation_id = "accreditation-1"
    submission_id = "submission-1"
    decision_id = "decision-1"
    decision_code = "APP"
    decision_class = "positive"
    number = "MY-MC-2026-000001-9"
    course_id = "course-1"
    course_version = "1.0.0"
    provider_id = "provider-1"
    title_en = "Solar Panel Maintenance"
    title_ms = None
    level = 4
    credits = Decimal("1.5")
    hours = Decimal(60)
    valid_from = date(2026, 11, 24)
    valid_to = date(2029, 11, 23)
    simulated = False


class OpenAccreditationFactory(_Entry):
    class Meta:
        model = commands.OpenAccreditation


class AccreditationOpenedFactory(_Entry):
    class Meta:
        model = events.AccreditationOpened

    status = "listed"


class HistorySubjectFactory(factory.Factory):
    class Meta:
        model = events.HistorySubject

    site = "100034"
    agency = "27"
    agency_name = "Academy of Nutrition"
    program = "1"
    program_name = "Institutional Accreditation"
    sequence = "1"


class HistorySourceFactory(factory.Factory):
    class Meta:
        model = events.HistorySource

    dataset = "dapip"
    file = "f" * 64
    line = 2
    row = factory.Sequence(lambda n: f"{n:064x}")


class _Action(factory.Factory):
    class Meta:
        abstract = True

    history_id = "dapip-100034-27-1-1"
    subject = factory.SubFactory(HistorySubjectFactory)
    kind = events.ActionKind.RENEWAL
    kind_published = "Renewal of Accreditation"
    effective_on = date(2018, 1, 26)
    ends_on = None
    justification = None
    source = factory.SubFactory(HistorySourceFactory)


class ImportActionFactory(_Action):
    class Meta:
        model = commands.ImportAction

    on = date(2026, 11, 24)


class ActionImportedFactory(_Action):
    class Meta:
        model = events.ActionImported
