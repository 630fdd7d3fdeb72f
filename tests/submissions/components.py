"""Units of accredited programmes, for the tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from qa_platform.submissions.commands import components as commands
from qa_platform.submissions.events import components as events
from tests.submissions.factories import PROVIDER, TODAY

COMPONENT = "01930000-0000-7000-8000-0000000000f1"
NUMBER = "MY-MC-2026-000001-X"
PROGRAMME = events.Programme(
    reference="MQA/FA 1234",
    title="Bachelor of Engineering",
    level=6,
    credits=Decimal(120),
    accredited_to=date(2028, 12, 31),
)
UNIT = events.Unit(
    codes=("EEE1013",),
    title_en="Circuits and Measurement",
    title_ms=None,
    level=6,
    credits=Decimal(3),
    hours=120,
    outcomes=(events.UnitOutcome(text="Measure a circuit.", of="PO1"),),
)


class NotifyComponentFactory(factory.Factory):
    class Meta:
        model = commands.NotifyComponent

    component_id = COMPONENT
    provider_id = PROVIDER
    on = TODAY
    check_due_on = date(2026, 12, 8)
    programme = PROGRAMME
    unit = UNIT
    provider_is_recognised = True


class ComponentNotifiedFactory(factory.Factory):
    class Meta:
        model = events.ComponentNotified

    component_id = COMPONENT
    provider_id = PROVIDER
    programme = PROGRAMME
    unit = UNIT
    notified_on = TODAY
    check_due_on = date(2026, 12, 8)
    drawn = False
    simulated = False


class ListComponentFactory(factory.Factory):
    class Meta:
        model = commands.ListComponent

    component_id = COMPONENT
    on = TODAY


class ComponentListedFactory(factory.Factory):
    class Meta:
        model = events.ComponentListed

    component_id = COMPONENT
    listed_on = TODAY
    valid_to = PROGRAMME.accredited_to
    decision_code = "LIST"
    decision_class = "positive"


class RefuseComponentFactory(factory.Factory):
    class Meta:
        model = commands.RefuseComponent

    component_id = COMPONENT
    on = TODAY
    ground = events.ComponentRefusal.FIGURES_DIFFER
    reason = "In the programme it has four credits."


class ComponentRefusedFactory(factory.Factory):
    class Meta:
        model = events.ComponentRefused

    component_id = COMPONENT
    refused_on = TODAY
    ground = events.ComponentRefusal.FIGURES_DIFFER
    reason = "In the programme it has four credits."
    decision_code = "ELIG-NO"


class ComponentEnteredFactory(factory.Factory):
    class Meta:
        model = events.ComponentEntered

    component_id = COMPONENT
    number = NUMBER
    provider_id = PROVIDER
    programme_reference = PROGRAMME.reference
    programme_title = PROGRAMME.title
    title_en = UNIT.title_en
    title_ms = UNIT.title_ms
    level = UNIT.level
    credits = UNIT.credits
    hours = UNIT.hours
    decision_code = "LIST"
    decision_class = "positive"
    valid_from = TODAY
    valid_to = PROGRAMME.accredited_to
    simulated = False


class EndListingFactory(factory.Factory):
    class Meta:
        model = commands.EndListing

    component_id = COMPONENT
    on = date(2027, 5, 3)
    ended_on = date(2027, 5, 1)
    ground = events.ListingEnd.PROGRAMME_WITHDRAWN
    reason = "Its accreditation was revoked."


class ComponentListingEndedFactory(factory.Factory):
    class Meta:
        model = events.ComponentListingEnded

    component_id = COMPONENT
    number = NUMBER
    ended_on = date(2027, 5, 1)
    ground = events.ListingEnd.PROGRAMME_WITHDRAWN
    reason = "Its accreditation was revoked."
    decision_code = "EXP"


class ComponentStepUndoneFactory(factory.Factory):
    class Meta:
        model = events.ComponentStepUndone

    component_id = COMPONENT
    number = None
    undone = "refusal"
    undone_on = TODAY
    reason = "It was another unit."
    check_due_on = date(2026, 12, 8)
