from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from qa_platform.decisions.decider import (
    KINDS,
    AlreadyDecided,
    AwardImproper,
    CodeNotAllowed,
    CommitteeImproper,
    ConditionsImproper,
    NotReadyToDecide,
    ReasonMissing,
    codes_for,
    decision_decider,
)
from qa_platform.decisions.events import Code
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.decisions.factories import (
    BASIS,
    MEMBERS,
    NOTHING,
    ConditionFactory,
    DecisionCountersignedFactory,
    DecisionMinutedFactory,
    DecisionReleasedFactory,
    DecisionTakenFactory,
    DossierFactory,
    EvidenceAwaitedFactory,
    GroundFactory,
    MemberRecusedFactory,
    RecuseMemberFactory,
    TakeDecisionFactory,
    VariationAnsweredFactory,
    VariationProposedFactory,
    sat,
)
from tests.scoring.national import sheet
from tests.specification import Specification

fresh = Specification(decision_decider)
deciding = fresh.given(*sat())
taken = deciding.given(DecisionTakenFactory(), DecisionMinutedFactory())
signed = taken.given(DecisionCountersignedFactory())
released = signed.given(DecisionReleasedFactory())
DEFERRAL = {"code": "DEFER", "decision_class": "not_applicable", "grounds": (GroundFactory(),), **NOTHING}
deferred = fresh.given(
    *sat("DEFER"),
    DecisionTakenFactory(**DEFERRAL),
    DecisionMinutedFactory(),
    EvidenceAwaitedFactory(),
    DecisionCountersignedFactory(),
    DecisionReleasedFactory(),
)
WAITING = {"wanted": ("The letter of the partner.",), "supply_by": date(2026, 12, 24)}


def on(code: str) -> Specification:
    """Return a sitting in which all were for that kind of decision."""
    return fresh.given(*sat(code))


def decided(**given) -> tuple:
    """Return a decision with its minutes."""
    decision_id = given.get("decision_id", "decision-1")
    return DecisionTakenFactory(**given), DecisionMinutedFactory(decision_id=decision_id)


def take(*, band: str = "approve", dossier: dict | None = None, **given):
    """Return the command to decide on sheets that come to a band."""
    return TakeDecisionFactory(dossier=DossierFactory(band=band, **(dossier or {})), **given)


# --- the basis


def test_a_decision_is_bound_to_the_exact_versions_it_rests_on():
    deciding.when(take()).then(*decided(basis=BASIS))


def test_a_submission_that_is_no_longer_open_is_not_decided():
    deciding.when(take(dossier={"submission_status": "withdrawn"})).then_rejected(NotReadyToDecide, match="withdrawn")


def test_nothing_is_decided_before_scoring_is_closed():
    deciding.when(take(dossier={"scoring_closed": False})).then_rejected(
        NotReadyToDecide, match="scoring is not closed"
    )


APART = (sheet("review-1", A1=1), sheet("review-2"))


def test_nothing_is_decided_while_moderation_is_open():
    deciding.when(take(dossier={"sheets": APART})).then_rejected(NotReadyToDecide, match="call for moderation")
    deciding.when(take(dossier={"sheets": APART, "settled": {"A1": 3}})).then_rejected(NotReadyToDecide)


def test_what_moderation_settled_counts_once_it_is_closed():
    dossier = {"sheets": APART, "settled": {"A1": 3}, "moderation_closed": True}

    deciding.when(take(dossier=dossier)).then(*decided())


# --- the committee


def test_two_members_are_no_quorum_nor_is_one_named_twice():
    deciding.when(take(members=MEMBERS[:2])).then_rejected(CommitteeImproper, match="needs 3 members, and 2 sat")
    deciding.when(take(members=(*MEMBERS[:2], MEMBERS[0]))).then_rejected(CommitteeImproper)


@pytest.mark.parametrize("scorer", ["reviewer-1", "reviewer-2", "lead-1"])
def test_nobody_who_scored_or_led_sits(scorer):
    deciding.when(take(members=(*MEMBERS, scorer))).then_rejected(CommitteeImproper, match="who scored")


