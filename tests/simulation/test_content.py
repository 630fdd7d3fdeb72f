from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from msgspec import UNSET

from qa_platform.simulation.content import all_of, course, only
from qa_platform.simulation.remarks import EVIDENCE_FIELDS
from qa_platform.simulation.standing import Cast
from qa_platform.simulation.titles import topic
from qa_platform.submissions.decider.content import changed
from qa_platform.submissions.decider.faults import faults, warnings
from qa_platform.submissions.events import CourseContent

WRITTEN, LODGED = date(2026, 3, 2), date(2026, 3, 9)


def people() -> Cast:
    return Cast(
        instructors=(str(uuid4()),),
        assessors=(str(uuid4()), str(uuid4())),
        support=str(uuid4()),
        quality=str(uuid4()),
        signatory=str(uuid4()),
    )


def test_a_simulated_course_lacks_nothing_and_is_not_even_unusual():
    for number in range(300):
        cast = people()
        named = {*cast.instructors, *cast.assessors, cast.support, cast.quality, cast.signatory}
        content = course(1, number, topic(1, number), cast, WRITTEN)
        assert faults(content, named, LODGED, longest_validity_months=36) == ()
        assert warnings(content, LODGED) == ()


def test_courses_differ_in_size_mode_level_and_pace():
    cast = people()
    courses = [course(1, number, topic(1, number), cast, WRITTEN) for number in range(200)]

    assert {each.credits_claimed for each in courses} == {Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3)}
    assert len({each.delivery_mode for each in courses}) == 5
    assert {each.mqf_level_claimed for each in courses} == {3, 4, 5, 6}
    assert len({each.pace for each in courses}) == 2


def test_the_same_course_is_the_same_every_time():
    cast = people()

    assert course(1, 5, topic(1, 5), cast, WRITTEN) == course(1, 5, topic(1, 5), cast, WRITTEN)


def test_saying_all_of_a_course_gives_the_course():
    content = course(1, 5, topic(1, 5), people(), WRITTEN)

    assert changed(CourseContent(), all_of(content)) == content


def test_saying_only_some_of_it_says_nothing_else():
    patch = only(course(1, 5, topic(1, 5), people(), WRITTEN), "title_en")

    assert patch.title_en == topic(1, 5).title_en
    assert patch.synopsis is UNSET


def test_evidence_is_pointed_at_in_fields_that_a_course_has(rubric):
    assert set(EVIDENCE_FIELDS) == {criterion.id for criterion in rubric.criteria}
    assert {field for fields in EVIDENCE_FIELDS.values() for field in fields} <= set(CourseContent.__struct_fields__)
