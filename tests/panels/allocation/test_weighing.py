"""What a seat costs to the point, what is told with the numbers, and how a network is drawn."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from qa_platform.panels.decider.allocation import digest_of, draw, in_order, obstacle, read_flow, weigh
from qa_platform.panels.decider.allocation.costs import pair_cost
from qa_platform.panels.decider.allocation.fitting import level_in
from qa_platform.panels.events.allocation import OTHER_HOUSE, AllocatedSeat, Expertise, KnownTie, Policy
from qa_platform.solving.flow import cheapest_flow
from tests.panels.allocation.instances import case, instance, reviewer

POLICY = Policy(field_step=1000, language_unknown=200, warning=30)


def knows(field: str, level: int = 8) -> tuple[Expertise, ...]:
    return (Expertise(field=field, level=level),)


def tie(submission_id: str = "submission-1", code: str = "ROT", *, bars: bool = False) -> tuple[KnownTie, ...]:
    return (KnownTie(submission_id=submission_id, code=code, bars=bars),)


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ({}, {}, 0),
        ({}, {"expertise": knows("061")}, 1000),
        ({}, {"expertise": knows("06")}, 2000),
        ({"field": "061"}, {"expertise": knows("06")}, 1000),
        ({"field": None}, {"expertise": knows("06")}, 0),
        ({}, {"expertise": knows("0411")}, 0),
        ({}, {"languages": None}, 200),
        ({"languages": ()}, {"languages": None}, 0),
        ({}, {"ties": tie()}, 30),
        ({}, {"ties": tie("submission-2")}, 0),
        ({}, {"ties": tie(bars=True)}, 0),
        ({}, {"expertise": knows("061"), "languages": None, "ties": tie()}, 1230),
    ],
)
def test_what_a_pair_costs_is_the_sum_of_its_field_language_and_warnings(one, other, points):
    assert pair_cost(POLICY, case(**one), reviewer(**other)) == points


def test_each_further_case_of_one_reviewer_and_each_further_of_a_provider_costs_more():
    policy = Policy(load_step=10, same_provider=7, no_academic=0, empty_seat=100, waiting_day=0, same_category=0)
    given = instance(*(case(number, provider_id="p", seats=(1,)) for number in range(3)), reviewer(), policy=policy)
    seated = [AllocatedSeat(submission_id=f"submission-{number}", seat=1, reviewer_id="reviewer-1") for number in "012"]

    assert [weigh(given, seated[:many]) for many in range(4)] == [300, 200, 100 + 10 + 7, 30 + 14]


def test_each_further_one_of_a_side_costs_more():
    policy = Policy(load_step=0, same_category=5, no_academic=0, empty_seat=100, waiting_day=0)
    people = [reviewer(number) for number in range(3)]
    given = instance(case(0, seats=(1, 2, 3)), *people, policy=policy)
    seated = [AllocatedSeat(submission_id="submission-0", seat=one, reviewer_id=f"reviewer-{one}") for one in range(3)]

    assert [weigh(given, seated[:many]) for many in range(4)] == [300, 200, 105, 15]


@pytest.mark.parametrize(
    ("one", "other", "code", "values"),
    [
        ({}, {"open_cases": 5, "cap": 4}, "full", ("5", "4")),
        ({"level": 6}, {"expertise": knows("0613", 5)}, "level", ("6", "5")),
        ({"languages": ("zh", "ta", "en")}, {}, "language", ("ta, zh",)),
        ({}, {"ties": tie(code="EMP", bars=True)}, "tie", ("EMP",)),
        ({"excluded": ("reviewer-1",)}, {"ties": tie()}, "part_of_panel", ()),
        ({"excluded": ("reviewer-1",)}, {"ties": tie("submission-2", OTHER_HOUSE)}, "part_of_panel", ()),
        ({"excluded": ("reviewer-1",)}, {"ties": tie(code=OTHER_HOUSE)}, OTHER_HOUSE, ()),
    ],
)
def test_what_keeps_somebody_away_is_said_with_its_numbers(one, other, code, values):
    found = obstacle(case(**one), reviewer(**other))
    assert found is not None
    assert (found.code, found.values) == (code, values)


def test_who_knows_a_field_just_up_to_the_level_fits():
    assert obstacle(case(level=6), reviewer(expertise=knows("0613", 6))) is None
    assert level_in("0411", reviewer()) == 0
    assert level_in(None, reviewer()) == 8


def test_an_instance_has_one_order_in_every_part_of_it():
    kept = [*tie(code="A"), *tie(code="B"), *tie("submission-2", "A")]
    one = instance(
        case(held=("academic", "employer"), excluded=("a", "b"), languages=("en", "ms"), seats=(1, 2)),
        reviewer(languages=("en", "ms"), ties=tuple(kept), expertise=(*knows("0411"), *knows("0613"))),
    )
    other = instance(
        case(held=("employer", "academic"), excluded=("b", "a", "b"), languages=("ms", "en", "ms"), seats=(2, 1)),
        reviewer(
            languages=("ms", "en", "en"),
            ties=tuple(reversed([*kept, kept[0]])),
            expertise=(*knows("0613"), *knows("0411"), *knows("0613")),
        ),
    )

    assert in_order(other) == one
    assert digest_of(other) == digest_of(one)


def test_lots_are_drawn_by_seed_case_and_reviewer_and_for_pairs_alone():
    given = instance(case(1, seats=(1,)), case(2, seats=(1,)), reviewer(1), reviewer(2), seed="s")
    drawing = draw(given)

    assert len(drawing.pairs) == 4
    for place, arc in enumerate(drawing.network.arcs):
        if place in drawing.pairs:
            one, person = drawing.pairs[place]
            drawn = sha256(f"s\0{one.submission_id}\0{person.reviewer_id}".encode()).hexdigest()
            assert arc.lot == int(drawn[:8], 16) // 2
        else:
            assert arc.lot == 0


def test_a_reviewer_has_an_arc_for_each_case_that_he_can_still_take():
    busy = draw(instance(case(seats=(1,)), reviewer(open_cases=1, cap=4)))
    sink = min(range(len(busy.network.supplies)), key=busy.network.supplies.__getitem__)
    (pair,) = (busy.network.arcs[place] for place in busy.pairs)

    taking = [arc for arc in busy.network.arcs if arc.tail == pair.head]
    assert [(arc.head, arc.capacity, arc.cost) for arc in taking] == [(sink, 1, 100 * already) for already in (1, 2, 3)]


def test_further_cases_of_one_provider_pass_through_one_node_and_cost():
    three = [case(number, provider_id="p", seats=(1,)) for number in range(3)]
    drawing = draw(instance(*three, reviewer()))
    heads = Counter(drawing.network.arcs[place].head for place in drawing.pairs)

    ((between, many),) = heads.items()
    onward = sorted((arc.capacity, arc.cost) for arc in drawing.network.arcs if arc.tail == between)
    assert (many, onward) == (3, [(1, 0), (2, 300)])
    apart = draw(instance(case(1, provider_id="p"), case(2, provider_id="q"), reviewer()))
    assert {apart.network.arcs[place].cost for place in apart.pairs} == {0}
    ((target, many),) = Counter(apart.network.arcs[place].head for place in apart.pairs).items()
    assert many == 2
    assert {arc.cost for arc in apart.network.arcs if arc.tail == target} == {0, 100, 200, 300}


def test_everybody_is_told_the_numbers_that_decided():
    near = reviewer(1, open_cases=1, expertise=knows("061"))
    far = reviewer(2, open_cases=3, cap=6, expertise=knows("061"))
    drawing = draw(instance(case(seats=(2,)), near, far))
    found = read_flow(drawing, cheapest_flow(drawing.network))

    chosen, passed = found.reasons["submission-1"]
    assert (chosen.code, chosen.values) == ("chosen_in_field", ("061", "0613", "2", "4"))
    assert (passed.code, passed.values) == ("costlier", ("200",))
    assert found.seats == (AllocatedSeat(submission_id="submission-1", seat=2, reviewer_id="reviewer-1"),)
    assert found.digest == digest_of(drawing.instance)


def test_whoever_is_chosen_for_no_field_is_told_his_cases():
    drawing = draw(instance(case(field=None, seats=(1,)), reviewer(open_cases=2, cap=5)))
    found = read_flow(drawing, cheapest_flow(drawing.network))

    (chosen,) = found.reasons["submission-1"]
    assert (chosen.code, chosen.values) == ("chosen", ("3", "5"))


def test_who_is_full_by_then_is_told_where_he_sits_and_what_it_would_cost():
    fresh, old = case(1, seats=(1,), waiting_days=1), case(2, seats=(1,), waiting_days=30)
    drawing = draw(instance(fresh, old, reviewer(cap=1)))
    found = read_flow(drawing, cheapest_flow(drawing.network))

    (passed,) = found.reasons["submission-1"]
    assert (passed.code, passed.values) == ("needed_elsewhere", ("1", str(29 * 1000)))
