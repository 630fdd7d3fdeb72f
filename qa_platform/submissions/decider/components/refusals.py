"""What may not be done to a component; the sentences are said where the rules are."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class ComponentUnknown(Missing):
    """There is no component of that id."""


class ComponentTaken(Rejected):
    """There is another component of that id."""


class ComponentImproper(Rejected):
    """What is notified cannot be a unit of that programme."""


class ComponentNotifiedBefore(Rejected):
    """The same unit of the programme is notified or listed already."""


class ComponentNotThere(Rejected):
    """The component is not in the state in which this can be done."""


class ProgrammeNotAccredited(Rejected):
    """The accreditation of the programme is over, and the component's listing with it."""


class ComponentNotEntered(Rejected):
    """The component has no number in the register yet."""


class ProgrammeStillAccredited(Rejected):
    """The programme is accredited that day, so that its component does not expire with it."""


class EndingMistimed(Rejected):
    """The listing cannot have ended on that day."""


class ProgrammeOtherwise(Rejected):
    """Not as many units of a programme are listed as was said."""
