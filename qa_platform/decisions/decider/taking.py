"""Taking a decision: who sat, on what basis, and whether the verdict fits it."""

from __future__ import annotations

from qa_platform.decisions.commands import TakeDecision
from qa_platform.decisions.decider.award import Award, award_of
from qa_platform.decisions.decider.codes import KINDS, Kind, codes_for
from qa_platform.decisions.decider.refusals import (
    CodeNotAllowed,
    CommitteeImproper,
    ConditionsImproper,
    NotReadyToDecide,
    ReasonMissing,
)
from qa_platform.decisions.decider.sitting import deferral_of, minutes_of, refuse_sitting, refuse_without_consent
from qa_platform.decisions.decider.state import Deciding
from qa_platform.decisions.events import AreaIndex, DecisionEvent, DecisionTaken
from qa_platform.kernel.months import months_after
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.scoring.outcome import Outcome, outcome

LONGEST_CONDITION_MONTHS = 12


def decision_of(command: TakeDecision, deciding: Deciding) -> list[DecisionEvent]:
    """Return the decision, bound to its basis, with its minutes, or raise Rejected."""
    _refuse_unready(command)
    _refuse_committee(command, deciding.recused)
    kind = _kind(command)
    found = outcome(command.dossier.rubric, command.dossier.route, command.dossier.sheets, command.dossier.settled)
    _refuse_open_moderation(command, found)
    _refuse_open_report(command)
    _refuse_without_reasons(command, kind, found)
    _refuse_conditions(command, kind)
    award = award_of(command, kind)
    item = refuse_sitting(command, deciding)
    refuse_without_consent(command, award, deciding)
    waiting = deferral_of(command)
    refuse_personal_data(_texts(command))

    return [_taken(command, kind, found, award), minutes_of(command, item, deciding), *waiting]


def _taken(command: TakeDecision, kind: Kind, found: Outcome, award: Award) -> DecisionTaken:
    dossier = command.dossier
    return DecisionTaken(
        submission_id=command.submission_id,
        decision_id=command.decision_id,
        code=command.code,
        decision_class=kind.decision_class,
        band_suggested=found.band,
        departure_reason=command.departure_reason,
        grounds=command.grounds,
        conditions=command.conditions,
        recommendations=command.recommendations,
        commendations=command.commendations,
        index=found.index,
        area_indices=tuple(AreaIndex(area=each.area, index=each.index) for each in found.areas),
        standard_id=dossier.standard_id,
        rubric_version=dossier.rubric_version,
        rubric_hash=dossier.rubric_hash,
        basis=dossier.basis,
        members=command.members,
        taken_on=command.taken_on,
        level_awarded=award.level_awarded,
        credits_awarded=award.credits_awarded,
        hours_accepted=award.hours_accepted,
        valid_months=award.valid_months,
    )


def _refuse_unready(command: TakeDecision) -> None:
    if command.dossier.submission_status != "accepted":
        raise NotReadyToDecide(
            f"No decision was taken: the submission is “{command.dossier.submission_status}”, "
            "and only an accepted one can be decided."
        )
    if not command.dossier.scoring_closed:
        raise NotReadyToDecide("No decision was taken: the scoring is not closed. Wait until every review is locked.")


def _refuse_open_moderation(command: TakeDecision, found: Outcome) -> None:
    if command.dossier.moderation_closed:
        return
    # Moderation that was begun is ended by the lead, not by the committee.
    if found.triggers or command.dossier.settled:
        raise NotReadyToDecide(
            "No decision was taken: the reviewers' scores call for moderation, and it is not closed. "
            "Ask the lead reviewer to settle what is open and to close it."
        )


def _refuse_open_report(command: TakeDecision) -> None:
    if command.dossier.report is None and not command.report_required:
        return
    # A provider that was asked to check a draft is told what became of it before it is decided on.
    if command.dossier.report != "final":
        raise NotReadyToDecide(
            "No decision was taken: the final report of the panel is not issued. "
            "Wait until the provider has checked the draft and the lead reviewer has issued the final report."
        )


