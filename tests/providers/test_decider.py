from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.terms import Term
from qa_platform.providers.decider import Provider, Status, name_key, provider_decider
from qa_platform.providers.decider.refusals import (
    DetailsIncomplete,
    ProviderGone,
    ProviderIsSuspended,
    ProviderNotRecognised,
    ProviderNotSuspended,
    ProviderTaken,
    ProviderUnknown,
    RecognitionNotOver,
    RecognitionStands,
    TermUnacceptable,
)
from tests.providers.factories import (
    AnnulSuspensionFactory,
    ApplyForRecognitionFactory,
    CeaseProviderFactory,
    ChangeDetailsFactory,
    ExpireRecognitionFactory,
    FindCompleteFactory,
    GrantApplicationFactory,
    NameContactFactory,
    ProviderCeasedFactory,
    ProviderDetailsChangedFactory,
    ProviderRecognisedFactory,
    ProviderRecognitionExpiredFactory,
    ProviderRecognitionWithdrawnFactory,
    ProviderRegisteredFactory,
    ProviderReinstatedFactory,
    ProviderSuspendedFactory,
    ProviderSuspensionAnnulledFactory,
    RecogniseProviderFactory,
    RegisterProviderFactory,
    ReinstateProviderFactory,
    SuspendProviderFactory,
    WithdrawRecognitionFactory,
)
from tests.specification import Specification

nobody = Specification(provider_decider)
registered = nobody.given(ProviderRegisteredFactory())
recognised = registered.given(ProviderRecognisedFactory())
suspended = recognised.given(ProviderSuspendedFactory())
ceased = recognised.given(ProviderCeasedFactory())

LATER_COMMANDS = [
    ChangeDetailsFactory(),
    RecogniseProviderFactory(),
    SuspendProviderFactory(),
    ReinstateProviderFactory(),
    AnnulSuspensionFactory(),
    WithdrawRecognitionFactory(),
    ExpireRecognitionFactory(),
    NameContactFactory(),
    ApplyForRecognitionFactory(),
    FindCompleteFactory(),
    GrantApplicationFactory(),
    CeaseProviderFactory(),
]


def test_a_provider_is_registered_with_what_it_says_of_itself():
    nobody.when(RegisterProviderFactory()).then(ProviderRegisteredFactory())


def test_registering_a_provider_again_changes_nothing_however_its_name_is_spaced():
    registered.when(RegisterProviderFactory(legal_name="  AKADEMI  Contoh sdn. bhd.")).then_nothing()


def test_two_providers_do_not_share_an_id():
    registered.when(RegisterProviderFactory(legal_name="Kolej Lain")).then_rejected(ProviderTaken, match="“Kolej Lain”")


@pytest.mark.parametrize("command", LATER_COMMANDS, ids=lambda command: type(command).__name__)
def test_nothing_is_changed_about_a_provider_that_is_not_registered(command):
    nobody.when(command).then_rejected(ProviderUnknown, match="Register it first")


@pytest.mark.parametrize("command", LATER_COMMANDS[:-1], ids=lambda command: type(command).__name__)
def test_a_provider_that_has_ceased_stays_as_it_was(command):
    ceased.when(command).then_rejected(ProviderGone, match="“Akademi Contoh Sdn. Bhd.” has ceased")


def test_details_that_are_not_named_stay_and_emptied_ones_go():
    registered.when(ChangeDetailsFactory(legal_name="Akademi Baharu", website=None)).then(
        ProviderDetailsChangedFactory(legal_name="Akademi Baharu", website=None)
    )


def test_the_same_details_again_change_nothing():
    registered.when(ChangeDetailsFactory(kind="company")).then_nothing()
    registered.when(ChangeDetailsFactory()).then_nothing()


def test_recognition_lasts_by_itself_as_long_as_the_agency_gives():
    registered.when(RecogniseProviderFactory()).then(ProviderRecognisedFactory(valid_to=date(2028, 12, 31)))
    registered.when(RecogniseProviderFactory(recognition_months=12)).then(
        ProviderRecognisedFactory(valid_to=date(2026, 12, 31))
    )
    registered.when(RecogniseProviderFactory(recognition_months=12, valid_to=date(2027, 1, 1))).then_rejected(
        TermUnacceptable, match="until 2026-12-31 at most"
    )


