"""The API of reviewers: for the agency, and for each reviewer about himself."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from qa_platform.reviewers import read_model
from qa_platform.reviewers.api.blueprint import found, on_whose_wish, own, reviewers_api, visible
from qa_platform.reviewers.commands import (
    ChangeExpertise,
    DeclareEligible,
    DeclareInterest,
    EndInterest,
    PauseReviewer,
    RegisterReviewer,
    ResumeReviewer,
)
from qa_platform.reviewers.read_model import REVIEWERS, ReviewerRow
from qa_platform.reviewers.schemas import (
    DeclareInterestSchema,
    EligibilitySchema,
    EndInterestSchema,
    ExpertiseSchema,
    PauseSchema,
    RegisterReviewerSchema,
    ResumptionSchema,
    ReviewerQuerySchema,
    ReviewerSchema,
)
from qa_platform.web.context import actor, new_id, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@reviewers_api.route("")
class Reviewers(MethodView):
    """All reviewers."""

    @reviewers_api.arguments(ReviewerQuerySchema, location="query")
    @reviewers_api.response(200, paged(ReviewerSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the reviewers."""
        return page(
            reading(),
            REVIEWERS,
            read_model.select_reviewers(actor(), **query),
            order_by=(REVIEWERS.table.c.person_id,),
        )

    @reviewers_api.arguments(RegisterReviewerSchema)
    @reviewers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Let a person offer to review."""
        person_id = body["person_id"]
        return run(
            RegisterReviewer(simulated=actor().simulated, **body),
            id=person_id,
            location=f"/api/v1/reviewers/{person_id}",
            status=201,
        )


@reviewers_api.route("/me")
class Me(MethodView):
    """The reviewer who asks."""

    @reviewers_api.response(200, ReviewerSchema)
    def get(self) -> tuple[ReviewerRow, int, dict[str, str]] | Response:
        """Show your own entry."""
        return tagged(found(read_model.get_own(reading(), actor()), actor().person_id))


@reviewers_api.route("/<person_id>")
class Reviewer(MethodView):
    """One reviewer."""

    @reviewers_api.response(200, ReviewerSchema)
    def get(self, person_id: str) -> tuple[ReviewerRow, int, dict[str, str]] | Response:
        """Show a reviewer, to the agency and to himself."""
        return tagged(visible(person_id))


@reviewers_api.route("/<person_id>/expertise")
class ReviewerExpertise(MethodView):
    """What a reviewer knows."""

    @reviewers_api.arguments(ExpertiseSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Replace what is known of a reviewer's expertise."""
        return run(ChangeExpertise(person_id=person_id, **body), id=person_id)


@reviewers_api.route("/<person_id>/eligibility")
class ReviewerEligibility(MethodView):
    """Whether a reviewer may be asked."""

    @reviewers_api.arguments(EligibilitySchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Declare a reviewer eligible; five years of practice are needed."""
        return run(DeclareEligible(person_id=person_id, **{"eligible_from": today(), **body}), id=person_id)


@reviewers_api.route("/<person_id>/pause")
class ReviewerPause(MethodView):
    """A time in which a reviewer is not asked."""

    @reviewers_api.arguments(PauseSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Pause a reviewer."""
        row, dates = visible(person_id), {"paused_from": today(), **body}
        return run(PauseReviewer(person_id=row.person_id, reason=on_whose_wish(), **dates), id=person_id)

    @reviewers_api.arguments(ResumptionSchema, location="query")
    @reviewers_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], person_id: str) -> Answer:
        """End a pause; one that the agency asked for, the agency ends."""
        row, dates = visible(person_id), {"resumed_from": today(), **query}
        return run(ResumeReviewer(person_id=row.person_id, asked_by=on_whose_wish(), **dates), id=person_id)


@reviewers_api.route("/<person_id>/interests")
class ReviewerInterests(MethodView):
    """What ties a reviewer to providers."""

    @reviewers_api.arguments(DeclareInterestSchema)
    @reviewers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], person_id: str) -> Answer:
        """Declare a tie of your own to a provider, or to one course of it."""
        row, interest_id = own(person_id), new_id("interest")
        command = DeclareInterest(person_id=row.person_id, interest_id=interest_id, declared_on=today(), **body)
        return run(command, id=interest_id, location=f"/api/v1/reviewers/{person_id}", status=201)


@reviewers_api.route("/<person_id>/interests/<interest_id>/end")
class ReviewerInterestEnd(MethodView):
    """The end of a declared tie."""

    @reviewers_api.arguments(EndInterestSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str, interest_id: str) -> Answer:
        """Say when a tie of your own ended; it counts for as long as its category looks back."""
        row = own(person_id)
        return run(EndInterest(person_id=row.person_id, interest_id=interest_id, **body), id=interest_id)
