"""The review of a case: seats, the conflict gate, two blind sheets, and what the lead settles."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Actor, Role
from qa_platform.panels.commands import (
    AssignLead,
    AssignReviewer,
    Interest,
    StandReviewerDown,
)
from qa_platform.reviews.commands import DeclareInterests, DeclineReview, LockReview, RuleOnConflict, ScoreCriterion
from qa_platform.reviews.events import Pointer
from qa_platform.simulation import remarks, scoring_model
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.moderating import moderating
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.proposing import object_to, propose, rule_on
from qa_platform.simulation.reporting import reporting

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company, Reviewer

UNDERTAKING: Final = "2026-1"
_OVERDUE_AFTER: Final = 11
_SEATS: Final = 2
_PROPOSED: Final = 6  # every so manieth panel is proposed, the others are seated by hand
_OBJECTS: Final = 4 * _PROPOSED  # every so manieth provider objects to its panel
_FIRST_AREAS: Final = "ABC"  # what a reviewer reads in the first sitting
_BARRING: Final[tuple[ConflictCode, ...]] = ("EMP", "CON", "FAM", "GIF")
_WORDS_ON_TIES: Final = "A tie that I did not think of when I was asked (simulated)."
_IN_ONE_GO: Final = 2  # every other reviewer sits down once for a whole sheet
_RESCORED: Final = 0.15  # the share of sheets in which a reviewer changes a score on second thought


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does on a day; the two seats make theirs independently."""

    day: date
    actor: Actor
    commands: tuple[Command, ...]
    stirs: bool = False


# What happens on a seat; it returns the day on which its next holder can begin.
Moves = Generator[Move, None, date]


def reviewing(case: Case, company: Company, desk: Desk, day: date) -> Step:
    """Give what happens from the seating of the reviewers to the final report."""
    day = case.later(day, "seating")
    proposed = () if case.number % _PROPOSED else propose((case,), desk, day)
    seating = proposed or by_hand(case, desk, day)
    yield Act(
        at=case.at(day),
        actor=company.one(Role.INTAKE_OFFICER, case.number).actor,
        commands=(*seating, leading(case, company, day)),
        stirs=True,
    )
    if case.fate.ending == "invited":
        return day
    objected = bool(proposed) and case.number % _OBJECTS == 0
    return (yield from reviewed(case, company, desk, day, objected=objected))


def leading(case: Case, company: Company, day: date) -> AssignLead:
    """Return who leads the panel of a case."""
    lead = company.one(Role.LEAD_REVIEWER, case.number)
    return AssignLead(
        submission_id=case.submission_id, lead_id=lead.person_id, is_lead_reviewer=True, interests=(), on=day
    )


def reviewed(case: Case, company: Company, desk: Desk, day: date, *, objected: bool = False) -> Step:
    """Give what the seated do, from the gate to the final report."""
    moves = [move for seat in (1, 2) for move in _seat(case, company, desk, seat, day, objected=objected)]
    moves = sorted(moves, key=lambda each: each.day)
    for move in moves:
        # The scoring closes once the last sheet is locked.
        stirs = move.stirs or move is moves[-1]
        yield Act(at=case.at(move.day), actor=move.actor, commands=move.commands, stirs=stirs)
    day = moves[-1].day
    if case.fate.ending in {"scoring", "withdrawn_late"}:
        return day
    lead = company.one(Role.LEAD_REVIEWER, case.number)
    day = yield from moderating(case, lead, day)
    if case.fate.ending == "moderation":
        return day
    return (yield from reporting(case, company, lead, day))


def by_hand(case: Case, desk: Desk, day: date) -> tuple[Command, ...]:
    """Return the commands that seat reviewers whom the desk chose itself."""
    asked = [desk.choose(case, case.chance, set())]
    asked.append(desk.choose(case, case.chance, {asked[0].number}))
    case.reviewing = {seat: (case.new_id(), reviewer) for seat, reviewer in enumerate(asked, start=1)}
    return tuple(_assign(case, desk, seat, day) for seat in case.reviewing)


def _objected(case: Case, company: Company, desk: Desk, day: date) -> Moves:
    asked, answered = working_days_after(day, 1), working_days_after(day, 2)
    yield Move(day=asked, actor=case.provider.officer.actor, commands=(object_to(case, asked),))
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    upheld = case.number // _OBJECTS % 2 == 1
    yield Move(day=answered, actor=officer, commands=(rule_on(case, upheld=upheld),), stirs=upheld)
    if not upheld:
        return case.later(day, "gate")
    return (yield from _asked_anew(case, company, desk, _SEATS, working_days_after(answered, 1), ()))


def _seat(case: Case, company: Company, desk: Desk, seat: int, day: date, *, objected: bool) -> Iterator[Move]:
    if objected and seat == _SEATS:
        day = yield from _objected(case, company, desk, day)
    else:
        day = case.later(day, "gate")
    if seat == 1:
        if case.fate.twist in {"conflict", "decline"}:
            day = yield from _replaced(case, company, desk, day)
        elif case.fate.twist == "overdue":
            day = yield from _overdue(case, company, desk, day)
    yield from _declared(case, company, seat, day)
    yield from _scored(case, desk, seat, day)


def _replaced(case: Case, company: Company, desk: Desk, day: date) -> Moves:
    review_id, reviewer = case.reviewing[1]
    asked: Command
    if case.fate.twist == "conflict":
        category = case.chance.choice(_BARRING)
        asked = _declaration(case, review_id, reviewer, (category,))
    else:
        asked = DeclineReview(
            review_id=review_id,
            submission_id=case.submission_id,
            reviewer_id=reviewer.player.person_id,
            reason=case.chance.choice(("workload", "expertise", "personal")),
        )
    yield Move(day=day, actor=reviewer.player.actor, commands=(asked,), stirs=True)
    return (yield from _asked_anew(case, company, desk, 1, working_days_after(day, 1), ()))


