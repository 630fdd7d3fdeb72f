"""What accounts refuse."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class PersonUnknown(Missing):
    """No account stands under this pseudonym."""


class PersonTaken(Rejected):
    """An account stands under this pseudonym already, or stood there and was erased."""


class AccountClosed(Rejected):
    """The account was deactivated."""


class RoleNotGrantable(Rejected):
    """The role cannot be given like this: it is nobody's to hold, or its provider is missing or too much."""


class RolesIncompatible(Rejected):
    """One person may not hold these two roles."""


class RoleNotHeld(Rejected):
    """The person does not hold the role."""


class OwnAdministration(Rejected):
    """An administrator may not shut himself out: he could be the last."""


class TokenUnacceptable(Rejected):
    """The token would do nothing, or for too long."""


class TokenUnknown(Missing):
    """The person has no such token."""


class NothingToForget(Rejected):
    """Nothing is sealed under this pseudonym."""
