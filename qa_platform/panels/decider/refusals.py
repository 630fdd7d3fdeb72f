"""Why a panel may say no."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected
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


class ModerationAlreadyClosed(Rejected):
    """The moderation is closed, and its scores are final."""


class CriteriaUnsettled(Rejected):
    """Criteria that call for moderation have no final score yet."""


def refuse_once_scoring_is_closed(panel: Panel, what: str) -> None:
    """Refuse what may not change any more once scores can be compared."""
    if panel.closed_over is not None:
        raise ScoringAlreadyClosed(f"{what}: the scoring of this panel is closed, and its seats are final.")
