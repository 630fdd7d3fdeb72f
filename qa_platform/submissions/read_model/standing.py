"""Whether a provider may lodge on a day: what this room heard of its recognition."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor
from qa_platform.kernel.terms import Term, granted
from qa_platform.ledger.projection import Projection, Row
from qa_platform.providers.events import (
    ProviderCeased,
    ProviderEvent,
    ProviderRecognised,
    ProviderRecognitionExpired,
    ProviderRecognitionWithdrawn,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
    ProviderSuspensionAnnulled,
)


class Suspension(msgspec.Struct, frozen=True, kw_only=True):
    """From when a provider was suspended; `until` is the first day on which it no longer was."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the provider is suspended on a day."""
        return self.since <= on and (self.until is None or on < self.until)


class StandingRow(Row, frozen=True, kw_only=True):
    """How a provider stands with the agency; a renewal is told before the running term ends, and both stay."""

    provider_id: str
    version: int
    terms: tuple[Term, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    ceased_on: date | None = None
    simulated: bool = False

    def is_recognised(self, on: date) -> bool:
        """Return whether the provider is recognised on a day."""
        if not any(term.first <= on <= term.last for term in self.terms) or self.has_ceased(on):
            return False
        return not any(suspension.holds(on) for suspension in self.suspensions)

    def has_ceased(self, on: date) -> bool:
        """Return whether the provider has ended its work by a day."""
        return self.ceased_on is not None and self.ceased_on <= on

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a lodging rests on."""
        return StreamVersion(stream=f"provider-{self.provider_id}", version=self.version)


def keys(recorded: Recorded[ProviderEvent]) -> tuple[str, ...]:
    """Return the provider that an event is about."""
    return (recorded.event.provider_id,)


def fold(row: StandingRow | None, recorded: Recorded[ProviderEvent]) -> StandingRow | None:
    """Return how the provider stands after one event."""
    event = recorded.event
    row = replace(row or StandingRow(provider_id=event.provider_id, version=0), version=recorded.version)
    match event:
        case ProviderRegistered():
            return replace(row, simulated=event.simulated)
        case ProviderRecognised():
            return replace(row, terms=granted(row.terms, Term(first=event.valid_from, last=event.valid_to)))
        case ProviderSuspended():
            return replace(row, suspensions=(*row.suspensions, Suspension(since=event.suspended_from)))
        case ProviderReinstated():
            return replace(row, suspensions=_until(row.suspensions, event.reinstated_from))
        case ProviderSuspensionAnnulled():
            return replace(row, suspensions=row.suspensions[:-1])
        case ProviderRecognitionWithdrawn():
            return replace(row, terms=event.terms)
        case ProviderRecognitionExpired():
            # A suspension ends with the term, and does not outlive it into the next.
            return replace(row, suspensions=_ended(row.suspensions, event.valid_to + timedelta(days=1)))
        case ProviderCeased():
            return replace(row, ceased_on=event.ceased_on)
        case _:
            return row


def _until(suspensions: tuple[Suspension, ...], day: date) -> tuple[Suspension, ...]:
    return (*suspensions[:-1], *(replace(one, until=day) for one in suspensions[-1:]))


def _ended(suspensions: tuple[Suspension, ...], day: date) -> tuple[Suspension, ...]:
    lasts = suspensions and suspensions[-1].until is None
    return _until(suspensions, day) if lasts else suspensions


PROVIDER_STANDINGS: Projection[StandingRow] = Projection(
    name="submission_provider_standings",
    row=StandingRow,
    key="provider_id",
    events=get_args(ProviderEvent),
    keys=keys,
    fold=fold,
)


def standing_of(connection: Connection, provider_id: str, viewer: Actor) -> StandingRow:
    """Return how one of the viewer's own providers stands. Raises Missing for any other."""
    row = PROVIDER_STANDINGS.find(connection, provider_id) if provider_id in viewer.providers else None
    if row is None:
        raise Missing(f"There is no provider “{provider_id}” for which you act. Check its id.")
    return row
