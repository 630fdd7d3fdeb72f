"""What notices refuse."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class NoticeUnknown(Missing):
    """There is no such notice."""


class NoticeWaits(Rejected):
    """The notice was not released, so nobody has been told of it."""


class NoticeNotWaiting(Rejected):
    """The notice waits for nobody: it went out, or was held back."""


class KindUnknown(Rejected):
    """There is no such kind of notice."""


class KindRequired(Rejected):
    """The law wants this kind of notice to reach its reader, so nobody unsubscribes from it."""


class DigestHourImpossible(Rejected):
    """A day has no such hour."""


class NothingToCorrect(Rejected):
    """Nobody was told, so nobody needs to be told otherwise."""
