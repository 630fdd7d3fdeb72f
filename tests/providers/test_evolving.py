from __future__ import annotations

from msgspec.structs import replace

from qa_platform.providers.decider import Stage, Status, provider_decider
from tests.providers import factories as f
from tests.specification import Specification

registered = Specification(provider_decider).given(f.ProviderRegisteredFactory())
recognised = registered.given(f.ProviderRecognisedFactory())
suspended = recognised.given(f.ProviderSuspendedFactory())
applied = registered.given(f.ProviderAppliedFactory())
complete = applied.given(f.ProviderApplicationFoundCompleteFactory())


def test_a_suspension_that_ends_leaves_nothing_behind():
    assert suspended.given(f.ProviderSuspensionAnnulledFactory()).state == recognised.state
    assert suspended.given(f.ProviderReinstatedFactory()).state == recognised.state


def test_a_recognition_that_expires_takes_suspension_and_way_back_with_it():
    expired = replace(recognised.state, status=Status.EXPIRED, before=None)

    assert suspended.given(f.ProviderRecognitionExpiredFactory()).state == expired


def test_a_recognition_that_was_taken_back_leaves_what_stood_before():
    assert recognised.given(f.ProviderRecognitionWithdrawnFactory()).state == registered.state


def test_a_request_that_was_taken_back_leaves_only_its_number():
    back = complete.given(f.ProviderInformationRequestedFactory(), f.ProviderInformationRequestWithdrawnFactory())

    was = complete.state.application
    assert back.state.application == replace(was, requests=1, stage_before=Stage.COMPLETE)


def test_an_answer_puts_its_particulars_in_the_place_of_the_old():
    other = replace(f.PARTICULARS, learner_records="A database, backed up daily.")
    supplied = applied.given(
        f.ProviderInformationRequestedFactory(), f.ProviderInformationSuppliedFactory(particulars=other)
    )

    assert supplied.state.application == replace(applied.state.application, requests=1, particulars=other)