def test_whoever_is_recused_does_not_sit():
    (
        deciding.given(MemberRecusedFactory())
        .when(take(members=(*MEMBERS, "member-4")))
        .then_rejected(CommitteeImproper, match="recused")
    )


def test_nobody_sits_who_is_no_member_of_the_committee():
    command = take(members=(*MEMBERS, "member-4"), committee=MEMBERS)

    refusal = deciding.when(command).then_rejected(CommitteeImproper, match="“member-4” is no member of the committee")

    assert [fault.field for fault in refusal.faults] == ["members"]


def test_a_member_is_recused_once_and_before_the_decision():
    deciding.when(RecuseMemberFactory()).then(MemberRecusedFactory())
    deciding.given(MemberRecusedFactory()).when(RecuseMemberFactory()).then_nothing()
    taken.when(RecuseMemberFactory()).then_rejected(AlreadyDecided, match="belongs before it")


def test_a_recusal_names_a_category_of_interest():
    deciding.when(RecuseMemberFactory(category="XXX")).then_rejected(CommitteeImproper, match="no category")


# --- the verdict


def test_every_code_has_its_kind():
    assert set(KINDS) == set(get_args(Code))


@pytest.mark.parametrize("code", ["XXX", "LIST", "REN", "CHG-OK"])
def test_a_code_is_one_of_the_route(code):
    deciding.when(take(code=code)).then_rejected(CodeNotAllowed, match="“APP”")


@pytest.mark.parametrize("route", ["SAMC", "APMC", "RENEWAL", "CHANGE"])
def test_every_route_has_a_code_for_yes_for_no_and_for_later(route):
    classes = {KINDS[code].decision_class for code in codes_for(route)}

    assert {"positive", "negative", "not_applicable"} <= classes


@pytest.mark.parametrize(("band", "code"), [("approve_with_conditions", "APP"), ("refuse", "APP"), ("approve", "REF")])
def test_departing_from_the_band_needs_a_reason(band, code):
    grounds = (GroundFactory(),) if code == "REF" else ()

    refusal = deciding.when(take(band=band, code=code, grounds=grounds)).then_rejected(ReasonMissing, match=band)

    assert [fault.field for fault in refusal.faults] == ["departure_reason"]


def test_the_committee_may_depart_from_the_band_with_a_reason():
    why = "The price was corrected meanwhile."

    deciding.when(take(band="approve_with_conditions", departure_reason=why)).then(
        *decided(band="approve_with_conditions", departure_reason=why)
    )


def test_a_refusal_states_its_grounds_and_awards_nothing():
    grounds = (GroundFactory(),)

    deciding.when(take(band="refuse", code="REF")).then_rejected(ReasonMissing, match="State the grounds")
    on("REF").when(take(band="refuse", code="REF", grounds=grounds)).then(
        *decided(band="refuse", code="REF", decision_class="negative", grounds=grounds, **NOTHING)
    )
    deciding.when(take(band="refuse", code="REF", grounds=grounds, level_awarded=4)).then_rejected(
        AwardImproper, match="awards nothing"
    )


def test_grounds_are_in_an_area_of_the_standard():
    grounds = (GroundFactory(area="Z"),)

    deciding.when(take(band="refuse", code="REF", grounds=grounds)).then_rejected(ReasonMissing, match="no area")


def test_what_is_published_holds_no_personal_data():
    refusal = deciding.when(take(recommendations=("Call 012-345 6789.",))).then_rejected(PersonalDataInText)

    assert [fault.field for fault in refusal.faults] == ["recommendations.0"]


# --- conditions


def conditional(*conditions, code: str = "APP-C"):
    return take(band="approve_with_conditions", code=code, conditions=conditions)


def test_a_conditional_approval_carries_its_conditions():
    on("APP-C").when(conditional(ConditionFactory())).then(
        *decided(
            band="approve_with_conditions",
            code="APP-C",
            decision_class="positive_with_conditions",
            conditions=(ConditionFactory(),),
        )
    )