def _overdue(case: Case, company: Company, desk: Desk, day: date) -> Moves:
    review_id, reviewer = case.reviewing[1]
    yield Move(day=day, actor=reviewer.player.actor, commands=(_declaration(case, review_id, reviewer, ()),))
    down = StandReviewerDown(submission_id=case.submission_id, review_id=review_id, ground="overdue")
    return (yield from _asked_anew(case, company, desk, 1, working_days_after(day, _OVERDUE_AFTER), (down,)))


def _asked_anew(  # noqa: PLR0917 -- what one seat of a case is about
    case: Case, company: Company, desk: Desk, seat: int, day: date, before: tuple[Command, ...]
) -> Moves:
    _, gone = case.reviewing[seat]
    desk.done(gone, case.provider, reviewed=False)
    others = {reviewer.number for _, reviewer in case.reviewing.values()}
    case.reviewing[seat] = (case.new_id(), desk.choose(case, case.chance, others))
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    yield Move(day=day, actor=officer, commands=(*before, _assign(case, desk, seat, day)), stirs=True)
    return working_days_after(day, 1)


def _assign(case: Case, desk: Desk, seat: int, day: date) -> AssignReviewer:
    review_id, reviewer = case.reviewing[seat]
    return AssignReviewer(
        submission_id=case.submission_id,
        review_id=review_id,
        reviewer_id=reviewer.player.person_id,
        seat=seat,
        reasons=desk.reasons(reviewer, case),
        status="eligible",
        interests=tuple(
            Interest(provider_id=tie.provider_id, course_id=None, category=tie.category, since=tie.since)
            for tie in reviewer.ties
        ),
        eligible_from=case.eligible_from,
        on=day,
    )


def _declared(case: Case, company: Company, seat: int, day: date) -> Iterator[Move]:
    review_id, reviewer = case.reviewing[seat]
    awaits_ruling = seat == _SEATS and case.fate.twist == "ruling"
    categories: tuple[ConflictCode, ...] = ("COL",) if awaits_ruling else ()
    declaration = _declaration(case, review_id, reviewer, categories)
    yield Move(day=day, actor=reviewer.player.actor, commands=(declaration,))
    if awaits_ruling:
        secretary = company.one(Role.COMMITTEE_SECRETARY)
        ruling = RuleOnConflict(
            review_id=review_id,
            submission_id=case.submission_id,
            ruled_by=secretary.person_id,
            ruling="allow",
            note="The joint work ended before the course was designed (simulated).",
        )
        yield Move(day=working_days_after(day, 1), actor=secretary.actor, commands=(ruling,))


def _declaration(
    case: Case, review_id: str, reviewer: Reviewer, categories: tuple[ConflictCode, ...]
) -> DeclareInterests:
    return DeclareInterests(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        categories=categories,
        undertaking=UNDERTAKING,
        detail=_WORDS_ON_TIES if categories else None,
    )


def _scored(case: Case, desk: Desk, seat: int, day: date) -> Iterator[Move]:
    review_id, reviewer = case.reviewing[seat]
    actor = reviewer.player.actor
    scored = [_scoring(case, review_id, reviewer, each) for each in case.judgements(reviewer)]
    first, second = _sittings(case, reviewer, scored)
    # The second seat is the quicker one, now and then by days.
    half = working_days_after(day, max(1, case.days["scoring"] // 2 - seat % 2))
    if first:
        yield Move(day=half, actor=actor, commands=tuple(first))
    if seat == 1 and case.fate.ending in {"scoring", "withdrawn_late"}:
        desk.done(reviewer, case.provider, reviewed=False)
        return
    done = working_days_after(day, case.days["scoring"] - (seat - 1) * case.chance.randrange(3))
    if case.fate.ending == "scoring":
        done = half
    locking = LockReview(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        rubric=case.rubric,
        route=case.route,
    )
    yield Move(day=done, actor=actor, commands=(*second, locking))
    desk.done(reviewer, case.provider, reviewed=True)


def _sittings(
    case: Case, reviewer: Reviewer, scored: list[ScoreCriterion]
) -> tuple[list[ScoreCriterion], list[ScoreCriterion]]:
    """Return what is scored first, and what with the lock; some do it all at once, some think again."""
    first = [each for each in scored if each.criterion[0] in _FIRST_AREAS]
    second = scored[len(first) :]
    again = next((each for each in first if each.score in {2, 3}), None)
    if case.chance.random() < _RESCORED and again is not None:
        return [_before(case, each) if each is again else each for each in first], [*second, again]
    if reviewer.number % _IN_ONE_GO == 0 and case.fate.ending in {"released", "awaiting", "decided"}:
        return [], scored
    return first, second


def _before(case: Case, final: ScoreCriterion) -> ScoreCriterion:
    criterion = case.rubric.criterion(final.criterion)
    if criterion is None or final.score is None:
        return final
    other = 5 - final.score
    return msgspec.structs.replace(
        final, score=other, comment=remarks.comment(case.chance, criterion, other), confidence="low", private_note=None
    )


def _scoring(case: Case, review_id: str, reviewer: Reviewer, judged: scoring_model.Judgement) -> ScoreCriterion:
    return ScoreCriterion(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        criterion=judged.criterion,
        score=judged.score,
        comment=judged.comment,
        confidence=judged.confidence,
        rubric=case.rubric,
        route=case.route,
        not_applicable_reason=judged.not_applicable_reason,
        private_note=judged.private_note,
        evidence=tuple(Pointer(field=field, note=note) for field, note in judged.evidence),
        insufficient_evidence=judged.insufficient_evidence,
    )
