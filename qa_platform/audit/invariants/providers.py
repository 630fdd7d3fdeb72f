"""Providers: nobody is recognised out of turn, and nothing is lodged by who was not recognised that day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.providers.decider import OPEN, Provider, Stage, Status, evolve
from qa_platform.providers.events import (
    ProviderApplicationFoundComplete,
    ProviderApplicationGranted,
    ProviderApplicationLapsed,
    ProviderApplicationWithdrawn,
    ProviderApplied,
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderInformationSupplied,
    ProviderRecognised,
    ProviderRecognitionExpired,
    ProviderRefusalReopened,
    ProviderRefused,
    ProviderSuspended,
)
from qa_platform.submissions.events import SubmissionDrafted, SubmissionLodged

# At which point an application has to be for each step.
_TURNS: dict[type[Any], frozenset[Stage]] = {
    ProviderInformationRequested: frozenset({Stage.SUBMITTED, Stage.COMPLETE}),
    ProviderInformationRequestWithdrawn: frozenset({Stage.RETURNED}),
    ProviderInformationSupplied: frozenset({Stage.RETURNED}),
    ProviderApplicationFoundComplete: frozenset({Stage.SUBMITTED}),
    ProviderApplicationGranted: frozenset({Stage.COMPLETE}),
    ProviderRefused: frozenset({Stage.COMPLETE}),
    ProviderRefusalReopened: frozenset({Stage.REFUSED}),
    ProviderApplicationWithdrawn: OPEN,
    ProviderApplicationLapsed: frozenset({Stage.RETURNED}),
}


def _applied_in_turn(events: list[Recorded[Any]], _ground: Ground) -> Found:
    provider = Provider()
    for recorded in _of_a_provider(events):
        event, stage = recorded.event, provider.application.stage if provider.application else None
        if isinstance(event, ProviderApplied) and stage in OPEN:
            yield at(recorded, f"a second application was made while one was {stage}")
        if (turns := _TURNS.get(type(event))) is not None and stage not in turns:
            yield at(recorded, f"this was done with an application that was {stage or 'never made'}")
        # A day begins earlier in the agency's zone than here, by half a day at most.
        if isinstance(event, ProviderApplicationLapsed) and recorded.at.date() + timedelta(days=1) <= event.due_on:
            yield at(recorded, f"an application lapsed that could be completed until {event.due_on}")
        provider = evolve(provider, event)


def _recognised_in_turn(events: list[Recorded[Any]], _ground: Ground) -> Found:
    provider = Provider()
    for recorded in _of_a_provider(events):
        event, status = recorded.event, provider.status
        if isinstance(event, ProviderRecognised) and status in {Status.UNKNOWN, Status.SUSPENDED, Status.CEASED}:
            yield at(recorded, f"a provider was recognised that was {status}")
        if isinstance(event, ProviderRecognised) and event.valid_to < event.valid_from:
            yield at(recorded, "a recognition ended before it began")
        if isinstance(event, ProviderSuspended) and status is not Status.RECOGNISED:
            yield at(recorded, f"a provider was suspended that was {status}")
        if isinstance(event, ProviderRecognitionExpired) and (
            status not in {Status.RECOGNISED, Status.SUSPENDED} or provider.last_day != event.valid_to
        ):
            yield at(recorded, "a recognition expired that had ended already, or ends on another day")
        provider = evolve(provider, event)


def _of_a_provider(events: list[Recorded[Any]]) -> list[Recorded[Any]]:
    return events if events[0].stream.startswith("provider-") else []


def _lodged_by_recognised(case: History, world: World) -> Found:
    drafted = case.first(SubmissionDrafted)
    for lodged in case.of(SubmissionLodged):
        on = lodged.event.declaration.on
        if drafted is None or lodged.position is None:
            continue
        if not world.was_recognised(drafted.event.provider_id, on, lodged.position):
            yield at(lodged, f"it was lodged by a provider that was not recognised on {on}")


PROVIDERS = (
    Invariant(
        "providers.applied-in-turn",
        "An application for recognition is asked about, answered and decided on in turn, one at a time, and lapses "
        "only after its day.",
        OfStreams(_applied_in_turn),
    ),
    Invariant(
        "providers.recognised-in-turn",
        "Nobody is recognised who is suspended or has ceased, and a recognition expires once, by its last day.",
        OfStreams(_recognised_in_turn),
    ),
    Invariant(
        "providers.lodged-while-recognised",
        "Whatever was lodged was lodged by a provider that was recognised on that very day, by what was known then.",
        OfCases(_lodged_by_recognised),
    ),
)