def _refuse_committee(command: TakeDecision, recused: frozenset[str]) -> None:
    sitting = set(command.members)
    if sitting & set(command.dossier.scored_by):
        raise CommitteeImproper(
            "No decision was taken: a member who scored this submission, or led its panel, cannot decide on it. "
            "Record the recusal, and decide without that member.",
            (Fault("members", "Leave out whoever reviewed this submission."),),
        )
    if sitting & recused:
        raise CommitteeImproper(
            "No decision was taken: a member who is recused from this submission cannot decide on it. "
            "Decide without that member.",
            (Fault("members", "Leave out whoever is recused."),),
        )
    if strangers := sitting - set(command.committee):
        raise CommitteeImproper(
            f"No decision was taken: “{min(strangers)}” is no member of the committee. "
            "Decide without that person, or have the role granted first.",
            (Fault("members", "Name only accounts that hold the role of committee member."),),
        )
    if len(sitting) < command.quorum:
        # Whoever is recused is not counted: the quorum is that of this very item.
        message = f"Let at least {command.quorum} different members vote, or abstain."
        raise CommitteeImproper(
            f"No decision was taken: the committee needs {command.quorum} members, and {len(sitting)} sat. {message}",
            (Fault("members", message),),
        )


def _kind(command: TakeDecision) -> Kind:
    kind = KINDS.get(command.code)
    if kind is None or command.dossier.route not in kind.routes:
        allowed = ", ".join(f"“{code}”" for code in codes_for(command.dossier.route))
        message = f"Choose one of {allowed}."
        raise CodeNotAllowed(
            f"No decision was taken: “{command.code}” is no decision on the route {command.dossier.route}. {message}",
            (Fault("code", message),),
        )
    return kind


def _refuse_without_reasons(command: TakeDecision, kind: Kind, found: Outcome) -> None:
    if kind.follows and found.band not in kind.follows and not (command.departure_reason or "").strip():
        message = "Say why the committee departs from it."
        raise ReasonMissing(
            f"No decision was taken: the scores suggest “{found.band}”, not “{command.code}”. {message}",
            (Fault("departure_reason", message),),
        )
    if kind.grounded and not any(ground.text.strip() for ground in command.grounds):
        message = "State the grounds."
        raise ReasonMissing(
            f"No decision was taken: “{command.code}” has to say on which grounds. {message}",
            (Fault("grounds", message),),
        )
    areas = {area.id for area in command.dossier.rubric.areas}
    strange = [ground.area for ground in command.grounds if ground.area not in areas]
    if strange:
        message = f"“{strange[0]}” is no area of the standard."
        raise ReasonMissing(f"No decision was taken: {message} Choose one of its areas.", (Fault("grounds", message),))


def _refuse_conditions(command: TakeDecision, kind: Kind) -> None:
    problem = _problem_of_conditions(command, kind)
    if problem:
        raise ConditionsImproper(f"No decision was taken: {problem}", (Fault("conditions", problem),))


def _problem_of_conditions(command: TakeDecision, kind: Kind) -> str | None:
    critical = any(condition.severity == "critical" for condition in command.conditions)
    if not kind.conditional:
        return (
            f"“{command.code}” carries no conditions. Take them out, or choose another code."
            if (command.conditions)
            else None
        )
    if not command.conditions:
        return f"“{command.code}” needs at least one condition. Add it, with a date."
    if critical and not kind.critical:
        return "A critical condition freezes the intake. Choose “APP-CX”, or make it a major one."
    if kind.critical and not critical:
        return f"“{command.code}” needs a critical condition. Add it, or choose “APP-C”."
    return _problem_of_dates(command) or _problem_of_criteria(command)


def _problem_of_dates(command: TakeDecision) -> str | None:
    latest = months_after(command.taken_on, LONGEST_CONDITION_MONTHS)
    for condition in command.conditions:
        if not command.taken_on < condition.due_on <= latest:
            return (
                f"A condition is due on {condition.due_on}. Choose a date after the decision, "
                f"and at most {LONGEST_CONDITION_MONTHS} months later: {latest}."
            )
    return None


def _problem_of_criteria(command: TakeDecision) -> str | None:
    for condition in command.conditions:
        if condition.criterion is not None and command.dossier.rubric.criterion(condition.criterion) is None:
            return f"“{condition.criterion}” is no criterion of the standard. Choose one of its criteria."
    return None


def _texts(command: TakeDecision) -> dict[str, str | None]:
    return {
        "departure_reason": command.departure_reason,
        **{f"grounds.{place}.text": ground.text for place, ground in enumerate(command.grounds)},
        **{f"conditions.{place}.text": condition.text for place, condition in enumerate(command.conditions)},
        **{f"recommendations.{place}": text for place, text in enumerate(command.recommendations)},
        **{f"commendations.{place}": text for place, text in enumerate(command.commendations)},
        **{f"wanted.{place}": text for place, text in enumerate(command.wanted)},
    }
