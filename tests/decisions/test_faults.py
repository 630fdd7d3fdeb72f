"""At which fields a refusal stands: what a form shows beside what was typed."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.decisions.decider import (
    AwardImproper,
    CodeNotAllowed,
    CommitteeImproper,
    ConditionsImproper,
    NotReadyToDecide,
    ReasonMissing,
    ReleaseImproper,
)
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.decisions.factories import (
    MEMBERS,
    ConditionFactory,
    DecisionTakenFactory,
    GroundFactory,
    MemberRecusedFactory,
    RecuseMemberFactory,
    ReleaseDecisionFactory,
)
from tests.decisions.test_decider import decided, deciding, deferred, signed, take

STRANGE = (GroundFactory(area="Z"),)


@pytest.mark.parametrize(
    ("command", "refusal", "field"),
    [
        (take(level_awarded=3), AwardImproper, "code"),
        (take(code="APP-V"), AwardImproper, "code"),
        (take(valid_months=37), AwardImproper, "valid_months"),
        (take(code="XXX"), CodeNotAllowed, "code"),
        (take(members=MEMBERS[:2]), CommitteeImproper, "members"),
        (take(members=(*MEMBERS, "lead-1")), CommitteeImproper, "members"),
        (take(conditions=(ConditionFactory(),)), ConditionsImproper, "conditions"),
        (take(band="refuse", code="APP"), ReasonMissing, "departure_reason"),
        (take(band="refuse", code="REF"), ReasonMissing, "grounds"),
        (take(band="refuse", code="REF", grounds=STRANGE), ReasonMissing, "grounds"),
        (take(departure_reason="Call 012-345 6789."), PersonalDataInText, "departure_reason"),
        (RecuseMemberFactory(category="XXX"), CommitteeImproper, "category"),
    ],
)
def test_a_refusal_stands_at_what_was_wrong(command, refusal, field):
    deciding.when(command).then_rejected(refusal, at=[field])


def test_a_recused_member_stands_at_the_members():
    recused = deciding.given(MemberRecusedFactory())

    recused.when(take(members=(*MEMBERS, "member-4"))).then_rejected(CommitteeImproper, match="recused", at=["members"])


def test_a_release_with_too_few_days_stands_at_its_day():
    early = ReleaseDecisionFactory(appeal_until=date(2026, 12, 23))
    signed.when(early).then_rejected(ReleaseImproper, at=["appeal_until"])


def test_a_month_is_the_shortest_validity():
    deciding.when(take(valid_months=1)).then(*decided(valid_months=1))


def test_a_report_that_was_begun_is_final_before_the_decision():
    deciding.when(take(dossier={"report": "draft"})).then_rejected(NotReadyToDecide, match="final report")
    deciding.when(take(dossier={"report": "final"}, report_required=True)).then(*decided())
    deciding.when(take(report_required=True)).then_rejected(NotReadyToDecide, match="final report")


def test_the_codes_of_a_route_are_named_one_after_the_other():
    deciding.when(take(code="XXX")).then_rejected(CodeNotAllowed, match="“APP”, “APP-V”, “APP-C”")


def test_what_is_decided_after_a_deferral_waits_for_its_own_release():
    second = deferred.given(DecisionTakenFactory(decision_id="decision-2"))

    assert second.state.released is None
