"""Why the rules of conditions may say no."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class NoSuchCondition(Missing):
    """The condition was never set."""


class ConditionAlreadySet(Rejected):
    """The condition stands, in other words."""


class EvidenceNotAwaited(Rejected):
    """Nothing can be filed: the condition is being checked, or ruled on, or its time is over."""


class EvidenceMissing(Rejected):
    """A filing names no document, or one of them twice."""


class NothingToCheck(Rejected):
    """There is no evidence that waits for a check."""


class CheckNotYours(Rejected):
    """Somebody else is to check, or has begun to."""


class CheckerNotApart(Rejected):
    """Who checks acts, or acted, for the provider."""


class NotUnderCheck(Rejected):
    """Only what is being checked, or has lapsed, can be ruled on."""


class CheckClosed(Rejected):
    """The condition has been ruled on, so there is no check to hand over."""


class MetWithoutEvidence(Rejected):
    """A condition that lapsed without evidence cannot be met."""


class ExtendedBefore(Rejected):
    """A condition is extended once; this one was."""


class ExtensionImproper(Rejected):
    """The new day is not ahead, or is beyond the longest time, or belongs to no extension."""


class ConditionNotOverdue(Rejected):
    """The condition's day has not passed, or evidence was filed."""


class NoVerdict(Rejected):
    """There is no verdict to take back, or something was built upon it."""


class AlreadyClosed(Rejected):
    """The closing document was issued: what it says is put right by a correction."""
