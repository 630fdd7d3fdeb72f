from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from qa_platform.submissions.events.components import ListingEnd
from tests.submissions import components as f

STREAM = f"component-{f.COMPONENT}"


def test_a_unit_with_other_hours_than_its_credits_is_found(demo):
    unit = replace(f.UNIT, hours=100)
    version = demo.append(STREAM, f.ComponentNotifiedFactory(unit=unit), case=f.COMPONENT)

    demo.finds("components.are-units", stream=STREAM, version=version)


def test_the_listing_of_what_was_drawn_is_found(demo):
    demo.append(STREAM, f.ComponentNotifiedFactory(drawn=True), case=f.COMPONENT)
    version = demo.append(STREAM, f.ComponentListedFactory(), case=f.COMPONENT)

    demo.finds("components.answered-in-turn", stream=STREAM, version=version)


def test_a_listing_that_expired_before_its_programme_is_found(demo):
    for event in (f.ComponentNotifiedFactory(), f.ComponentListedFactory(), f.ComponentEnteredFactory()):
        demo.append(STREAM, event, case=f.COMPONENT)
    early = f.ComponentListingEndedFactory(ground=ListingEnd.PROGRAMME_EXPIRED, ended_on=date(2027, 1, 1))
    version = demo.append(STREAM, early, case=f.COMPONENT)

    demo.finds("components.answered-in-turn", stream=STREAM, version=version)
