from __future__ import annotations

from datetime import date, timedelta

import msgspec

from qa_platform.ledger.sequencer import drain
from qa_platform.submissions.commands.components import EndListing, UndoEnding
from qa_platform.submissions.events.components import ListingEnd


def test_a_read_model_made_by_other_code_is_found(demo):
    demo.do("UPDATE operations.read_models SET code = 'old' WHERE name = 'reviews'")

    demo.finds("tables.current", row="reviews")


def test_a_row_that_events_did_not_make_is_found_and_one_that_is_gone_too(demo):
    (row,) = demo.ask("SELECT submission_id FROM read_models.submissions ORDER BY 1 LIMIT 1")
    (other,) = demo.ask("SELECT submission_id FROM read_models.panels ORDER BY 1 LIMIT 1")
    demo.do("UPDATE read_models.submissions SET version = 99 WHERE submission_id = :s", s=row.submission_id)
    demo.do("DELETE FROM read_models.panels WHERE submission_id = :s", s=other.submission_id)

    another, missing = (f"beside what the events say, the row {way}" for way in ("is another", "is missing"))
    demo.finds("tables.equal-a-rebuild", row=f"submissions {row.submission_id}", what=another)
    demo.finds("tables.equal-a-rebuild", row=f"panels {other.submission_id}", what=missing)


def test_an_entry_of_the_register_that_says_something_else_is_found(demo):
    (row,) = demo.ask("SELECT number FROM read_models.accreditations ORDER BY 1 LIMIT 1")
    demo.do("UPDATE read_models.accreditations SET valid_to = valid_to + 1 WHERE number = :n", n=row.number)

    demo.finds("register.equals-its-events", row=row.number)


def test_an_entry_that_is_not_in_the_register_is_found(demo):
    (row,) = demo.ask("SELECT number FROM read_models.accreditations ORDER BY 1 LIMIT 1")
    demo.do("DELETE FROM read_models.accreditations WHERE number = :n", n=row.number)

    demo.finds("register.equals-its-events", row=row.number)


def test_a_listing_that_ended_in_the_register_alone_is_found(demo):
    """Units of accredited programmes stand in it too, and by other events."""
    (row,) = demo.ask("SELECT number FROM read_models.accreditations WHERE kind = 'component' ORDER BY 1 LIMIT 1")
    demo.do("UPDATE read_models.accreditations SET status = 'ended' WHERE number = :n", n=row.number)

    demo.finds("register.equals-its-events", row=row.number)


def test_a_unit_whose_listing_ended_and_was_given_back_stands_as_its_events_say(demo):
    entered = demo.one("component.entered.v1")
    unit = entered.stream.removeprefix("component-")
    after = date.fromisoformat(msgspec.json.decode(entered.record)["data"]["valid_from"]) + timedelta(days=1)

    for command in (
        EndListing(
            component_id=unit,
            on=after,
            ended_on=after,
            ground=ListingEnd.CLOSED_BY_PROVIDER,
            reason="It is taught no more.",
        ),
        UndoEnding(component_id=unit, on=after, reason="It is taught still."),
    ):
        demo.ledger.execute(command, actor="register_officer:x")
        drain(demo.ledger.engine)
        assert demo.check("register.equals-its-events").violations == 0
