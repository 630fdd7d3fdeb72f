from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qa_platform.kernel.rejected import Fault, Rejected
from qa_platform.kernel.terms import Term
from qa_platform.providers.decider import OPEN, Provider, Stage, Status, provider_decider
from qa_platform.providers.decider.refusals import (
    ApplicationIncomplete,
    ApplicationNotThere,
    ApplicationOpen,
    ApplicationUnknown,
    ProviderIsSuspended,
    RefusalStands,
    RenewalTooEarly,
    RequestDateNotAhead,
    RequestNotOverdue,
    RequestOverdue,
    RequestWithoutContent,
    TermUnacceptable,
)
from tests.providers import factories as f
from tests.specification import Specification

registered = Specification(provider_decider).given(f.ProviderRegisteredFactory())
applied = registered.given(f.ProviderAppliedFactory())
asked = applied.given(f.ProviderInformationRequestedFactory())
complete = applied.given(f.ProviderApplicationFoundCompleteFactory())
refused = complete.given(f.ProviderRefusedFactory())
lapsed = asked.given(f.ProviderApplicationLapsedFactory())
withdrawn = applied.given(f.ProviderApplicationWithdrawnFactory())
TERM = f.ProviderRecognisedFactory(valid_from=f.TODAY, valid_to=date(2029, 11, 23))
granted = complete.given(f.ProviderApplicationGrantedFactory(), TERM)
AGAIN = "application-2"


def test_a_provider_applies_with_its_particulars_and_its_people_are_sealed():
    registered.when(f.ApplyForRecognitionFactory()).then(
        f.ProviderAppliedFactory(), f.ChiefNamedFactory(), f.ProviderContactNamedFactory()
    )


def test_a_contact_is_replaced_at_any_time():
    registered.when(f.NameContactFactory()).then(f.ProviderContactNamedFactory())


@pytest.mark.parametrize("before", [applied, asked, complete])
def test_one_application_at_a_time_and_no_recognition_beside_it(before):
    before.when(f.ApplyForRecognitionFactory(application_id=AGAIN)).then_rejected(ApplicationOpen, match="under way")
    before.when(f.RecogniseProviderFactory()).then_rejected(ApplicationOpen, match="to its end first")


@pytest.mark.parametrize("before", [lapsed, withdrawn, refused])
def test_a_fresh_application_is_taken_after_one_that_came_to_nothing(before):
    before.when(f.ApplyForRecognitionFactory(application_id=AGAIN)).then(
        f.ProviderAppliedFactory(application_id=AGAIN), f.ChiefNamedFactory(), f.ProviderContactNamedFactory()
    )


@pytest.mark.parametrize(
    ("field", "cohort"),
    [
        ("ended_on", {"ended_on": f.TODAY}),
        ("ended_on", {"ended_on": date(2026, 1, 4)}),
        ("completed", {"completed": 0}),
        ("completed", {"completed": 25}),
        ("samples", {"samples": ()}),
        ("samples.1.assessment_type", {"samples": (f.SAMPLE, replace(f.SAMPLE, assessment_type=" project"))}),
    ],
)
def test_a_cohort_that_proves_nothing_is_no_proof(field, cohort):
    particulars = replace(f.PARTICULARS, cohort=replace(f.COHORT, **cohort))

    for before, command in ((registered, f.ApplyForRecognitionFactory), (asked, f.SupplyInformationFactory)):
        faults = before.when(command(particulars=particulars, on=f.TODAY)).then_rejected(ApplicationIncomplete).faults
        assert [fault.field for fault in faults] == [f"particulars.cohort.{field}"]


def test_a_provider_says_what_it_is_and_was_founded_before_it_asks():
    particulars = replace(f.PARTICULARS, kind="unknown", established_on=f.TODAY + timedelta(1))
    faults = registered.when(f.ApplyForRecognitionFactory(particulars=particulars)).then_rejected(ApplicationIncomplete)

    assert [fault.field for fault in faults.faults] == ["particulars.kind", "particulars.established_on"]


def test_the_smallest_cohort_that_proves_something_is_enough():
    cohort = replace(f.COHORT, started_on=f.COHORT.ended_on, enrolled=1, completed=1)
    least = replace(f.PARTICULARS, cohort=cohort, established_on=f.TODAY)

    registered.when(f.ApplyForRecognitionFactory(particulars=least)).then(
        f.ProviderAppliedFactory(particulars=least), f.ChiefNamedFactory(), f.ProviderContactNamedFactory()
    )


