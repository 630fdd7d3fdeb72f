"""Personal data is found by its shape, and ordinary text is left alone."""

from __future__ import annotations

import pytest

from qa_platform.kernel.personal_data import PersonalDataInText, find_personal_data, refuse_personal_data
from qa_platform.kernel.rejected import Fault


@pytest.mark.parametrize(
    "fragment",
    [
        "900131-14-5678",
        "900131145678",
        "000229-10-1234",
        "aisyah.rahman@example.edu.my",
        "012-345 6789",
        "0123456789",
        "03-1234 5678",
        "088-123456",
        "+60 12-345 6789",
        "+60123456789",
        "0060123456789",
        "+65 6123 4567",
        "+44 20 7946 0958",
        "+1 (212) 555-0123",
    ],
)
def test_identity_numbers_addresses_and_telephones_are_found(fragment: str):
    assert find_personal_data(f"Ask Aisyah: {fragment}, or write to ({fragment}).") == (fragment, fragment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "120 hours in 3 credits, 2024-2026, levels 4-6.",
        "The ISBN is 978-3-16-148410-0.",
        "991331-14-5678 is no date, so no identity card.",
        "Register number MY-MC-2026-000123-C.",
        "See section 0.1.2 and table 10.3; 1,000,000 learners.",
        "A price of RM 1 200.00, 12 345 678 rows.",
        "Version 2026-11-23T10:00:00 at 03:15.",
        "The course starts on 01-10-2026 and ends on 31/12/2026.",
        "Follow @example for news.",
    ],
)
def test_ordinary_text_is_left_alone(text: str):
    assert find_personal_data(text) == ()


def test_findings_come_in_reading_order():
    text = "Mail a@example.org, call 012-345 6789, card 900131-14-5678."

    assert find_personal_data(text) == ("a@example.org", "012-345 6789", "900131-14-5678")


def test_a_text_with_personal_data_is_refused_field_by_field():
    with pytest.raises(PersonalDataInText, match="Take it out") as refused:
        refuse_personal_data({"comment": "Call 012-345 6789.", "reason": None, "note": "Clear."})

    assert refused.value.faults == (Fault("comment", "Take out “012-345 6789”: it looks like personal data."),)


def test_texts_without_personal_data_pass():
    refuse_personal_data({"comment": "Outcome 2 is not assessed.", "reason": None})
