from __future__ import annotations

from datetime import date

import pytest

from qa_platform.centres.decider import assignment_decider, centre_decider, cosigning_decider
from qa_platform.centres.decider.refusals import (
    CaseAssignedAlready,
    CaseNotAssigned,
    CaseNotLodged,
    CentreGone,
    CentreNotSuspended,
    CentreTaken,
    CentreTakesNoCases,
    CentreTermUnacceptable,
    CentreUnknown,
    CosignerImproper,
    NothingToCosign,
    SuccessorUnacceptable,
)
from qa_platform.centres.events import CaseMoved, CentreApproved, CentreDetailsChanged, CentreReinstated
from tests.centres import factories as f
from tests.specification import Specification

nobody = Specification(centre_decider)
approved = nobody.given(f.CentreApprovedFactory())
suspended = approved.given(f.CentreSuspendedFactory())
ended = approved.given(f.CentreApprovalEndedFactory())

unassigned = Specification(assignment_decider)
assigned = unassigned.given(f.CaseAssignedFactory())
taken_back = assigned.given(f.CaseMovedFactory())

unsigned = Specification(cosigning_decider)
named = unsigned.given(f.CosignerNamedFactory())

BEFORE = date(2025, 12, 31)
LATER = date(2026, 12, 1)
LATER_COMMANDS = [
    f.ChangeCentreFactory(name="Another"),
    f.SuspendCentreFactory(),
    f.ReinstateCentreFactory(),
    f.EndApprovalFactory(),
]


def test_a_centre_is_approved_with_the_provider_whose_arm_it_is():
    nobody.when(f.ApproveCentreFactory(institution="provider-1")).then(
        CentreApproved(
            centre_id=f.CENTRE,
            name="Pusat Pengesahan Utara",
            institution="provider-1",
            approved_on=f.APPROVED_ON,
            simulated=False,
        )
    )


def test_the_same_approval_asked_twice_changes_nothing():
    approved.when(f.ApproveCentreFactory()).then_nothing()


@pytest.mark.parametrize("before", [approved, ended])
def test_no_other_centre_is_approved_under_an_id_in_use(before):
    before.when(f.ApproveCentreFactory(name="Another")).then_rejected(CentreTaken, match="under a new id")


def test_an_ended_approval_is_not_taken_up_again_by_the_same_words():
    ended.when(f.ApproveCentreFactory()).then_rejected(CentreTaken)


@pytest.mark.parametrize("command", LATER_COMMANDS, ids=lambda one: type(one).__name__)
def test_nothing_is_changed_of_a_centre_that_nobody_approved(command):
    nobody.when(command).then_rejected(CentreUnknown, match="Approve it first")


@pytest.mark.parametrize("command", LATER_COMMANDS[:-1], ids=lambda one: type(one).__name__)
def test_nothing_is_changed_of_a_centre_whose_approval_ended(command):
    ended.when(command).then_rejected(CentreGone, match="under a new id")


def test_name_and_institution_are_changed_apart():
    approved.when(f.ChangeCentreFactory(institution="provider-1")).then(
        CentreDetailsChanged(centre_id=f.CENTRE, name="Pusat Pengesahan Utara", institution="provider-1")
    )
    approved.when(f.ChangeCentreFactory(name="Pusat Pengesahan Utara", institution=None)).then_nothing()
    approved.when(f.ChangeCentreFactory(name="Pusat Selatan")).then(
        CentreDetailsChanged(centre_id=f.CENTRE, name="Pusat Selatan", institution=None)
    )


def test_a_change_of_one_leaves_the_other_as_it_was_last():
    arm = nobody.given(f.CentreApprovedFactory(institution="provider-1"))
    renamed = CentreDetailsChanged(centre_id=f.CENTRE, name="Pusat Selatan", institution="provider-1")
    moved = CentreDetailsChanged(centre_id=f.CENTRE, name="Pusat Selatan", institution="provider-2")

    arm.when(f.ChangeCentreFactory(name="Pusat Selatan")).then(renamed)
    arm.given(renamed).when(f.ChangeCentreFactory(institution="provider-2")).then(moved)
    arm.given(renamed, moved).when(f.ChangeCentreFactory(name="Pusat Selatan")).then_nothing()
    arm.given(renamed, moved).when(f.ChangeCentreFactory(institution="provider-2")).then_nothing()


def test_a_suspension_is_recorded_once_and_not_before_the_approval():
    approved.when(f.SuspendCentreFactory()).then(f.CentreSuspendedFactory())
    suspended.when(f.SuspendCentreFactory()).then_nothing()
    approved.when(f.SuspendCentreFactory(suspended_from=BEFORE)).then_rejected(
        CentreTermUnacceptable, match="was not suspended: .* is before its approval on 2026-01-05"
    )
    approved.when(f.SuspendCentreFactory(suspended_from=f.APPROVED_ON)).then(
        f.CentreSuspendedFactory(suspended_from=f.APPROVED_ON)
    )


def test_a_suspension_is_lifted_on_its_day_or_later():
    suspended.when(f.ReinstateCentreFactory()).then(
        CentreReinstated(centre_id=f.CENTRE, reinstated_from=f.TODAY, reason="The committee is complete again")
    )
    suspended.when(f.ReinstateCentreFactory(reinstated_from=f.APPROVED_ON)).then_rejected(
        CentreTermUnacceptable, match="was not reinstated: .* is before its suspension on 2026-11-24"
    )
    approved.when(f.ReinstateCentreFactory()).then_rejected(CentreNotSuspended)


