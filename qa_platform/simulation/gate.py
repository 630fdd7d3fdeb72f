"""The conflict gate of a review: what is known of its reviewer, what he declares, and how that is ruled on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.conflicts import ConflictCode, SeenEffect
from qa_platform.kernel.roles import Role
from qa_platform.reviews.commands import DeclareInterests, ReverseRuling, RuleOnConflict
from qa_platform.reviews.events import KnownTie
from qa_platform.simulation.moves import Move
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company, Reviewer

UNDERTAKING: Final = "2026-1"
_RULED_ON: Final = 2  # the seat whose reviewer declares a tie that awaits a ruling
_WORDS_ON_TIES: Final = "A tie that I did not think of when I was asked (simulated)."
_ALLOWED: Final = "The joint work ended before the course was designed (simulated)."
_RULED_TOO_SOON: Final = "When the joint work ended had not been asked (simulated)."
_ALLOWED_AGAIN: Final = "He was asked: it ended before the course was designed (simulated)."


def declared(case: Case, company: Company, desk: Desk, seat: int, day: date) -> Iterator[Move]:
    """Give a declaration, and the rulings on it; one of them is taken back, and the tie ruled on anew."""
    review_id, reviewer = case.reviewing[seat]
    awaits_ruling = seat == _RULED_ON and case.fate.twist in {"ruling", "reversal"}
    categories: tuple[ConflictCode, ...] = ("COL",) if awaits_ruling else ()
    declaring = declaration(case, desk, review_id, reviewer, categories)
    yield Move(day=day, actor=reviewer.player.actor, commands=(declaring,))
    if not awaits_ruling:
        return
    secretary, day = company.one(Role.COMMITTEE_SECRETARY), working_days_after(day, 1)
    ruling = RuleOnConflict(
        review_id=review_id,
        submission_id=case.submission_id,
        ruled_by=secretary.person_id,
        ruling="allow",
        note=_ALLOWED,
    )
    yield Move(day=day, actor=secretary.actor, commands=(ruling,))
    if case.fate.twist == "reversal":
        reversing = ReverseRuling(
            review_id=review_id,
            submission_id=case.submission_id,
            reversed_by=secretary.person_id,
            reason=_RULED_TOO_SOON,
            seat_free=False,
        )
        again = replace(ruling, ruling="allow_with_note", note=_ALLOWED_AGAIN)
        yield Move(day=day, actor=secretary.actor, commands=(reversing,))
        yield Move(day=day, actor=secretary.actor, commands=(again,))


def declaration(
    case: Case, desk: Desk, review_id: str, reviewer: Reviewer, categories: tuple[ConflictCode, ...]
) -> DeclareInterests:
    """Return a declaration, beside what the system sees: that he reviewed for the provider before."""
    seen = case.deadlines.rotation.effect is SeenEffect.WARN and desk.has_reviewed(reviewer, case.provider)
    again = KnownTie(category="ROT", source="seen", effect="warn")
    return DeclareInterests(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        categories=categories,
        undertaking=UNDERTAKING,
        detail=_WORDS_ON_TIES if categories else None,
        known=(again,) if seen else (),
    )