def test_recognition_may_be_shorter():
    registered.when(RecogniseProviderFactory(valid_to=date(2026, 12, 31))).then(
        ProviderRecognisedFactory(valid_to=date(2026, 12, 31))
    )


@pytest.mark.parametrize("valid_to", [date(2029, 1, 1), date(2025, 12, 31)])
def test_recognition_is_neither_longer_nor_over_before_it_begins(valid_to):
    command = RecogniseProviderFactory(valid_to=valid_to)
    registered.when(command).then_rejected(TermUnacceptable, match="until 2028-12-31 at most")


@pytest.mark.parametrize("unknown", [{"registration_number": None}, {"kind": "unknown"}])
def test_a_provider_whose_identity_is_not_known_is_not_recognised(unknown):
    imported = nobody.given(ProviderRegisteredFactory(**unknown))
    imported.when(RecogniseProviderFactory()).then_rejected(DetailsIncomplete, match="Complete its details")


def test_details_that_were_completed_let_a_provider_be_recognised():
    imported = nobody.given(ProviderRegisteredFactory(registration_number=None), ProviderDetailsChangedFactory())
    imported.when(RecogniseProviderFactory()).then(ProviderRecognisedFactory())


def test_recognition_is_renewed_with_another_term_and_not_with_the_same():
    recognised.when(RecogniseProviderFactory()).then_nothing()
    recognised.when(RecogniseProviderFactory(valid_from=date(2029, 1, 1))).then(
        ProviderRecognisedFactory(valid_from=date(2029, 1, 1), valid_to=date(2031, 12, 31))
    )


def test_recognition_may_be_for_a_single_day():
    day = date(2026, 1, 1)

    registered.when(RecogniseProviderFactory(valid_to=day)).then(ProviderRecognisedFactory(valid_to=day))


def test_the_latest_of_several_terms_is_not_given_twice():
    second = {"valid_from": date(2029, 1, 1), "valid_to": date(2031, 12, 31)}
    renewed = recognised.given(ProviderRecognisedFactory(**second))

    renewed.when(RecogniseProviderFactory(**second)).then_nothing()


def test_a_suspension_may_end_on_its_first_day():
    day = date(2026, 6, 1)

    suspended.when(ReinstateProviderFactory(reinstated_from=day)).then(ProviderReinstatedFactory(reinstated_from=day))


def test_a_suspended_provider_is_not_recognised_anew():
    suspended.when(RecogniseProviderFactory()).then_rejected(ProviderIsSuspended, match="Lift the suspension")


def test_a_recognised_provider_is_suspended_once():
    recognised.when(SuspendProviderFactory()).then(ProviderSuspendedFactory())
    suspended.when(SuspendProviderFactory()).then_nothing()


def test_who_is_not_recognised_is_not_suspended():
    registered.when(SuspendProviderFactory()).then_rejected(ProviderNotRecognised, match="not recognised")


def test_a_suspension_is_lifted():
    suspended.when(ReinstateProviderFactory()).then(ProviderReinstatedFactory())


def test_without_a_suspension_there_is_none_to_lift():
    recognised.when(ReinstateProviderFactory()).then_rejected(ProviderNotSuspended, match="not suspended")


def test_a_suspension_does_not_end_before_it_begins():
    command = ReinstateProviderFactory(reinstated_from=date(2026, 5, 31))
    suspended.when(command).then_rejected(TermUnacceptable, match="Choose a later day")


@pytest.mark.parametrize("before", [registered, recognised, suspended])
def test_a_provider_may_cease_at_any_time(before):
    before.when(CeaseProviderFactory()).then(ProviderCeasedFactory())


def test_a_provider_ceases_once():
    ceased.when(CeaseProviderFactory()).then_nothing()