def test_a_centre_whose_suspension_was_lifted_may_be_suspended_again_from_that_day():
    back = suspended.given(
        CentreReinstated(centre_id=f.CENTRE, reinstated_from=LATER, reason="The committee is complete again")
    )

    back.when(f.ReinstateCentreFactory(reinstated_from=LATER)).then_rejected(CentreNotSuspended)
    back.when(f.SuspendCentreFactory(suspended_from=LATER)).then(f.CentreSuspendedFactory(suspended_from=LATER))
    back.when(f.SuspendCentreFactory()).then_rejected(CentreTermUnacceptable, match="on 2026-12-01")
    back.when(f.ChangeCentreFactory(name="Pusat Selatan")).then(
        CentreDetailsChanged(centre_id=f.CENTRE, name="Pusat Selatan", institution=None)
    )


@pytest.mark.parametrize("before", [approved, suspended])
def test_an_approval_ends_with_its_successor(before):
    before.when(f.EndApprovalFactory(successor_id=f.OTHER)).then(f.CentreApprovalEndedFactory(successor_id=f.OTHER))


def test_an_approval_ends_once_and_never_in_favour_of_the_centre_itself():
    ended.when(f.EndApprovalFactory()).then_nothing()
    approved.when(f.EndApprovalFactory(successor_id=f.CENTRE)).then_rejected(SuccessorUnacceptable)
    approved.when(f.EndApprovalFactory(ended_on=BEFORE)).then_rejected(CentreTermUnacceptable, match="was not closed")


def test_a_lodged_case_is_given_to_an_approved_centre():
    unassigned.when(f.AssignCaseFactory()).then(f.CaseAssignedFactory())
    unassigned.when(f.AssignCaseFactory(by_default=True)).then(f.CaseAssignedFactory(by_default=True))


def test_a_case_is_given_once_and_then_moves():
    assigned.when(f.AssignCaseFactory()).then_nothing()
    assigned.when(f.AssignCaseFactory(centre_id=f.OTHER)).then_rejected(CaseAssignedAlready, match="Move it")
    taken_back.when(f.AssignCaseFactory()).then_rejected(CaseAssignedAlready)


def test_a_draft_is_given_to_nobody():
    unassigned.when(f.AssignCaseFactory(lodged=False)).then_rejected(CaseNotLodged)


def test_a_centre_that_is_not_approved_gets_no_case():
    for before, command, done in (
        (unassigned, f.AssignCaseFactory, "assigned"),
        (assigned, f.MoveCaseFactory, "moved"),
    ):
        before.when(command(centre_is_approved=False)).then_rejected(CentreTakesNoCases, match=f"was not {done}:")


def test_a_case_moves_with_its_reason_to_another_centre_or_back():
    moved = CaseMoved(
        submission_id=f.CASE,
        from_centre_id=f.CENTRE,
        to_centre_id=f.OTHER,
        moved_on=f.TODAY,
        reason="The first centre has no reviewer of the field",
    )
    assigned.when(f.MoveCaseFactory()).then(moved)
    assigned.when(f.MoveCaseFactory(to_centre_id=None, centre_is_approved=False)).then(f.CaseMovedFactory())
    assigned.given(moved).when(f.MoveCaseFactory()).then_nothing()
    taken_back.when(f.MoveCaseFactory(to_centre_id=None)).then_nothing()
    assigned.when(f.MoveCaseFactory(to_centre_id=f.CENTRE, centre_is_approved=False)).then_nothing()


def test_what_was_never_given_away_cannot_be_moved():
    unassigned.when(f.MoveCaseFactory()).then_rejected(CaseNotAssigned, match="Assign it instead")


def test_a_second_centre_is_named_once_and_may_be_replaced():
    unsigned.when(f.NameCosignerFactory()).then(f.CosignerNamedFactory())
    named.when(f.NameCosignerFactory()).then_nothing()
    named.when(f.NameCosignerFactory(centre_id="centre-3")).then(f.CosignerNamedFactory(centre_id="centre-3"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"centre_id": f.CENTRE}, "never beside itself"),
        ({"owner_id": None}, "beside another centre"),
        ({"of_institution": True}, "an arm of the very provider"),
    ],
)
def test_nobody_signs_beside_himself_or_for_the_same_institution(wrong, words):
    unsigned.when(f.NameCosignerFactory(**wrong)).then_rejected(CosignerImproper, match=words)


def test_only_an_approved_centre_is_named_to_sign():
    unsigned.when(f.NameCosignerFactory(centre_is_approved=False)).then_rejected(CentreTakesNoCases)


def test_the_agency_or_the_named_centre_signs_a_decision_once():
    unsigned.when(f.CosignDecisionFactory()).then(f.DecisionCosignedFactory())
    named.when(f.CosignDecisionFactory(for_centre_id=f.OTHER)).then(f.DecisionCosignedFactory(centre_id=f.OTHER))
    unsigned.given(f.DecisionCosignedFactory()).when(f.CosignDecisionFactory(taken_id=None)).then_nothing()


@pytest.mark.parametrize("taken", [None, "decision-2"])
def test_only_the_decision_that_waits_is_signed(taken):
    unsigned.when(f.CosignDecisionFactory(taken_id=taken)).then_rejected(NothingToCosign)


@pytest.mark.parametrize("before", [unsigned, named])
@pytest.mark.parametrize("house", [f.CENTRE, "centre-3"])
def test_no_other_house_signs_and_least_of_all_the_one_that_decided(before, house):
    before.when(f.CosignDecisionFactory(for_centre_id=house)).then_rejected(CosignerImproper, match="was not named")


def test_a_centre_named_to_sign_signs_no_more_once_the_case_is_its_own():
    named.when(f.CosignDecisionFactory(for_centre_id=f.OTHER, owner_id=f.OTHER)).then_rejected(CosignerImproper)


def test_who_decided_does_not_sign_beside_himself():
    unsigned.when(f.CosignDecisionFactory(signed_by="mei")).then_rejected(CosignerImproper, match="took part")
