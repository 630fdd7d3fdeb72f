"""The API of reviews: the gate, the sheet, the lock; each reviewer sees his own review and nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask.views import MethodView
from msgspec.structs import asdict

from qa_platform.kernel.rejected import Missing
from qa_platform.reviews import read_model
from qa_platform.reviews.api import gate
from qa_platform.reviews.api.blueprint import reviews_api, visible
from qa_platform.reviews.api.queries import queries_api
from qa_platform.reviews.commands import (
    AskQuestion,
    DeclineReview,
    LockReview,
    ScoreCriterion,
    TakeQuestionBack,
)
from qa_platform.reviews.decider import QueryStatus
from qa_platform.reviews.read_model import (
    QUERIES,
    REVIEWS,
    Agenda,
    QuestionRow,
    ReviewedSubmission,
    ReviewNoteRow,
    ReviewRow,
)
from qa_platform.reviews.schemas import (
    DeclineSchema,
    NoteSchema,
    ReviewedSubmissionSchema,
    ReviewQuerySchema,
    ReviewSchema,
    ReviewSummarySchema,
    ScoreSchema,
    ScoresSchema,
)
from qa_platform.reviews.schemas.queries import OwnQuestionSchema, QuestionSchema, TakeBackSchema
from qa_platform.web.context import actor, deadlines, ledger, new_id, platform, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run

__all__ = ["gate", "queries_api", "reviews_api"]

_SETTLED = {QueryStatus.ANSWERED, QueryStatus.UNANSWERED}


@reviews_api.route("")
class Reviews(MethodView):
    """All reviews."""

    @reviews_api.arguments(ReviewQuerySchema, location="query")
    @reviews_api.response(200, paged(ReviewSummarySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the reviews: a reviewer's own, or those of the cases that the asker runs."""
        connection, viewer = reading(), actor()
        found = page(
            connection,
            REVIEWS,
            read_model.select_reviews(viewer, **query),
            order_by=(REVIEWS.table.c.review_id.desc(),),
        )
        return {**found, "items": _timed(read_model.as_seen_by(viewer, connection, found["items"]))}


@reviews_api.route("/<review_id>")
class Review(MethodView):
    """One review."""

    @reviews_api.response(200, ReviewSchema)
    def get(self, review_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Show a review; its scores to its reviewer, and to others once scoring is closed."""
        row = visible(review_id)
        # Never 304: what others may see of a review changes without the review.
        return _timed([row])[0], 200, {"ETag": etag(row.version)}


@reviews_api.route("/<review_id>/decline")
class ReviewDecline(MethodView):
    """The end of a review that its reviewer does not want, or cannot, do."""

    @reviews_api.arguments(DeclineSchema)
    @reviews_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], review_id: str) -> Answer:
        """Decline a review, or give it back unfinished."""
        row = visible(review_id)
        command = DeclineReview(
            review_id=review_id, submission_id=row.submission_id, reviewer_id=actor().person_id, **body
        )
        return run(command, id=review_id)


@reviews_api.route("/<review_id>/submission")
class ReviewSubmission(MethodView):
    """What is under review."""

    @reviews_api.response(200, ReviewedSubmissionSchema)
    def get(self, review_id: str) -> ReviewedSubmission:
        """Show the submission at the version under review, beyond the conflict gate."""
        row = read_model.get_readable_review(reading(), review_id, actor())
        if row is None:
            raise Missing("There is no submission to read here: declare your interests in this review first.")
        release_reading()
        found = read_model.reviewed_submission(row, ledger().read_stream(f"submission-{row.submission_id}"))
        if found is None:
            raise Missing("The submission of this review is not there any more. Tell the administrator.")
        return found


@reviews_api.route("/<review_id>/notes")
class ReviewNotes(MethodView):
    """A reviewer's private notes."""

    @reviews_api.response(200, NoteSchema(many=True))
    def get(self, review_id: str) -> list[ReviewNoteRow]:
        """Show your own notes on a review."""
        row = visible(review_id)
        notes = read_model.list_notes(reading(), row.review_id, actor().person_id)
        release_reading()
        return ledger().open_rows(notes)


@reviews_api.route("/<review_id>/scores")
class ReviewScores(MethodView):
    """The sheet of a review."""

    @reviews_api.arguments(ScoresSchema)
    @reviews_api.response(200, ReceiptSchema)
    def patch(self, body: dict[str, Any], review_id: str) -> Answer:
        """Score several criteria at once: all, or none of them."""
        row = visible(review_id)
        return run([_scoring(row, **score) for score in body["scores"]], id=review_id)


@reviews_api.route("/<review_id>/scores/<criterion>")
class ReviewScore(MethodView):
    """The score of one criterion."""

    @reviews_api.arguments(ScoreSchema)
    @reviews_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], review_id: str, criterion: str) -> Answer:
        """Score a criterion, or score it again; the score before stays in the history."""
        return run(_scoring(visible(review_id), criterion=criterion, **body), id=review_id)


