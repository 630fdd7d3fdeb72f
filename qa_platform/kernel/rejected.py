"""A refusal that the person who asked can put right."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong, and where: `field` is a dotted path, empty for the whole."""

    field: str
    message: str


class Rejected(Exception):
    """A command that the rules refuse; the message is written for the person who asked.

    `faults` says the same field by field where there is more than one thing to put right.
    """

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        """Keep the sentence for the person, and the list for the form."""
        super().__init__(message)
        self.message = message
        self.faults = faults


class Missing(Rejected):
    """What was asked about does not exist, or may not be known to exist by the one who asks."""
