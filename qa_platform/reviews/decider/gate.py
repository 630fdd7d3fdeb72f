"""The conflict gate: nothing of a submission is shown before its reviewer has passed it."""

from __future__ import annotations

from collections.abc import Iterable

from qa_platform.kernel import conflicts
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.sealed import seal
from qa_platform.reviews.commands import (
    DeclareInterests,
    DeclineReview,
    EndReview,
    InviteReviewer,
    ReverseRuling,
    RuleOnConflict,
)
from qa_platform.reviews.decider.refusals import (
    DeclarationIncomplete,
    InterestsAlreadyDeclared,
    NoConflictToRuleOn,
    NoteMissing,
    ReviewAlreadyExists,
    ReviewAlreadyLocked,
    ReviewerBarred,
    ReviewOver,
    RulingFinal,
    refuse_others,
)
from qa_platform.reviews.decider.state import Review, Status
from qa_platform.reviews.events import (
    ConflictRuled,
    Effect,
    InterestsDeclared,
    KnownTie,
    ReviewDeclined,
    ReviewEnded,
    ReviewerInvited,
    ReviewEvent,
    Ruling,
    RulingReversed,
    TiesKnown,
)

# The key of this purpose is destroyed on its own, when conflicts need not be proved any more.
INTERESTS = "interests"
_HARSHEST_FIRST: tuple[Effect, ...] = ("bar", "officer_decides", "undertaking")


def invite(command: InviteReviewer, review: Review) -> list[ReviewEvent]:
    """Ask a reviewer, once."""
    if review.status is not Status.NONE:
        if (review.submission_id, review.reviewer_id) == (command.submission_id, command.reviewer_id):
            return []
        raise ReviewAlreadyExists("The reviewer was not invited: this review is somebody else's. Begin a new one.")

    return [
        ReviewerInvited(
            review_id=command.review_id,
            submission_id=command.submission_id,
            provider_id=command.provider_id,
            route=command.route,
            reviewer_id=command.reviewer_id,
            seat=command.seat,
            standard_id=command.standard_id,
            rubric_version=command.rubric_version,
            rubric_hash=command.rubric_hash,
            submission_version=command.submission_version,
        )
    ]


def declare(command: DeclareInterests, review: Review) -> list[ReviewEvent]:
    """Take a declaration, and let the rules say what follows from its categories."""
    refuse_others(command.reviewer_id, review)
    if review.undertaking:
        if (review.categories, review.undertaking) == (command.categories, command.undertaking):
            return []
        raise InterestsAlreadyDeclared(
            "Your declaration was not changed: interests are declared once for each review. "
            "If something new came up, decline the review, or tell the committee secretary."
        )
    if review.status is not Status.INVITED:
        raise ReviewOver("Your declaration was not recorded: this review is no longer yours to do.")
    _refuse_incomplete(command)

    declared = InterestsDeclared(
        review_id=command.review_id,
        reviewer_id=command.reviewer_id,
        categories=command.categories,
        effect=effect_of(command.categories, command.known),
        undertaking=command.undertaking,
        detail=seal(command.reviewer_id, command.detail, purpose=INTERESTS) if command.detail else None,
    )
    if not command.known:
        return [declared]
    return [
        TiesKnown(review_id=command.review_id, reviewer_id=command.reviewer_id, ties=command.known),
        declared,
    ]


def effect_of(categories: Iterable[str], known: Iterable[KnownTie] = ()) -> Effect:
    """Return the harshest of what the declared categories and the known ties do; a warning stops nobody."""
    effects = {conflicts.CATEGORIES[category].effect.value for category in categories}
    effects |= {tie.effect for tie in known}
    return next((effect for effect in _HARSHEST_FIRST if effect in effects), "none")


def _refuse_incomplete(command: DeclareInterests) -> None:
    unknown = [category for category in command.categories if category not in conflicts.CATEGORIES]
    if unknown:
        message = f"“{unknown[0]}” is no category of interest. Choose from the list."
        raise DeclarationIncomplete(f"Your declaration was not recorded: {message}", (Fault("categories", message),))
    if not command.undertaking.strip():
        message = "Agree to the text of the undertaking."
        raise DeclarationIncomplete(f"Your declaration was not recorded. {message}", (Fault("undertaking", message),))


