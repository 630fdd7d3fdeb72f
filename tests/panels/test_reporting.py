from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.panels import commands, events
from qa_platform.panels.decider import (
    ClaimImproper,
    ClaimsUnanswered,
    DraftAlreadyIssued,
    FactualCheckOpen,
    FactualCheckOver,
    NoDraft,
    NotIndependent,
    NotTheLead,
    PanelMissing,
    ReasonMissing,
    ReportAlreadyFinal,
    ReportImproper,
    ReportNotReady,
    report_digest,
)
from tests.panels.factories import CASE, FIRST, LEAD, ModerationClosedFactory
from tests.panels.reports import (
    FINDING,
    LATER,
    SOON,
    TEXTS,
    ClaimFactualErrorFactory,
    DraftReportIssuedFactory,
    FactualCheckClosedFactory,
    FactualClaimResolvedFactory,
    FactualErrorClaimedFactory,
    FinalReportIssuedFactory,
    IssueDraftReportFactory,
    IssueFinalReportFactory,
    ResolveFactualClaimFactory,
)
from tests.panels.test_decider import closed

moderated = closed.given(ModerationClosedFactory())
DRAFT = replace(DraftReportIssuedFactory(), digest=report_digest(DraftReportIssuedFactory()))
drafted = moderated.given(DRAFT)
claimed = drafted.given(FactualErrorClaimedFactory())
checked = claimed.given(FactualCheckClosedFactory())
answered = checked.given(FactualClaimResolvedFactory())
AFTER = LATER + timedelta(days=1)


# --- the draft


def test_the_lead_sends_a_draft_once_the_moderation_is_closed():
    moderated.when(IssueDraftReportFactory()).then(DRAFT)
    drafted.when(IssueDraftReportFactory()).then_nothing()
    closed.when(IssueDraftReportFactory()).then_rejected(ReportNotReady)
    moderated.when(IssueDraftReportFactory(issued_by=FIRST)).then_rejected(NotTheLead)


def test_another_draft_waits_until_the_first_is_taken_back():
    other = IssueDraftReportFactory(findings=())
    withdrawing = commands.WithdrawDraftReport(submission_id=CASE, withdrawn_by=LEAD, reason="A page was missing.")
    gone = events.DraftReportWithdrawn(
        submission_id=CASE, drafted_version=1, told_on=DRAFT.issued_on, reason="A page was missing."
    )

    drafted.when(other).then_rejected(DraftAlreadyIssued)
    drafted.when(withdrawing).then(gone)
    assert drafted.given(gone).when(other)._answer()[0].drafted_version == 2
    drafted.given(gone).when(withdrawing).then_rejected(NoDraft)
    claimed.when(withdrawing).then_rejected(FactualCheckOver, match="has answered")


def test_a_report_has_a_summary_of_every_area_and_typed_findings():
    for improper in (
        {"areas": TEXTS[1:]},
        {"areas": (*TEXTS, TEXTS[0])},
        {"areas": (*TEXTS, commands.AreaText(area="Z", text="What?"))},
        {"findings": (FINDING, FINDING)},
        {"findings": (replace(FINDING, criterion="Z9"),)},
        {"findings": (replace(FINDING, kind="remark"),)},
        {"variation": events.Variation(level=None, credits=None, reason="")},
        {"answer_by": DRAFT.issued_on},
    ):
        moderated.when(IssueDraftReportFactory(**improper)).then_rejected(ReportImproper)


def test_a_report_names_nobody():
    named = replace(FINDING, text=f"As {FIRST} found.")

    moderated.when(IssueDraftReportFactory(findings=(named,))).then_rejected(ReportImproper, match="names a reviewer")
    mailed = replace(FINDING, text="Write to a@example.org.")
    moderated.when(IssueDraftReportFactory(findings=(mailed,))).then_rejected(PersonalDataInText)


def test_the_digest_is_that_of_the_words_and_of_nothing_else():
    assert report_digest(replace(DRAFT, answer_by=SOON)) == DRAFT.digest
    assert report_digest(replace(DRAFT, findings=())) != DRAFT.digest


# --- the check


def test_the_provider_claims_an_error_with_its_evidence_in_time():
    drafted.when(ClaimFactualErrorFactory(on=LATER)).then(FactualErrorClaimedFactory())
    claimed.when(ClaimFactualErrorFactory()).then_nothing()
    claimed.when(ClaimFactualErrorFactory(text="Something else.")).then_rejected(ClaimImproper, match="this id")
    drafted.when(ClaimFactualErrorFactory(on=AFTER)).then_rejected(FactualCheckOver, match="ended on")
    drafted.when(ClaimFactualErrorFactory(section="F9")).then_rejected(ClaimImproper, match="no section")
    drafted.when(ClaimFactualErrorFactory(evidence=(" ",))).then_rejected(ClaimImproper, match="evidence")
    drafted.when(ClaimFactualErrorFactory(text=" ")).then_rejected(ReasonMissing)
    moderated.when(ClaimFactualErrorFactory()).then_rejected(NoDraft)


