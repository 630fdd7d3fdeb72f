"""On what terms a reviewer can be asked, over the API: for the agency, and for himself."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.reviewers.api.blueprint import reviewers_api, visible
from qa_platform.reviewers.commands import (
    ChangeCap,
    ChangeCompetences,
    ChangeLanguages,
    DeclareUnavailable,
    EndPost,
    RecordPost,
    WithdrawUnavailability,
)
from qa_platform.reviewers.schemas.lifecycle import (
    AbsenceSchema,
    CapSchema,
    CompetencesSchema,
    EndSchema,
    LanguagesSchema,
    PostSchema,
)
from qa_platform.web.context import new_id, today
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@reviewers_api.route("/<person_id>/competences")
class ReviewerCompetences(MethodView):
    """What a reviewer can judge, by field and level."""

    @reviewers_api.arguments(CompetencesSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Replace what a reviewer can judge."""
        return run(ChangeCompetences(person_id=visible(person_id).person_id, **body), id=person_id)


@reviewers_api.route("/<person_id>/languages")
class ReviewerLanguages(MethodView):
    """In which languages a reviewer reads."""

    @reviewers_api.arguments(LanguagesSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Replace the languages in which a reviewer can read a course."""
        return run(ChangeLanguages(person_id=visible(person_id).person_id, **body), id=person_id)


@reviewers_api.route("/<person_id>/cap")
class ReviewerCap(MethodView):
    """How many open cases a reviewer has at most."""

    @reviewers_api.arguments(CapSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Change how many open cases a reviewer has at most."""
        return run(ChangeCap(person_id=visible(person_id).person_id, **body), id=person_id)


@reviewers_api.route("/<person_id>/absences")
class ReviewerAbsences(MethodView):
    """When a reviewer cannot be asked."""

    @reviewers_api.arguments(AbsenceSchema)
    @reviewers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], person_id: str) -> Answer:
        """Declare days on which a reviewer cannot be asked."""
        row, period_id = visible(person_id), new_id("absence")
        return run(DeclareUnavailable(person_id=row.person_id, period_id=period_id, **body), id=period_id, status=201)


@reviewers_api.route("/<person_id>/absences/<period_id>")
class ReviewerAbsence(MethodView):
    """One declared absence."""

    @reviewers_api.response(200, ReceiptSchema)
    def delete(self, person_id: str, period_id: str) -> Answer:
        """Take a declared absence back."""
        row = visible(person_id)
        return run(WithdrawUnavailability(person_id=row.person_id, period_id=period_id), id=period_id)


@reviewers_api.route("/<person_id>/posts")
class ReviewerPosts(MethodView):
    """Where a reviewer works and worked."""

    @reviewers_api.arguments(PostSchema)
    @reviewers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], person_id: str) -> Answer:
        """Record that a reviewer works, or worked, for a provider."""
        row, post_id = visible(person_id), new_id("post")
        return run(RecordPost(person_id=row.person_id, post_id=post_id, on=today(), **body), id=post_id, status=201)


@reviewers_api.route("/<person_id>/posts/<post_id>/end")
class ReviewerPostEnd(MethodView):
    """The end of a post."""

    @reviewers_api.arguments(EndSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str, post_id: str) -> Answer:
        """Say when a reviewer stopped working for a provider."""
        row = visible(person_id)
        return run(EndPost(person_id=row.person_id, post_id=post_id, **body), id=post_id)
