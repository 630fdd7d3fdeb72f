"""The dossier of a case: what a decision rests on, folded from the case's own events.

No table holds it: whoever decides reads the very events that the decision will be bound to.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from qa_platform.decisions.commands import Dossier
from qa_platform.decisions.events import Basis, EvidenceSupplied
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.panels.events import (
    CriterionReopened,
    CriterionSettled,
    DraftReportIssued,
    DraftReportWithdrawn,
    FinalReportIssued,
    LeadAssigned,
    ModerationClosed,
    ModerationReopened,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.reviews.events import CriterionScored
from qa_platform.scoring.outcome import Score, Sheet
from qa_platform.scoring.rubric import Rubric
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionLapsed,
    SubmissionReturned,
    SubmissionWithdrawn,
)

_STATUS_AFTER: dict[type, str] = {
    SubmissionAccepted: "accepted",
    SubmissionReturned: "returned",
    SubmissionWithdrawn: "withdrawn",
    SubmissionLapsed: "lapsed",
    SubmissionClosedAtIntake: "closed at intake",
}


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """What deciding asks about a case; `latest` is where each of its streams stands."""

    status: str = "not accepted"
    claimed: dict[str, Any] = {}
    accepted: Basis | None = None
    panel: PanelOpened | None = None
    seated: dict[str, str] = {}
    lead_id: str | None = None
    settled: dict[str, int | None] = {}
    scoring_closed: bool = False
    moderation_closed: bool = False
    report: str | None = None
    scores: dict[str, dict[str, Score]] = {}
    scored_by: frozenset[str] = frozenset()
    supplied: Basis | None = None
    latest: dict[str, Basis] = {}

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets of the reviews that count."""
        return tuple(
            Sheet(review_id=review_id, scores=self.scores.get(review_id, {})) for review_id in sorted(self.seated)
        )

    @property
    def depends_on(self) -> tuple[StreamVersion, ...]:
        """Return where the streams stand that a decision rests on; one that has moved refuses the decision."""
        return tuple(StreamVersion(stream=each.stream, version=each.version) for each in self._binding())

    def _leads(self) -> tuple[str, ...]:
        return () if self.lead_id is None else (self.lead_id,)

    def _binding(self) -> tuple[Basis, ...]:
        if self.panel is None:
            return ()
        submission_id = self.panel.submission_id
        reviews = (f"review-{review_id}" for review_id in sorted(self.seated))
        streams = (f"submission-{submission_id}", f"panel-{submission_id}", *reviews)
        return tuple(self.latest[stream] for stream in streams if stream in self.latest)

    def dossier(self, rubric: Rubric, standard: Basis) -> Dossier | None:
        """Return the dossier under the rubric of this case; None before there is a panel.

        The submission is bound as it was accepted, whatever its stream holds since.
        """
        if self.panel is None or self.accepted is None:
            return None
        return Dossier(
            route=self.panel.route,
            submission_status=self.status,
            standard_id=self.panel.standard_id,
            rubric_version=self.panel.rubric_version,
            rubric_hash=self.panel.rubric_hash,
            rubric=rubric,
            sheets=self.sheets,
            settled=self.settled,
            scoring_closed=self.scoring_closed,
            moderation_closed=self.moderation_closed,
            report=self.report,
            scored_by=tuple(sorted({*self.scored_by, *self.seated.values(), *self._leads()})),
            level_claimed=self.claimed.get("mqf_level_claimed"),
            credits_claimed=_decimal(self.claimed.get("credits_claimed")),
            hours_claimed=_decimal(self.claimed.get("notional_hours")),
            basis=(self.accepted, *self._binding()[1:], standard, *((self.supplied,) if self.supplied else ())),
        )


def case_file(recorded: Iterable[Recorded[Any]]) -> CaseFile:
    """Return the file of a case, from its events in the order they come in."""
    return reduce(_after, recorded, CaseFile())


def _after(file: CaseFile, recorded: Recorded[Any]) -> CaseFile:
    here = Basis(stream=recorded.stream, version=recorded.version, digest=recorded.digest)
    known = replace(file, latest={**file.latest, recorded.stream: here})
    event = recorded.event
    if (status := _STATUS_AFTER.get(type(event))) is not None:
        known = replace(known, status=status)
    match event:
        case SubmissionContentChanged():
            return replace(known, claimed={**file.claimed, **_claims(event)})
        case SubmissionAccepted():
            return replace(known, accepted=here)
        case CriterionScored():
            return _scored(known, event)
        case _:
            return _moved(known, event)


def _moved(file: CaseFile, event: Any) -> CaseFile:  # noqa: ANN401 -- any event of the case
    match event:
        case PanelOpened():
            return replace(file, panel=event)
        case ReviewerAssigned():
            return replace(file, seated={**file.seated, event.review_id: event.reviewer_id})
        case ReviewerStoodDown():
            return replace(file, seated={key: one for key, one in file.seated.items() if key != event.review_id})
        case LeadAssigned():
            return replace(file, lead_id=event.lead_id)
        case ScoringClosed():
            return replace(file, scoring_closed=True)
        case CriterionSettled():
            return replace(file, settled={**file.settled, event.criterion: event.score})
        case ModerationClosed():
            return replace(file, moderation_closed=True)
        case EvidenceSupplied():
            return replace(file, supplied=file.latest[f"decision-{event.submission_id}"])
        case _:
            return _taken_back(file, event)


def _taken_back(file: CaseFile, event: Any) -> CaseFile:  # noqa: ANN401 -- any event of the case
    match event:
        case CriterionReopened():
            return replace(file, settled={name: one for name, one in file.settled.items() if name != event.criterion})
        case ModerationReopened():
            return replace(file, moderation_closed=False)
        case ThirdReviewRequested():
            return replace(file, scoring_closed=False)
        case ThirdReviewWithdrawn() | ThirdReviewCompleted():
            return replace(file, scoring_closed=True)
        case DraftReportIssued():
            return replace(file, report="draft")
        case DraftReportWithdrawn():
            # Whoever was told of a draft is owed its end, whatever became of the draft itself.
            return replace(file, report="withdrawn")
        case FinalReportIssued():
            return replace(file, report="final")
        case _:
            return file


def _scored(file: CaseFile, event: CriterionScored) -> CaseFile:
    score = Score(score=event.score, confidence=event.confidence)
    sheet = {**file.scores.get(event.review_id, {}), event.criterion: score}
    return replace(
        file,
        scores={**file.scores, event.review_id: sheet},
        scored_by=file.scored_by | {event.reviewer_id},
    )


def _claims(event: SubmissionContentChanged) -> dict[str, Any]:
    said = {name: getattr(event.content, name) for name in ("mqf_level_claimed", "credits_claimed", "notional_hours")}
    return {name: value for name, value in said.items() if value is not UNSET}


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
