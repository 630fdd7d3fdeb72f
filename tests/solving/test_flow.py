from __future__ import annotations

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from qa_platform.solving.flow import cheapest_flow
from qa_platform.solving.network import Arc, Network


def test_the_cheaper_way_is_filled_first():
    network = Network(supplies=(3, -3), arcs=(Arc(0, 1, 2, 5), Arc(0, 1, 2, 1)))

    flow = cheapest_flow(network)

    assert (flow.status, flow.amounts, flow.cost, flow.bound) == ("optimal", (1, 2), 7, 7)


def test_of_equal_ways_the_lower_lot_is_taken():
    for lots, taken in (((7, 3), (0, 1)), ((3, 7), (1, 0))):
        arcs = tuple(Arc(0, 1, 1, 4, lot) for lot in lots)
        assert cheapest_flow(Network(supplies=(1, -1), arcs=arcs)).amounts == taken


def test_a_lot_never_outweighs_a_cost():
    network = Network(supplies=(1, -1), arcs=(Arc(0, 1, 1, 4, 0), Arc(0, 1, 1, 3, 2**31 - 1)))

    assert cheapest_flow(network).amounts == (0, 1)


def test_what_cannot_flow_is_said_to():
    assert cheapest_flow(Network(supplies=(2, -2), arcs=(Arc(0, 1, 1, 4),))).status == "infeasible"
    assert cheapest_flow(Network(supplies=(1, -1), arcs=())).status == "infeasible"


def test_where_nothing_flows_nothing_costs():
    flow = cheapest_flow(Network(supplies=(0, 0), arcs=()))

    assert (flow.status, flow.amounts, flow.cost) == ("optimal", (), 0)


WAYS = st.permutations(range(4)).map(lambda nodes: tuple(nodes[:2]))
ARCS = st.builds(lambda way, *rest: Arc(*way, *rest), WAYS, st.integers(0, 2), st.integers(-3, 9), st.integers(0, 99))


@settings(max_examples=100, deadline=None)
@for_all(st.lists(ARCS, max_size=6), st.integers(0, 2))
def test_the_answer_is_the_cheapest_of_all_flows(arcs, supply):
    network = Network(supplies=(supply, 0, 0, -supply), arcs=tuple(arcs))
    flow = cheapest_flow(network)

    flows = [amounts for amounts in _amounts(network.arcs) if _carries(network, amounts)]
    assert (flow.status == "infeasible") == (not flows)
    if flows:
        cheapest = min(_sum(network, amounts, "cost") for amounts in flows)
        lowest = min(_sum(network, each, "lot") for each in flows if _sum(network, each, "cost") == cheapest)
        assert (flow.status, flow.cost, flow.bound) == ("optimal", cheapest, cheapest)
        assert _sum(network, flow.amounts, "lot") == lowest


def _amounts(arcs):
    if not arcs:
        yield ()
        return
    for first in range(arcs[0].capacity + 1):
        for rest in _amounts(arcs[1:]):
            yield (first, *rest)


def _carries(network, amounts):
    balance = list(network.supplies)
    for arc, amount in zip(network.arcs, amounts, strict=True):
        balance[arc.tail] -= amount
        balance[arc.head] += amount
    return not any(balance)


def _sum(network, amounts, part):
    return sum(getattr(arc, part) * amount for arc, amount in zip(network.arcs, amounts, strict=True))
