"""The proposal of a panel, as the platform makes it: found, kept, confirmed, and now and then objected to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.conflicts import CATEGORIES, Effect
from qa_platform.kernel.event import Command
from qa_platform.panels.commands import Candidacy, ConfirmProposal, Interest, ObjectToPanel, RuleOnObjection
from qa_platform.panels.decider.allocation import Allocation
from qa_platform.panels.events.allocation import CaseInput, Expertise, Instance, KnownTie, Policy, ReviewerInput
from qa_platform.panels.read_model import allocate, to_keep, to_propose

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Reviewer

_SEATS: Final = (1, 2)
_DRAWS: Final = 1_000
_OBJECTION: Final = "The course is about practice, and this side of the panel may not know it (simulated)."
_UPHELD: Final = "Somebody who practises what the course teaches is at hand (simulated)."
_REJECTED: Final = "Every reviewer of the panel is registered for the field of the course (simulated)."


def propose(case: Case, desk: Desk, day: date) -> tuple[Command, ...]:
    """Return the commands that propose and confirm a case's panel; none where the desk has to choose by hand."""
    wanted = _wanted(case, desk, day)
    if len(wanted) != len(_SEATS):
        return ()
    instance, found = _drawn(case, desk, day, wanted)
    kept = to_keep(case.new_id(), instance, found)
    (proposal,) = to_propose(kept, found, lambda _label: case.new_id())
    numbers = {reviewer.player.person_id: reviewer for reviewer in desk.reviewers}
    chosen = {seat.seat: desk.ask(numbers[seat.reviewer_id]) for seat in proposal.seats}
    case.reviewing = {seat.seat: (seat.review_id, chosen[seat.seat]) for seat in proposal.seats}
    return (kept, proposal, _confirming(case, chosen, day))


def _wanted(case: Case, desk: Desk, day: date) -> frozenset[str]:
    """Return who should sit, by ids that are the same in every demo; nobody where one of them has a tie."""
    names = {reviewer.player.person_id: f"{reviewer.number:06}" for reviewer in desk.reviewers}
    instance = _instance(case, desk, day, str(case.seed))
    cases = tuple(replace(one, submission_id="case") for one in instance.cases)
    people = tuple(
        replace(
            one,
            reviewer_id=names[one.reviewer_id],
            ties=tuple(replace(tie, submission_id="case") for tie in one.ties),
        )
        for one in instance.reviewers
    )
    found = allocate(replace(instance, cases=cases, reviewers=people))
    chosen = frozenset(seat.reviewer_id for seat in found.seats)
    tied = {one.reviewer_id for one in people if one.ties}
    return frozenset() if chosen & tied else frozenset(one for one, name in names.items() if name in chosen)


def _drawn(case: Case, desk: Desk, day: date, wanted: frozenset[str]) -> tuple[Instance, Allocation]:
    # Between equals the lot decides, over ids that no two demos share: draw until it falls as it should.
    for _ in range(_DRAWS):
        instance = _instance(case, desk, day, case.new_id())
        found = allocate(instance)
        if {seat.reviewer_id for seat in found.seats} == wanted:
            return instance, found
    raise RuntimeError(f"no lot of {_DRAWS} fell on the panel that the same reviewers were given by their numbers")


def _instance(case: Case, desk: Desk, day: date, seed: str) -> Instance:
    content = case.content(day)
    waiting = CaseInput(
        submission_id=case.submission_id,
        provider_id=case.provider.provider_id,
        field=content.field_iscedf,
        level=content.mqf_level_claimed,
        # Nobody noted which languages the invented reviewers read.
        languages=content.language_of_instruction or (),
        waiting_days=case.days["seating"],
        seats=_SEATS,
    )
    reviewers = tuple(_reviewer(one, case, desk) for one in desk.reviewers)
    return Instance(on=day, seed=seed, policy=Policy(), cases=(waiting,), reviewers=reviewers)


def _reviewer(reviewer: Reviewer, case: Case, desk: Desk) -> ReviewerInput:
    declared = [
        KnownTie(
            submission_id=case.submission_id,
            code=tie.category,
            bars=CATEGORIES[tie.category].effect is Effect.BAR,
        )
        for tie in reviewer.ties
        if tie.provider_id == case.provider.provider_id
    ]
    again = [KnownTie(submission_id=case.submission_id, code="ROT", bars=False)]
    return ReviewerInput(
        reviewer_id=reviewer.player.person_id,
        category=reviewer.category,
        expertise=tuple(Expertise(field=field, level=reviewer.highest_level) for field in reviewer.fields),
        languages=None,
        available=True,
        open_cases=desk.open_cases(reviewer),
        cap=desk.most_open_cases,
        ties=(*declared, *(again if desk.was_there_last(reviewer, case.provider) else ())),
    )


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