def test_a_critical_condition_restricts():
    critical = ConditionFactory(severity="critical")

    on("APP-CX").when(conditional(critical, code="APP-CX")).then(
        *decided(
            band="approve_with_conditions",
            code="APP-CX",
            decision_class="positive_with_restrictions",
            conditions=(critical,),
        )
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (conditional(), "at least one condition"),
        (conditional(ConditionFactory(severity="critical")), "Choose “APP-CX”"),
        (conditional(ConditionFactory(), code="APP-CX"), "needs a critical condition"),
        (take(conditions=(ConditionFactory(),)), "carries no conditions"),
        (conditional(ConditionFactory(due_on=date(2026, 11, 24))), "after the decision"),
        (conditional(ConditionFactory(due_on=date(2027, 11, 25))), "2027-11-24"),
        (conditional(ConditionFactory(criterion="Z9")), "no criterion"),
    ],
    ids=["none", "critical", "not critical", "unconditional", "at once", "beyond a year", "strange criterion"],
)
def test_conditions_fit_the_kind_of_decision_and_its_dates(command, words):
    deciding.when(command).then_rejected(ConditionsImproper, match=words)


def test_a_condition_may_be_due_after_exactly_a_year():
    condition = ConditionFactory(due_on=date(2027, 11, 24))

    on("APP-C").when(conditional(condition)).then(
        *decided(
            band="approve_with_conditions",
            code="APP-C",
            decision_class="positive_with_conditions",
            conditions=(condition,),
        )
    )


# --- the award


@pytest.mark.parametrize(
    "varied", [{"level_awarded": 3}, {"credits_awarded": Decimal(1)}, {"hours_accepted": Decimal(40)}]
)
def test_another_level_or_volume_than_claimed_is_a_variation(varied):
    deciding.when(take(**varied)).then_rejected(AwardImproper, match="Choose “APP-V”")
    asked = {"level": None} | {name.partition("_")[0]: value for name, value in varied.items()}
    agreed = on("APP-V").given(VariationProposedFactory(**asked), VariationAnsweredFactory())
    agreed.when(take(code="APP-V", **varied)).then(*decided(code="APP-V", **varied))


def test_a_variation_varies_something():
    deciding.when(take(code="APP-V")).then_rejected(AwardImproper, match="Choose “APP”")


@pytest.mark.parametrize("months", [0, -1, 37])
def test_nothing_is_valid_for_longer_than_the_agency_gives(months):
    deciding.when(take(valid_months=months)).then_rejected(AwardImproper, match="1 to 36 months")


def test_a_grant_is_valid_for_as_long_as_the_agency_gives():
    deciding.when(take(longest_validity_months=60)).then(*decided(valid_months=60))
    deciding.when(take(longest_validity_months=60, valid_months=61)).then_rejected(
        AwardImproper, match="1 to 60 months"
    )


def test_a_shorter_validity_may_be_given():
    deciding.when(take(valid_months=12)).then(*decided(valid_months=12))


# --- once


def test_a_decision_is_taken_once():
    taken.when(take()).then_nothing()
    taken.when(take(decision_id="decision-2")).then_rejected(AlreadyDecided, match="not taken twice")
    released.when(take(decision_id="decision-2")).then_rejected(AlreadyDecided)


def test_a_deferral_opens_the_case_again_once_it_is_released():
    grounds = (GroundFactory(),)
    deferral = take(code="DEFER", grounds=grounds, **WAITING)

    on("DEFER").when(deferral).then(*decided(**DEFERRAL), EvidenceAwaitedFactory())
    deciding.given(DecisionTakenFactory(**DEFERRAL)).when(take(decision_id="decision-2")).then_rejected(AlreadyDecided)
    deferred.given(*sat()).when(take(decision_id="decision-2")).then(*decided(decision_id="decision-2"))
    deferred.given(*sat("DEFER")).when(take(decision_id="decision-2", code="DEFER", **WAITING)).then_rejected(
        AlreadyDecided, match="only once"
    )