def test_a_claim_is_taken_back_while_there_is_time():
    taking = commands.WithdrawFactualClaim(submission_id=CASE, claim_id="claim-1", on=LATER)
    gone = events.FactualClaimWithdrawn(submission_id=CASE, claim_id="claim-1")

    claimed.when(taking).then(gone)
    claimed.given(gone).when(taking).then_nothing()
    checked.when(taking).then_rejected(FactualCheckOver)
    drafted.when(taking).then_rejected(PanelMissing)


def finish(*, no_error):
    return commands.FinishFactualCheck(submission_id=CASE, no_error=no_error, on=LATER, report_due_on=SOON)


def over(how, closed_on=LATER):
    return FactualCheckClosedFactory(how=how, closed_on=closed_on)


def test_the_provider_ends_the_check_by_saying_so():
    drafted.when(finish(no_error=True)).then(over("confirmed"))
    claimed.when(finish(no_error=False)).then(over("claims"))
    checked.when(finish(no_error=False)).then_nothing()
    claimed.when(finish(no_error=True)).then_rejected(ClaimImproper, match="Take the claims back")
    drafted.when(finish(no_error=False)).then_rejected(ClaimImproper, match="confirm that there is none")


def test_silence_means_no_error_the_day_after_its_time():
    def closing(on):
        return commands.CloseFactualCheck(submission_id=CASE, on=on, report_due_on=SOON)

    drafted.when(closing(LATER)).then_rejected(FactualCheckOpen)
    drafted.when(closing(AFTER)).then(over("silence", AFTER))
    claimed.when(closing(AFTER)).then(over("claims", AFTER))
    checked.when(closing(AFTER)).then_nothing()


# --- the answers


def test_a_claim_is_answered_by_somebody_who_neither_reviewed_nor_led():
    checked.when(ResolveFactualClaimFactory()).then(FactualClaimResolvedFactory())
    answered.when(ResolveFactualClaimFactory()).then_nothing()
    for involved in (FIRST, LEAD):
        checked.when(ResolveFactualClaimFactory(resolved_by=involved)).then_rejected(NotIndependent)
    checked.when(ResolveFactualClaimFactory(reason=" ")).then_rejected(ReasonMissing)
    claimed.when(ResolveFactualClaimFactory()).then_rejected(FactualCheckOpen, match="still change")
    drafted.when(ResolveFactualClaimFactory()).then_rejected(PanelMissing)


# --- the final report

BETTER = replace(FINDING, text="The hours are counted in the annex.")
CHANGE = events.ReportChange(section="F1", claim_id="claim-1", text="The hours are counted.")


def test_a_draft_without_errors_becomes_final_in_its_own_words():
    quiet = drafted.given(over("silence"))
    final = replace(FinalReportIssuedFactory(), draft_digest=DRAFT.digest)
    final = replace(final, digest=report_digest(final))

    quiet.when(IssueFinalReportFactory()).then(final)
    quiet.given(final).when(IssueFinalReportFactory()).then_nothing()
    quiet.given(final).when(IssueFinalReportFactory(findings=())).then_rejected(ReportAlreadyFinal)
    quiet.given(final).when(IssueDraftReportFactory()).then_rejected(ReportAlreadyFinal)


def test_a_final_report_waits_for_the_check_and_for_every_answer():
    moderated.when(IssueFinalReportFactory()).then_rejected(NoDraft)
    drafted.when(IssueFinalReportFactory()).then_rejected(FactualCheckOpen)
    checked.when(IssueFinalReportFactory()).then_rejected(ClaimsUnanswered)


def test_an_accepted_claim_is_followed_by_a_change_that_is_named():
    changed = IssueFinalReportFactory(findings=(BETTER,), changes=(CHANGE,))

    [final] = answered.when(changed)._answer()
    assert (final.findings, final.changes) == ((BETTER,), (CHANGE,))
    answered.when(IssueFinalReportFactory()).then_rejected(ReportImproper, match="was accepted, and no change")
    answered.when(IssueFinalReportFactory(changes=(CHANGE,))).then_rejected(ReportImproper, match="reads as it did")
    answered.when(IssueFinalReportFactory(findings=(BETTER,))).then_rejected(ReportImproper, match="no change says so")


def test_no_change_follows_from_a_claim_that_was_rejected():
    rejected = checked.given(FactualClaimResolvedFactory(verdict="rejected"))

    rejected.when(IssueFinalReportFactory(findings=(BETTER,), changes=(CHANGE,))).then_rejected(
        ReportImproper, match="not accepted"
    )
    assert rejected.when(IssueFinalReportFactory())._answer()
