"""The API of what committee and provider ask of each other: consent to a variation, evidence after a deferral."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.decisions import read_model
from qa_platform.decisions.api.blueprints import decisions_api
from qa_platform.decisions.api.looking import dossier_of, visible
from qa_platform.decisions.commands import AnswerVariation, ProposeVariation, SupplyEvidence, WithdrawVariation
from qa_platform.decisions.read_model import Variation
from qa_platform.decisions.schemas import (
    ConsentSchema,
    EvidenceSchema,
    ReasonSchema,
    VariationProposalSchema,
    VariationSchema,
)
from qa_platform.kernel.rejected import Missing
from qa_platform.web.context import actor, deadlines, new_id, reading, today
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@decisions_api.route("/<submission_id>/evidence")
class DecisionEvidence(MethodView):
    """What a deferral waits for."""

    @decisions_api.arguments(EvidenceSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Supply what a deferral waits for, or supply it better, until the committee takes it up."""
        visible(submission_id)
        return run(SupplyEvidence(submission_id=submission_id, on=today(), **body), id=submission_id)


@decisions_api.route("/<submission_id>/variation")
class DecisionVariation(MethodView):
    """Another level, credit or number of hours than was claimed, by consent."""

    @decisions_api.response(200, VariationSchema)
    def get(self, submission_id: str) -> Variation:
        """Show what the provider is asked to agree to."""
        return _variation(submission_id)

    @decisions_api.arguments(VariationProposalSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Ask the provider whether it agrees to a variation."""
        visible(submission_id)
        dossier, file = dossier_of(submission_id)
        variation_id = new_id("variation")
        command = ProposeVariation(
            submission_id=submission_id,
            variation_id=variation_id,
            level_claimed=dossier.level_claimed,
            credits_claimed=dossier.credits_claimed,
            hours_claimed=dossier.hours_claimed,
            route=dossier.route,
            submission_status=dossier.submission_status,
            scoring_closed=dossier.scoring_closed,
            on=today(),
            **{"due_on": deadlines().consent_until(today()), **body},
        )
        return run(command, id=variation_id, depends_on=file.depends_on)

    @decisions_api.arguments(ReasonSchema, location="query")
    @decisions_api.response(200, ReceiptSchema)
    def delete(self, query: dict[str, Any], submission_id: str) -> Answer:
        """Take the question back before it is answered."""
        visible(submission_id)
        return run(WithdrawVariation(submission_id=submission_id, **query), id=submission_id)


@decisions_api.route("/<submission_id>/variation/answer")
class DecisionVariationAnswer(MethodView):
    """The provider's answer to a variation."""

    @decisions_api.arguments(ConsentSchema)
    @decisions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Agree to a variation, or do not."""
        _variation(submission_id)
        command = AnswerVariation(submission_id=submission_id, officer_id=actor().person_id, on=today(), **body)
        return run(command, id=submission_id)


def _variation(submission_id: str) -> Variation:
    found = read_model.get_variation(reading(), submission_id, actor())
    if found is None:
        raise Missing("Nothing is asked here: no variation of a submission that you may see is proposed.")
    return found
