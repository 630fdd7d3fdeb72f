"""Commands and events of providers, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.kernel.sealed import seal
from qa_platform.providers import commands, events

PROVIDER = "provider-1"
APPLICATION = "application-1"
TODAY = date(2026, 11, 24)
DUE = date(2026, 12, 8)
ANSWER_DUE = date(2026, 12, 22)
DIGEST = "ab" * 32

SAMPLE = events.AssessmentSample(
    assessment_type="Project",
    work_sha256=DIGEST,
    criteria_sha256=DIGEST,
    rubric_sha256=DIGEST,
    marking_scheme_sha256=DIGEST,
    marks_sha256=DIGEST,
)
COHORT = events.CompletedCohort(
    course_title="Solar Panel Maintenance",
    started_on=date(2026, 1, 5),
    ended_on=date(2026, 3, 27),
    enrolled=24,
    completed=19,
    samples=(SAMPLE,),
)
PARTICULARS = events.Particulars(
    legal_name="Akademi Contoh Sdn. Bhd.",
    registration_number="202601000001",
    kind="company",
    country="MY",
    established_on=date(2001, 2, 3),
    legal_basis="Companies Act 2016",
    scope_of_business="Training for work",
    website="https://akademi.example.org",
    registrations=(events.Registration(body="HRD Corp", kind="licence", number="TP-77"),),
    cohort=COHORT,
    learner_records="A register of learners holds application, progress and completion.",
    digital_credential="An Open Badge with outcomes, level and credits.",
)
CHIEF = commands.Contact(
    subject="0192f6c0-0000-4000-8000-0000000000c1",
    name="Siti binti Osman",
    designation="Chief Executive",
    email="siti@akademi.example.org",
)
LIAISON = commands.Contact(
    subject="0192f6c0-0000-4000-8000-0000000000c2",
    name="Lim Wei",
    designation="Registrar",
    email="lim@akademi.example.org",
    telephone="+60 12-345 6789",
)


class RegisterProviderFactory(factory.Factory):
    class Meta:
        model = commands.RegisterProvider

    provider_id = PROVIDER
    legal_name = "Akademi Contoh Sdn. Bhd."
    origin = "registration"
    registration_number = "202601000001"
    kind = "company"
    country = "MY"
    established_on = date(2001, 2, 3)
    legal_basis = "Companies Act 2016"
    scope_of_business = "Training for work"
    website = "https://akademi.example.org"
    simulated = False


class ChangeDetailsFactory(factory.Factory):
    class Meta:
        model = commands.ChangeDetails

    provider_id = PROVIDER


class RecogniseProviderFactory(factory.Factory):
    class Meta:
        model = commands.RecogniseProvider

    provider_id = PROVIDER
    valid_from = date(2026, 1, 1)
    valid_to = None
    recognition_months = 36


class SuspendProviderFactory(factory.Factory):
    class Meta:
        model = commands.SuspendProvider

    provider_id = PROVIDER
    suspended_from = date(2026, 6, 1)
    reason = "Two yearly returns are missing"


class ReinstateProviderFactory(factory.Factory):
    class Meta:
        model = commands.ReinstateProvider

    provider_id = PROVIDER
    reinstated_from = date(2026, 8, 1)
    reason = "The returns have come"


class CeaseProviderFactory(factory.Factory):
    class Meta:
        model = commands.CeaseProvider

    provider_id = PROVIDER
    ceased_on = date(2027, 12, 31)
    custodian = "Arkib Contoh"
    reason = "Merged into another company"


class ProviderRegisteredFactory(factory.Factory):
    class Meta:
        model = events.ProviderRegistered

    provider_id = PROVIDER
    legal_name = "Akademi Contoh Sdn. Bhd."
    registration_number = "202601000001"
    kind = "company"
    country = "MY"
    established_on = date(2001, 2, 3)
    legal_basis = "Companies Act 2016"
    scope_of_business = "Training for work"
    website = "https://akademi.example.org"
    origin = "registration"
    simulated = False


class ProviderDetailsChangedFactory(factory.Factory):
    class Meta:
        model = events.ProviderDetailsChanged

    provider_id = PROVIDER
    legal_name = "Akademi Contoh Sdn. Bhd."
    registration_number = "202601000001"
    kind = "company"
    country = "MY"
    established_on = date(2001, 2, 3)
    legal_basis = "Companies Act 2016"
    scope_of_business = "Training for work"
    website = "https://akademi.example.org"


class ProviderRecognisedFactory(factory.Factory):
    class Meta:
        model = events.ProviderRecognised

    provider_id = PROVIDER
    valid_from = date(2026, 1, 1)
    valid_to = date(2028, 12, 31)


class ProviderSuspendedFactory(factory.Factory):
    class Meta:
        model = events.ProviderSuspended

    provider_id = PROVIDER
    suspended_from = date(2026, 6, 1)
    reason = "Two yearly returns are missing"


class ProviderReinstatedFactory(factory.Factory):
    class Meta:
        model = events.ProviderReinstated

    provider_id = PROVIDER
    reinstated_from = date(2026, 8, 1)
    reason = "The returns have come"


class ProviderCeasedFactory(factory.Factory):
    class Meta:
        model = events.ProviderCeased

    provider_id = PROVIDER
    ceased_on = date(2027, 12, 31)
    custodian = "Arkib Contoh"
    reason = "Merged into another company"


class AnnulSuspensionFactory(factory.Factory):
    class Meta:
        model = commands.AnnulSuspension

    provider_id = PROVIDER
    on = date(2026, 6, 2)
    reason = "It was another provider's return"


class ExpireRecognitionFactory(factory.Factory):
    class Meta:
        model = commands.ExpireRecognition

    provider_id = PROVIDER
    on = date(2029, 1, 1)


class WithdrawRecognitionFactory(factory.Factory):
    class Meta:
        model = commands.WithdrawRecognition

    provider_id = PROVIDER
    on = TODAY
    reason = "It was meant for another provider"
    lodged = 0


class NameContactFactory(factory.Factory):
    class Meta:
        model = commands.NameContact

    provider_id = PROVIDER
    capacity = "liaison_officer"
    contact = LIAISON


class ApplyForRecognitionFactory(factory.Factory):
    class Meta:
        model = commands.ApplyForRecognition

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY
    answer_due_on = ANSWER_DUE
    renewal_months = 6
    particulars = PARTICULARS
    chief_executive = CHIEF
    liaison_officer = LIAISON


class RequestInformationFactory(factory.Factory):
    class Meta:
        model = commands.RequestInformation

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY
    due_on = DUE
    remark = "Say who marks."


class WithdrawInformationRequestFactory(factory.Factory):
    class Meta:
        model = commands.WithdrawInformationRequest

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY
    answer_due_on = ANSWER_DUE
    reason = "It had been told already"


class SupplyInformationFactory(factory.Factory):
    class Meta:
        model = commands.SupplyInformation

    provider_id = PROVIDER
    application_id = APPLICATION
    on = DUE
    answer_due_on = ANSWER_DUE
    answer = "Two assessors mark."


class FindCompleteFactory(factory.Factory):
    class Meta:
        model = commands.FindComplete

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY


class GrantApplicationFactory(factory.Factory):
    class Meta:
        model = commands.GrantApplication

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY
    recognition_months = 36


class RefuseApplicationFactory(factory.Factory):
    class Meta:
        model = commands.RefuseApplication

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY
    grounds = ("records_not_kept",)
    reasons = "Nothing tells who completed."


class ReopenRefusalFactory(factory.Factory):
    class Meta:
        model = commands.ReopenRefusal

    provider_id = PROVIDER
    application_id = APPLICATION
    on = TODAY
    answer_due_on = ANSWER_DUE
    reason = "A letter had been overlooked"


class WithdrawApplicationFactory(factory.Factory):
    class Meta:
        model = commands.WithdrawApplication

    provider_id = PROVIDER
    application_id = APPLICATION
    reason = "We apply next year"


class LapseApplicationFactory(factory.Factory):
    class Meta:
        model = commands.LapseApplication

    provider_id = PROVIDER
    application_id = APPLICATION
    on = date(2026, 12, 9)


class ProviderContactNamedFactory(factory.Factory):
    class Meta:
        model = events.ProviderContactNamed

    provider_id = PROVIDER
    capacity = "liaison_officer"
    subject = LIAISON.subject
    name = seal(LIAISON.subject, LIAISON.name)
    designation = seal(LIAISON.subject, LIAISON.designation)
    email = seal(LIAISON.subject, LIAISON.email)
    telephone = seal(LIAISON.subject, LIAISON.telephone)


class ChiefNamedFactory(ProviderContactNamedFactory):
    capacity = "chief_executive"
    subject = CHIEF.subject
    name = seal(CHIEF.subject, CHIEF.name)
    designation = seal(CHIEF.subject, CHIEF.designation)
    email = seal(CHIEF.subject, CHIEF.email)
    telephone = None


class ProviderAppliedFactory(factory.Factory):
    class Meta:
        model = events.ProviderApplied

    provider_id = PROVIDER
    application_id = APPLICATION
    purpose = "first"
    applied_on = TODAY
    answer_due_on = ANSWER_DUE
    particulars = PARTICULARS


class ProviderInformationRequestedFactory(factory.Factory):
    class Meta:
        model = events.ProviderInformationRequested

    provider_id = PROVIDER
    application_id = APPLICATION
    request = 1
    faults = ()
    remark = "Say who marks."
    requested_on = TODAY
    due_on = DUE


class ProviderInformationRequestWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.ProviderInformationRequestWithdrawn

    provider_id = PROVIDER
    application_id = APPLICATION
    request = 1
    reason = "It had been told already"
    answer_due_on = ANSWER_DUE


class ProviderInformationSuppliedFactory(factory.Factory):
    class Meta:
        model = events.ProviderInformationSupplied

    provider_id = PROVIDER
    application_id = APPLICATION
    request = 1
    answer = "Two assessors mark."
    particulars = PARTICULARS
    supplied_on = DUE
    answer_due_on = ANSWER_DUE


class ProviderApplicationFoundCompleteFactory(factory.Factory):
    class Meta:
        model = events.ProviderApplicationFoundComplete

    provider_id = PROVIDER
    application_id = APPLICATION
    found_on = TODAY


class ProviderApplicationGrantedFactory(factory.Factory):
    class Meta:
        model = events.ProviderApplicationGranted

    provider_id = PROVIDER
    application_id = APPLICATION
    granted_on = TODAY


class ProviderRefusedFactory(factory.Factory):
    class Meta:
        model = events.ProviderRefused

    provider_id = PROVIDER
    application_id = APPLICATION
    refused_on = TODAY
    grounds = ("records_not_kept",)
    reasons = "Nothing tells who completed."


class ProviderRefusalReopenedFactory(factory.Factory):
    class Meta:
        model = events.ProviderRefusalReopened

    provider_id = PROVIDER
    application_id = APPLICATION
    reopened_on = TODAY
    reason = "A letter had been overlooked"
    answer_due_on = ANSWER_DUE


class ProviderApplicationWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.ProviderApplicationWithdrawn

    provider_id = PROVIDER
    application_id = APPLICATION
    reason = "We apply next year"


class ProviderApplicationLapsedFactory(factory.Factory):
    class Meta:
        model = events.ProviderApplicationLapsed

    provider_id = PROVIDER
    application_id = APPLICATION
    due_on = DUE


class ProviderRecognitionExpiredFactory(factory.Factory):
    class Meta:
        model = events.ProviderRecognitionExpired

    provider_id = PROVIDER
    valid_to = date(2028, 12, 31)


class ProviderRecognitionWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.ProviderRecognitionWithdrawn

    provider_id = PROVIDER
    withdrawn_on = TODAY
    reason = "It was meant for another provider"
    standing = "registered"
    terms = ()
    application_id = None


class ProviderSuspensionAnnulledFactory(factory.Factory):
    class Meta:
        model = events.ProviderSuspensionAnnulled

    provider_id = PROVIDER
    annulled_on = date(2026, 6, 2)
    reason = "It was another provider's return"
