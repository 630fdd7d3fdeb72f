"""Commands and events of agreeing and reporting, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.panels import commands, events
from tests.panels.factories import CASE, LEAD, TODAY
from tests.scoring.national import national, sheet

SOON = date(2026, 11, 26)
LATER = date(2026, 12, 8)
AREAS = tuple(area.id for area in national().areas)
TEXTS = tuple(commands.AreaText(area=area, text="The panel found what the standard asks.") for area in AREAS)
FINDING = events.ReportFinding(finding_id="F1", kind="recommendation", criterion="B2", text="Say how hours count.")
OFFICER = "officer-1"


class ProposeScoreFactory(factory.Factory):
    """The two reviewers are one apart on B2, and agree on everything else."""

    class Meta:
        model = commands.ProposeScore

    submission_id = CASE
    proposed_by = LEAD
    criterion = "B2"
    score = 3
    reason = "The annex shows it."
    rubric = factory.LazyFunction(national)
    route = "SAMC"
    sheets = factory.LazyFunction(lambda: (sheet("review-1", B2=4), sheet("review-2")))
    on = TODAY
    answer_by = SOON


class ScoreProposedFactory(factory.Factory):
    class Meta:
        model = events.ScoreProposed

    submission_id = CASE
    criterion = "B2"
    scores_before = (4, 3)
    score = 3
    reason = "The annex shows it."
    proposed_on = TODAY
    answer_by = SOON
    silence_agrees = True


class _Writing(factory.Factory):
    class Meta:
        abstract = True

    submission_id = CASE
    issued_by = LEAD
    areas = TEXTS
    findings = (FINDING,)
    rubric = factory.LazyFunction(national)
    route = "SAMC"
    sheets = factory.LazyFunction(lambda: (sheet("review-1", B2=4), sheet("review-2")))
    on = TODAY


class IssueDraftReportFactory(_Writing):
    class Meta:
        model = commands.IssueDraftReport

    language = "en"
    variation = None
    answer_by = LATER


class IssueFinalReportFactory(_Writing):
    class Meta:
        model = commands.IssueFinalReport

    changes = ()


class _Report(factory.Factory):
    class Meta:
        abstract = True

    submission_id = CASE
    drafted_version = 1
    language = "en"
    areas = tuple(events.AreaSummary(area=each.area, band="approve", text=each.text) for each in TEXTS)
    findings = (FINDING,)
    variation = None
    digest = "sha256:aa"
    issued_on = TODAY


class DraftReportIssuedFactory(_Report):
    class Meta:
        model = events.DraftReportIssued

    answer_by = LATER


class FinalReportIssuedFactory(_Report):
    class Meta:
        model = events.FinalReportIssued

    changes = ()
    draft_digest = "sha256:aa"


class ClaimFactualErrorFactory(factory.Factory):
    class Meta:
        model = commands.ClaimFactualError

    submission_id = CASE
    claim_id = "claim-1"
    section = "F1"
    text = "The hours are counted in the annex."
    evidence = ("notional_hours",)
    on = TODAY


class FactualErrorClaimedFactory(factory.Factory):
    class Meta:
        model = events.FactualErrorClaimed

    submission_id = CASE
    claim_id = "claim-1"
    drafted_version = 1
    section = "F1"
    text = "The hours are counted in the annex."
    evidence = ("notional_hours",)


class FactualCheckClosedFactory(factory.Factory):
    class Meta:
        model = events.FactualCheckClosed

    submission_id = CASE
    drafted_version = 1
    how = "claims"
    closed_on = TODAY
    report_due_on = SOON


class ResolveFactualClaimFactory(factory.Factory):
    class Meta:
        model = commands.ResolveFactualClaim

    submission_id = CASE
    claim_id = "claim-1"
    resolved_by = OFFICER
    verdict = "accepted"
    reason = "The annex says so."


class FactualClaimResolvedFactory(factory.Factory):
    class Meta:
        model = events.FactualClaimResolved

    submission_id = CASE
    claim_id = "claim-1"
    verdict = "accepted"
    reason = "The annex says so."
