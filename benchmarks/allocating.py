"""The panels of a whole queue at once: `python -m benchmarks.allocating`, or with numbers of cases and reviewers.

It needs no database. Each line is one instance: its size, how long each step took, what it costs, the
bound that proves it, and the gap between the two. Where others use the machine too, the time at work
is shorter than the time it took.
"""

from __future__ import annotations

import time
from datetime import date
from random import Random

import click

from qa_platform.panels.decider.allocation import draw, read_flow, weigh
from qa_platform.panels.events.allocation import CaseInput, Expertise, Instance, KnownTie, Policy, ReviewerInput
from qa_platform.solving.flow import cheapest_flow

FIELDS = [f"{broad:02}{narrow}{detail}" for broad in range(1, 11) for narrow in (1, 2) for detail in (1, 2, 3)]
_AWAY, _BARRED = 0.05, 0.7  # the share of reviewers, and of ties
WEIGHTS = [1 + (place * 7) % 11 for place in range(len(FIELDS))]


def queue_of(cases: int, reviewers: int, seed: int) -> Instance:
    """Return a queue as a country might have it: a few large providers, fields of unequal size."""
    chance = Random(seed)  # noqa: S311 -- made-up queues, the same for a seed
    return Instance(
        on=date(2026, 11, 24),
        seed=str(seed),
        policy=Policy(),
        cases=tuple(_case(chance, number) for number in range(cases)),
        reviewers=tuple(_reviewer(chance, number, cases) for number in range(reviewers)),
    )


def _case(chance: Random, number: int) -> CaseInput:
    return CaseInput(
        submission_id=f"submission-{number}",
        provider_id=f"provider-{int(chance.paretovariate(0.7)) % 60}",
        field=chance.choices(FIELDS, WEIGHTS)[0],
        level=chance.randint(3, 7),
        languages=chance.choice((("en",), ("ms",), ("en", "ms"))),
        waiting_days=chance.randint(0, 40),
        seats=(1, 2),
    )


def _reviewer(chance: Random, number: int, cases: int) -> ReviewerInput:
    return ReviewerInput(
        reviewer_id=f"reviewer-{number}",
        category=chance.choices(("academic", "employer", "learner"), (6, 3, 1))[0],
        expertise=tuple(
            Expertise(field=field[: chance.choice((2, 3, 4))], level=chance.randint(5, 8))
            for field in chance.choices(FIELDS, WEIGHTS, k=5)
        ),
        languages=chance.choice((("en", "ms"), ("en", "ms"), ("en",), ("ms",))),
        available=chance.random() > _AWAY,
        open_cases=chance.randint(0, 2),
        cap=chance.choice((4, 6, 8)),
        ties=tuple(
            KnownTie(submission_id=f"submission-{chance.randrange(cases)}", code="EMP", bars=chance.random() < _BARRED)
            for _ in range(8)
        ),
    )


@click.command()
@click.argument("cases", type=click.IntRange(min=1), default=500)
@click.argument("reviewers", type=click.IntRange(min=1), default=200)
@click.option("--seeds", type=click.IntRange(min=1), default=3, help="How many instances to try.")
def main(cases: int, reviewers: int, seeds: int) -> None:
    """Find the best panels of made-up queues, and print how long it took and what proves it."""
    for seed in range(1, seeds + 1):
        instance = queue_of(cases, reviewers, seed)
        began, worked = time.perf_counter(), time.process_time()
        drawing = draw(instance)
        drawn = time.perf_counter()
        flow = cheapest_flow(drawing.network)
        solved = time.perf_counter()
        found = read_flow(drawing, flow)
        read = time.perf_counter()
        assert weigh(instance, found.seats) == found.objective
        print(
            f"{cases} cases x {reviewers} reviewers (seed {seed}): "
            f"{len(drawing.network.supplies)} nodes, {len(drawing.network.arcs)} arcs, {len(drawing.pairs)} pairs; "
            f"{len(found.seats)} of {sum(len(case.seats) for case in instance.cases)} seats filled; "
            f"{found.proof}, cost {found.objective}, bound {found.bound}, gap {found.objective - found.bound}; "
            f"drawn {drawn - began:.2f} s, solved {solved - drawn:.2f} s, explained {read - solved:.2f} s, "
            f"in all {read - began:.2f} s, {time.process_time() - worked:.2f} s of them at work"
        )


if __name__ == "__main__":
    main()
