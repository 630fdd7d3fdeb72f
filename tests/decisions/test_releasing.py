"""From a decision to its release: the second signature, the way back, notification, corrections."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from msgspec.structs import replace

from qa_platform.decisions.commands import CorrectDecision, CountersignDecision, RecordDissent, RescindDecision
from qa_platform.decisions.decider import (
    AlreadyDecided,
    AlreadyReleased,
    CosignatureMissing,
    NothingToDecide,
    NotReadyToDecide,
    NotReleased,
    ReasonMissing,
    ReleaseImproper,
    SignatureImproper,
    SignatureMissing,
    VoteNotAllowed,
    decision_decider,
)
from qa_platform.decisions.decider.rights import notification
from qa_platform.decisions.events import Clerical, DecisionCorrected, DecisionRescinded, DissentRecorded
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.decisions.factories import (
    CASE,
    MEMBERS,
    NOTHING,
    SECRETARY,
    TODAY,
    DecisionCountersignedFactory,
    DecisionMinutedFactory,
    DecisionReleasedFactory,
    DecisionTakenFactory,
    EvidenceAwaitedFactory,
    GroundFactory,
    ReleaseDecisionFactory,
    TableCaseFactory,
    TakeDecisionFactory,
    moved,
    sat,
    tabled,
    voted,
)
from tests.specification import Specification

fresh = Specification(decision_decider)
taken = fresh.given(*sat(), DecisionTakenFactory(), DecisionMinutedFactory())
signed = taken.given(DecisionCountersignedFactory())
released = signed.given(DecisionReleasedFactory())
TOLD = (DecisionReleasedFactory(), notification(DecisionTakenFactory(), DecisionReleasedFactory(), None))
RESCISSION = RescindDecision(
    submission_id=CASE, decision_id="decision-1", reason="A ground is missing.", rescinded_on=TODAY
)
RESCINDED = DecisionRescinded(
    submission_id=CASE, decision_id="decision-1", reason="A ground is missing.", rescinded_on=TODAY
)
SLIP = {
    "submission_id": CASE,
    "decision_id": "decision-1",
    "correction_id": "correction-1",
    "part": "grounds",
    "wrong": "outcoems",
    "right": "outcomes",
    "reason": "A slip of the pen.",
    "corrected_on": TODAY,
}
DEFERRAL = {"code": "DEFER", "decision_class": "not_applicable", "grounds": (GroundFactory(),), **NOTHING}


def signing(member_id: str = MEMBERS[0], **given) -> CountersignDecision:
    """Return the command of a member to sign."""
    asked = {"submission_id": CASE, "decision_id": "decision-1", "signed_on": TODAY, **given}
    return CountersignDecision(member_id=member_id, **asked)


# --- the second signature


def test_a_decision_is_signed_by_a_member_who_sat():
    taken.when(signing()).then(DecisionCountersignedFactory())
    signed.when(signing(MEMBERS[1])).then_nothing()
    taken.when(signing("member-9")).then_rejected(SignatureImproper, match="who sat")
    taken.when(signing(signed_on=date(2026, 11, 23))).then_rejected(SignatureImproper, match="2026-11-24")


def test_whoever_recorded_a_decision_does_not_sign_it_too():
    alone = fresh.given(*sat(), DecisionTakenFactory(), DecisionMinutedFactory(recorded_by=MEMBERS[0]))

    alone.when(signing()).then_rejected(SignatureImproper, match="recorded a decision")
    alone.when(signing(MEMBERS[1])).then(DecisionCountersignedFactory(member_id=MEMBERS[1]))


def test_nothing_is_signed_that_is_not_the_decision():
    fresh.given(*sat()).when(signing()).then_rejected(NothingToDecide)
    taken.when(signing(decision_id="decision-2")).then_rejected(NothingToDecide)
    released.when(signing()).then_rejected(AlreadyReleased)


def test_a_decision_with_one_signature_is_not_released():
    taken.when(ReleaseDecisionFactory()).then_rejected(SignatureMissing, match="one person alone")


def test_what_a_centre_decided_for_its_own_institution_is_not_released_before_another_house_signs():
    signed.when(ReleaseDecisionFactory(cosignature_missing=True)).then_rejected(
        CosignatureMissing, match="the centre's own institution"
    )
    released.when(ReleaseDecisionFactory(cosignature_missing=True)).then_nothing()


# --- the release


def test_a_decision_is_released_once_with_what_the_provider_is_told_of_its_rights():
    signed.when(ReleaseDecisionFactory()).then(*TOLD)
    released.when(ReleaseDecisionFactory()).then_nothing()
    released.when(ReleaseDecisionFactory(appeal_until=date(2027, 1, 24))).then_rejected(AlreadyReleased)


def test_a_notification_names_the_day_of_the_appeal_in_both_languages():
    for text in (TOLD[1].rights_en, TOLD[1].rights_ms):
        assert "2026-12-24" in text


def test_the_notification_of_a_deferral_names_the_day_of_the_evidence():
    awaited = EvidenceAwaitedFactory(due_on=date(2026, 12, 20))
    told = notification(DecisionTakenFactory(**DEFERRAL), DecisionReleasedFactory(), awaited)

    assert "2026-12-20" in told.rights_en
    assert "2026-12-20" in told.rights_ms


def test_the_decision_on_what_is_no_longer_there_is_not_released():
    release = ReleaseDecisionFactory(submission_status="withdrawn")

    signed.when(release).then_rejected(NotReadyToDecide, match="“withdrawn”")
    released.when(release).then_nothing()


def test_nothing_is_released_before_it_is_decided():
    fresh.given(*sat()).when(ReleaseDecisionFactory()).then_rejected(NothingToDecide)
    signed.when(ReleaseDecisionFactory(released_on=date(2026, 11, 23))).then_rejected(ReleaseImproper, match="taken on")


def test_an_appeal_has_the_days_that_the_agency_gives():
    signed.when(ReleaseDecisionFactory(appeal_until=date(2026, 12, 23))).then_rejected(
        ReleaseImproper, match="at least 30 days. Choose 2026-12-24 or later"
    )
    signed.when(ReleaseDecisionFactory(appeal_calendar_days=14, appeal_until=date(2026, 12, 7))).then_rejected(
        ReleaseImproper, match="at least 14 days. Choose 2026-12-08 or later"
    )


def test_a_deferral_whose_time_is_over_is_not_released():
    awaited = EvidenceAwaitedFactory(due_on=date(2026, 11, 25))
    deferral = fresh.given(
        *sat("DEFER"),
        DecisionTakenFactory(**DEFERRAL),
        DecisionMinutedFactory(),
        awaited,
        DecisionCountersignedFactory(),
    )
    deferral.when(ReleaseDecisionFactory()).then(
        DecisionReleasedFactory(),
        notification(DecisionTakenFactory(**DEFERRAL), DecisionReleasedFactory(), awaited),
    )
    late = ReleaseDecisionFactory(released_on=date(2026, 11, 25), appeal_until=date(2027, 1, 1))

    deferral.when(late).then_rejected(ReleaseImproper, match="no time left")


# --- dissent


def dissent(member_id: str, asked_by: str | None = None, reason: str = "The tasks are too thin.") -> RecordDissent:
    """Return the command of a member to record a dissent."""
    return RecordDissent(submission_id=CASE, member_id=member_id, asked_by=asked_by, reason=reason)


def test_who_voted_against_may_dissent_until_the_release():
    split = fresh.given(
        tabled(), moved(), *voted("for", "for", "against"), DecisionTakenFactory(), DecisionMinutedFactory()
    )
    recorded = DissentRecorded(
        submission_id=CASE, decision_id="decision-1", member_id=MEMBERS[2], reason="The tasks are too thin."
    )

    for asked_by in (None, MEMBERS[2]):
        split.when(dissent(MEMBERS[2], asked_by=asked_by)).then(recorded)
    split.given(DecisionCountersignedFactory()).when(dissent(MEMBERS[2])).then(recorded)
    split.given(recorded).when(dissent(MEMBERS[2])).then_nothing()
    split.when(dissent(MEMBERS[0])).then_rejected(VoteNotAllowed, match="voted against")
    split.when(dissent(MEMBERS[2], asked_by=MEMBERS[0])).then_rejected(
        VoteNotAllowed, match="^The dissent was not recorded: a member votes for himself"
    )
    split.when(dissent(MEMBERS[2], reason=" ")).then_rejected(ReasonMissing, at=["reason"])
    split.when(dissent(MEMBERS[2], reason="Ask 012-345 6789.")).then_rejected(PersonalDataInText)
    released.when(dissent(MEMBERS[2])).then_rejected(AlreadyReleased)
    fresh.given(*sat()).when(dissent(MEMBERS[2])).then_rejected(NothingToDecide)


# --- the way back


def test_a_decision_is_rescinded_until_it_is_released():
    for before in (taken, signed):
        before.when(RESCISSION).then(RESCINDED)
    released.when(RESCISSION).then_rejected(AlreadyReleased, match="^The decision was not rescinded: .*correction")
    taken.when(replace(RESCISSION, reason=" ")).then_rejected(ReasonMissing, at=["reason"])
    taken.when(replace(RESCISSION, reason="Ask 012-345 6789.")).then_rejected(PersonalDataInText, at=["reason"])
    taken.when(replace(RESCISSION, rescinded_on=date(2026, 11, 23))).then_rejected(ReleaseImproper)
    fresh.given(*sat()).when(RESCISSION).then_rejected(NothingToDecide)


def test_after_a_rescission_the_item_is_open_and_voted_on_anew():
    open_again = signed.given(RESCINDED)
    again = TakeDecisionFactory(decision_id="decision-2")

    open_again.when(ReleaseDecisionFactory()).then_rejected(NothingToDecide)
    open_again.when(again).then_rejected(Exception, match="not asked to vote")
    open_again.given(moved(), *voted("for", "for", "for")).when(again).then(
        DecisionTakenFactory(decision_id="decision-2"), DecisionMinutedFactory(decision_id="decision-2")
    )


def test_a_rescinded_deferral_does_not_use_up_the_one_there_may_be():
    deferral = (DecisionTakenFactory(**DEFERRAL), DecisionMinutedFactory(), EvidenceAwaitedFactory())
    rescinded = fresh.given(*sat("DEFER"), *deferral, RESCINDED)
    again = TakeDecisionFactory(
        code="DEFER",
        grounds=(GroundFactory(),),
        decision_id="decision-2",
        wanted=("The letter of the partner.",),
        supply_by=date(2026, 12, 24),
    )

    rescinded.given(moved("DEFER"), *voted("for", "for", "for")).when(again).then(
        DecisionTakenFactory(**DEFERRAL, decision_id="decision-2"),
        DecisionMinutedFactory(decision_id="decision-2"),
        EvidenceAwaitedFactory(decision_id="decision-2"),
    )


def test_what_is_decided_is_not_tabled_again():
    for state in (taken, released):
        state.when(TableCaseFactory(meeting_id="meeting-2")).then_rejected(AlreadyDecided)


# --- corrections


def test_a_slip_in_a_released_decision_is_corrected_and_the_verdict_is_not():
    correction = CorrectDecision(**SLIP)

    released.when(correction).then(DecisionCorrected(**SLIP))
    released.given(DecisionCorrected(**SLIP)).when(correction).then_nothing()
    signed.when(correction).then_rejected(NotReleased, match="Rescind it")
    released.when(replace(correction, right=" ", reason="")).then_rejected(ReasonMissing, at=["right", "reason"])
    released.given(TOLD[1]).when(correction).then(DecisionCorrected(**SLIP))
    released.when(replace(correction, right="Ask 012-345 6789.")).then_rejected(PersonalDataInText)


def test_a_correction_has_no_place_for_a_verdict():
    verdict = {"code", "decision_class", "level_awarded", "credits_awarded", "hours_accepted", "valid_months"}

    assert not verdict & set(get_args(Clerical))


@pytest.mark.parametrize("recorder", [SECRETARY, MEMBERS[1]])
def test_two_different_people_stand_behind_every_release(recorder):
    state = fresh.given(*sat(), DecisionTakenFactory(), DecisionMinutedFactory(recorded_by=recorder))
    for member in MEMBERS:
        if member == recorder:
            state.when(signing(member)).then_rejected(SignatureImproper)
        else:
            state.when(signing(member)).then(DecisionCountersignedFactory(member_id=member))
