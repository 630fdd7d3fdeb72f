"""The API of queries: what waits to be passed on, what went to the provider, and its answer."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.rejected import Missing
from qa_platform.reviews import read_model
from qa_platform.reviews.commands import AnswerQuery, ForwardQuestion
from qa_platform.reviews.read_model import QUERIES, QUESTIONS, QueryRow
from qa_platform.reviews.schemas.queries import (
    AnswerSchema,
    ForwardSchema,
    QueriesQuerySchema,
    QuerySchema,
    WaitingQuestionSchema,
)
from qa_platform.web.context import actor, deadlines, reading, today
from qa_platform.web.paging import PageQuerySchema, page, paged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

queries_api = Blueprint("queries", __name__, url_prefix="/api/v1/queries", description="Questions to the provider")


@queries_api.route("")
class Queries(MethodView):
    """All queries."""

    @queries_api.arguments(QueriesQuerySchema, location="query")
    @queries_api.response(200, paged(QuerySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the questions to providers: a provider's own, or those of the cases that the asker reads."""
        column = QUERIES.table.c
        order = (column.due_on.desc(), column.submission_id, column.number)
        return page(reading(), QUERIES, read_model.select_queries(actor(), **query), order_by=order)


@queries_api.route("/waiting")
class WaitingQuestions(MethodView):
    """What reviewers asked, and nobody passed on yet."""

    @queries_api.arguments(PageQuerySchema, location="query")
    @queries_api.response(200, paged(WaitingQuestionSchema))
    def get(self, _query: dict[str, Any]) -> dict[str, Any]:
        """List the questions that wait to be passed on, without who asked; the oldest first."""
        found = read_model.select_waiting(actor())
        return page(reading(), QUESTIONS, found, order_by=(QUESTIONS.table.c.asked_at,))


@queries_api.route("/<query_id>")
class Query(MethodView):
    """One query."""

    @queries_api.response(200, QuerySchema)
    def get(self, query_id: str) -> QueryRow:
        """Show a question to the provider, and its answer."""
        return _visible(query_id)

    @queries_api.arguments(ForwardSchema)
    @queries_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], query_id: str) -> Answer:
        """Pass a question on to the provider, as it was asked or in other words; the clock stands still from now on."""
        asked = read_model.find_question(reading(), query_id, actor())
        if asked is None or asked.taken_back:
            raise Missing("There is no such question to pass on. Look at what is waiting.")
        row = read_model.review_of(reading(), asked.review_id)
        command = ForwardQuestion(
            submission_id=asked.submission_id,
            query_id=query_id,
            provider_id=row.provider_id,
            criterion=asked.criterion,
            text=body.get("text") or asked.text,
            on=today(),
            due_on=body.get("due_on") or deadlines().answer_to_query(today()),
            scoring_closed=read_model.scoring_is_closed(reading(), asked.submission_id),
        )
        return run(command, id=query_id)


@queries_api.route("/<query_id>/answer")
class QueryAnswer(MethodView):
    """The provider's answer."""

    @queries_api.arguments(AnswerSchema)
    @queries_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], query_id: str) -> Answer:
        """Answer a question, in words and with where the evidence is."""
        row = _visible(query_id)
        return run(AnswerQuery(submission_id=row.submission_id, query_id=query_id, on=today(), **body), id=query_id)


def _visible(query_id: str) -> QueryRow:
    row = read_model.find_query(reading(), query_id, actor())
    if row is None:
        raise Missing("There is no such question among those that you may see. Check the address.")
    return row
