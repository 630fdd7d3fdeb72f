"""Which events undo a step, and which step: so that who had been told of it can be told that it no longer holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qa_platform.accreditations.events import (
    AccreditationClosingCorrected,
    AccreditationConditionsMet,
    ConditionExtended,
    ConditionMet,
    ConditionNotMet,
    ConditionVerdictReversed,
)
from qa_platform.decisions.events import (
    DecisionCountersigned,
    DecisionMinuted,
    DecisionRescinded,
    MeetingCancelled,
    MeetingConvened,
    VariationProposed,
    VariationWithdrawn,
)
from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.roles import Role
from qa_platform.panels.events import (
    DraftReportIssued,
    DraftReportWithdrawn,
    ModerationClosed,
    ModerationReopened,
    ScoreProposalWithdrawn,
    ScoreProposed,
)
from qa_platform.providers.events import (
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderRecognised,
    ProviderRecognitionWithdrawn,
    ProviderRefusalReopened,
    ProviderRefused,
    ProviderSuspended,
    ProviderSuspensionAnnulled,
)
from qa_platform.reviews.events import ConflictRuled, RulingReversed
from qa_platform.reviews.events.queries import QueryForwarded, QueryWithdrawn
from qa_platform.submissions.events import (
    SubmissionClosedAtIntake,
    SubmissionLapsed,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.submissions.events.components import ComponentListingEnded, ComponentRefused, ComponentStepUndone


@dataclass(frozen=True, kw_only=True)
class Undoing:
    """What an event undoes: the last of these in its own stream that is not undone, with the same fields `same`.

    Who had been told of that is corrected: the event's `reason` is told, and a holder of `releaser`
    reads it before. Where `releaser` is None the event has a notice of its own instead.
    """

    undoes: tuple[type[Event], ...]
    releaser: Role | None = None
    same: tuple[str, ...] = ()


UNDONE: Mapping[type[Event], Undoing] = {
    SubmissionStepTakenBack: Undoing(
        undoes=(
            SubmissionReturned,
            SubmissionReturnExtended,
            SubmissionClosedAtIntake,
            SubmissionLapsed,
            SubmissionWithdrawn,
        ),
        releaser=Role.INTAKE_OFFICER,
    ),
    ComponentStepUndone: Undoing(undoes=(ComponentRefused, ComponentListingEnded), releaser=Role.REGISTER_OFFICER),
    ScoreProposalWithdrawn: Undoing(undoes=(ScoreProposed,), releaser=Role.COMMITTEE_SECRETARY, same=("criterion",)),
    ModerationReopened: Undoing(undoes=(ModerationClosed,), releaser=Role.COMMITTEE_SECRETARY),
    DraftReportWithdrawn: Undoing(undoes=(DraftReportIssued,)),
    QueryWithdrawn: Undoing(undoes=(QueryForwarded,), same=("query_id",)),
    RulingReversed: Undoing(undoes=(ConflictRuled,)),
    ConditionVerdictReversed: Undoing(
        undoes=(ConditionMet, ConditionExtended, ConditionNotMet), releaser=Role.REGISTER_OFFICER
    ),
    AccreditationClosingCorrected: Undoing(undoes=(AccreditationConditionsMet,), releaser=Role.REGISTER_OFFICER),
    MeetingCancelled: Undoing(undoes=(MeetingConvened,)),
    VariationWithdrawn: Undoing(undoes=(VariationProposed,), releaser=Role.COMMITTEE_SECRETARY, same=("variation_id",)),
    # Whoever was asked to sign or to release what is no decision any more.
    DecisionRescinded: Undoing(
        undoes=(DecisionMinuted, DecisionCountersigned), releaser=Role.COMMITTEE_SECRETARY, same=("decision_id",)
    ),
    ProviderInformationRequestWithdrawn: Undoing(undoes=(ProviderInformationRequested,)),
    ProviderRefusalReopened: Undoing(undoes=(ProviderRefused,)),
    ProviderRecognitionWithdrawn: Undoing(undoes=(ProviderRecognised,)),
    ProviderSuspensionAnnulled: Undoing(undoes=(ProviderSuspended,)),
}


def undone_step(stream: Iterable[Recorded[Any]], event: Recorded[Any]) -> Recorded[Any] | None:
    """Return the step that an event of a stream undid, None where it undid none."""
    undoing = UNDONE.get(type(event.event))
    if undoing is None:
        return None
    standing: list[Recorded[Any]] = []
    for recorded in stream:
        if isinstance(recorded.event, undoing.undoes):
            standing.append(recorded)
        elif type(recorded.event) is type(event.event):
            found = _last(standing, recorded, undoing.same)
            if recorded.version == event.version:
                return found
            if found is not None:
                standing.remove(found)
    return None


def _last(standing: list[Recorded[Any]], undoing: Recorded[Any], same: tuple[str, ...]) -> Recorded[Any] | None:
    agreeing = (
        one
        for one in reversed(standing)
        if all(getattr(one.event, name) == getattr(undoing.event, name) for name in same)
    )
    return next(agreeing, None)
