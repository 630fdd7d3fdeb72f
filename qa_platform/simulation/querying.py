"""A question of a reviewer to the provider: passed on in nobody's name, and answered, left, or taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from qa_platform.kernel.roles import Role, system
from qa_platform.reviews.commands import AnswerQuery, AskQuestion, CloseQuery, ForwardQuestion, TakeQuestionBack
from qa_platform.reviews.events.queries import EvidenceReference
from qa_platform.simulation.moves import Move
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from qa_platform.scoring.rubric import Criterion
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company, Reviewer

Manner = Literal["answered", "unanswered", "withdrawn", "taken back"]

# What becomes of a question, by the turn of the case among those that are released; in the others nobody asks.
_TURNS: Final[dict[int, Manner]] = {0: "answered", 3: "unanswered", 5: "withdrawn", 8: "taken back"}
_ROUND: Final = 10
_ASKING_SEAT: Final = 1
_ANSWERED_AFTER: Final = 2  # working days
_FOUND: Final = f"It is in another part of the submission, and I overlooked it {MARK}."
_ANSWER: Final = f"The document is attached; the part that shows it is marked {MARK}."
_EVIDENCE: Final = EvidenceReference(label=f"Marked document {MARK}", reference="https://simulated.example/document")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer asked: on which criteria, for which of them nothing came, and from which day on he can lock."""

    moves: tuple[Move, ...] = ()
    criteria: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    until: date = date.min


def asked_of_provider(case: Case, company: Company, seat: int, day: date) -> Asked:
    """Return what the reviewer of a seat asks after he passed the gate on a day; mostly nothing."""
    turn = case.fate.turn
    manner = None if turn is None or seat != _ASKING_SEAT else _TURNS.get(turn % _ROUND)
    if manner is None:
        return Asked()
    review_id, reviewer = case.reviewing[seat]
    criterion = _in_doubt(case, reviewer)
    question = AskQuestion(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        question_id=case.new_id(),
        criterion=criterion.id,
        text=f"I find no document that shows “{criterion.title.en}” {MARK}.",
        rubric=case.rubric,
        route=case.route,
    )
    day = working_days_after(day, 1)
    moves = [Move(day=day, actor=reviewer.player.actor, commands=(question,))]
    day = working_days_after(day, 1)
    if manner != "taken back":
        moves.append(_forwarded(case, company, question, criterion, day))
    ending = _settled(case, reviewer, question, manner, day)
    return Asked(
        moves=(*moves, ending),
        criteria=(criterion.id,) if manner in {"answered", "unanswered"} else (),
        lacking=(criterion.id,) if manner == "unanswered" else (),
        until=working_days_after(ending.day, 1),
    )


def _in_doubt(case: Case, reviewer: Reviewer) -> Criterion:
    lowest = min((each for each in case.judgements(reviewer) if each.score), key=lambda each: each.score or 0)
    return next(each for each in case.rubric.criteria if each.id == lowest.criterion)


def _forwarded(case: Case, company: Company, question: AskQuestion, criterion: Criterion, day: date) -> Move:
    forwarding = ForwardQuestion(
        submission_id=case.submission_id,
        query_id=question.question_id,
        provider_id=case.provider.provider_id,
        criterion=criterion.id,
        text=f"Please attach the document that shows “{criterion.title.en}” {MARK}.",
        on=day,
        due_on=case.deadlines.answer_to_query(day),
        scoring_closed=False,
    )
    return Move(day=day, actor=company.one(Role.INTAKE_OFFICER, case.number).actor, commands=(forwarding,))


def _settled(case: Case, reviewer: Reviewer, question: AskQuestion, manner: Manner, day: date) -> Move:
    query_id, due_on = question.question_id, case.deadlines.answer_to_query(day)
    match manner:
        case "answered":
            day = min(working_days_after(day, _ANSWERED_AFTER), due_on)
            answer = AnswerQuery(
                submission_id=case.submission_id, query_id=query_id, text=_ANSWER, evidence=(_EVIDENCE,), on=day
            )
            return Move(day=day, actor=case.provider.officer.actor, commands=(answer,))
        case "unanswered":
            day = due_on + timedelta(days=1)
            closing = CloseQuery(submission_id=case.submission_id, query_id=query_id, on=day)
            return Move(day=day, actor=system("deadlines"), commands=(closing,))
        case _:
            day = working_days_after(day, 1) if manner == "withdrawn" else day
            back = TakeQuestionBack(
                review_id=question.review_id,
                submission_id=case.submission_id,
                reviewer_id=question.reviewer_id,
                question_id=query_id,
                reason=_FOUND,
                settled=False,
            )
            return Move(day=day, actor=reviewer.player.actor, commands=(back,), stirs=manner == "withdrawn")
