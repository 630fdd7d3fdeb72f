from __future__ import annotations

from datetime import date

from qa_platform.simulation.recognition import begins_after, recognised_on, suspension

OPENED = date(2024, 11, 25)


def test_the_newcomer_is_recognised_before_anybody_puts_a_course_forward():
    assert recognised_on(OPENED) == date(2024, 12, 4)


def test_nobody_is_suspended_where_terms_are_so_short_that_one_could_end_meanwhile():
    assert suspension(OPENED, 5) is None
    assert suspension(OPENED, 6) == (date(2025, 2, 24), date(2025, 3, 24))


def test_a_suspended_provider_begins_its_courses_before_or_after():
    days = (date(2025, 2, 24), date(2025, 3, 24))

    assert begins_after(date(2025, 1, 17), days) == date(2025, 1, 17)
    assert begins_after(date(2025, 1, 21), days) == date(2025, 3, 25)
    assert begins_after(date(2025, 3, 24), days) == date(2025, 3, 25)
    assert begins_after(date(2025, 3, 25), days) == date(2025, 3, 25)
