"""What a refusal of a panel says first, and at which field a person has to look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.rejected import Rejected
from qa_platform.panels import commands, events
from qa_platform.panels.decider import ReasonMissing
from tests.panels import factories as f
from tests.panels import test_agreement as agreement
from tests.panels import test_proposing as proposing
from tests.panels import test_reporting as reporting
from tests.panels.reports import (
    FINDING,
    LATER,
    ClaimFactualErrorFactory,
    IssueDraftReportFactory,
    IssueFinalReportFactory,
    ProposeScoreFactory,
    ResolveFactualClaimFactory,
    ScoreProposedFactory,
)
from tests.panels.test_agreement import APART, SETTLED, WIDE, asked, closed, proposed, request, three
from tests.scoring.national import sheet
from tests.specification import Specification

CASE, LEAD, FIRST = f.CASE, f.LEAD, f.FIRST
AFTER = LATER + timedelta(days=1)
PERSONAL = "Ask a@example.org."
moderated, drafted, checked = reporting.moderated, reporting.drafted, reporting.checked
settled = closed.given(SETTLED)
disputed = proposed.given(agreement.objected())
third = asked.given(agreement.THIRD)
over = proposing.otherwise.given(f.ScoringClosedFactory())
confirmed_over = proposing.objected.given(f.ScoringClosedFactory())
held = proposing.proposed.given(f.ScoringClosedFactory())


def withdraw_score(**given):
    known = {"submission_id": CASE, "withdrawn_by": LEAD, "criterion": "B2", "reason": "No."}
    return commands.WithdrawScoreProposal(**(known | given))


def reopen_criterion(**given):
    known = {"submission_id": CASE, "reopened_by": LEAD, "criterion": "B2", "reason": "New evidence."}
    return commands.ReopenCriterion(**(known | given))


def withdraw_draft(**given):
    known = {"submission_id": CASE, "withdrawn_by": LEAD, "reason": "A page was missing."}
    return commands.WithdrawDraftReport(**(known | given))


def withdraw_third(**given):
    known = {"submission_id": CASE, "withdrawn_by": LEAD, "reason": "They agree."}
    return commands.WithdrawThirdReview(**(known | given))


def median(**given):
    known = {"submission_id": CASE, "settled_by": LEAD, "rubric": agreement.national(), "route": "SAMC"}
    return commands.SettleByMedian(**(known | {"sheets": WIDE} | given))


def withdraw_claim(on):
    return commands.WithdrawFactualClaim(submission_id=CASE, claim_id="claim-1", on=on)


REASONED = [
    (proposed, agreement.object_),
    (proposed, withdraw_score),
    (settled, reopen_criterion),
    (moderated, agreement.reopen),
    (drafted, withdraw_draft),
    (closed, request),
    (asked, withdraw_third),
    (checked, ResolveFactualClaimFactory),
    (proposing.proposed, f.ChangeProposalFactory),
    (proposing.proposed, f.WithdrawProposalFactory),
    (proposing.changed, f.UndoSeatChangeFactory),
    (proposing.objected, f.RuleOnObjectionFactory),
]


@pytest.mark.parametrize(("given", "make"), REASONED)
def test_a_reason_is_given_and_holds_nobodys_personal_data(given, make):
    given.when(make(reason=" ")).then_rejected(Rejected, match="[Ss]ay ", at=["reason"])
    given.when(make(reason=PERSONAL)).then_rejected(PersonalDataInText, at=["reason"])


@pytest.mark.parametrize(("given", "make"), [(closed, ProposeScoreFactory), (disputed, f.SettleCriterionFactory)])
def test_a_score_that_is_put_or_settled_has_its_reason_too(given, make):
    command = make(criterion="B2", sheets=APART, score=2, reason=" ")
    given.when(command).then_rejected(Rejected, match="there is no reason", at=["reason"])


def test_what_is_wrong_with_a_score_stands_at_its_criterion():
    unknown = ProposeScoreFactory(criterion="Z9")
    refused = closed.when(unknown).then_rejected(Rejected, match="^“Z9” was not proposed. ")
    assert refused.faults
    unknown = f.SettleCriterionFactory(criterion="Z9")
    assert closed.when(unknown).then_rejected(Rejected, match="^“Z9” was not settled. ").faults


@pytest.mark.parametrize(
    ("given", "command", "said"),
    [
        (moderated, ProposeScoreFactory(), "The score was not proposed: the moderation is closed"),
        (proposed, agreement.object_(reason=""), "The objection was not recorded. Say in"),
        (moderated.given(SETTLED), reopen_criterion(), "“B2” was not opened again: the moderation is closed"),
        (settled, reopen_criterion(reopened_by=FIRST), "“B2” was not opened again: only the lead"),
        (settled, reopen_criterion(reason=""), "“B2” was not opened again. Say why"),
        (moderated, agreement.reopen(reopened_by=FIRST), "The moderation was not opened again: only the lead"),
        (moderated, agreement.reopen(reason=""), "The moderation was not opened again. Say why"),
        (moderated, request(), "No third review was asked for: the moderation is closed"),
        (closed, request(requested_by=FIRST), "No third review was asked for: only the lead"),
        (closed, request(reason=""), "No third review was asked for. Say why"),
        (three.given(f.ModerationClosedFactory()), median(), "Nothing was settled: the moderation is closed"),
        (three, median(settled_by=FIRST), "Nothing was settled: only the lead"),
        (asked, withdraw_third(withdrawn_by=FIRST), "The request was not taken back: only the lead"),
        (asked, withdraw_third(reason=""), "The request was not taken back. Say why"),
        (drafted, withdraw_draft(withdrawn_by=FIRST), "The draft report was not taken back: only the lead"),
        (drafted, withdraw_draft(reason=""), "The draft report was not taken back. Say why; the provider was told"),
        (closed, IssueDraftReportFactory(), "The draft report was not issued: the moderation is not closed"),
        (moderated, IssueDraftReportFactory(issued_by=FIRST), "The draft report was not issued: only the lead"),
        (moderated, IssueDraftReportFactory(areas=()), "The draft report was not issued: Area"),
        (drafted, IssueFinalReportFactory(), "The final report was not issued: the provider can check"),
        (checked, IssueFinalReportFactory(), "The final report was not issued: 1 of the provider's claims"),
        (checked, IssueFinalReportFactory(issued_by=FIRST), "The final report was not issued: only the lead"),
        (reporting.answered, IssueFinalReportFactory(areas=()), "The final report was not issued: Area"),
        (reporting.answered, IssueFinalReportFactory(), "The final report was not issued: The claim on “F1” was acc"),
        (moderated, ClaimFactualErrorFactory(), "The claim was not recorded: no draft"),
        (drafted, ClaimFactualErrorFactory(section="F9"), "The claim was not recorded: The draft has no section “F9”"),
        (drafted, ClaimFactualErrorFactory(text=""), "The claim was not recorded. Say what is wrong"),
        (drafted, reporting.finish(no_error=False), "The factual check was not finished: no error is claimed"),
        (moderated, reporting.finish(no_error=False), "The factual check was not finished: no draft"),
        (reporting.claimed, withdraw_claim(AFTER), "The claim was not taken back: the time for it ended"),
        (checked, ResolveFactualClaimFactory(reason=""), "The claim was not answered. Say why"),
        (over, f.ProposePanelFactory(proposal_id="other"), "The panel was not proposed: the scoring"),
        (held, f.ChangeProposalFactory(), "The proposal was not changed: the scoring"),
        (held, f.WithdrawProposalFactory(), "The proposal was not taken back: the scoring"),
        (over, f.UndoSeatChangeFactory(), "The change was not undone: the scoring"),
        (over, f.ObjectToPanelFactory(), "The objection was not recorded: the scoring"),
        (confirmed_over, f.RuleOnObjectionFactory(), "The ruling was not recorded: the scoring"),
        (proposing.proposed, f.ChangeProposalFactory(reason=""), "The proposal was not changed: there is no reason"),
        (proposing.opened, f.ChangeProposalFactory(), "The proposal was not changed: no proposal waits"),
        (proposing.proposed, f.WithdrawProposalFactory(reason=""), "The proposal was not taken back: there is no rea"),
        (proposing.opened, f.WithdrawProposalFactory(), "The proposal was not taken back: no proposal waits"),
        (proposing.changed, f.UndoSeatChangeFactory(reason=""), "The change was not undone: there is no reason"),
        (proposing.confirmed, f.ObjectToPanelFactory(reasons=""), "The objection was not recorded: there is no rea"),
        (proposing.objected, f.RuleOnObjectionFactory(reason=""), "The ruling was not recorded: there is no reason"),
    ],
)
def test_a_refusal_says_first_what_did_not_happen(given, command, said):
    given.when(command).then_rejected(Rejected, match="^" + said)


def test_what_is_still_open_is_named_one_by_one():
    two = proposed.given(ScoreProposedFactory(criterion="A1"))
    refused = two.when(f.CloseModerationFactory(sheets=WIDE)).then_rejected(
        Rejected, match="proposed on “A1”, “B2”, and", at=["A1", "B2"]
    )
    assert {fault.message for fault in refused.faults} == {"A proposal is open."}
    wider = (sheet("review-1", A1=1, B1=1), sheet("review-2"))
    closed.when(f.CloseModerationFactory(sheets=wider)).then_rejected(Rejected, match=": “A1”, “B1” still need")


def test_what_is_wrong_with_a_claim_stands_at_its_field():
    places = "“A”, “B”, .*, “F1”"
    drafted.when(ClaimFactualErrorFactory(section="F9")).then_rejected(Rejected, match=places, at=["section"])
    drafted.when(ClaimFactualErrorFactory(text=" ")).then_rejected(ReasonMissing, at=["text"])
    drafted.when(ClaimFactualErrorFactory(text=PERSONAL)).then_rejected(PersonalDataInText, at=["text"])
    drafted.when(ClaimFactualErrorFactory(evidence=())).then_rejected(Rejected, at=["evidence"])
    found = drafted.when(ClaimFactualErrorFactory(evidence=("x", PERSONAL)))
    found.then_rejected(PersonalDataInText, at=["evidence.1"])


def test_what_is_wrong_with_a_report_stands_at_its_field():
    def draft(*at, **given):
        moderated.when(IssueDraftReportFactory(**given)).then_rejected(Rejected, at=at)

    blank, personal = (replace(FINDING, text=text) for text in (" ", PERSONAL))
    draft("findings.0.text", findings=(blank,))
    draft("findings.0.text", findings=(personal,))
    draft("variation", "variation.reason", variation=events.Variation(level=None, credits=None, reason=" "))
    for one in ({"level": 3, "credits": None}, {"level": None, "credits": 2}):
        draft("variation.reason", variation=events.Variation(**one, reason=" "))
        draft("variation.reason", variation=events.Variation(**one, reason=PERSONAL))
        sound = IssueDraftReportFactory(variation=events.Variation(**one, reason="The hours say so."))
        assert moderated.when(sound)._answer()[0].variation.reason == "The hours say so."


def test_what_is_wrong_with_a_change_stands_at_its_place():
    def final(*at, **given):
        command = IssueFinalReportFactory(findings=(reporting.BETTER,), **given)
        reporting.answered.when(command).then_rejected(Rejected, at=at)

    blank, personal = (events.ReportChange(section="F1", claim_id="claim-1", text=text) for text in (" ", PERSONAL))
    final("changes.0.text", changes=(blank,))
    final("changes.0.text", changes=(personal,))
    reporting.answered.when(IssueFinalReportFactory()).then_rejected(Rejected, at=["changes"])


def test_which_claims_wait_for_an_answer_is_told():
    checked.when(IssueFinalReportFactory()).then_rejected(Rejected, at=["claims.claim-1"])


def test_a_third_seat_is_still_given_and_left_while_the_others_are_final():
    down = f.StandReviewerDownFactory(review_id="review-3")
    left = f.ReviewerStoodDownFactory(review_id="review-3", reviewer_id="reviewer-3", seat=3)
    third.when(down).then(left)
    again = f.ReseatReviewerFactory(review_id="review-3", reviewer_id="reviewer-3", seat=3)
    given = f.ReviewerAssignedFactory(
        review_id="review-3", reviewer_id="reviewer-3", seat=3, reasons=("The ruling that barred him was taken back.",)
    )
    third.given(left).when(again).then(given)
    closed.when(f.StandReviewerDownFactory()).then_rejected(Rejected, match="^The reviewer was not stood down: the sc")
    closed.when(f.ReseatReviewerFactory(reviewer_id="other")).then_rejected(
        Rejected, match="^The reviewer was not given his seat again: the scoring"
    )


def test_a_report_names_nobody_who_sits_sat_or_leads():
    gone = (
        f.PanelOpenedFactory(),
        f.ReviewerAssignedFactory(review_id="review-8", reviewer_id="reviewer-8"),
        f.ReviewerStoodDownFactory(review_id="review-8", reviewer_id="reviewer-8"),
    )
    panel = replace_history(moderated, *gone, *moderated.history[1:])
    for person in (FIRST, f.SECOND, LEAD, "reviewer-8"):
        named = replace(FINDING, text=f"As {person} found.")
        panel.when(IssueDraftReportFactory(findings=(named,))).then_rejected(Rejected, match="names a reviewer")


def replace_history(specification, *history):
    return Specification(specification.decider, history)
