"""Why a proposal of reviewers, an objection to them or a reminder may be refused."""

from __future__ import annotations

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault, Rejected


class AllocationInconsistent(Rejected):
    """The allocation does not follow from what it says it was made from."""


class ProposalPending(Rejected):
    """A proposal waits for the officer already."""


class ProposalMissing(Rejected):
    """No proposal waits for the officer."""


class ProposalEmpty(Rejected):
    """The proposal has nobody in it."""


class ProposalBarred(Rejected):
    """The proposal has somebody in it whom its own inputs bar."""


class QueueChanged(Rejected):
    """What was looked at is not what stands there now."""


class ChangeUnexplained(Rejected):
    """A change needs a reason."""


class SeatNotChanged(Rejected):
    """There is no change of this seat that could be undone."""


class ScoringBegun(Rejected):
    """Whoever sits there has begun to score."""


class ReminderNotDue(Rejected):
    """There is nothing to remind anybody of, or not yet."""


class ObjectionNotOpen(Rejected):
    """The provider cannot object now."""


class ObjectionMadeBefore(Rejected):
    """The provider objected before, and may do it once."""


class ObjectionMissing(Rejected):
    """There is no objection to rule on."""


def refuse_unexplained(reason: str, what: str, field: str = "reason") -> None:
    """Refuse a change that does not say why, or says it with somebody's personal data."""
    if not reason.strip():
        message = "Say in a sentence why."
        raise ChangeUnexplained(f"{what}: there is no reason. {message}", (Fault(field, message),))
    refuse_personal_data({field: reason})
