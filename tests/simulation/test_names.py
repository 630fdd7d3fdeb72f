from __future__ import annotations

import pytest

from qa_platform.simulation import names
from qa_platform.simulation.tables import table

MANY = 2_000


def test_every_invented_name_carries_the_mark():
    for number in range(MANY):
        assert names.person(1, number).name.endswith(names.MARK)
        assert names.provider(1, number).legal_name.endswith(names.MARK)
        assert names.partner(1, number)[0].endswith(names.MARK)


def test_an_address_is_in_a_domain_that_can_never_exist():
    assert all(names.person(1, number).email.endswith("@simulated.example") for number in range(MANY))


def test_no_two_people_share_an_address_and_no_two_providers_a_name():
    assert len({names.person(1, number).email for number in range(MANY)}) == MANY
    assert len({names.provider(1, number).legal_name for number in range(MANY)}) == MANY


def test_no_invented_body_has_the_name_of_a_real_one():
    for number in range(MANY):
        assert not names.names_a_real_body(names.provider(1, number).legal_name)
        assert not names.names_a_real_body(names.partner(1, number)[0])


def test_no_invented_body_has_the_name_of_a_provider_in_the_index():
    known = {row["provider"].lower() for row in table("courses")}
    for number in range(MANY):
        assert not any(name in names.provider(1, number).legal_name.lower() for name in known)


@pytest.mark.parametrize("real", ["Universiti Malaya", "Taylor's College", "MIT OpenCourseWare", "Google Academy"])
def test_a_real_name_is_recognised(real):
    assert names.names_a_real_body(real)


def test_a_short_word_inside_another_is_no_real_name():
    assert not names.names_a_real_body("Summit Learning Works")


def test_people_come_from_several_communities():
    found = " ".join(names.person(1, number).name for number in range(200))
    assert all(word in found for word in (" bin ", " binti ", " a/l ", " a/p ", " anak ", "Tan ", "Kaur", "Gimbang"))
