"""Why something about a provider was not done."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class ProviderUnknown(Missing):
    """No such provider is registered."""


class ProviderTaken(Rejected):
    """The provider is registered already, with other details."""


class ProviderGone(Rejected):
    """The provider has ceased."""


class ProviderNotRecognised(Rejected):
    """Only a recognised provider can be suspended."""


class ProviderIsSuspended(Rejected):
    """A suspension must be lifted before the provider is recognised anew."""


class ProviderNotSuspended(Rejected):
    """There is no suspension to lift."""


class TermUnacceptable(Rejected):
    """The days of a recognition or a suspension do not go together."""


class DetailsIncomplete(Rejected):
    """The agency cannot recognise whom it does not know."""


class RecognitionNotOver(Rejected):
    """A recognition that still runs does not expire."""


class RecognitionStands(Rejected):
    """A recognition cannot be taken back as an error any more, or never could."""


class ApplicationUnknown(Missing):
    """No such application was made by the provider."""


class ApplicationOpen(Rejected):
    """An application is under way, and has to come to its end first."""


class ApplicationNotThere(Rejected):
    """The application is not at the point at which this can be done."""


class ApplicationIncomplete(Rejected):
    """The particulars cannot be as they are told."""


class RenewalTooEarly(Rejected):
    """A recognition is renewed towards its end."""


class RequestWithoutContent(Rejected):
    """A request for information has to say what is wanted."""


class RequestDateNotAhead(Rejected):
    """A request for information has to leave time."""


class RequestOverdue(Rejected):
    """The time for an answer is over."""


class RequestNotOverdue(Rejected):
    """There still is time for an answer."""


class RefusalStands(Rejected):
    """A refusal cannot be taken back any more."""
