"""The second document: it closes a conditional accreditation once all conditions are met, and can be corrected."""

from __future__ import annotations

import pytest

from qa_platform.accreditations.decider import (
    ConditionsOpen,
    DocumentsImproper,
    NoSuchEntry,
    NotConditional,
    NothingToCorrect,
    accreditation_decider,
)
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.accreditations.factories import (
    AccreditationClosingCorrectedFactory,
    AccreditationConditionsMetFactory,
    AccreditationOpenedFactory,
    ClosingDocumentFactory,
    ConditionStandingFactory,
    CorrectClosingFactory,
    IssueClosingFactory,
)
from tests.specification import Specification

entry = Specification(accreditation_decider)
conditional = entry.given(AccreditationOpenedFactory(status="conditional", decision_class="positive_with_conditions"))
closed = conditional.given(AccreditationConditionsMetFactory())


def test_the_document_is_issued_once_all_conditions_are_met():
    conditional.when(IssueClosingFactory()).then(AccreditationConditionsMetFactory())
    closed.when(IssueClosingFactory()).then_nothing()
    closed.when(IssueClosingFactory(documents=(ClosingDocumentFactory(sha256="e" * 64),))).then_rejected(NotConditional)


@pytest.mark.parametrize(
    "conditions",
    [
        (),
        (ConditionStandingFactory(of=2),),
        (ConditionStandingFactory(of=2), ConditionStandingFactory(condition_id="condition-2", of=2, status="not_met")),
        (ConditionStandingFactory(status="under_check"),),
    ],
)
def test_no_document_is_issued_while_a_condition_is_open_or_unknown(conditions):
    conditional.when(IssueClosingFactory(conditions=conditions)).then_rejected(ConditionsOpen, match="not met yet")


def test_whoever_asks_too_early_is_told_how_many_conditions_are_left():
    three = (ConditionStandingFactory(of=3), ConditionStandingFactory(of=3, condition_id="condition-2", status="set"))

    conditional.when(IssueClosingFactory(conditions=three)).then_rejected(ConditionsOpen, match="of the 3 .*, 2 are")
    conditional.when(IssueClosingFactory(conditions=())).then_rejected(ConditionsOpen, match="of the 1 .*, 1 are")


def test_what_was_never_conditional_is_not_closed():
    entry.given(AccreditationOpenedFactory()).when(IssueClosingFactory()).then_rejected(NotConditional)
    entry.when(IssueClosingFactory()).then_rejected(NoSuchEntry)


@pytest.mark.parametrize("documents", [(), (ClosingDocumentFactory(), ClosingDocumentFactory(sha256="e" * 64))])
def test_a_document_has_each_language_once(documents):
    for history, command in ((conditional, IssueClosingFactory), (closed, CorrectClosingFactory)):
        history.when(command(documents=documents)).then_rejected(DocumentsImproper, at=["documents"])


def test_a_document_that_was_issued_in_error_is_corrected_and_another_may_follow():
    closed.when(CorrectClosingFactory()).then(AccreditationClosingCorrectedFactory())
    corrected = closed.given(AccreditationClosingCorrectedFactory())
    corrected.when(CorrectClosingFactory()).then_nothing()
    corrected.when(CorrectClosingFactory(reason="Another")).then_rejected(NothingToCorrect)
    corrected.when(IssueClosingFactory()).then(AccreditationConditionsMetFactory())
    conditional.when(CorrectClosingFactory()).then_rejected(NothingToCorrect)


def test_the_reason_of_a_correction_names_nobody():
    reason = "Aminah of aminah@example.org sent the wrong file."

    closed.when(CorrectClosingFactory(reason=reason)).then_rejected(PersonalDataInText, at=["reason"])


def test_an_accreditation_is_listed_without_conditions_once_they_are_met():
    assert conditional.state.status == "conditional"
    assert closed.state.status == "listed"
    assert closed.given(AccreditationClosingCorrectedFactory()).state.status == "conditional"
