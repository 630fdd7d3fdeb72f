from __future__ import annotations

from itertools import combinations, product

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from qa_platform.panels.decider.allocation import barring, draw, obstacle, read_flow, sentence, weigh
from qa_platform.panels.decider.allocation.wording import CODES
from qa_platform.panels.events.allocation import OTHER_HOUSE, AllocatedSeat, Expertise, Instance, KnownTie, Reason
from qa_platform.solving.flow import cheapest_flow
from tests.panels.allocation.instances import case, instance, instances, reviewer


def allocate(given: Instance):
    drawing = draw(given)
    return read_flow(drawing, cheapest_flow(drawing.network))


def seats(*given: str) -> list[AllocatedSeat]:
    return [AllocatedSeat(submission_id=f"submission-{one[0]}", seat=int(one[1]), reviewer_id=one[2:]) for one in given]


def every_seating(given: Instance):
    """Return every seating there is, whatever it costs."""
    caps = {one.reviewer_id: one.cap - one.open_cases for one in given.reviewers}
    of_case = []
    for each in given.cases:
        fitting = [one.reviewer_id for one in given.reviewers if obstacle(each, one) is None]
        of_case.append([some for size in range(len(each.seats) + 1) for some in combinations(fitting, size)])
    for panels in product(*of_case):
        sitting = [one for panel in panels for one in panel]
        if all(sitting.count(one) <= caps[one] for one in set(sitting)):
            yield [
                AllocatedSeat(submission_id=each.submission_id, seat=seat, reviewer_id=one)
                for each, panel in zip(given.cases, panels, strict=True)
                for seat, one in zip(each.seats, panel, strict=False)
            ]


@settings(max_examples=150, deadline=None)
@for_all(instances())
def test_no_seating_is_better_than_the_one_found(given):
    found = allocate(given)

    assert found.proof == "optimal"
    assert found.objective == found.bound == weigh(given, found.seats)
    assert found.objective == min(weigh(given, seating) for seating in every_seating(given))


@settings(max_examples=60, deadline=None)
@for_all(instances(), st.randoms())
def test_the_order_of_the_inputs_changes_nothing(given, chance):
    def mixed(parts):
        parts = list(parts)
        chance.shuffle(parts)
        return tuple(parts)

    again = replace(
        given,
        cases=mixed(replace(one, seats=mixed(one.seats), languages=mixed(one.languages)) for one in given.cases),
        reviewers=mixed(replace(one, expertise=mixed(one.expertise)) for one in given.reviewers),
    )

    assert msgspec.json.encode(allocate(again)) == msgspec.json.encode(allocate(given))


@settings(max_examples=60, deadline=None)
@for_all(instances())
def test_nobody_sits_where_anything_keeps_him_away(given):
    cases = {one.submission_id: one for one in given.cases}
    people = {one.reviewer_id: one for one in given.reviewers}
    found = allocate(given)

    assert all(obstacle(cases[one.submission_id], people[one.reviewer_id]) is None for one in found.seats)
    assert len({(one.submission_id, one.seat) for one in found.seats}) == len(found.seats)
    assert len({(one.submission_id, one.reviewer_id) for one in found.seats}) == len(found.seats)


@settings(max_examples=60, deadline=None)
@for_all(instances())
def test_every_candidate_of_every_case_is_told_a_reason(given):
    found = allocate(given)
    chosen = {(one.submission_id, one.reviewer_id) for one in found.seats}

    for each in given.cases:
        reasons = found.reasons[each.submission_id]
        assert [one.reviewer_id for one in reasons] == sorted(one.reviewer_id for one in given.reviewers)
        for reason in reasons:
            assert sentence(reason).startswith(
                "Chosen" if (each.submission_id, reason.reviewer_id) in chosen else "Not"
            )
            assert "{" not in sentence(reason, "ms")


@settings(max_examples=40, deadline=None)
@for_all(instances(cases=2))
def test_to_seat_who_was_passed_over_costs_at_least_the_points_he_was_told(given):
    found = allocate(given)

    for seating in every_seating(given):
        for one in seating:
            reason = next(each for each in found.reasons[one.submission_id] if each.reviewer_id == one.reviewer_id)
            if reason.code in {"costlier", "needed_elsewhere"}:
                assert weigh(given, seating) >= found.objective + int(reason.values[-1])


def test_equals_are_parted_by_the_seed_alone():
    equals = [reviewer(number) for number in range(8)]
    drawn = {
        seed: [one.reviewer_id for one in allocate(instance(case(), *equals, seed=seed)).seats] for seed in "abcdefgh"
    }

    assert len({tuple(one) for one in drawn.values()}) > 1
    for seed, first in drawn.items():
        again = allocate(instance(case(), *reversed(equals), seed=seed))
        assert [one.reviewer_id for one in again.seats] == first
        assert {one.code for one in again.reasons["submission-1"]} == {"chosen_in_field", "lot"}


