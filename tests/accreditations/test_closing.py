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


def test_what_was_never_conditional_is_not_closed():
    entry.given(AccreditationOpenedFactory()).when(IssueClosingFactory()).then_rejected(NotConditional)
    entry.when(IssueClosingFactory()).then_rejected(NoSuchEntry)


@pytest.mark.parametrize("documents", [(), (ClosingDocumentFactory(), ClosingDocumentFactory(sha256="e" * 64))])
def test_a_document_has_each_language_once(documents):
    conditional.when(IssueClosingFactory(documents=documents)).then_rejected(DocumentsImproper)


def test_a_document_that_was_issued_in_error_is_corrected_and_another_may_follow():
    closed.when(CorrectClosingFactory()).then(AccreditationClosingCorrectedFactory())
    corrected = closed.given(AccreditationClosingCorrectedFactory())
    corrected.when(CorrectClosingFactory()).then_nothing()
    corrected.when(CorrectClosingFactory(reason="Another")).then_rejected(NothingToCorrect)
    corrected.when(IssueClosingFactory()).then(AccreditationConditionsMetFactory())
    conditional.when(CorrectClosingFactory()).then_rejected(NothingToCorrect)