def test_a_renewal_is_taken_in_the_last_months_of_a_term_and_not_before():
    recognised = registered.given(f.ProviderRecognisedFactory())
    early, in_time = date(2028, 6, 29), date(2028, 6, 30)

    recognised.when(f.ApplyForRecognitionFactory(on=early)).then_rejected(RenewalTooEarly, match="from 2028-06-30 on")
    recognised.when(f.ApplyForRecognitionFactory(on=in_time)).then(
        f.ProviderAppliedFactory(purpose="renewal", applied_on=in_time),
        f.ChiefNamedFactory(),
        f.ProviderContactNamedFactory(),
    )


def test_who_was_recognised_once_applies_again_at_any_time():
    expired = registered.given(f.ProviderRecognisedFactory(), f.ProviderRecognitionExpiredFactory())

    expired.when(f.ApplyForRecognitionFactory()).then(
        f.ProviderAppliedFactory(purpose="again"), f.ChiefNamedFactory(), f.ProviderContactNamedFactory()
    )


def test_who_is_suspended_does_not_apply():
    suspended = registered.given(f.ProviderRecognisedFactory(), f.ProviderSuspendedFactory())

    suspended.when(f.ApplyForRecognitionFactory()).then_rejected(ProviderIsSuspended, match="suspension lifted")


def test_information_is_asked_for_and_supplied_and_asked_for_again():
    applied.when(f.RequestInformationFactory()).then(f.ProviderInformationRequestedFactory())
    asked.when(f.SupplyInformationFactory()).then(f.ProviderInformationSuppliedFactory())
    supplied = asked.given(f.ProviderInformationSuppliedFactory())
    supplied.when(f.RequestInformationFactory(on=f.DUE, due_on=f.ANSWER_DUE)).then(
        f.ProviderInformationRequestedFactory(request=2, requested_on=f.DUE, due_on=f.ANSWER_DUE)
    )


def test_what_was_found_complete_can_still_be_asked_about():
    complete.when(f.RequestInformationFactory()).then(f.ProviderInformationRequestedFactory())


def test_an_answer_may_bring_other_particulars():
    other = replace(f.PARTICULARS, learner_records="A database, backed up daily.")

    asked.when(f.SupplyInformationFactory(particulars=other)).then(
        f.ProviderInformationSuppliedFactory(particulars=other)
    )


def test_a_request_says_what_is_wanted_and_leaves_time():
    applied.when(f.RequestInformationFactory(remark=None)).then_rejected(RequestWithoutContent, match="says nothing")
    tight = applied.when(f.RequestInformationFactory(due_on=f.TODAY))
    tight.then_rejected(RequestDateNotAhead, match="leaves no time", at=["due_on"])
    wanted = (Fault("particulars.cohort", "Send the marks."),)
    applied.when(f.RequestInformationFactory(remark=None, faults=wanted)).then(
        f.ProviderInformationRequestedFactory(remark=None, faults=wanted)
    )


def test_one_request_at_a_time():
    asked.when(f.RequestInformationFactory()).then_rejected(ApplicationNotThere, match="waiting for the provider")


def test_an_answer_is_in_time_on_the_day_and_not_after():
    asked.when(f.SupplyInformationFactory(on=f.DUE)).then(f.ProviderInformationSuppliedFactory())
    late = f.SupplyInformationFactory(on=f.DUE + timedelta(1))
    asked.when(late).then_rejected(RequestOverdue, match="A fresh application")


def test_an_application_lapses_the_day_after_and_once():
    asked.when(f.LapseApplicationFactory(on=f.DUE)).then_rejected(
        RequestNotOverdue, match="until the end of 2026-12-08"
    )
    asked.when(f.LapseApplicationFactory()).then(f.ProviderApplicationLapsedFactory())
    lapsed.when(f.LapseApplicationFactory()).then_nothing()
    applied.when(f.LapseApplicationFactory()).then_rejected(ApplicationNotThere, match="checked by intake")


def test_a_request_is_taken_back_until_it_is_answered_or_over():
    taken_back = asked.when(f.WithdrawInformationRequestFactory())
    taken_back.then(f.ProviderInformationRequestWithdrawnFactory())
    late = f.WithdrawInformationRequestFactory(on=f.DUE + timedelta(1))
    asked.when(late).then_rejected(RequestOverdue, match="deemed withdrawn")
    supplied = asked.given(f.ProviderInformationSuppliedFactory())
    supplied.when(f.WithdrawInformationRequestFactory()).then_rejected(ApplicationNotThere, match="Look at it again")