def test_who_has_more_cases_is_asked_later():
    busy, free = reviewer(1, open_cases=3), reviewer(2, open_cases=0)

    found = allocate(instance(case(seats=(1,)), busy, free))

    assert [one.reviewer_id for one in found.seats] == ["reviewer-2"]
    passed = found.reasons["submission-1"][0]
    assert (passed.code, passed.values) == ("costlier", ("300",))
    assert sentence(passed) == "Not chosen: could sit here, but it would cost at least 300 points more in all."


def test_a_queue_is_spread_where_each_case_alone_would_take_the_same():
    queue = [case(number, seats=(1,)) for number in range(4)]
    found = allocate(instance(*queue, *(reviewer(number) for number in range(4))))

    assert len({one.reviewer_id for one in found.seats}) == 4


def test_the_closer_field_sits():
    near = reviewer(1, expertise=(Expertise(field="0613", level=8),))
    far = reviewer(2, expertise=(Expertise(field="06", level=8),))

    found = allocate(instance(case(seats=(1,)), near, far))

    assert [one.reviewer_id for one in found.seats] == ["reviewer-1"]


def test_the_case_that_waits_longest_is_served_first():
    fresh, old = case(1, seats=(1,), waiting_days=1), case(2, seats=(1,), waiting_days=30)

    found = allocate(instance(fresh, old, reviewer(cap=1)))

    assert [one.submission_id for one in found.seats] == ["submission-2"]
    passed = found.reasons["submission-1"][0]
    assert passed.code in {"needed_elsewhere", "lot"}


def test_the_cases_of_one_provider_go_to_different_people():
    both = [case(number, provider_id="provider-1", seats=(1,)) for number in (1, 2)]
    first, second = reviewer(1), reviewer(2, expertise=(Expertise(field="061", level=8),))

    assert len({one.reviewer_id for one in allocate(instance(*both, first, second)).seats}) == 2


def test_a_panel_wants_an_academic_and_different_sides():
    people = [reviewer(1, category="employer"), reviewer(2, category="employer"), reviewer(3, open_cases=3)]

    found = allocate(instance(case(), *people))

    assert "reviewer-3" in {one.reviewer_id for one in found.seats}
    replaced = allocate(instance(case(seats=(2,), held=("academic",)), *people))
    assert "reviewer-3" not in {one.reviewer_id for one in replaced.seats}


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        ({"ties": (KnownTie(submission_id="submission-1", code="EMP", bars=True),)}, "tie"),
        ({"available": False}, "away"),
        ({"open_cases": 4}, "full"),
        ({"expertise": (Expertise(field="0411", level=8),)}, "field"),
        ({"expertise": (Expertise(field="0613", level=3), Expertise(field="0411", level=8))}, "level"),
        ({"languages": ("ms",)}, "language"),
    ],
)
def test_what_keeps_somebody_away_is_said(kept, code):
    found = allocate(instance(case(), reviewer(**kept)))

    assert found.seats == ()
    assert [one.code for one in found.reasons["submission-1"]] == [code]


def test_a_warning_costs_and_does_not_bar():
    warned = reviewer(1, ties=(KnownTie(submission_id="submission-1", code="ROT", bars=False),))

    assert barring(case(), warned) == ()
    assert len(allocate(instance(case(seats=(1,)), warned)).seats) == 1
    assert allocate(instance(case(seats=(1,)), warned, reviewer(2))).seats[0].reviewer_id == "reviewer-2"


def test_who_sits_or_sat_there_is_not_asked_again():
    found = allocate(instance(case(excluded=("reviewer-1",)), reviewer(1)))

    assert [one.code for one in found.reasons["submission-1"]] == ["part_of_panel"]


def test_who_acts_for_another_house_is_told_so_and_no_conflict_is_kept_of_him():
    stranger = reviewer(1, ties=(KnownTie(submission_id="submission-1", code=OTHER_HOUSE, bars=False),))
    both = case(excluded=("reviewer-1",)), case(2)

    found = allocate(instance(*both, stranger))

    assert [one.code for one in found.reasons["submission-1"]] == ["other_house"]
    assert "conflict" not in sentence(found.reasons["submission-1"][0])
    assert barring(both[0], stranger) == ()
    assert {one.submission_id for one in found.seats} == {"submission-2"}


def test_every_code_has_a_sentence_in_both_languages():
    for code in CODES:
        reason = Reason(reviewer_id="reviewer-1", code=code, values=("1", "2", "3", "4"))
        assert sentence(reason, "en") != sentence(reason, "ms")


def test_what_nothing_was_noted_of_asks_for_nothing():
    unknown = case(field=None, level=None, languages=(), seats=(1,))

    found = allocate(instance(unknown, reviewer(languages=None)))

    assert found.reasons["submission-1"][0].code == "chosen"
    assert len(found.seats) == 1
