"""The search for the cheapest flow: HiGHS proposes, whole numbers prove.

The matrix of a network is totally unimodular: a corner of its linear programme is a whole-numbered
flow, and so are the prices of its nodes. Nothing has to be branched on.
"""

from __future__ import annotations

from typing import NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from qa_platform.solving.network import Flow, Network

Integers = NDArray[np.int64]

# One thread, one method and one seed: the same network is searched in the same way every time.
_OPTIONS: tuple[tuple[str, bool | int | str], ...] = (
    ("output_flag", False),
    ("threads", 1),
    ("random_seed", 0),
    ("solver", "simplex"),
    ("simplex_strategy", 1),
)

# More than any cost, and far from what a whole number can hold.
_FAR = 2**60


class _Lines(NamedTuple):
    """A network in columns."""

    supplies: Integers
    tails: Integers
    heads: Integers
    capacities: Integers
    costs: Integers
    lots: Integers


class _Corner(NamedTuple):
    """A corner of a linear programme: the units on each arc, and the price of each node."""

    amounts: Integers
    prices: Integers


def cheapest_flow(network: Network) -> Flow:
    """Return the cheapest flow; among equally cheap ones, that with the lowest sum of lots."""
    lines = _lines(network)
    nothing = np.zeros_like(lines.costs)
    found = _search(lines, lines.costs, nothing, lines.capacities)
    if found is None or not _carries(lines, found.amounts):
        return Flow(status="infeasible", amounts=(0,) * len(network.arcs), cost=0, bound=0, rises=_plain(nothing))
    reduced = lines.costs - found.prices[lines.tails] + found.prices[lines.heads]
    # No flow costs less than this sum, whatever the prices are; with the right ones some flow costs just that.
    bound = int(found.prices @ lines.supplies + lines.capacities @ np.minimum(reduced, 0))
    chosen = found.amounts
    if int(chosen @ lines.costs) == bound:
        chosen = _by_lot(lines, reduced, chosen)
    cost = int(chosen @ lines.costs)
    return Flow(
        status="optimal" if cost == bound else "unproven",
        amounts=_plain(chosen),
        cost=cost,
        bound=bound,
        rises=_plain(_rises(lines, reduced, chosen)),
    )


def _lines(network: Network) -> _Lines:
    columns = np.array([(arc.tail, arc.head, arc.capacity, arc.cost, arc.lot) for arc in network.arcs], dtype=np.int64)
    tails, heads, capacities, costs, lots = columns.reshape(-1, 5).T
    supplies = np.array(network.supplies, dtype=np.int64)
    return _Lines(supplies=supplies, tails=tails, heads=heads, capacities=capacities, costs=costs, lots=lots)


def _by_lot(lines: _Lines, reduced: Integers, found: Integers) -> Integers:
    # Exactly the cheapest flows are empty where a unit more would cost, and full where one would pay.
    lowest = np.where(reduced < 0, lines.capacities, 0)
    highest = np.where(reduced > 0, 0, lines.capacities)
    drawn = _search(lines, lines.lots, lowest, highest)
    return found if drawn is None or not _carries(lines, drawn.amounts) else drawn.amounts


def _rises(lines: _Lines, reduced: Integers, amounts: Integers) -> Integers:
    # A unit forced onto an arc must find its way from the arc's head back to its tail, over arcs that have
    # room or the other way over arcs that carry something. It leaves the head and it comes to the tail: both
    # cost what the cheapest such step costs, and none costs less than nothing.
    room, used = amounts < lines.capacities, amounts > 0
    sources = np.concatenate((lines.tails[room], lines.heads[used]))
    targets = np.concatenate((lines.heads[room], lines.tails[used]))
    steps = np.maximum(np.concatenate((reduced[room], -reduced[used])), 0)
    leaving = _least(sources, steps, len(lines.supplies))
    coming = _least(targets, steps, len(lines.supplies))
    # Two steps away from the head, where the first of them tells nothing.
    further = _least(sources, steps + leaving[targets], len(lines.supplies))
    way_back = np.maximum(leaving[lines.heads] + coming[lines.tails], further[lines.heads])
    return np.maximum(reduced, 0) + np.where(way_back < _FAR, way_back, 0)


def _least(nodes: Integers, steps: Integers, many: int) -> Integers:
    least = np.full(many, _FAR, dtype=np.int64)
    np.minimum.at(least, nodes, steps)
    return least


def _carries(lines: _Lines, amounts: Integers) -> bool:
    """Return whether the amounts are a flow at all: within capacity, and every supply met."""
    balance = np.zeros_like(lines.supplies)
    np.add.at(balance, lines.tails, amounts)
    np.subtract.at(balance, lines.heads, amounts)
    within = bool(np.all((amounts >= 0) & (amounts <= lines.capacities)))
    return within and bool(np.array_equal(balance, lines.supplies))


def _search(lines: _Lines, costs: Integers, lowest: Integers, highest: Integers) -> _Corner | None:
    """Return a corner of lowest cost as HiGHS finds it, or None."""
    many = len(costs)
    if many == 0:
        return _Corner(amounts=costs, prices=np.zeros_like(lines.supplies))
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = many, len(lines.supplies)
    programme.col_cost_ = costs.astype(np.float64)
    programme.col_lower_, programme.col_upper_ = lowest.astype(np.float64), highest.astype(np.float64)
    programme.row_lower_ = programme.row_upper_ = lines.supplies.astype(np.float64)
    # Every arc takes one unit from its tail and gives it to its head.
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.arange(0, 2 * many + 1, 2, dtype=np.int32)
    programme.a_matrix_.index_ = np.column_stack((lines.tails, lines.heads)).ravel().astype(np.int32)
    programme.a_matrix_.value_ = np.tile((1.0, -1.0), many)
    # The bare solver: the one around it greets on standard output.
    solver = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001 -- exported, though not in its types
    for name, value in _OPTIONS:
        solver.setOptionValue(name, value)
    solver.passModel(programme)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    return _Corner(amounts=_whole(solution.col_value), prices=_whole(solution.row_dual))


def _whole(values: object) -> Integers:
    return np.rint(np.asarray(values, dtype=np.float64)).astype(np.int64)


def _plain(values: Integers) -> tuple[int, ...]:
    return tuple(values.tolist())
