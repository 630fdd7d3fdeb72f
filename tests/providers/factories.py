"""Commands and events of providers, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.providers import commands, events

PROVIDER = "provider-1"


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
