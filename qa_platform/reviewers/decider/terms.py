"""On what terms a reviewer can be asked, each changeable, each with its history."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from qa_platform.reviewers.commands import (
    ChangeCap,
    ChangeCompetences,
    ChangeLanguages,
    DeclareUnavailable,
    TermsCommand,
    WithdrawUnavailability,
)
from qa_platform.reviewers.decider.entering import refuse_competences
from qa_platform.reviewers.decider.refusals import (
    CapUnacceptable,
    ExpertiseIncomplete,
    PeriodUnacceptable,
    PeriodUnknown,
    require_staying,
)
from qa_platform.reviewers.decider.state import Reviewer
from qa_platform.reviewers.events import (
    ReviewerCapChanged,
    ReviewerCompetencesChanged,
    ReviewerLanguagesChanged,
    ReviewerUnavailabilityDeclared,
    ReviewerUnavailabilityWithdrawn,
    TermsEvent,
)


def decide_terms(command: TermsCommand, reviewer: Reviewer) -> list[TermsEvent]:
    """Return what changes in a reviewer's terms."""
    require_staying(reviewer)
    match command:
        case ChangeCompetences():
            return _change_competences(command, reviewer)
        case ChangeLanguages():
            return _change_languages(command, reviewer)
        case DeclareUnavailable():
            return _declare_unavailable(command, reviewer)
        case WithdrawUnavailability():
            return _withdraw(command, reviewer)
        case ChangeCap():
            return _change_cap(command, reviewer)
        case _:
            assert_never(command)


def evolve_terms(reviewer: Reviewer, event: TermsEvent) -> Reviewer:
    """Return the reviewer with changed terms."""
    match event:
        case ReviewerCompetencesChanged():
            fields = tuple(one.field for one in event.competences)
            expertise = replace(
                reviewer.expertise, fields=fields, highest_level=max(one.highest_level for one in event.competences)
            )
            return replace(reviewer, competences=event.competences, expertise=expertise)
        case ReviewerLanguagesChanged():
            return replace(reviewer, languages=event.languages)
        case ReviewerUnavailabilityDeclared():
            period = (event.first_day, event.last_day)
            return replace(reviewer, absences={**reviewer.absences, event.period_id: period})
        case ReviewerUnavailabilityWithdrawn():
            rest = {key: period for key, period in reviewer.absences.items() if key != event.period_id}
            return replace(reviewer, absences=rest)
        case ReviewerCapChanged():
            return replace(reviewer, cap=event.open_cases)
        case _:
            assert_never(event)


def _change_competences(command: ChangeCompetences, reviewer: Reviewer) -> list[TermsEvent]:
    refuse_competences(command.competences)

    if command.competences == reviewer.competences:
        return []
    return [ReviewerCompetencesChanged(person_id=command.person_id, competences=command.competences)]


def _change_languages(command: ChangeLanguages, reviewer: Reviewer) -> list[TermsEvent]:
    if not command.languages:
        raise ExpertiseIncomplete("The languages were not recorded: there is none. Name at least one.")

    if command.languages == reviewer.languages:
        return []
    return [ReviewerLanguagesChanged(person_id=command.person_id, languages=command.languages)]


def _declare_unavailable(command: DeclareUnavailable, reviewer: Reviewer) -> list[TermsEvent]:
    if command.last_day < command.first_day:
        raise PeriodUnacceptable(
            f"The absence was not recorded: it would end on {command.last_day}, before it begins on "
            f"{command.first_day}. Correct one of the days."
        )
    known = reviewer.absences.get(command.period_id)
    if known is not None and known != (command.first_day, command.last_day):
        raise PeriodUnacceptable("The absence was not recorded: its id is in use already. Record it under a new id.")

    if known is not None:
        return []
    return [
        ReviewerUnavailabilityDeclared(
            person_id=command.person_id,
            period_id=command.period_id,
            first_day=command.first_day,
            last_day=command.last_day,
        )
    ]


def _withdraw(command: WithdrawUnavailability, reviewer: Reviewer) -> list[TermsEvent]:
    if command.period_id not in reviewer.absences:
        raise PeriodUnknown(
            f"No absence was taken back: none is recorded under “{command.period_id}”. Look at the recorded ones."
        )

    return [ReviewerUnavailabilityWithdrawn(person_id=command.person_id, period_id=command.period_id)]


def _change_cap(command: ChangeCap, reviewer: Reviewer) -> list[TermsEvent]:
    if command.open_cases < 1:
        raise CapUnacceptable("The number of open cases was not changed: it would be none. Pause the reviewer instead.")

    if command.open_cases == reviewer.cap:
        return []
    return [ReviewerCapChanged(person_id=command.person_id, open_cases=command.open_cases)]
