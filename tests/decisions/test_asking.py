"""What committee and provider ask of each other: evidence after a deferral, consent to a variation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from qa_platform.decisions.commands import WithdrawVariation
from qa_platform.decisions.decider import (
    AlreadyDecided,
    ConsentMissing,
    DeferralImproper,
    NothingAwaited,
    NotReadyToDecide,
    ReasonMissing,
    VariationImproper,
    VariationNotAsked,
    decision_decider,
)
from qa_platform.decisions.events import Supplied, VariationWithdrawn
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.decisions.factories import (
    CASE,
    NOTHING,
    AnswerVariationFactory,
    DecisionCountersignedFactory,
    DecisionMinutedFactory,
    DecisionReleasedFactory,
    DecisionTakenFactory,
    EvidenceAwaitedFactory,
    EvidenceSuppliedFactory,
    GroundFactory,
    ProposeVariationFactory,
    SupplyEvidenceFactory,
    TakeDecisionFactory,
    VariationAnsweredFactory,
    VariationProposedFactory,
    sat,
    tabled,
)
from tests.specification import Specification

fresh = Specification(decision_decider)
DEFERRAL = {"code": "DEFER", "decision_class": "not_applicable", "grounds": (GroundFactory(),), **NOTHING}
unreleased = fresh.given(
    *sat("DEFER"),
    DecisionTakenFactory(**DEFERRAL),
    DecisionMinutedFactory(),
    EvidenceAwaitedFactory(wanted=("The letter.", "The price."), due_on=date(2026, 12, 24)),
    DecisionCountersignedFactory(),
)
awaiting = unreleased.given(DecisionReleasedFactory())
decided = fresh.given(*sat(), DecisionTakenFactory(), DecisionMinutedFactory())
BOTH = (
    Supplied(wanted=0, text="The letter is annex 4.", digest="a" * 64),
    Supplied(wanted=1, text="The price is corrected.", digest=None),
)
proposed = fresh.given(VariationProposedFactory())
TAKE_BACK = WithdrawVariation(submission_id=CASE, reason="The level is that of the claim after all.")
TAKEN_BACK = VariationWithdrawn(
    submission_id=CASE, variation_id="variation-1", reason="The level is that of the claim after all."
)


# --- what a deferral waits for


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"wanted": ()}, "stated evidence"),
        ({"wanted": (" ",)}, "stated evidence"),
        ({"supply_by": None}, "at most 30"),
        ({"supply_by": date(2026, 11, 24)}, "at least a day"),
        ({"supply_by": date(2026, 12, 25)}, "2026-12-24 at the latest"),
    ],
)
def test_a_deferral_says_what_it_waits_for_and_for_at_most_thirty_days(asked, words):
    deferral = {"wanted": ("The letter.",), "supply_by": date(2026, 12, 24), "grounds": (GroundFactory(),)}
    command = TakeDecisionFactory(code="DEFER", **{**deferral, **asked})

    fresh.given(*sat("DEFER")).when(command).then_rejected(DeferralImproper, match=words, at=list(asked))


def test_no_other_decision_waits_for_anything():
    for asked in ({"wanted": ("The letter.",)}, {"supply_by": date(2026, 12, 1)}):
        fresh.given(*sat()).when(TakeDecisionFactory(**asked)).then_rejected(DeferralImproper, at=["wanted"])


def test_what_is_wanted_is_supplied_as_a_whole_and_in_time():
    supply = SupplyEvidenceFactory(answers=BOTH, on=date(2026, 12, 24))

    awaiting.when(supply).then(EvidenceSuppliedFactory(answers=BOTH, supplied_on=date(2026, 12, 24)))
    awaiting.when(replace(supply, on=date(2026, 12, 25))).then_rejected(NothingAwaited, match="end of 2026-12-24")
    awaiting.when(replace(supply, answers=BOTH[:1])).then_rejected(
        ReasonMissing, match="each of the 2 things", at=["answers"]
    )
    awaiting.when(replace(supply, answers=(BOTH[0], BOTH[0]))).then_rejected(ReasonMissing)
    personal = (replace(BOTH[0], text="Call 012-345 6789."), BOTH[1])
    refusal = awaiting.when(replace(supply, answers=personal)).then_rejected(PersonalDataInText)
    assert [fault.field for fault in refusal.faults] == ["answers.0.text"]


def test_it_may_be_supplied_again_until_the_committee_takes_it_up():
    supplied = awaiting.given(EvidenceSuppliedFactory(answers=BOTH))
    other = (replace(BOTH[0], text="The letter is annex 5."), BOTH[1])

    supplied.when(SupplyEvidenceFactory(answers=BOTH)).then_nothing()
    supplied.when(SupplyEvidenceFactory(answers=other)).then(EvidenceSuppliedFactory(answers=other))
    supplied.given(tabled()).when(SupplyEvidenceFactory(answers=other)).then_rejected(
        NothingAwaited, match="before the committee again"
    )


@pytest.mark.parametrize("state", [fresh, unreleased, decided], ids=["open", "not released", "approved"])
def test_nothing_is_supplied_that_nobody_was_told_is_awaited(state):
    state.when(SupplyEvidenceFactory(answers=BOTH)).then_rejected(NothingAwaited, match="does not wait")


# --- consent to a variation


@pytest.mark.parametrize(
    "varied", [{"level": 3}, {"level": None, "credits": Decimal(1)}, {"level": None, "hours": Decimal(40)}]
)
def test_a_provider_is_asked_about_another_level_or_volume(varied):
    fresh.when(ProposeVariationFactory(**varied)).then(VariationProposedFactory(**varied))


@pytest.mark.parametrize(
    ("asked", "refusal", "words"),
    [
        ({"level": 4}, VariationImproper, "differs in nothing"),
        ({"level": None}, VariationImproper, "differs in nothing"),
        ({"route": "CHANGE"}, VariationImproper, "nothing is varied"),
        ({"due_on": date(2026, 11, 24)}, VariationImproper, "no time to answer"),
        ({"reason": " "}, ReasonMissing, "no reason"),
        ({"submission_status": "withdrawn"}, NotReadyToDecide, "not ready"),
        ({"scoring_closed": False}, NotReadyToDecide, "not ready"),
    ],
)
def test_a_variation_varies_something_says_why_and_leaves_time(asked, refusal, words):
    fresh.when(ProposeVariationFactory(**asked)).then_rejected(refusal, match=words)


@pytest.mark.parametrize(
    ("asked", "refusal"), [({"due_on": date(2026, 11, 24)}, VariationImproper), ({"reason": " "}, ReasonMissing)]
)
def test_a_variation_that_is_wrong_at_a_field_says_so(asked, refusal):
    fresh.when(ProposeVariationFactory(**asked)).then_rejected(refusal, at=list(asked))


def test_a_provider_is_asked_about_one_variation_at_a_time():
    other = ProposeVariationFactory(variation_id="variation-2", level=2)

    proposed.when(ProposeVariationFactory()).then_nothing()
    proposed.when(other).then_rejected(VariationImproper, match="still asked")
    asked = VariationProposedFactory(variation_id="variation-2", level=2)
    proposed.given(TAKEN_BACK).when(other).then(asked)
    proposed.given(VariationAnsweredFactory(answer="refused")).when(other).then(asked)
    last = replace(other, on=date(2026, 12, 8), due_on=date(2026, 12, 20))
    proposed.when(last).then_rejected(VariationImproper, match="still asked")
    late = replace(last, on=date(2026, 12, 9))
    proposed.when(late).then(replace(asked, due_on=date(2026, 12, 20)))
    decided.when(other).then_rejected(AlreadyDecided)
    fresh.when(ProposeVariationFactory(reason="Ask 012-345 6789.")).then_rejected(PersonalDataInText)


def test_the_question_is_taken_back_until_it_is_answered():
    proposed.when(TAKE_BACK).then(TAKEN_BACK)
    fresh.when(TAKE_BACK).then_rejected(VariationNotAsked)
    proposed.given(VariationAnsweredFactory()).when(TAKE_BACK).then_rejected(VariationImproper, match="has answered")
    proposed.when(replace(TAKE_BACK, reason="Ask 012-345 6789.")).then_rejected(PersonalDataInText)


def test_an_answer_is_given_once_and_in_time():
    last = AnswerVariationFactory(on=date(2026, 12, 8))

    proposed.when(last).then(VariationAnsweredFactory(answered_on=date(2026, 12, 8)))
    proposed.when(replace(last, on=date(2026, 12, 9))).then_rejected(VariationImproper, match="Silence is no consent")
    proposed.when(replace(last, variation_id="variation-2")).then_rejected(VariationNotAsked)
    fresh.when(last).then_rejected(VariationNotAsked)
    answered = proposed.given(VariationAnsweredFactory())
    answered.when(last).then_nothing()
    answered.when(replace(last, answer="refused")).then_rejected(VariationImproper, match="that stands")


def test_nobody_learns_by_an_answer_whether_a_decision_was_taken():
    taken = proposed.given(*sat(), DecisionTakenFactory(), DecisionMinutedFactory())
    signed = taken.given(DecisionCountersignedFactory())

    for state in (proposed, taken, signed):
        state.when(AnswerVariationFactory()).then(VariationAnsweredFactory())
        state.when(TAKE_BACK).then(TAKEN_BACK)
    signed.given(DecisionReleasedFactory()).when(AnswerVariationFactory()).then_rejected(
        AlreadyDecided, match="was released on 2026-11-24"
    )


VARIED = {"code": "APP-V", "level_awarded": 3}


def test_nothing_is_varied_without_consent():
    varying = fresh.given(*sat("APP-V"))

    varying.when(TakeDecisionFactory(**VARIED)).then_rejected(ConsentMissing, match="was not asked")
    asked = varying.given(VariationProposedFactory())
    asked.when(TakeDecisionFactory(**VARIED)).then_rejected(ConsentMissing, match="has until 2026-12-08")
    refused = asked.given(VariationAnsweredFactory(answer="refused"))
    refused.when(TakeDecisionFactory(**VARIED)).then_rejected(ConsentMissing, match="did not agree")


@pytest.mark.parametrize(
    "more", [{"level_awarded": 2}, {"credits_awarded": Decimal(1)}, {"hours_accepted": Decimal(40)}]
)
def test_consent_is_to_exactly_what_was_asked(more):
    agreed = fresh.given(*sat("APP-V"), VariationProposedFactory(), VariationAnsweredFactory())

    agreed.when(TakeDecisionFactory(**{**VARIED, **more})).then_rejected(ConsentMissing, match="another variation")
    agreed.when(TakeDecisionFactory(**VARIED)).then(DecisionTakenFactory(**VARIED), DecisionMinutedFactory())
