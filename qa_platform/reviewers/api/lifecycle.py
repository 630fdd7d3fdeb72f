"""A reviewer's life over the API: application, finding, training, activation, suspension, retirement."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.reviewers.api.blueprint import on_whose_wish, reviewers_api, visible
from qa_platform.reviewers.commands import (
    ActivateReviewer,
    ApplyToReview,
    FindEligible,
    RecordTraining,
    RefuseReviewer,
    ReinstateReviewer,
    RetireReviewer,
    SuspendReviewer,
)
from qa_platform.reviewers.schemas.lifecycle import (
    ActivationSchema,
    ApplicationSchema,
    FindingSchema,
    ReasonSchema,
    RefusalSchema,
    TrainingSchema,
)
from qa_platform.web.context import actor, today
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@reviewers_api.route("/me/application")
class MyApplication(MethodView):
    """Your own application."""

    @reviewers_api.arguments(ApplicationSchema)
    @reviewers_api.response(201, ReceiptSchema)
    def put(self, body: dict[str, Any]) -> Answer:
        """Apply to become a reviewer, yourself."""
        person_id = actor().person_id
        command = ApplyToReview(person_id=person_id, applied_on=today(), simulated=actor().simulated, **body)
        return run(command, id=person_id, location=f"/api/v1/reviewers/{person_id}", status=201)


@reviewers_api.route("/<person_id>/application/finding")
class ReviewerFinding(MethodView):
    """What the agency finds of an application."""

    @reviewers_api.arguments(FindingSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Find an applicant eligible; training and calibration come next."""
        return run(FindEligible(person_id=person_id, found_on=today(), **body), id=person_id)


@reviewers_api.route("/<person_id>/application/refusal")
class ReviewerRefusal(MethodView):
    """The refusal of an application."""

    @reviewers_api.arguments(RefusalSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Refuse an application; the person may apply again."""
        return run(RefuseReviewer(person_id=person_id, refused_on=today(), **body), id=person_id)


@reviewers_api.route("/<person_id>/trainings")
class ReviewerTrainings(MethodView):
    """What a reviewer was trained in."""

    @reviewers_api.arguments(TrainingSchema)
    @reviewers_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], person_id: str) -> Answer:
        """Record a completed training."""
        return run(RecordTraining(person_id=person_id, on=today(), **body), id=person_id, status=201)


@reviewers_api.route("/<person_id>/activation")
class ReviewerActivation(MethodView):
    """From when a calibrated reviewer may be asked."""

    @reviewers_api.arguments(ActivationSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Let a calibrated reviewer be asked."""
        dates = {"active_from": today(), **body}
        return run(ActivateReviewer(person_id=person_id, on=today(), **dates), id=person_id)


@reviewers_api.route("/<person_id>/suspension")
class ReviewerSuspension(MethodView):
    """A suspension from all reviewing."""

    @reviewers_api.arguments(ReasonSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """Suspend a reviewer; the reason is sealed."""
        return run(SuspendReviewer(person_id=person_id, suspended_from=today(), **body), id=person_id)


@reviewers_api.route("/<person_id>/suspension/end")
class ReviewerReinstatement(MethodView):
    """The end of a suspension."""

    @reviewers_api.arguments(ReasonSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], person_id: str) -> Answer:
        """End a suspension; the reason is sealed."""
        return run(ReinstateReviewer(person_id=person_id, reinstated_from=today(), **body), id=person_id)


@reviewers_api.route("/<person_id>/retirement")
class ReviewerRetirement(MethodView):
    """The end of a reviewer's reviewing."""

    @reviewers_api.response(200, ReceiptSchema)
    def put(self, person_id: str) -> Answer:
        """Retire: yourself, or as the agency."""
        row = visible(person_id)
        command = RetireReviewer(person_id=row.person_id, retired_on=today(), wished_by=on_whose_wish())
        return run(command, id=person_id)
