"""What the rules ask of a provider: how it stands, and how far its latest application is."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum

import msgspec

from qa_platform.kernel.terms import Term
from qa_platform.providers.events import Kind, Particulars


class Status(StrEnum):
    """Where a provider stands."""

    UNKNOWN = "unknown"
    REGISTERED = "registered"
    RECOGNISED = "recognised"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    CEASED = "ceased"


class Stage(StrEnum):
    """How far an application for recognition is."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETE = "complete"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN = frozenset({Stage.SUBMITTED, Stage.RETURNED, Stage.COMPLETE})


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of itself."""

    legal_name: str = ""
    registration_number: str | None = None
    kind: Kind = "unknown"
    country: str | None = None
    established_on: date | None = None
    legal_basis: str | None = None
    scope_of_business: str | None = None
    website: str | None = None


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """An application for recognition; `stage_before` is where a request for information found it.

    A refused one is `overtaken` once the provider was recognised all the same.
    """

    application_id: str
    stage: Stage
    particulars: Particulars
    requests: int = 0
    due_on: date | None = None
    stage_before: Stage = Stage.SUBMITTED
    overtaken: bool = False


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What stood before the latest recognition, and on which application that was granted."""

    status: Status
    terms: tuple[Term, ...]
    application_id: str | None


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a provider; `granting` is the application whose recognition is being told."""

    status: Status = Status.UNKNOWN
    details: Details = Details()
    terms: tuple[Term, ...] = ()
    before: Before | None = None
    suspended_from: date | None = None
    application: Application | None = None
    granting: str | None = None

    @property
    def last_day(self) -> date | None:
        """Return the last day of recognition."""
        return self.terms[-1].last if self.terms else None

    @property
    def named(self) -> str:
        """Return the name as messages tell it."""
        return f"“{self.details.legal_name}”"


def name_key(legal_name: str) -> str:
    """Return what names that differ only in case, blanks or width of letters have in common."""
    folded = unicodedata.normalize("NFKC", legal_name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())
