"""Why a panel may say no."""

from __future__ import annotations

from qa_platform.kernel.rejected import Fault, Missing, Rejected
from qa_platform.panels.decider.state import Panel


class PanelMissing(Missing):
    """There is no panel for this submission, or not this review in it."""


class PanelAlreadyOpen(Rejected):
    """The submission has a panel on other terms."""


class SeatUnavailable(Rejected):
    """The seat does not exist, or somebody sits in it."""


class ReviewerNotAssignable(Rejected):
    """The reviewer cannot sit on this panel."""


class LeadNotAssignable(Rejected):
    """Somebody else has to lead this panel."""


class ScoringAlreadyClosed(Rejected):
    """The panel can no longer change: its scoring is closed."""


class ScoringNotClosed(Rejected):
    """Scores may not be compared yet."""


class ReviewsOutstanding(Rejected):
    """Not every seat's review is locked."""


class NotTheLead(Rejected):
    """Only the panel's lead reviewer may do this."""


class SettlementRefused(Rejected):
    """The criterion cannot be settled like this."""


class SheetsOutdated(Rejected):
    """The scores that somebody looked at are no longer those of the panel."""


class ModerationAlreadyClosed(Rejected):
    """The moderation is closed, and its scores are final."""


class CriteriaUnsettled(Rejected):
    """Criteria that call for moderation have no final score yet."""


class ReasonMissing(Rejected):
    """What was asked for has no reason."""


class ProposalRefused(Rejected):
    """The score cannot be proposed like this."""


class NoProposal(Rejected):
    """There is no proposed score to answer, or to take back."""


class NotOnThePanel(Rejected):
    """Only a reviewer whose scores are compared may answer a proposal."""


class SilenceNotOver(Rejected):
    """Silence does not agree to this proposal, or not yet."""


class ModerationNotClosed(Rejected):
    """The moderation is under way; it cannot be opened again."""


class DecisionAlreadyTaken(Rejected):
    """The committee has decided on these scores."""


class ThirdReviewPending(Rejected):
    """A third review is under way, and nothing is settled before it is locked."""


class ThirdReviewRefused(Rejected):
    """A third review cannot be asked for, taken back or counted like this."""


class ReportNotReady(Rejected):
    """There is nothing to report on yet."""


class ReportImproper(Rejected):
    """The report lacks something, or says what it may not say."""


class DraftAlreadyIssued(Rejected):
    """A draft is with the provider."""


class NoDraft(Rejected):
    """No draft of the report stands."""


class ReportAlreadyFinal(Rejected):
    """The final report is issued, and its words stand."""


class FactualCheckOver(Rejected):
    """The provider has answered, or its time is over."""


class FactualCheckOpen(Rejected):
    """The provider can still answer."""


class ClaimImproper(Rejected):
    """The claim, or the answer to it, lacks something."""


class ClaimsUnanswered(Rejected):
    """Claims of the provider have no answer yet."""


class NotIndependent(Rejected):
    """Who reviewed or led a case does not judge what its provider says against it."""


def refuse_once_scoring_is_closed(panel: Panel, what: str, seat: int | None = None) -> None:
    """Refuse what may not change any more once scores can be compared; a third seat may until its review is locked."""
    if panel.closed_over is None or (panel.awaits_third and panel.third is not None and seat == panel.third.seat):
        return
    raise ScoringAlreadyClosed(f"{what}: the scoring of this panel is closed, and its seats are final.")


def refuse_moderation_by_others(person_id: str, panel: Panel, what: str) -> None:
    """Refuse what only the lead may do, and only once scores may be compared."""
    if panel.closed_over is None:
        raise ScoringNotClosed(
            f"{what}: the scoring is not closed yet, and nobody may compare scores before. "
            "Wait until every review is locked."
        )
    if person_id != panel.lead_id:
        raise NotTheLead(f"{what}: only the lead reviewer of this panel may do this. Ask the lead.")


def refuse_once_moderated(panel: Panel, what: str) -> None:
    """Refuse what may not change any more once the moderation is closed, or while a third review is under way."""
    if panel.moderated:
        raise ModerationAlreadyClosed(f"{what}: the moderation is closed, its scores are final.")
    if panel.awaits_third:
        raise ThirdReviewPending(
            f"{what}: a third review is under way. Wait until it is locked, or take the request for it back."
        )


def refuse_blank(text: str, what: str, message: str, field: str = "reason") -> None:
    """Refuse what has no reason, or no words."""
    if not text.strip():
        raise ReasonMissing(f"{what}. {message}", (Fault(field, message),))
