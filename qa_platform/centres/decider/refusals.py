"""Why something about a centre, or about whose case is whose, was not done."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class CentreUnknown(Missing):
    """No such centre was ever approved."""


class CentreTaken(Rejected):
    """Another centre stands under the same id."""


class CentreGone(Rejected):
    """The approval of the centre has ended."""


class CentreNotSuspended(Rejected):
    """There is no suspension to lift."""


class CentreTermUnacceptable(Rejected):
    """A day lies before the one that it must follow."""


class SuccessorUnacceptable(Rejected):
    """A centre cannot hand its cases to itself."""


class CentreTakesNoCases(Rejected):
    """Only an approved centre is given cases."""


class CaseNotLodged(Rejected):
    """Until it is lodged a course is nobody's but its provider's."""


class CaseAssignedAlready(Rejected):
    """The case was given to somebody before; it moves, with a reason."""


class CaseNotAssigned(Rejected):
    """The case was never given to a centre, and cannot be moved."""


class CosignerImproper(Rejected):
    """Who would sign is of the deciding house, or of the provider, or took part in the decision."""


class NothingToCosign(Rejected):
    """No such decision waits to be released."""
