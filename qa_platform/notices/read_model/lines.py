"""What can be due of whom: one table over the events of every room; a line more, and people are reminded of more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from qa_platform.accreditations.events import (
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
    ConditionSet,
    ConditionVerdictReversed,
)
from qa_platform.decisions.events import (
    CaseTabled,
    DecisionReleased,
    DecisionRescinded,
    EvidenceAwaited,
    EvidenceSupplied,
    VariationAnswered,
    VariationProposed,
    VariationWithdrawn,
)
from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.panels.events import (
    DraftReportIssued,
    DraftReportWithdrawn,
    FactualCheckClosed,
    FinalReportIssued,
    ModerationReopened,
)
from qa_platform.providers.events import (
    ProviderApplicationFoundComplete,
    ProviderApplicationGranted,
    ProviderApplicationLapsed,
    ProviderApplicationWithdrawn,
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderInformationSupplied,
    ProviderRefused,
)
from qa_platform.reviews.events import ConflictRuled, InterestsDeclared, ReviewDeclined, ReviewEnded, RulingReversed
from qa_platform.reviews.events.queries import QueryAnswered, QueryForwarded, QueryUnanswered, QueryWithdrawn
from qa_platform.submissions.events import (
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.submissions.events.components import (
    ComponentListed,
    ComponentNotified,
    ComponentRefused,
    ComponentStepUndone,
    ComponentWithdrawn,
)

# What an event says of the day on which something is due; `BEGINS` where a term of the agency's counts from now on.
BEGINS = "begins"
Due = Callable[[Any], "date | str | None"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be due: what opens it until which day, what ends it, and who is reminded.

    `roles` are reminded: a provider's for the provider of the stream or of its case, and others in the
    house that runs the case. `about` are events of the stream that tell provider or titles. `item` is
    the field that tells things of one stream apart. What is `known_by` an event begins with it: until
    then whoever must do it does not know of it. `term` names the stage whose working days count where
    no event says a day. `soon` and `late` are the kinds of notice, before the day and after it; there
    is no `late` where the end of the day ends the matter, and something else tells so. What
    `falls_with_prior` can be done no more once the listing that the case follows has ended.
    """

    duty: str
    opened_by: Mapping[type[Event], Due]
    ended_by: tuple[type[Event], ...]
    roles: tuple[Role, ...]
    about: tuple[type[Event], ...] = ()
    item: str | None = None
    known_by: tuple[type[Event], ...] = ()
    term: str | None = None
    soon: str = "due_soon"
    late: str | None = "overdue"
    falls_with_prior: bool = False


def _due_on(event: Any) -> date | None:  # noqa: ANN401 -- whatever a line names
    due_on: date | None = event.due_on
    return due_on


_PROVIDER = tuple(sorted(PROVIDER_ROLES))
_VERDICTS = (ConditionMet, ConditionExtended, ConditionNotMet)

LINES: tuple[Line, ...] = (
    Line(
        duty="answer_to_return",
        opened_by={SubmissionReturned: _due_on, SubmissionReturnExtended: _due_on, SubmissionStepTakenBack: _due_on},
        ended_by=(SubmissionLodged, SubmissionWithdrawn, SubmissionLapsed),
        roles=_PROVIDER,
        about=(SubmissionDrafted, SubmissionContentChanged),
        falls_with_prior=True,
    ),
    Line(
        duty="query_answer",
        opened_by={QueryForwarded: _due_on},
        ended_by=(QueryAnswered, QueryUnanswered, QueryWithdrawn),
        roles=_PROVIDER,
        item="query_id",
        late=None,
    ),
    Line(
        duty="report_check",
        opened_by={DraftReportIssued: lambda event: event.answer_by},
        ended_by=(DraftReportWithdrawn, ModerationReopened, FactualCheckClosed, FinalReportIssued),
        roles=_PROVIDER,
        late=None,
    ),
    Line(
        duty="information",
        opened_by={ProviderInformationRequested: _due_on},
        ended_by=(
            ProviderInformationSupplied,
            ProviderInformationRequestWithdrawn,
            ProviderApplicationFoundComplete,
            ProviderApplicationGranted,
            ProviderApplicationWithdrawn,
            ProviderApplicationLapsed,
            ProviderRefused,
        ),
        roles=_PROVIDER,
        # What a provider asks for itself is about no course.
        soon="obligation_due_soon",
        late=None,
    ),
    Line(
        duty="consent",
        opened_by={VariationProposed: _due_on},
        # A decision that was taken ends it with its release alone: before it, silence would tell of it.
        ended_by=(VariationAnswered, VariationWithdrawn, DecisionReleased),
        roles=_PROVIDER,
        item="variation_id",
        late="time_over",
    ),
    Line(
        duty="evidence",
        opened_by={EvidenceAwaited: _due_on},
        ended_by=(EvidenceSupplied, DecisionRescinded, CaseTabled),
        roles=_PROVIDER,
        known_by=(DecisionReleased,),
        late="time_over",
    ),
    Line(
        duty="tie_ruling",
        opened_by={
            InterestsDeclared: lambda event: BEGINS if event.effect == "officer_decides" else None,
            RulingReversed: lambda _event: BEGINS,
        },
        ended_by=(ConflictRuled, ReviewDeclined, ReviewEnded),
        roles=(Role.COMMITTEE_SECRETARY,),
        term="conflict_clearance",
    ),
    Line(
        duty="component_check",
        opened_by={
            ComponentNotified: lambda event: None if event.drawn else event.check_due_on,
            ComponentStepUndone: lambda event: event.check_due_on,
        },
        ended_by=(ComponentListed, ComponentRefused, ComponentWithdrawn),
        roles=(Role.INTAKE_OFFICER,),
    ),
    Line(
        duty="condition",
        opened_by={ConditionSet: _due_on, ConditionExtended: _due_on},
        ended_by=(ConditionEvidenceFiled, ConditionMet, ConditionNotMet, ConditionLapsed, ConditionVerdictReversed),
        roles=_PROVIDER,
        soon="obligation_due_soon",
        late="obligation_overdue",
    ),
    Line(
        duty="condition_check",
        opened_by={ConditionEvidenceFiled: lambda event: event.check_due_on},
        ended_by=_VERDICTS,
        roles=(Role.REGISTER_OFFICER,),
        soon="obligation_due_soon",
        late="obligation_overdue",
    ),
    Line(
        duty="condition_ruling",
        opened_by={ConditionLapsed: lambda event: event.rule_by},
        ended_by=(ConditionEvidenceFiled, *_VERDICTS),
        roles=(Role.REGISTER_OFFICER,),
        soon="obligation_due_soon",
        late="obligation_overdue",
    ),
)
