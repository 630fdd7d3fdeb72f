"""The conflict gate over the API: what is known, what is declared, and how it is ruled on."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from msgspec.structs import asdict

from qa_platform.kernel.rejected import Missing
from qa_platform.reviews import read_model
from qa_platform.reviews.api.blueprint import reviews_api, visible
from qa_platform.reviews.commands import DeclareInterests, ReverseRuling, RuleOnConflict
from qa_platform.reviews.decider import Status
from qa_platform.reviews.read_model import CONFLICTS, ReviewRow, ToldTie
from qa_platform.reviews.schemas import InterestsSchema, RulingSchema
from qa_platform.reviews.schemas.gate import ConflictQuerySchema, ConflictSchema, ConflictSummarySchema, ReversalSchema
from qa_platform.web.context import actor, deadlines, ledger, platform, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@reviews_api.route("/conflicts")
class ReviewConflicts(MethodView):
    """All conflicts of interest in reviews."""

    @reviews_api.arguments(ConflictQuerySchema, location="query")
    @reviews_api.response(200, paged(ConflictSummarySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the reviews in which a tie is known or declared; `awaiting=true` for those that wait for a ruling."""
        return page(
            reading(),
            CONFLICTS,
            read_model.select_conflicts(actor(), **query),
            order_by=(CONFLICTS.table.c.review_id.desc(),),
        )


@reviews_api.route("/<review_id>/conflict")
class ReviewConflict(MethodView):
    """What ties the reviewer of one review to its case."""

    @reviews_api.response(200, ConflictSchema)
    def get(self, review_id: str) -> dict[str, Any]:
        """Show what is known, declared and ruled; to the reviewer before he is asked, too."""
        review = visible(review_id)
        row = read_model.conflict_of(reading(), review_id)
        if row is None:
            raise Missing("There is nothing to tell of this review. Check the address.")
        known = _known(review) if review.status == Status.INVITED.value else None
        release_reading()
        opened = asdict(ledger().open_rows([row])[0])
        return {**opened, "status": review.status} | ({} if known is None else {"known": known})


@reviews_api.route("/<review_id>/interests")
class ReviewInterests(MethodView):
    """The conflict gate."""

    @reviews_api.arguments(InterestsSchema)
    @reviews_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], review_id: str) -> Answer:
        """Declare what ties you to the provider or the course, or that nothing does.

        What you declared in advance, and what the system sees by itself, counts without being declared again.
        """
        row = visible(review_id)
        command = DeclareInterests(
            review_id=review_id,
            submission_id=row.submission_id,
            reviewer_id=actor().person_id,
            known=tuple(told.tie for told in _known(row)),
            **body,
        )
        return run(command, id=review_id)


@reviews_api.route("/<review_id>/ruling")
class ReviewRuling(MethodView):
    """The ruling on a tie."""

    @reviews_api.arguments(RulingSchema)
    @reviews_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], review_id: str) -> Answer:
        """Rule whether a tie bars the reviewer: bar, allow, or allow with a note."""
        row = visible(review_id)
        command = RuleOnConflict(
            review_id=review_id, submission_id=row.submission_id, ruled_by=actor().person_id, **body
        )
        return run(command, id=review_id)


@reviews_api.route("/<review_id>/ruling/reversal")
class ReviewRulingReversal(MethodView):
    """The end of a ruling that was wrong."""

    @reviews_api.arguments(ReversalSchema)
    @reviews_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], review_id: str) -> Answer:
        """Take a ruling back, until the review is locked; the tie awaits a ruling again.

        A reviewer whom it barred is given his seat again, as long as nobody else has it. So is one whom the rules
        barred for what he declared by a slip, unless a tie that is on record bars him.
        """
        row = visible(review_id)
        panel = read_model.find_review_panel(reading(), row.submission_id)
        workload = read_model.workload_of(reading(), row.reviewer_id)
        command = ReverseRuling(
            review_id=review_id,
            submission_id=row.submission_id,
            reversed_by=actor().person_id,
            seat_free=panel is not None and panel.is_free(row.seat, review_id),
            known=tuple(told.tie for told in _known(row)),
            open_cases=workload.open_cases,
            cap=workload.cap,
            **body,
        )
        # Who seats somebody else at the same moment moves the panel's stream, and one of the two is told.
        return run(command, id=review_id, depends_on=() if panel is None else (panel.stream_version,))


def _known(row: ReviewRow) -> tuple[ToldTie, ...]:
    return read_model.known_ties(reading(), row, today(), platform().zone, rotation=deadlines().rotation)
