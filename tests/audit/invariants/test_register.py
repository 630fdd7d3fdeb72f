from __future__ import annotations

import msgspec

from qa_platform.accreditations.decider import register_number

ISSUED, OPENED = "register_number.issued.v1", "accreditation.opened.v1"


def data(event):
    return msgspec.json.decode(event.record)["data"]


def test_a_gap_in_a_series_is_found(demo):
    event = demo.one(ISSUED)
    # Far beyond the last of them, however many the demo has.
    serial = data(event)["serial"] + 500
    version = demo.again(
        event, serial=serial, number=register_number(data(event)["series"], serial), accreditation_id="x"
    )

    demo.finds("register.serials-dense", stream=event.stream, version=version)


def test_a_number_that_was_issued_twice_is_found(demo):
    event = demo.one(ISSUED)
    demo.again(event, accreditation_id="another")

    demo.finds("register.numbers-unique", row=data(event)["number"])


def test_an_accreditation_with_two_numbers_is_found(demo):
    event = demo.one(ISSUED)
    demo.again(event, number="another")

    demo.finds("register.numbers-unique", row=data(event)["accreditation_id"])


def test_a_wrong_check_character_is_found(demo):
    event = demo.one(ISSUED)
    number = data(event)["number"]
    demo.reword(event, number=number[:-1] + ("A" if number[-1] != "A" else "B"))

    demo.finds("register.check-characters", position=event.position)


def test_an_entry_without_a_granting_decision_is_found(demo):
    event = demo.one(OPENED)
    demo.reword(event, decision_id="another")

    demo.finds("register.entries-are-granted", position=event.position)


def test_an_entry_before_the_release_is_found(demo):
    event = demo.one(OPENED)
    released = demo.one("decision.released.v1", "e.case_id = :case", case=event.case_id)
    demo.take_out(released.id)

    demo.finds("register.entries-are-granted", stream=event.stream, version=event.version)


def test_an_entry_on_other_terms_than_decided_is_found(demo):
    event = demo.one(OPENED)
    demo.reword(event, level=8)

    demo.finds("register.entries-are-granted", position=event.position)


def test_an_entry_under_the_number_of_another_is_found(demo):
    event = demo.one(OPENED)
    demo.reword(event, number="MY-MC-2026-000099-X")

    demo.finds("register.entries-have-their-number", position=event.position)