def rule(command: RuleOnConflict, review: Review) -> list[ReviewEvent]:
    """Take a ruling on a declared interest, from anybody but its reviewer."""
    ruling: Ruling = "bar" if command.ruling == "bar" else "allow"
    if review.ruling == ruling:
        return []
    if command.ruled_by == review.reviewer_id:
        raise NoConflictToRuleOn("The ruling was not recorded: nobody rules on his own interest. Ask the secretary.")
    if review.status is not Status.CONFLICT_PENDING:
        raise NoConflictToRuleOn("The ruling was not recorded: no declared interest in this review awaits one.")
    note = (command.note or "").strip()
    if command.ruling == "allow_with_note" and not note:
        message = "Write the note, or allow it without one."
        raise NoteMissing(f"The ruling was not recorded: it has no note. {message}", (Fault("note", message),))
    if ruling == "allow" and review.effect == "bar" and not note:
        message = "Allow it with a note that says why he may review all the same."
        raise NoteMissing(f"The ruling was not recorded: the rules bar this tie. {message}", (Fault("note", message),))

    return [
        ConflictRuled(
            review_id=command.review_id,
            reviewer_id=review.reviewer_id,
            ruling=ruling,
            note=seal(review.reviewer_id, note, purpose=INTERESTS) if note else None,
        )
    ]


def reverse(command: ReverseRuling, review: Review) -> list[ReviewEvent]:
    """Take a ruling back until the review is locked, or a bar of the rules: the tie then awaits a ruling."""
    if review.ruling is None and review.status is not Status.BARRED:
        raise NoConflictToRuleOn("No ruling was taken back: none stands in this review. Look at the list of conflicts.")
    if command.reversed_by == review.reviewer_id:
        raise RulingFinal("The ruling was not taken back: nobody rules on his own interest. Ask the secretary.")
    _refuse_too_late(command, review)
    if not command.reason.strip():
        message = "Give the reason, in a sentence or more."
        raise NoteMissing(f"The ruling was not taken back. {message}", (Fault("reason", message),))

    return [
        RulingReversed(
            review_id=command.review_id,
            reviewer_id=review.reviewer_id,
            seat=review.seat,
            ruling="bar" if review.status is Status.BARRED else "allow",
            reason=seal(review.reviewer_id, command.reason.strip(), purpose=INTERESTS),
        )
    ]


def _refuse_too_late(command: ReverseRuling, review: Review) -> None:
    if review.status is Status.LOCKED:
        raise RulingFinal(
            "The ruling was not taken back: the review is locked, and its scores count. "
            "Tell the committee of the tie, which can weigh it."
        )
    if review.status in {Status.DECLINED, Status.ENDED}:
        raise RulingFinal("The ruling was not taken back: the review is over. Give the reviewer another case.")
    if review.status is not Status.BARRED:
        return
    if not command.seat_free:
        raise RulingFinal(
            "The bar was not taken back: the seat is not free any more, or scoring is closed. "
            "Give the reviewer another case."
        )
    if command.cap is not None and command.open_cases >= command.cap:
        raise RulingFinal(
            f"The bar was not taken back: the reviewer has {command.open_cases} open cases by now, and {command.cap} "
            "are the most that he takes. Give the seat to somebody else, or wait until he has locked one."
        )
    # What he declared at the gate can be a slip; what is on record is put right there, or it holds.
    on_record = [tie.category for tie in command.known if tie.effect == "bar"]
    if review.ruling is None and on_record:
        raise RulingFinal(
            f"The bar was not taken back: the platform knows of a tie of category “{on_record[0]}” that bars him. "
            "Have it put right where it is recorded, if it is wrong, or give the reviewer another case."
        )


def decline(command: DeclineReview, review: Review) -> list[ReviewEvent]:
    """Let a reviewer go who does not want to, or cannot, do the review."""
    refuse_others(command.reviewer_id, review)
    match review.status:
        case Status.DECLINED:
            return []
        case Status.LOCKED:
            raise ReviewAlreadyLocked("The review was not declined: you locked it, and it is part of the case.")
        case Status.BARRED:
            raise ReviewerBarred("The review was not declined: a conflict of interest bars you from it already.")
        case Status.ENDED:
            raise ReviewOver("The review was not declined: it is no longer yours to do.")
        case _:
            return [ReviewDeclined(review_id=command.review_id, reviewer_id=command.reviewer_id, reason=command.reason)]


def end(command: EndReview, review: Review) -> list[ReviewEvent]:
    """End a review whose reviewer lost the seat; one that is over already stays as it is."""
    if review.status in {Status.DECLINED, Status.BARRED, Status.ENDED}:
        return []

    return [ReviewEnded(review_id=command.review_id, reviewer_id=review.reviewer_id, ground=command.ground)]
