"""Units of accredited programmes: told, listed or not, and no longer listed than their programme is accredited."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from qa_platform.submissions.commands.components import EnterComponent, UndoEnding, UndoRefusal, WithdrawComponent
from qa_platform.submissions.decider.components import component_decider, refusals
from qa_platform.submissions.decider.refusals import PersonalDataInText, ProviderNotRecognised
from qa_platform.submissions.events.components import ComponentWithdrawn, ListingEnd, UnitOutcome
from tests.specification import Specification
from tests.submissions import components as f
from tests.submissions.factories import TODAY

component = Specification(component_decider)
LAST = f.PROGRAMME.accredited_to
NOTIFIED = (f.ComponentNotifiedFactory(),)
DRAWN = (f.ComponentNotifiedFactory(drawn=True),)
LISTED = (*NOTIFIED, f.ComponentListedFactory())
ENTERED = (*LISTED, f.ComponentEnteredFactory())
REFUSED = (*NOTIFIED, f.ComponentRefusedFactory())
WITHDRAWN = (*NOTIFIED, ComponentWithdrawn(component_id=f.COMPONENT, decision_code="WD-P"))
ENDED = (*ENTERED, f.ComponentListingEndedFactory())
ENTER = EnterComponent(component_id=f.COMPONENT, number=f.NUMBER)
WITHDRAW = WithdrawComponent(component_id=f.COMPONENT)
REOPEN = UndoRefusal(component_id=f.COMPONENT, on=TODAY, check_due_on=date(2026, 12, 8), reason="It was another unit.")
RELIST = UndoEnding(component_id=f.COMPONENT, on=date(2027, 5, 4), reason="It was another unit.")


def test_a_unit_is_notified_and_the_same_again_changes_nothing():
    component.when(f.NotifyComponentFactory()).then(f.ComponentNotifiedFactory())
    component.given(*NOTIFIED).when(f.NotifyComponentFactory()).then_nothing()
    other = component.given(*NOTIFIED).when(f.NotifyComponentFactory(on=date(2026, 11, 25)))
    other.then_rejected(refusals.ComponentTaken, match="under a new id")


def test_only_a_recognised_provider_notifies_and_no_unit_twice():
    component.when(f.NotifyComponentFactory(provider_is_recognised=False)).then_rejected(ProviderNotRecognised)
    twin = component.when(f.NotifyComponentFactory(twin="another"))
    twin.then_rejected(refusals.ComponentNotifiedBefore, match="“another”")


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        ({"hours": 119}, "unit.hours"),
        ({"hours": 160}, "unit.hours"),
        ({"credits": Decimal("0.5"), "hours": 20}, "unit.credits"),
        ({"credits": Decimal("1.3"), "hours": 52}, "unit.credits"),
        ({"credits": Decimal(120), "hours": 4800}, "unit.credits"),
        ({"level": 7}, "unit.level"),
        ({"codes": ()}, "unit.codes"),
        ({"outcomes": ()}, "unit.outcomes"),
        ({"title_en": None}, "unit.title_en"),
    ],
)
def test_what_is_no_unit_of_its_programme_is_refused_by_field(unit, field):
    command = f.NotifyComponentFactory(unit=replace(f.UNIT, **unit))

    with pytest.raises(refusals.ComponentImproper) as refused:
        component_decider.decide(command, component_decider.initial)
    assert [fault.field for fault in refused.value.faults] == [field]
    component.when(command).then_rejected(refusals.ComponentImproper, match="one thing is not as in a unit")


def test_a_unit_may_have_the_level_of_its_programme_and_its_last_day():
    last = replace(f.PROGRAMME, accredited_to=TODAY)

    component.when(f.NotifyComponentFactory(programme=last)).then(f.ComponentNotifiedFactory(programme=last))
    over = replace(f.PROGRAMME, accredited_to=TODAY - timedelta(days=1))
    component.when(f.NotifyComponentFactory(programme=over)).then_rejected(refusals.ComponentImproper)


def test_no_words_about_people_are_kept():
    unit = replace(f.UNIT, outcomes=(UnitOutcome(text="Write to a@example.org", of="PO1"),))

    component.when(f.NotifyComponentFactory(unit=unit)).then_rejected(PersonalDataInText)
    reason = f.RefuseComponentFactory(reason="Ask a@example.org")
    component.given(*NOTIFIED).when(reason).then_rejected(PersonalDataInText)


@pytest.mark.parametrize(
    "command",
    [f.ListComponentFactory(), f.RefuseComponentFactory(), WITHDRAW, ENTER, f.EndListingFactory(), REOPEN, RELIST],
)
def test_nothing_can_be_done_to_a_component_that_there_is_not(command):
    component.when(command).then_rejected(refusals.ComponentUnknown)


def test_a_unit_is_listed_as_long_as_its_programme_is_accredited():
    component.given(*NOTIFIED).when(f.ListComponentFactory()).then(f.ComponentListedFactory())
    found = date(2027, 6, 30)
    component.given(*NOTIFIED).when(f.ListComponentFactory(accredited_to=found)).then(
        f.ComponentListedFactory(valid_to=found)
    )


def test_no_unit_of_a_programme_that_is_not_accredited_is_listed():
    late = component.given(*NOTIFIED).when(f.ListComponentFactory(on=LAST + timedelta(days=1)))

    late.then_rejected(refusals.ProgrammeNotAccredited, match="Refuse it")


def test_a_unit_is_refused_with_its_type_and_looked_at_again_if_that_was_an_error():
    component.given(*NOTIFIED).when(f.RefuseComponentFactory()).then(f.ComponentRefusedFactory())
    component.given(*REFUSED).when(REOPEN).then(f.ComponentStepUndoneFactory())
    again = (*REFUSED, f.ComponentStepUndoneFactory())
    component.given(*again).when(f.ListComponentFactory()).then(f.ComponentListedFactory())
    component.given(*NOTIFIED).when(REOPEN).then_rejected(refusals.ComponentNotThere)


def test_a_provider_takes_back_what_was_not_answered():
    component.given(*NOTIFIED).when(WITHDRAW).then(WITHDRAWN[-1])
    component.given(*WITHDRAWN).when(WITHDRAW).then_nothing()


@pytest.mark.parametrize("history", [DRAWN, LISTED, REFUSED, ENDED])
@pytest.mark.parametrize("command", [f.ListComponentFactory(), f.RefuseComponentFactory(), WITHDRAW])
def test_what_is_answered_or_drawn_is_answered_no_more(history, command):
    component.given(*history).when(command).then_rejected(refusals.ComponentNotThere)


def test_a_listed_unit_is_entered_under_one_number():
    component.given(*LISTED).when(ENTER).then(f.ComponentEnteredFactory())
    component.given(*ENTERED).when(ENTER).then_nothing()
    other = component.given(*ENTERED).when(replace(ENTER, number="MY-MC-2026-000002-Y"))
    other.then_rejected(refusals.ComponentNotThere)
    component.given(*NOTIFIED).when(ENTER).then_rejected(refusals.ComponentNotThere)


def test_a_unit_loses_its_listing_with_the_accreditation_of_its_programme():
    component.given(*ENTERED).when(f.EndListingFactory()).then(f.ComponentListingEndedFactory())
    component.given(*ENDED).when(f.EndListingFactory()).then_nothing()
    component.given(*REFUSED).when(f.EndListingFactory()).then_rejected(refusals.ComponentNotThere)
    component.given(*LISTED).when(f.EndListingFactory()).then_rejected(refusals.ComponentNotEntered)


def test_a_listing_expires_on_the_day_after_the_last_and_not_before():
    def expiry(on):
        return f.EndListingFactory(on=on, ended_on=on, ground=ListingEnd.PROGRAMME_EXPIRED, reason=None)

    component.given(*ENTERED).when(expiry(LAST)).then_rejected(refusals.ProgrammeStillAccredited)
    over = LAST + timedelta(days=1)
    component.given(*ENTERED).when(expiry(over)).then(
        f.ComponentListingEndedFactory(ended_on=over, ground=ListingEnd.PROGRAMME_EXPIRED, reason=None)
    )


@pytest.mark.parametrize("ended_on", [TODAY - timedelta(days=1), date(2027, 5, 4)])
def test_a_listing_ends_between_its_first_day_and_today(ended_on):
    command = f.EndListingFactory(ended_on=ended_on)

    component.given(*ENTERED).when(command).then_rejected(refusals.EndingMistimed)


def test_what_the_provider_closes_has_a_type_of_its_own():
    closing = f.EndListingFactory(ground=ListingEnd.CLOSED_BY_PROVIDER)

    component.given(*ENTERED).when(closing).then(
        f.ComponentListingEndedFactory(ground=ListingEnd.CLOSED_BY_PROVIDER, decision_code="CEASE")
    )


def test_the_end_of_a_listing_is_taken_back_while_the_programme_is_accredited():
    undone = f.ComponentStepUndoneFactory(
        number=f.NUMBER, undone="ending", undone_on=date(2027, 5, 4), check_due_on=None
    )

    component.given(*ENDED).when(RELIST).then(undone)
    late = replace(RELIST, on=LAST + timedelta(days=1))
    component.given(*ENDED).when(late).then_rejected(refusals.ProgrammeNotAccredited)
    component.given(*ENTERED).when(RELIST).then_rejected(refusals.ComponentNotThere)
    component.given(*ENDED, undone).when(f.EndListingFactory()).then(f.ComponentListingEndedFactory())


# --- what a refusal says


MAIL = "a@example.org"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"programme": replace(f.PROGRAMME, title=MAIL)}, "programme.title"),
        ({"programme": replace(f.PROGRAMME, reference=MAIL)}, "programme.reference"),
        ({"unit": replace(f.UNIT, title_en=MAIL)}, "unit.title_en"),
        ({"unit": replace(f.UNIT, title_ms=MAIL)}, "unit.title_ms"),
        ({"unit": replace(f.UNIT, codes=(MAIL,))}, "unit.codes.0"),
        ({"unit": replace(f.UNIT, outcomes=(UnitOutcome(text=MAIL, of="PO1"),))}, "unit.outcomes.0.text"),
        ({"unit": replace(f.UNIT, outcomes=(UnitOutcome(text="Measure.", of=MAIL),))}, "unit.outcomes.0.of"),
    ],
)
def test_an_address_is_refused_wherever_it_stands(asked, field):
    component.when(f.NotifyComponentFactory(**asked)).then_rejected(PersonalDataInText, at=[field])


def test_references_and_codes_may_look_like_the_numbers_of_people():
    number = "900131-14-5678"
    told = {
        "programme": replace(f.PROGRAMME, reference=number),
        "unit": replace(f.UNIT, codes=(number,), outcomes=(UnitOutcome(text="Measure a circuit.", of=number),)),
    }

    component.when(f.NotifyComponentFactory(**told)).then(f.ComponentNotifiedFactory(**told))


@pytest.mark.parametrize(
    ("history", "command"),
    [
        (NOTIFIED, f.RefuseComponentFactory()),
        (REFUSED, REOPEN),
        (ENTERED, f.EndListingFactory()),
        (ENDED, RELIST),
    ],
    ids=["refusing", "reopening", "ending", "listing again"],
)
def test_the_reason_of_an_officer_names_nobody(history, command):
    named = replace(command, reason=f"Ask {MAIL}.")

    component.given(*history).when(named).then_rejected(PersonalDataInText, at=["reason"])


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (f.ListComponentFactory(), "was not listed"),
        (f.RefuseComponentFactory(), "was not refused"),
        (WITHDRAW, "was not withdrawn"),
    ],
)
def test_a_refusal_says_what_was_not_done(command, words):
    component.given(*ENDED).when(command).then_rejected(refusals.ComponentNotThere, match=words)


def test_everything_that_is_wrong_with_a_unit_is_counted():
    command = f.NotifyComponentFactory(unit=replace(f.UNIT, level=7, hours=100))

    refusal = component.when(command).then_rejected(refusals.ComponentImproper, match="2 things are not")
    assert "3 credits are 120 hours" in refusal.faults[1].message


# --- the last day, and the least


@pytest.mark.parametrize(("credits_", "hours"), [("1", 40), ("1.5", 60)])
def test_a_unit_has_one_credit_or_more_in_steps_of_a_half(credits_, hours):
    unit = replace(f.UNIT, credits=Decimal(credits_), hours=hours)

    component.when(f.NotifyComponentFactory(unit=unit)).then(f.ComponentNotifiedFactory(unit=unit))


def test_the_last_day_of_the_programme_is_a_day_like_any_other():
    on = {"on": LAST}
    component.given(*NOTIFIED).when(f.ListComponentFactory(**on)).then(f.ComponentListedFactory(listed_on=LAST))
    component.given(*ENDED).when(replace(RELIST, **on)).then(
        f.ComponentStepUndoneFactory(number=f.NUMBER, undone="ending", undone_on=LAST, check_due_on=None)
    )


def test_a_listing_may_end_on_its_first_day():
    component.given(*ENTERED).when(f.EndListingFactory(ended_on=TODAY)).then(
        f.ComponentListingEndedFactory(ended_on=TODAY)
    )


def test_a_unit_is_entered_with_both_titles():
    unit = replace(f.UNIT, title_ms="Litar dan Pengukuran")
    listed = component.given(f.ComponentNotifiedFactory(unit=unit), f.ComponentListedFactory())

    listed.when(ENTER).then(f.ComponentEnteredFactory(title_ms="Litar dan Pengukuran"))