@reviews_api.route("/<review_id>/lock")
class ReviewLock(MethodView):
    """The lock that ends all change."""

    @reviews_api.response(200, ReceiptSchema)
    def put(self, review_id: str) -> Answer:
        """Lock a review in which every criterion is scored."""
        row = visible(review_id)
        asked = read_model.asked_of(reading(), review_id, row.submission_id)
        command = LockReview(
            review_id=review_id,
            submission_id=row.submission_id,
            reviewer_id=actor().person_id,
            rubric=read_model.rubric_under(reading(), row.rubric_hash),
            route=row.route,
            **asked._asdict(),
        )
        return run(command, id=review_id)


@reviews_api.route("/<review_id>/questions")
class ReviewQuestions(MethodView):
    """What a reviewer asks of the provider."""

    @reviews_api.response(200, OwnQuestionSchema(many=True))
    def get(self, review_id: str) -> list[QuestionRow]:
        """Show your own questions on a review; what became of them is told with the queries."""
        return read_model.list_questions(reading(), visible(review_id).review_id)

    @reviews_api.arguments(QuestionSchema)
    @reviews_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], review_id: str) -> Answer:
        """Ask the provider for evidence; an officer passes it on, and nobody learns that it is yours."""
        row, question_id = visible(review_id), new_id("question")
        command = AskQuestion(
            review_id=review_id,
            submission_id=row.submission_id,
            reviewer_id=actor().person_id,
            question_id=question_id,
            rubric=read_model.rubric_under(reading(), row.rubric_hash),
            route=row.route,
            **body,
        )
        return run(command, id=question_id, status=201)


@reviews_api.route("/<review_id>/questions/<question_id>/withdrawal")
class ReviewQuestionWithdrawal(MethodView):
    """The end of a question that is no question any more."""

    @reviews_api.arguments(TakeBackSchema)
    @reviews_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], review_id: str, question_id: str) -> Answer:
        """Take a question back, as long as it is not answered; the clock goes on."""
        row, query = visible(review_id), QUERIES.find(reading(), question_id)
        command = TakeQuestionBack(
            review_id=review_id,
            submission_id=row.submission_id,
            reviewer_id=actor().person_id,
            question_id=question_id,
            settled=query is not None and query.status in _SETTLED,
            **body,
        )
        return run(command, id=question_id)


def _timed(rows: Sequence[ReviewRow]) -> list[dict[str, Any]]:
    """Return reviews with what each reviewer owes as of today."""
    agenda = Agenda(on=today(), zone=platform().zone, deadlines=deadlines())
    owed = read_model.timings(reading(), rows, agenda)
    return [{**asdict(row), "timing": owed.get(row.review_id)} for row in rows]


def _scoring(row: ReviewRow, **score: Any) -> ScoreCriterion:  # noqa: ANN401 -- the fields of the schema
    return ScoreCriterion(
        review_id=row.review_id,
        submission_id=row.submission_id,
        reviewer_id=actor().person_id,
        rubric=read_model.rubric_under(reading(), row.rubric_hash),
        route=row.route,
        **score,
    )
