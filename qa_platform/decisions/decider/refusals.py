"""Why the rules of deciding may say no."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class NothingToDecide(Missing):
    """The submission has no dossier, or no decision yet."""


class NotReadyToDecide(Rejected):
    """Scoring or moderation is not finished, or the submission is no longer open."""


class AlreadyDecided(Rejected):
    """The submission has been decided."""


class CommitteeImproper(Rejected):
    """The committee that sat may not decide this submission."""


class CodeNotAllowed(Rejected):
    """The kind of decision is unknown, or not for this route."""


class ReasonMissing(Rejected):
    """A departure from the band, or a negative decision, needs its reasons."""


class ConditionsImproper(Rejected):
    """The conditions do not fit the kind of decision, or its dates."""


class AwardImproper(Rejected):
    """What is to be awarded does not fit the kind of decision, or the limits."""


class AlreadyReleased(Rejected):
    """The decision was released, on other terms."""


class ReleaseImproper(Rejected):
    """The decision cannot be released on these dates."""
