"""Whether a provider may lodge on a day: what this room heard of its recognition."""

from __future__ import annotations

from datetime import date
from typing import get_args

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import Projection, Row
from qa_platform.providers.events import (
    ProviderCeased,
    ProviderEvent,
    ProviderRecognised,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
)


class StandingRow(Row, frozen=True, kw_only=True):
    """How a provider stands with the agency."""

    provider_id: str
    version: int
    valid_from: date | None = None
    valid_to: date | None = None
    suspended_from: date | None = None
    ceased_on: date | None = None
    simulated: bool = False

    def is_recognised(self, on: date) -> bool:
        """Return whether the provider is recognised on a day."""
        if self.valid_from is None or self.valid_to is None or not self.valid_from <= on <= self.valid_to:
            return False
        return all(end is None or on < end for end in (self.suspended_from, self.ceased_on))

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
            return replace(row, valid_from=event.valid_from, valid_to=event.valid_to)
        case ProviderSuspended():
            return replace(row, suspended_from=event.suspended_from)
        case ProviderReinstated():
            return replace(row, suspended_from=None)
        case ProviderCeased():
            return replace(row, ceased_on=event.ceased_on)
        case _:
            return row


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