def test_a_request_that_was_taken_back_leaves_the_application_where_it_was():
    back = complete.given(f.ProviderInformationRequestedFactory(), f.ProviderInformationRequestWithdrawnFactory())

    back.when(f.FindCompleteFactory()).then_nothing()


def test_intake_hands_over_what_lacks_nothing():
    applied.when(f.FindCompleteFactory()).then(f.ProviderApplicationFoundCompleteFactory())
    complete.when(f.FindCompleteFactory()).then_nothing()
    asked.when(f.FindCompleteFactory()).then_rejected(ApplicationNotThere, match="waiting for the provider")


@pytest.mark.parametrize("command", [f.GrantApplicationFactory(), f.RefuseApplicationFactory()])
@pytest.mark.parametrize("before", [applied, asked, lapsed, withdrawn])
def test_the_register_officer_decides_on_what_intake_found_complete(before, command):
    before.when(command).then_rejected(ApplicationNotThere, match="Look at it again")


def test_a_provider_is_recognised_from_today_for_the_full_term():
    complete.when(f.GrantApplicationFactory()).then(f.ProviderApplicationGrantedFactory(), TERM)


def test_the_register_takes_the_details_from_what_was_granted():
    other = replace(f.PARTICULARS, legal_name="Akademi Baharu")
    renamed = registered.given(f.ProviderAppliedFactory(particulars=other), f.ProviderApplicationFoundCompleteFactory())

    renamed.when(f.GrantApplicationFactory()).then(
        f.ProviderApplicationGrantedFactory(), f.ProviderDetailsChangedFactory(legal_name="Akademi Baharu"), TERM
    )


def test_a_renewal_follows_on_the_running_term():
    on = date(2028, 7, 3)
    renewing = registered.given(
        f.ProviderRecognisedFactory(),
        f.ProviderAppliedFactory(purpose="renewal", applied_on=on),
        f.ProviderApplicationFoundCompleteFactory(),
    )

    renewing.when(f.GrantApplicationFactory(on=on)).then(
        f.ProviderApplicationGrantedFactory(granted_on=on),
        f.ProviderRecognisedFactory(valid_from=date(2029, 1, 1), valid_to=date(2031, 12, 31)),
    )
    same = f.GrantApplicationFactory(on=date(2026, 1, 1), valid_from=date(2026, 1, 1))
    renewing.when(same).then_rejected(TermUnacceptable, match="those very days")


def test_who_was_recognised_before_is_recognised_anew_from_today():
    on = date(2029, 7, 2)
    anew = registered.given(
        f.ProviderRecognisedFactory(),
        f.ProviderRecognitionExpiredFactory(),
        f.ProviderAppliedFactory(purpose="again", applied_on=on),
        f.ProviderApplicationFoundCompleteFactory(),
    )

    anew.when(f.GrantApplicationFactory(on=on)).then(
        f.ProviderApplicationGrantedFactory(granted_on=on),
        f.ProviderRecognisedFactory(valid_from=on, valid_to=date(2032, 7, 1)),
    )


def test_nobody_is_recognised_for_days_gone_by_on_an_application():
    yesterday = f.GrantApplicationFactory(valid_from=f.TODAY - timedelta(1))
    complete.when(yesterday).then_rejected(TermUnacceptable, match="days gone by")


def test_nobody_is_recognised_while_suspended():
    renewing = registered.given(
        f.ProviderRecognisedFactory(),
        f.ProviderAppliedFactory(purpose="renewal"),
        f.ProviderApplicationFoundCompleteFactory(),
        f.ProviderSuspendedFactory(),
    )
    renewing.when(f.GrantApplicationFactory()).then_rejected(ProviderIsSuspended, match="Lift the suspension")


def test_a_refusal_says_why():
    complete.when(f.RefuseApplicationFactory()).then(f.ProviderRefusedFactory())


def test_a_refusal_is_taken_back_until_a_new_application_answers_it():
    refused.when(f.ReopenRefusalFactory()).then(f.ProviderRefusalReopenedFactory())
    reopened = refused.given(f.ProviderRefusalReopenedFactory())
    reopened.when(f.GrantApplicationFactory()).then(f.ProviderApplicationGrantedFactory(), TERM)
    anew = refused.given(f.ProviderAppliedFactory(application_id=AGAIN))
    anew.when(f.ReopenRefusalFactory()).then_rejected(RefusalStands, match="new application followed")
    recognised = refused.given(f.ProviderRecognisedFactory())
    recognised.when(f.ReopenRefusalFactory()).then_rejected(RefusalStands, match="recognised since")
    granted.when(f.ReopenRefusalFactory()).then_rejected(ApplicationNotThere, match="it was granted")


