"""Filing evidence in time, and lapsing without it."""

from __future__ import annotations

from qa_platform.accreditations.commands import FileEvidence, LapseCondition
from qa_platform.accreditations.decider.conditions import refusals
from qa_platform.accreditations.decider.conditions.state import AWAITING, Condition, ConditionStatus
from qa_platform.accreditations.events import ConditionEvent, ConditionEvidenceFiled, ConditionLapsed
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault

_WHY_NOT = {
    ConditionStatus.UNDER_CHECK: "it is being checked. Wait for the verdict",
    ConditionStatus.LAPSED: "its time was over. Ask the agency's register officer, who rules on it",
    ConditionStatus.MET: "it is met. Nothing more is needed",
    ConditionStatus.NOT_MET: "it was found not to be met. Ask the agency's register officer",
}


def file(command: FileEvidence, condition: Condition) -> list[ConditionEvent]:
    """Return a filing more, or raise Rejected; what was filed in time can be added to until the check is begun."""
    if why := _WHY_NOT.get(condition.status):
        raise refusals.EvidenceNotAwaited(f"Nothing was filed for {condition.named.lower()}: {why}.")
    # Late is late, even where nobody has noticed yet, and where something was filed in time.
    if condition.due_on is not None and command.on > condition.due_on:
        raise refusals.EvidenceNotAwaited(
            f"Nothing was filed for {condition.named.lower()}: its time was over on {condition.due_on}. "
            "Ask the agency's register officer, who rules on it."
        )
    _refuse_documents(command)
    titles = {f"documents.{place}.title": document.title for place, document in enumerate(command.documents)}
    refuse_personal_data({"statement": command.statement, **titles})

    return [
        ConditionEvidenceFiled(
            condition_id=command.condition_id,
            submission_id=command.submission_id,
            filing=condition.filings + 1,
            statement=command.statement,
            documents=command.documents,
            filed_on=command.on,
            check_due_on=command.check_due_on,
        )
    ]


def _refuse_documents(command: FileEvidence) -> None:
    if not command.statement.strip():
        message = "Say in a sentence what the documents show."
        raise refusals.EvidenceMissing(f"Nothing was filed: {message}", (Fault("statement", message),))
    if not command.documents:
        message = "Name at least one document, by its title and SHA-256."
        raise refusals.EvidenceMissing(f"Nothing was filed: there is no document in it. {message}", _at(message))
    digests = [document.sha256 for document in command.documents]
    if len(set(digests)) < len(digests):
        message = "Name each document once."
        raise refusals.EvidenceMissing(f"Nothing was filed: one document stands in it twice. {message}", _at(message))


def _at(message: str) -> tuple[Fault, ...]:
    return (Fault("documents", message),)


def lapse(command: LapseCondition, condition: Condition) -> list[ConditionEvent]:
    """Return the lapse of a condition whose day has passed without evidence; due today is not overdue."""
    if condition.status is ConditionStatus.LAPSED:
        return []
    due_on = condition.due_on
    if condition.status not in AWAITING or due_on is None or command.on <= due_on:
        raise refusals.ConditionNotOverdue(
            f"{condition.named} did not lapse: it is “{condition.status}”, and due on {due_on}. "
            "It lapses when that day has passed and nothing was filed."
        )

    return [
        ConditionLapsed(
            condition_id=command.condition_id,
            submission_id=command.submission_id,
            due_on=due_on,
            lapsed_on=command.on,
            rule_by=command.rule_by,
        )
    ]
