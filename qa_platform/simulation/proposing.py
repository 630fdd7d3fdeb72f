"""The proposal of a panel, as the platform makes it: found, kept, confirmed, and now and then objected to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.conflicts import CATEGORIES, Effect
from qa_platform.kernel.event import Command
from qa_platform.panels.commands import Candidacy, ConfirmProposal, Interest, ObjectToPanel, RuleOnObjection
from qa_platform.panels.decider.allocation import Allocation, lot
from qa_platform.panels.events.allocation import CaseInput, Expertise, Instance, KnownTie, Policy, ReviewerInput
from qa_platform.panels.read_model import allocate, to_keep, to_propose

if TYPE_CHECKING:
    from qa_platform.panels.commands import ProposePanel
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Reviewer

_SEATS: Final = (1, 2)
_DRAWS: Final = 2_000  # for each case of a queue
_OBJECTION: Final = "The course is about practice, and this side of the panel may not know it (simulated)."
_UPHELD: Final = "Somebody who practises what the course teaches is at hand (simulated)."
_REJECTED: Final = "Every reviewer of the panel is registered for the field of the course (simulated)."


# Who sits on which case of a queue.
Seating = frozenset[tuple[str, str]]


def propose(cases: Sequence[Case], desk: Desk, day: date) -> tuple[Command, ...]:
    """Return the commands that propose and confirm the panels of a queue, found together.

    None where the desk has to choose by hand.
    """
    wanted = _wanted(cases, desk, day)
    if len(wanted) != len(_SEATS) * len(cases):
        return ()
    new_id = cases[0].new_id
    drawn = _drawn(cases, desk, day, wanted)
    if drawn is None:
        return ()
    instance, found = drawn
    kept = to_keep(new_id(), instance, found)
    proposals = to_propose(kept, found, lambda _label: new_id())
    of = {case.submission_id: case for case in cases}
    seated = {of[one.submission_id]: _seated(of[one.submission_id], one, desk) for one in proposals}
    return (kept, *proposals, *(_confirming(case, chosen, day) for case, chosen in seated.items()))


def _seated(case: Case, proposal: ProposePanel, desk: Desk) -> Mapping[int, Reviewer]:
    numbers = {reviewer.player.person_id: reviewer for reviewer in desk.reviewers}
    chosen = {seat.seat: desk.ask(numbers[seat.reviewer_id]) for seat in proposal.seats}
    case.reviewing = {seat.seat: (seat.review_id, chosen[seat.seat]) for seat in proposal.seats}
    return chosen


def _wanted(cases: Sequence[Case], desk: Desk, day: date) -> Seating:
    """Return who should sit where, by numbers that are the same in every demo; nobody where one of them has a tie."""
    reviewers = {f"{one.number:06}": one.player.person_id for one in desk.reviewers}
    numbered = {f"{one.number:06}": one.submission_id for one in cases}
    instance = _instance(cases, desk, day, str(cases[0].seed))
    tied = {(tie.submission_id, one.reviewer_id) for one in instance.reviewers for tie in one.ties}
    people = {person_id: number for number, person_id in reviewers.items()}
    found = allocate(_renamed(instance, people, {case_id: number for number, case_id in numbered.items()}))
    seats = frozenset((numbered[seat.submission_id], reviewers[seat.reviewer_id]) for seat in found.seats)
    return frozenset() if seats & tied else seats


def _renamed(instance: Instance, people: Mapping[str, str], cases: Mapping[str, str]) -> Instance:
    renamed = (
        replace(
            one,
            reviewer_id=people[one.reviewer_id],
            ties=tuple(replace(tie, submission_id=cases[tie.submission_id]) for tie in one.ties),
        )
        for one in instance.reviewers
    )
    waiting = tuple(replace(one, submission_id=cases[one.submission_id]) for one in instance.cases)
    return replace(instance, cases=waiting, reviewers=tuple(renamed))


def _drawn(cases: Sequence[Case], desk: Desk, day: date, wanted: Seating) -> tuple[Instance, Allocation] | None:
    # Between equals the lot decides, over ids that no two demos share. Of many seeds those come first that give
    # the wanted pairs low lots, until it falls as it should.
    seeds = (cases[0].new_id() for _ in range(_DRAWS * len(cases)))
    for seed in sorted(seeds, key=lambda seed: sum(lot(seed, *pair) for pair in wanted)):
        instance = _instance(cases, desk, day, seed)
        found = allocate(instance)
        if {(seat.submission_id, seat.reviewer_id) for seat in found.seats} == wanted:
            return instance, found
    # Seldom, and in a large agency, it falls so for no seed: the desk chooses by hand.
    return None


def _instance(cases: Sequence[Case], desk: Desk, day: date, seed: str) -> Instance:
    reviewers = tuple(_reviewer(one, cases, desk) for one in desk.reviewers)
    waiting = tuple(_waiting(case, day) for case in cases)
    return Instance(on=day, seed=seed, policy=Policy(), cases=waiting, reviewers=reviewers)


def _waiting(case: Case, day: date) -> CaseInput:
    content = case.content(day)
    return CaseInput(
        submission_id=case.submission_id,
        provider_id=case.provider.provider_id,
        field=content.field_iscedf,
        level=content.mqf_level_claimed,
        # Nobody noted which languages the invented reviewers read.
        languages=content.language_of_instruction or (),
        waiting_days=case.days["seating"],
        seats=_SEATS,
    )


def _reviewer(reviewer: Reviewer, cases: Sequence[Case], desk: Desk) -> ReviewerInput:
    return ReviewerInput(
        reviewer_id=reviewer.player.person_id,
        category=reviewer.category,
        expertise=tuple(Expertise(field=field, level=reviewer.highest_level) for field in reviewer.fields),
        languages=None,
        available=True,
        open_cases=desk.open_cases(reviewer),
        cap=desk.most_open_cases,
        ties=tuple(tie for case in cases for tie in _known_ties(reviewer, case, desk)),
    )


def _known_ties(reviewer: Reviewer, case: Case, desk: Desk) -> Iterator[KnownTie]:
    for tie in reviewer.ties:
        if tie.provider_id == case.provider.provider_id:
            bars = CATEGORIES[tie.category].effect is Effect.BAR
            yield KnownTie(submission_id=case.submission_id, code=tie.category, bars=bars)
    if desk.was_there_last(reviewer, case.provider):
        yield KnownTie(submission_id=case.submission_id, code="ROT", bars=False)


def _confirming(case: Case, chosen: Mapping[int, Reviewer], day: date) -> ConfirmProposal:
    candidates = tuple(
        Candidacy(
            reviewer_id=one.player.person_id,
            category=one.category,
            status="eligible",
            eligible_from=case.eligible_from,
            interests=tuple(
                Interest(provider_id=tie.provider_id, course_id=None, category=tie.category, since=tie.since)
                for tie in one.ties
            ),
        )
        for one in chosen.values()
    )
    return ConfirmProposal(
        submission_id=case.submission_id,
        candidates=candidates,
        on=day,
        remind_on=case.deadlines.reviewer_reminder(day),
        answer_by=case.deadlines.reviewer_answer(day),
        object_by=case.deadlines.objection_to_panel(day),
    )


def object_to(case: Case, day: date) -> ObjectToPanel:
    """Return the provider's objection to the second seat."""
    return ObjectToPanel(
        submission_id=case.submission_id,
        seats=(_SEATS[-1],),
        ground="competence",
        reasons=_OBJECTION,
        objected_by=case.provider.officer.person_id,
        on=day,
    )


def rule_on(case: Case, *, upheld: bool) -> RuleOnObjection:
    """Return the officer's answer to it."""
    return RuleOnObjection(submission_id=case.submission_id, upheld=upheld, reason=_UPHELD if upheld else _REJECTED)
