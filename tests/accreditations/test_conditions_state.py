"""How a condition stands after each event, whole: whose turn it is and until when follows from it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from qa_platform.accreditations.decider.conditions import ConditionStatus, refusals
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.accreditations import factories as f
from tests.accreditations.test_conditions import checked, extended, filed, lapsed, standing

SECRET = "Ask aminah@example.org."


def test_a_condition_that_was_set_waits_for_evidence_until_its_day():
    opened = f.ConditionSetFactory()

    assert (standing.state.due_on, standing.state.answer_by) == (opened.due_on, opened.due_on)


def test_evidence_is_to_be_checked_by_its_day():
    event = f.ConditionEvidenceFiledFactory()

    status = {"status": ConditionStatus.FILED, "filings": event.filing}
    assert filed.state == replace(standing.state, **status, answer_by=event.check_due_on)


def test_a_check_that_is_handed_over_begins_anew():
    handed = f.ConditionCheckHandedOverFactory()

    assert checked.given(handed).state == replace(filed.state, checked_by=handed.checked_by)
    assert standing.given(handed).state == replace(standing.state, checked_by=handed.checked_by)


def test_what_lapsed_is_to_be_ruled_on_by_its_day():
    event = f.ConditionLapsedFactory()

    assert lapsed.state == replace(standing.state, status=ConditionStatus.LAPSED, answer_by=event.rule_by)


@pytest.mark.parametrize(
    ("event", "status", "verdict"),
    [
        (f.ConditionMetFactory(), ConditionStatus.MET, "COND-MET"),
        (f.ConditionNotMetFactory(), ConditionStatus.NOT_MET, "COND-FAIL"),
    ],
)
def test_a_verdict_leaves_nobody_a_turn_and_keeps_what_stood_before(event, status, verdict):
    was = checked.state
    after = {"status": status, "verdict": verdict, "answer_by": None, "ruled": event, "before": was}

    assert checked.given(event).state == replace(was, **after)


def test_an_extension_gives_the_provider_its_turn_again():
    event, was = f.ConditionExtendedFactory(), checked.state

    days = {"due_on": event.due_on, "answer_by": event.due_on}
    ruling = {"status": ConditionStatus.EXTENDED, "verdict": "COND-EXT", "ruled": event, "before": was}
    assert extended.state == replace(was, **ruling, **days, extended=True, checker_id=None)


def test_only_the_last_verdict_can_be_taken_back():
    again = extended.given(f.ConditionEvidenceFiledFactory(filing=2), f.ConditionCheckBegunFactory())
    ruled = again.given(f.ConditionMetFactory())

    assert ruled.state.before == again.state
    assert again.state.before is None
    assert replace(ruled.state.before, before=None) == ruled.state.before


@pytest.mark.parametrize(
    ("before", "command", "refusal", "field"),
    [
        (standing, f.FileEvidenceFactory(documents=()), refusals.EvidenceMissing, "documents"),
        (standing, f.FileEvidenceFactory(statement=" "), refusals.EvidenceMissing, "statement"),
        (standing, f.FileEvidenceFactory(statement=SECRET), PersonalDataInText, "statement"),
        (filed, f.HandOverCheckFactory(checked_by="panel", reason=SECRET), PersonalDataInText, "reason"),
        (checked, f.RuleOnConditionFactory(reason=SECRET), PersonalDataInText, "reason"),
        (checked.given(f.ConditionMetFactory()), f.ReverseVerdictFactory(reason=SECRET), PersonalDataInText, "reason"),
    ],
)
def test_a_refusal_stands_at_what_was_wrong(before, command, refusal, field):
    before.when(command).then_rejected(refusal, at=[field])