def test_a_suspension_that_was_an_error_is_annulled_as_long_as_it_lasts():
    suspended.when(AnnulSuspensionFactory()).then(ProviderSuspensionAnnulledFactory())
    reinstated = suspended.given(ProviderReinstatedFactory())
    reinstated.when(AnnulSuspensionFactory()).then_rejected(ProviderNotSuspended, match="stays lifted")


def test_a_recognition_expires_the_day_after_its_last_and_once():
    last_day = ExpireRecognitionFactory(on=date(2028, 12, 31))
    recognised.when(last_day).then_rejected(RecognitionNotOver, match="until the end of 2028-12-31")
    recognised.when(ExpireRecognitionFactory()).then(ProviderRecognitionExpiredFactory())
    expired = recognised.given(ProviderRecognitionExpiredFactory())
    expired.when(ExpireRecognitionFactory()).then_nothing()


def test_a_recognition_that_was_renewed_does_not_expire_and_neither_does_none():
    renewed = recognised.given(ProviderRecognisedFactory(valid_from=date(2029, 1, 1), valid_to=date(2031, 12, 31)))
    renewed.when(ExpireRecognitionFactory()).then_rejected(RecognitionNotOver, match="2031-12-31")
    registered.when(ExpireRecognitionFactory()).then_rejected(RecognitionNotOver, match="not recognised")


def test_a_suspended_recognition_expires_too_and_takes_the_suspension_with_it():
    suspended.when(ExpireRecognitionFactory()).then(ProviderRecognitionExpiredFactory())
    expired = suspended.given(ProviderRecognitionExpiredFactory())
    expired.when(ReinstateProviderFactory()).then_rejected(ProviderNotSuspended, match="not suspended")
    expired.when(RecogniseProviderFactory(valid_from=date(2029, 2, 1))).then(
        ProviderRecognisedFactory(valid_from=date(2029, 2, 1), valid_to=date(2032, 1, 31))
    )


def test_a_recognition_in_error_is_taken_back_and_what_stood_before_stands_again():
    recognised.when(WithdrawRecognitionFactory()).then(ProviderRecognitionWithdrawnFactory())

    renewed = recognised.given(ProviderRecognisedFactory(valid_from=date(2029, 1, 1), valid_to=date(2031, 12, 31)))
    first = Term(first=date(2026, 1, 1), last=date(2028, 12, 31))
    renewed.when(WithdrawRecognitionFactory()).then(
        ProviderRecognitionWithdrawnFactory(standing="recognised", terms=(first,))
    )


def test_only_the_latest_recognition_is_taken_back_and_only_once():
    withdrawn = recognised.given(ProviderRecognitionWithdrawnFactory())
    withdrawn.when(WithdrawRecognitionFactory()).then_rejected(RecognitionStands, match="only the latest")
    suspended.when(WithdrawRecognitionFactory()).then_rejected(RecognitionStands, match="lift its suspension")


def test_a_recognition_on_which_something_rests_is_not_taken_back():
    recognised.when(WithdrawRecognitionFactory(lodged=2)).then_rejected(RecognitionStands, match=r"\(2\)")


@pytest.mark.parametrize(
    "spelling", ["Universiti Contoh", " universiti\tCONTOH ", "Universiti\u00a0Contoh", "\uff35niversiti Contoh"]
)
def test_spellings_of_one_name_have_one_key(spelling):
    assert name_key(spelling) == "universiti contoh"


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(name):
    assert name_key(name_key(name)) == name_key(name)


ANY_COMMANDS = st.lists(st.sampled_from([RegisterProviderFactory(), *LATER_COMMANDS]), max_size=14)


@given(ANY_COMMANDS)
def test_whatever_is_asked_a_recognised_or_suspended_provider_has_a_term(asked):
    provider = Provider()
    for command in asked:
        try:
            happened = provider_decider.decide(command, provider)
        except Rejected:
            continue
        for event in happened:
            provider = provider_decider.evolve(provider, event)
        if provider.status in (Status.RECOGNISED, Status.SUSPENDED):
            assert provider.last_day is not None