def test_a_recognition_in_error_lays_its_application_before_the_register_officer_again():
    granted.when(f.WithdrawRecognitionFactory()).then(
        f.ProviderRecognitionWithdrawnFactory(application_id=f.APPLICATION)
    )
    back = granted.given(f.ProviderRecognitionWithdrawnFactory(application_id=f.APPLICATION))
    back.when(f.RefuseApplicationFactory()).then(f.ProviderRefusedFactory())


def test_a_recognition_that_no_application_led_to_gives_none_back():
    later = granted.given(f.ProviderRecognisedFactory(valid_from=date(2029, 11, 24), valid_to=date(2032, 11, 23)))
    first = Term(first=f.TODAY, last=date(2029, 11, 23))

    later.when(f.WithdrawRecognitionFactory()).then(
        f.ProviderRecognitionWithdrawnFactory(standing="recognised", terms=(first,))
    )


def test_a_recognition_in_error_leaves_an_application_alone_that_came_after_it():
    later = granted.given(f.ProviderAppliedFactory(application_id=AGAIN, purpose="renewal"))

    later.when(f.WithdrawRecognitionFactory()).then(f.ProviderRecognitionWithdrawnFactory())
    back = later.given(f.ProviderRecognitionWithdrawnFactory())
    back.when(f.FindCompleteFactory(application_id=AGAIN)).then(
        f.ProviderApplicationFoundCompleteFactory(application_id=AGAIN)
    )


@pytest.mark.parametrize("before", [applied, asked, complete])
def test_a_provider_withdraws_its_application_before_it_is_decided_on(before):
    before.when(f.WithdrawApplicationFactory()).then(f.ProviderApplicationWithdrawnFactory())
    withdrawn.when(f.WithdrawApplicationFactory()).then_nothing()
    refused.when(f.WithdrawApplicationFactory()).then_rejected(ApplicationNotThere, match="it was refused")


def test_another_application_than_the_latest_is_not_acted_on():
    applied.when(f.FindCompleteFactory(application_id=AGAIN)).then_rejected(ApplicationUnknown, match="latest")


@pytest.mark.parametrize("before", [applied, asked, complete])
def test_a_provider_that_ceases_asks_for_nothing_more(before):
    before.when(f.CeaseProviderFactory()).then(
        f.ProviderApplicationWithdrawnFactory(reason="Merged into another company"), f.ProviderCeasedFactory()
    )


ASKED = [
    f.ApplyForRecognitionFactory(),
    f.ApplyForRecognitionFactory(application_id=AGAIN, on=date(2029, 12, 1)),
    f.RequestInformationFactory(),
    f.WithdrawInformationRequestFactory(),
    f.SupplyInformationFactory(),
    f.FindCompleteFactory(),
    f.FindCompleteFactory(application_id=AGAIN),
    f.GrantApplicationFactory(),
    f.GrantApplicationFactory(application_id=AGAIN, on=date(2029, 12, 1)),
    f.RefuseApplicationFactory(),
    f.ReopenRefusalFactory(),
    f.WithdrawApplicationFactory(),
    f.LapseApplicationFactory(),
    f.RecogniseProviderFactory(),
    f.SuspendProviderFactory(),
    f.ReinstateProviderFactory(),
    f.AnnulSuspensionFactory(),
    f.WithdrawRecognitionFactory(),
    f.ExpireRecognitionFactory(on=date(2029, 11, 24)),
    f.CeaseProviderFactory(),
]


@given(st.lists(st.sampled_from(ASKED), max_size=30))
def test_whatever_is_asked_nobody_is_recognised_without_a_term_or_waits_without_a_day(commands):
    provider: Provider = provider_decider.evolve(provider_decider.initial, f.ProviderRegisteredFactory())
    for command in commands:
        try:
            happened = provider_decider.decide(command, provider)
        except Rejected:
            continue
        for event in happened:
            provider = provider_decider.evolve(provider, event)
        application = provider.application
        assert provider.granting is None
        assert (provider.last_day is not None) or provider.status not in {Status.RECOGNISED, Status.SUSPENDED}
        assert application is None or (application.due_on is not None) or application.stage is not Stage.RETURNED
        if provider.status is Status.CEASED:
            assert application is None or application.stage not in OPEN
