"""Commands and events of centres, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.centres import commands, events

CENTRE = "0193fac0-0000-7000-8000-0000000000c1"
OTHER = "0193fac0-0000-7000-8000-0000000000c2"
CASE = "case-1"
APPROVED_ON = date(2026, 1, 5)
TODAY = date(2026, 11, 24)


class ApproveCentreFactory(factory.Factory):
    class Meta:
        model = commands.ApproveCentre

    centre_id = CENTRE
    name = "Pusat Pengesahan Utara"
    approved_on = APPROVED_ON


class ChangeCentreFactory(factory.Factory):
    class Meta:
        model = commands.ChangeCentre

    centre_id = CENTRE


class SuspendCentreFactory(factory.Factory):
    class Meta:
        model = commands.SuspendCentre

    centre_id = CENTRE
    suspended_from = TODAY
    reason = "Two cases were decided without a quorum"


class ReinstateCentreFactory(factory.Factory):
    class Meta:
        model = commands.ReinstateCentre

    centre_id = CENTRE
    reinstated_from = TODAY
    reason = "The committee is complete again"


class EndApprovalFactory(factory.Factory):
    class Meta:
        model = commands.EndApproval

    centre_id = CENTRE
    ended_on = TODAY
    reason = "The university closes its centre"


class AssignCaseFactory(factory.Factory):
    class Meta:
        model = commands.AssignCase

    submission_id = CASE
    centre_id = CENTRE
    on = TODAY
    lodged = True
    centre_is_approved = True


class MoveCaseFactory(factory.Factory):
    class Meta:
        model = commands.MoveCase

    submission_id = CASE
    to_centre_id = OTHER
    on = TODAY
    reason = "The first centre has no reviewer of the field"
    centre_is_approved = True


class CentreApprovedFactory(factory.Factory):
    class Meta:
        model = events.CentreApproved

    centre_id = CENTRE
    name = "Pusat Pengesahan Utara"
    institution = None
    approved_on = APPROVED_ON
    simulated = False


class CentreSuspendedFactory(factory.Factory):
    class Meta:
        model = events.CentreSuspended

    centre_id = CENTRE
    suspended_from = TODAY
    reason = "Two cases were decided without a quorum"


class CentreApprovalEndedFactory(factory.Factory):
    class Meta:
        model = events.CentreApprovalEnded

    centre_id = CENTRE
    ended_on = TODAY
    reason = "The university closes its centre"
    successor_id = None


class CaseAssignedFactory(factory.Factory):
    class Meta:
        model = events.CaseAssigned

    submission_id = CASE
    centre_id = CENTRE
    assigned_on = TODAY
    by_default = False


class CaseMovedFactory(factory.Factory):
    class Meta:
        model = events.CaseMoved

    submission_id = CASE
    from_centre_id = CENTRE
    to_centre_id = None
    moved_on = TODAY
    reason = "The first centre has no reviewer of the field"


class NameCosignerFactory(factory.Factory):
    class Meta:
        model = commands.NameCosigner

    submission_id = CASE
    centre_id = OTHER
    on = TODAY
    owner_id = CENTRE
    centre_is_approved = True
    of_institution = False


class CosignDecisionFactory(factory.Factory):
    class Meta:
        model = commands.CosignDecision

    submission_id = CASE
    decision_id = "decision-1"
    signed_by = "sam"
    for_centre_id = None
    owner_id = CENTRE
    taken_id = "decision-1"
    members = ("mei", "mia", "moe")
    on = TODAY


class CosignerNamedFactory(factory.Factory):
    class Meta:
        model = events.CosignerNamed

    submission_id = CASE
    centre_id = OTHER
    named_on = TODAY


class DecisionCosignedFactory(factory.Factory):
    class Meta:
        model = events.DecisionCosigned

    submission_id = CASE
    decision_id = "decision-1"
    centre_id = None
    member_id = "sam"
    signed_on = TODAY
