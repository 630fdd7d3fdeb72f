"""A network of arcs with costs, and a flow through it."""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["optimal", "unproven", "infeasible"]


class Arc(msgspec.Struct, frozen=True):
    """From one node to another: how many units pass at most, and what each costs.

    `lot` decides between flows of equal cost, the lower sum first; it never outweighs a cost.
    """

    tail: int
    head: int
    capacity: int
    cost: int
    lot: int = 0


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes by number, with what each puts in (positive) or takes out; the arcs between them."""

    supplies: tuple[int, ...]
    arcs: tuple[Arc, ...]


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """The units on each arc, their cost, and the bound below which no flow can cost.

    The flow is proven to be the cheapest (`optimal`) when cost and bound are the same number.
    `rises` says for each arc by how much at least the cost would rise with one more unit forced on it.
    """

    status: Status
    amounts: tuple[int, ...]
    cost: int
    bound: int
    rises: tuple[int, ...]
