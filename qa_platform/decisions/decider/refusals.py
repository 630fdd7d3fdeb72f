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


class MeetingUnknown(Missing):
    """There is no meeting of that id."""


class MeetingImproper(Rejected):
    """The meeting cannot be held like that: its day, its chair, its members."""


class MeetingOpened(Rejected):
    """The meeting has begun: the committee was asked to vote on one of its items."""


class MeetingCancelledAlready(Rejected):
    """The meeting does not take place."""


class AgendaNotEmpty(Rejected):
    """The meeting has items, so it cannot be cancelled."""


class NotTabled(Rejected):
    """The submission is no item of this meeting, or of any."""


class AlreadyTabled(Rejected):
    """The submission is an item of another meeting."""


class EvidenceStillDue(Rejected):
    """A deferral waits for the provider, whose time is not over."""


class ChairMissing(Rejected):
    """Nobody chairs the item."""


class MotionMissing(Rejected):
    """The committee was not asked that, or not yet."""


class MotionNotCarried(Rejected):
    """The votes do not come to what is to be decided."""


class VoteNotAllowed(Rejected):
    """That person does not vote on this item, or not in this way."""


class NotRecused(Rejected):
    """The member was not recused."""


class SignatureMissing(Rejected):
    """A second person has not signed the decision."""


class SignatureImproper(Rejected):
    """That person cannot be the second one to sign."""


class NotReleased(Rejected):
    """Nobody was given the decision, so there is nothing to correct; it can be rescinded."""


class DeferralImproper(Rejected):
    """The deferral does not say what is to be supplied, or gives too much time, or none."""


class NothingAwaited(Rejected):
    """The committee does not wait for anything from the provider, or no longer."""


class VariationImproper(Rejected):
    """There is nothing to vary like that, or no time to answer."""


class VariationNotAsked(Rejected):
    """The provider has no question to answer, or no longer."""


class ConsentMissing(Rejected):
    """The provider did not agree to this variation."""


class CosignatureMissing(Rejected):
    """A centre decided on a course of its own institution, and nobody of another house has signed."""
