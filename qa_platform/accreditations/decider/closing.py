"""The second document: it says that all conditions are met, and can be corrected, but never taken out."""

from __future__ import annotations

import msgspec

from qa_platform.accreditations.commands import CorrectClosing, IssueClosing
from qa_platform.accreditations.events import (
    AccreditationClosingCorrected,
    AccreditationConditionsMet,
    AccreditationEvent,
    AccreditationOpened,
    ClosingDocument,
    MetCondition,
    Status,
)
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault, Missing, Rejected


class NoSuchEntry(Missing):
    """The accreditation was never entered."""


class ConditionsOpen(Rejected):
    """Not all conditions of the decision are met."""


class NotConditional(Rejected):
    """The accreditation carries no conditions that a document could close."""


class NothingToCorrect(Rejected):
    """No closing document holds."""


class DocumentsImproper(Rejected):
    """The document has no language version, or one of them twice."""


class Accreditation(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the register: as it was opened, how it stands, and the closing document that holds."""

    opened: AccreditationOpened | None = None
    status: Status = "listed"
    closing: AccreditationConditionsMet | None = None
    correction: AccreditationClosingCorrected | None = None


def issue_closing(command: IssueClosing, accreditation: Accreditation) -> list[AccreditationEvent]:
    """Return the document that makes a conditional accreditation positive, or raise Rejected."""
    opened = _opened(accreditation)
    if accreditation.closing is not None and accreditation.closing.documents == command.documents:
        return []
    if accreditation.status != "conditional":
        raise NotConditional(
            f"No document was issued: “{opened.number}” is not conditional. "
            "Correct the document that there is, if it is wrong."
        )
    _refuse_open(command, opened)
    _refuse_documents(command.documents)

    return [
        AccreditationConditionsMet(
            accreditation_id=command.accreditation_id,
            submission_id=command.submission_id,
            decision_id=opened.decision_id,
            number=opened.number,
            kind="COND-MET",
            conditions=tuple(
                MetCondition(condition_id=one.condition_id, version=one.version) for one in command.conditions
            ),
            documents=command.documents,
            issued_on=command.on,
        )
    ]


def correct_closing(command: CorrectClosing, accreditation: Accreditation) -> list[AccreditationEvent]:
    """Return the correction of a closing document that was issued in error, or raise Rejected."""
    opened, closing, correction = _opened(accreditation), accreditation.closing, accreditation.correction
    if closing is None:
        if correction is not None and (correction.documents, correction.reason) == (command.documents, command.reason):
            return []
        raise NothingToCorrect(
            f"Nothing was corrected: no document that closes the conditions of “{opened.number}” holds."
        )
    _refuse_documents(command.documents)
    refuse_personal_data({"reason": command.reason})

    return [
        AccreditationClosingCorrected(
            accreditation_id=command.accreditation_id,
            submission_id=command.submission_id,
            decision_id=opened.decision_id,
            number=opened.number,
            kind="CORR",
            corrects=closing.issued_on,
            reason=command.reason,
            documents=command.documents,
            corrected_on=command.on,
        )
    ]


def _opened(accreditation: Accreditation) -> AccreditationOpened:
    if accreditation.opened is None:
        raise NoSuchEntry("There is no such entry in the register. Check the address.")
    return accreditation.opened


def _refuse_open(command: IssueClosing, opened: AccreditationOpened) -> None:
    still = sum(one.status != "met" for one in command.conditions)
    known, due = len(command.conditions), max((one.of for one in command.conditions), default=1)
    if still or known < due:
        raise ConditionsOpen(
            f"No document was issued: of the {due} conditions of “{opened.number}”, {still + due - known} are not met "
            "yet. Issue it when the last one is."
        )


def _refuse_documents(documents: tuple[ClosingDocument, ...]) -> None:
    languages = [document.language for document in documents]
    if not languages or len(set(languages)) < len(languages):
        message = "Name the document in at least one language, and each language once."
        raise DocumentsImproper(f"No document was issued. {message}", (Fault("documents", message),))
