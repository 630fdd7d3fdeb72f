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


class EvidenceDocumentFactory(factory.Factory):
    class Meta:
        model = events.EvidenceDocument

    title = "Assessment samples of the third cohort"
    sha256 = "a" * 64


class ClosingDocumentFactory(factory.Factory):
    class Meta:
        model = events.ClosingDocument

    language = "en"
    sha256 = "c" * 64


class _Condition(factory.Factory):
    class Meta:
        abstract = True

    condition_id = "condition-1"
    submission_id = "submission-1"


class _Set(_Condition):
    class Meta:
        abstract = True

    decision_id = "decision-1"
    accreditation_id = "accreditation-1"
    provider_id = "provider-1"
    place = 1
    of = 1
    criterion = "C2"
    severity = "major"
    text = "Show that every outcome is assessed."
    checked_by = "officer"
    decided_on = date(2026, 11, 20)
    set_on = date(2026, 11, 24)
    due_on = date(2027, 5, 20)


class OpenConditionFactory(_Set):
    class Meta:
        model = commands.OpenCondition


class ConditionSetFactory(_Set):
    class Meta:
        model = events.ConditionSet


class _Filing(_Condition):
    class Meta:
        abstract = True

    statement = "The samples show every outcome."
    documents = factory.LazyFunction(lambda: (EvidenceDocumentFactory(),))
    check_due_on = date(2027, 3, 22)


class FileEvidenceFactory(_Filing):
    class Meta:
        model = commands.FileEvidence

    on = date(2027, 3, 1)


class ConditionEvidenceFiledFactory(_Filing):
    class Meta:
        model = events.ConditionEvidenceFiled

    filing = 1
    filed_on = date(2027, 3, 1)


class RulerFactory(factory.Factory):
    class Meta:
        model = commands.Ruler

    person_id = "officer-1"
    officer = True
    panel = ("reviewer-1", "reviewer-2")
    providers = ()


class BeginCheckFactory(_Condition):
    class Meta:
        model = commands.BeginCheck

    ruler = factory.SubFactory(RulerFactory)
    on = date(2027, 3, 3)


class ConditionCheckBegunFactory(_Condition):
    class Meta:
        model = events.ConditionCheckBegun

    checker_id = "officer-1"
    filings = 1
    begun_on = date(2027, 3, 3)


class HandOverCheckFactory(_Condition):
    class Meta:
        model = commands.HandOverCheck

    checked_by = "officer"
    reason = "Nobody of the panel is there until June."
    on = date(2027, 3, 4)


class ConditionCheckHandedOverFactory(_Condition):
    class Meta:
        model = events.ConditionCheckHandedOver

    checked_by = "officer"
    reason = "Nobody of the panel is there until June."
    handed_on = date(2027, 3, 4)


class RuleOnConditionFactory(_Condition):
    class Meta:
        model = commands.RuleOnCondition

    ruler = factory.SubFactory(RulerFactory)
    verdict = "met"
    reason = "Every outcome has its sample."
    on = date(2027, 3, 10)


class _Ruled(_Condition):
    class Meta:
        abstract = True

    reason = "Every outcome has its sample."
    ruled_on = date(2027, 3, 10)


class ConditionMetFactory(_Ruled):
    class Meta:
        model = events.ConditionMet


class ConditionExtendedFactory(_Ruled):
    class Meta:
        model = events.ConditionExtended

    due_on = date(2027, 8, 20)


class ConditionNotMetFactory(_Ruled):
    class Meta:
        model = events.ConditionNotMet


class LapseConditionFactory(_Condition):
    class Meta:
        model = commands.LapseCondition

    on = date(2027, 5, 21)
    rule_by = date(2027, 6, 11)


class ConditionLapsedFactory(_Condition):
    class Meta:
        model = events.ConditionLapsed

    due_on = date(2027, 5, 20)
    lapsed_on = date(2027, 5, 21)
    rule_by = date(2027, 6, 11)


class ReverseVerdictFactory(_Condition):
    class Meta:
        model = commands.ReverseVerdict

    ruler = factory.SubFactory(RulerFactory)
    reason = "The verdict was recorded on another condition's evidence."
    closed = False
    on = date(2027, 3, 11)


class ConditionVerdictReversedFactory(_Condition):
    class Meta:
        model = events.ConditionVerdictReversed

    verdict = "COND-MET"
    reason = "The verdict was recorded on another condition's evidence."
    reversed_on = date(2027, 3, 11)


class ConditionStandingFactory(factory.Factory):
    class Meta:
        model = commands.ConditionStanding

    condition_id = "condition-1"
    version = 4
    status = "met"
    of = 1


class IssueClosingFactory(factory.Factory):
    class Meta:
        model = commands.IssueClosing

    accreditation_id = "accreditation-1"
    submission_id = "submission-1"
    conditions = factory.LazyFunction(lambda: (ConditionStandingFactory(),))
    documents = factory.LazyFunction(lambda: (ClosingDocumentFactory(),))
    on = date(2027, 3, 12)


class _Closing(factory.Factory):
    class Meta:
        abstract = True

    accreditation_id = "accreditation-1"
    submission_id = "submission-1"
    decision_id = "decision-1"
    number = "MY-MC-2026-000001-9"
    documents = factory.LazyFunction(lambda: (ClosingDocumentFactory(),))


class AccreditationConditionsMetFactory(_Closing):
    class Meta:
        model = events.AccreditationConditionsMet

    kind = "COND-MET"
    conditions = (events.MetCondition(condition_id="condition-1", version=4),)
    issued_on = date(2027, 3, 12)


class CorrectClosingFactory(factory.Factory):
    class Meta:
        model = commands.CorrectClosing

    accreditation_id = "accreditation-1"
    submission_id = "submission-1"
    reason = "One of the samples was of another course."
    documents = factory.LazyFunction(lambda: (ClosingDocumentFactory(sha256="d" * 64),))
    on = date(2027, 4, 1)


class AccreditationClosingCorrectedFactory(_Closing):
    class Meta:
        model = events.AccreditationClosingCorrected

    kind = "CORR"
    corrects = date(2027, 3, 12)
    reason = "One of the samples was of another course."
    documents = factory.LazyFunction(lambda: (ClosingDocumentFactory(sha256="d" * 64),))
    corrected_on = date(2027, 4, 1)
