"""An item: on one agenda at a time, who takes no part, what is moved, who votes how, and what carries it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from qa_platform.decisions.commands import RetableCase, TakeCaseOff, WithdrawRecusal, WithdrawVote
from qa_platform.decisions.decider import (
    AlreadyDecided,
    AlreadyTabled,
    ChairMissing,
    CodeNotAllowed,
    CommitteeImproper,
    EvidenceStillDue,
    MeetingImproper,
    MeetingOpened,
    MotionMissing,
    MotionNotCarried,
    NotReadyToDecide,
    NotRecused,
    NotTabled,
    VoteNotAllowed,
    decision_decider,
)
from qa_platform.decisions.events import (
    CaseTakenOff,
    CastingVoteGiven,
    ItemChairNamed,
    RecusalWithdrawn,
    VoteCast,
    VoteWithdrawn,
)
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.decisions.factories import (
    CASE,
    MEETING,
    MEMBERS,
    NOTHING,
    SITTING,
    TODAY,
    CastVoteFactory,
    DecisionCountersignedFactory,
    DecisionMinutedFactory,
    DecisionReleasedFactory,
    DecisionTakenFactory,
    EvidenceAwaitedFactory,
    EvidenceSuppliedFactory,
    GiveCastingVoteFactory,
    GroundFactory,
    MemberRecusedFactory,
    NameItemChairFactory,
    PutMotionFactory,
    RecuseMemberFactory,
    TableCaseFactory,
    TakeDecisionFactory,
    moved,
    sat,
    tabled,
    voted,
)
from tests.specification import Specification

fresh = Specification(decision_decider)
on_agenda = fresh.given(tabled())
before_them = on_agenda.given(moved())
taken = fresh.given(*sat(), DecisionTakenFactory(), DecisionMinutedFactory())
DEFERRAL = {"code": "DEFER", "decision_class": "not_applicable", "grounds": (GroundFactory(),), **NOTHING}
deferred = fresh.given(
    *sat("DEFER"),
    DecisionTakenFactory(**DEFERRAL),
    DecisionMinutedFactory(),
    EvidenceAwaitedFactory(due_on=date(2026, 12, 24)),
    DecisionCountersignedFactory(),
    DecisionReleasedFactory(),
)
TAKE_OFF = TakeCaseOff(submission_id=CASE, meeting_id=MEETING, reason="The reviewers are heard first.")
TAKEN_OFF = CaseTakenOff(submission_id=CASE, meeting_id=MEETING, reason="The reviewers are heard first.")
CHAIRED_BY_OTHER = ItemChairNamed(submission_id=CASE, member_id=MEMBERS[1])
CASTING = CastingVoteGiven(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[0], vote="for")
RECUSED_AWAY = WithdrawRecusal(submission_id=CASE, member_id=MEMBERS[0], reason="no_tie")


def withdraw(member_id: str = MEMBERS[0], asked_by: str | None = None) -> WithdrawVote:
    return WithdrawVote(submission_id=CASE, member_id=member_id, asked_by=asked_by)


# --- the agenda


def test_a_submission_is_on_one_agenda_at_a_time():
    fresh.when(TableCaseFactory()).then(tabled())
    on_agenda.when(TableCaseFactory()).then_nothing()
    on_agenda.when(TableCaseFactory(meeting_id="meeting-2")).then_rejected(AlreadyTabled, match="Take it off")
    on_agenda.given(TAKEN_OFF).when(TableCaseFactory(meeting_id="meeting-2")).then(tabled(meeting_id="meeting-2"))


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"submission_status": "withdrawn"}, NotReadyToDecide),
        ({"scoring_closed": False}, NotReadyToDecide),
        ({"held_on": date(2026, 11, 23)}, MeetingImproper),
    ],
)
def test_only_what_is_ready_is_tabled_and_for_a_day_to_come(asked, refusal):
    fresh.when(TableCaseFactory(**asked)).then_rejected(refusal)


def test_a_deferred_case_comes_back_with_its_evidence_or_the_day_after_its_time():
    def at(day: date):
        return TableCaseFactory(on=day, held_on=date(2027, 1, 10))

    deferred.when(at(date(2026, 12, 24))).then_rejected(EvidenceStillDue, match="2026-12-24")
    deferred.when(at(date(2026, 12, 25))).then(tabled(held_on=date(2027, 1, 10)))
    deferred.given(EvidenceSuppliedFactory()).when(at(date(2026, 12, 1))).then(tabled(held_on=date(2027, 1, 10)))


def test_an_item_is_taken_off_until_it_is_decided_and_its_votes_with_it():
    before_them.given(*voted("for", "for", "for")).when(TAKE_OFF).then(TAKEN_OFF)
    fresh.when(TAKE_OFF).then_rejected(NotTabled)
    on_agenda.when(replace(TAKE_OFF, meeting_id="meeting-2")).then_rejected(NotTabled, match="of this meeting")
    on_agenda.when(replace(TAKE_OFF, reason="Ask 012-345 6789.")).then_rejected(PersonalDataInText)
    taken.when(TAKE_OFF).then_rejected(AlreadyDecided, match="Rescind it first")
    again = fresh.given(*sat(), TAKEN_OFF, tabled())
    again.when(TakeDecisionFactory()).then_rejected(MotionMissing)


def test_an_item_moves_with_its_meeting_until_something_is_voted_on():
    moving = RetableCase(submission_id=CASE, meeting_id=MEETING, held_on=date(2026, 12, 1))
    later = tabled(held_on=date(2026, 12, 1))

    on_agenda.when(moving).then(later)
    on_agenda.given(later).when(moving).then_nothing()
    # Only its place changed.
    on_agenda.when(replace(moving, held_on=TODAY)).then_nothing()
    for state in (before_them, taken, deferred, fresh):
        state.when(moving).then_rejected(MeetingOpened, match="it has begun")
    before_them.when(replace(moving, held_on=TODAY)).then_rejected(MeetingOpened)
    on_agenda.when(replace(moving, meeting_id="meeting-2")).then_rejected(MeetingOpened)


def test_whoever_was_named_to_chair_an_item_does_so_when_its_meeting_is_moved():
    recused = on_agenda.given(MemberRecusedFactory(member_id=MEMBERS[0]), CHAIRED_BY_OTHER)
    later = tabled(held_on=date(2026, 12, 1))
    sitting = replace(SITTING, held_on=date(2026, 12, 1))
    asked = PutMotionFactory(sitting=sitting, on=date(2026, 12, 1))

    recused.given(later).when(asked).then(moved())
    recused.given(TAKEN_OFF, tabled()).when(PutMotionFactory()).then_rejected(ChairMissing)


# --- recusal


def test_a_vote_falls_with_a_recusal():
    recused = before_them.given(*voted("for", "for", "for"), MemberRecusedFactory(member_id=MEMBERS[2]))

    refusal = recused.when(TakeDecisionFactory()).then_rejected(CommitteeImproper, match="recused")

    assert [fault.field for fault in refusal.faults] == ["members"]
    recused.when(CastVoteFactory(member_id=MEMBERS[2])).then_rejected(VoteNotAllowed, match="recused")
    recused.when(TakeDecisionFactory(members=MEMBERS[:2])).then_rejected(CommitteeImproper, match="needs 3 members")


def test_a_recusal_in_error_is_taken_back_until_the_decision():
    back = RecusalWithdrawn(submission_id=CASE, member_id=MEMBERS[0], reason="no_tie")
    recused = on_agenda.given(MemberRecusedFactory())

    recused.when(RECUSED_AWAY).then(back)
    on_agenda.when(RECUSED_AWAY).then_rejected(NotRecused)
    recused.given(back, moved()).when(CastVoteFactory()).then(*voted("for"))
    others = fresh.given(MemberRecusedFactory(), tabled(), moved(), DecisionTakenFactory(), DecisionMinutedFactory())
    others.when(RECUSED_AWAY).then_rejected(AlreadyDecided, match="Rescind it first")
    taken.when(RecuseMemberFactory(member_id="member-9")).then_rejected(AlreadyDecided)


# --- the chair


def test_while_the_chair_is_recused_another_member_is_named():
    leaderless = on_agenda.given(MemberRecusedFactory())

    leaderless.when(PutMotionFactory()).then_rejected(ChairMissing, match="Name another member")
    leaderless.when(NameItemChairFactory()).then(CHAIRED_BY_OTHER)
    leaderless.given(CHAIRED_BY_OTHER).when(NameItemChairFactory()).then_nothing()
    leaderless.given(CHAIRED_BY_OTHER).when(PutMotionFactory()).then(moved())
    leaderless.when(NameItemChairFactory(member_id=MEMBERS[0])).then_rejected(VoteNotAllowed, match="recused")
    leaderless.when(NameItemChairFactory(member_id="member-9")).then_rejected(VoteNotAllowed, match="does not sit")
    taken.when(NameItemChairFactory()).then_rejected(AlreadyDecided)


def test_a_named_chair_who_is_recused_chairs_no_longer():
    recused = on_agenda.given(CHAIRED_BY_OTHER, MemberRecusedFactory(member_id=MEMBERS[1]))

    recused.when(PutMotionFactory()).then(moved())
    recused.given(MemberRecusedFactory()).when(PutMotionFactory()).then_rejected(ChairMissing)


def test_whoever_chairs_has_voted_or_abstained():
    sitting = replace(SITTING, members=(*MEMBERS, "member-4"))
    three = before_them.given(*voted("for", "for", "for"), ItemChairNamed(submission_id=CASE, member_id="member-4"))

    three.when(TakeDecisionFactory(sitting=sitting)).then_rejected(ChairMissing, match="has not voted")
    gone = fresh.given(*sat(), MemberRecusedFactory(member_id="member-4"))
    gone.when(TakeDecisionFactory(sitting=replace(sitting, chair_id="member-4"))).then_rejected(
        ChairMissing, match="is recused"
    )


# --- the motion


def test_a_new_motion_makes_the_votes_on_the_last_one_void():
    before_them.when(PutMotionFactory()).then_nothing()
    voted_on = before_them.given(*voted("for", "for", "for"))
    voted_on.when(PutMotionFactory(motion_id="motion-2", code="REF")).then(moved("REF", "motion-2"))
    voted_on.given(moved("REF", "motion-2")).when(TakeDecisionFactory()).then_rejected(MotionMissing)


def test_a_motion_is_put_on_the_day_in_its_meeting_and_for_a_code_of_the_route():
    early = replace(SITTING, held_on=date(2026, 11, 25))

    on_agenda.when(PutMotionFactory(sitting=early)).then_rejected(MeetingImproper, match="2026-11-25")
    on_agenda.when(PutMotionFactory(code="LIST")).then_rejected(CodeNotAllowed, match="“APP”, “APP-V”", at=["code"])
    on_agenda.when(PutMotionFactory(sitting=replace(SITTING, meeting_id="meeting-2"))).then_rejected(NotTabled)
    fresh.when(PutMotionFactory()).then_rejected(NotTabled)
    taken.when(PutMotionFactory(motion_id="motion-2")).then_rejected(AlreadyDecided)
    deferred.given(tabled()).when(PutMotionFactory(code="DEFER")).then_rejected(AlreadyDecided, match="only once")


ELSEWHERE = replace(SITTING, meeting_id="meeting-2")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (PutMotionFactory, "The motion was not put"),
        (CastVoteFactory, "The vote was not counted"),
        (GiveCastingVoteFactory, "The casting vote was not counted"),
    ],
)
def test_a_refusal_begins_with_what_did_not_happen(command, what):
    refused = [
        (fresh, command(), NotTabled),
        (taken, command(**({"motion_id": "motion-2"} if command is PutMotionFactory else {})), AlreadyDecided),
        (on_agenda, command(sitting=ELSEWHERE), NotTabled),
    ]
    if command is not PutMotionFactory:
        refused.append((on_agenda, command(), MotionMissing))
        refused.append((before_them, command(asked_by=MEMBERS[1]), VoteNotAllowed))
    if command is CastVoteFactory:
        refused.append((before_them, command(member_id="member-9"), VoteNotAllowed))
    else:
        leaderless = before_them.given(MemberRecusedFactory())
        refused.append(
            (leaderless, command(**({"motion_id": "m"} if command is PutMotionFactory else {})), ChairMissing)
        )

    for before, asked, refusal in refused:
        before.when(asked).then_rejected(refusal, match=f"^{what}: ")


# --- votes


def test_a_member_votes_for_himself_and_the_last_vote_counts():
    before_them.when(CastVoteFactory(asked_by=MEMBERS[0])).then(*voted("for"))
    before_them.when(CastVoteFactory(asked_by=MEMBERS[1])).then_rejected(VoteNotAllowed, match="for himself")
    before_them.given(*voted("for")).when(CastVoteFactory()).then_nothing()
    before_them.given(*voted("for")).when(CastVoteFactory(vote="against")).then(*voted("against"))


def test_nobody_votes_who_does_not_sit_or_reviewed_or_before_a_motion():
    before_them.when(CastVoteFactory(member_id="member-9")).then_rejected(VoteNotAllowed, match="does not sit")
    before_them.when(CastVoteFactory(reviewed_by=(MEMBERS[0],))).then_rejected(VoteNotAllowed, match="reviewed")
    on_agenda.when(CastVoteFactory()).then_rejected(MotionMissing)
    taken.when(CastVoteFactory(vote="against")).then_rejected(AlreadyDecided)


def test_a_vote_is_taken_back_until_the_item_is_closed():
    back = VoteWithdrawn(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[0])

    for asked_by in (None, MEMBERS[0]):
        before_them.given(*voted("for")).when(withdraw(asked_by=asked_by)).then(back)
    before_them.given(*voted("for"), back).when(withdraw()).then_rejected(VoteNotAllowed, match="has not voted")
    before_them.given(*voted("for")).when(withdraw(asked_by=MEMBERS[1])).then_rejected(VoteNotAllowed)
    taken.when(withdraw()).then_rejected(AlreadyDecided)


TIED = before_them.given(*voted("abstain", "for", "against"))


def test_whoever_chairs_settles_a_tie_and_nothing_else():
    for asked_by in (None, MEMBERS[0]):
        TIED.when(GiveCastingVoteFactory(asked_by=asked_by)).then(CASTING)
    TIED.given(CASTING).when(GiveCastingVoteFactory()).then_nothing()
    TIED.when(GiveCastingVoteFactory(member_id=MEMBERS[1])).then_rejected(VoteNotAllowed, match="whoever chairs")
    TIED.when(GiveCastingVoteFactory(asked_by=MEMBERS[1])).then_rejected(VoteNotAllowed, match="for himself")
    before_them.when(GiveCastingVoteFactory()).then_rejected(VoteNotAllowed)
    before_them.given(*voted("for", "for", "against")).when(GiveCastingVoteFactory()).then_rejected(
        VoteNotAllowed, match="2 are for the motion and 1 against"
    )
    on_agenda.when(GiveCastingVoteFactory()).then_rejected(MotionMissing)
    TIED.given(MemberRecusedFactory()).when(GiveCastingVoteFactory()).then_rejected(ChairMissing)


def test_a_casting_vote_settles_the_votes_that_were_there_and_no_others():
    moved_on = TIED.given(CASTING, VoteCast(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[0], vote="for"))
    back = (
        VoteCast(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[0], vote="abstain"),
        VoteWithdrawn(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[2]),
    )

    TIED.given(CASTING).when(TakeDecisionFactory()).then(
        DecisionTakenFactory(),
        DecisionMinutedFactory(votes_for=1, votes_against=1, abstentions=1, casting_vote=True),
    )
    tied_again = moved_on.given(
        *back, VoteCast(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[2], vote="against")
    )
    tied_again.when(TakeDecisionFactory()).then_rejected(MotionNotCarried, match="casting vote")


# --- what carries it


@pytest.mark.parametrize(
    ("votes", "words"),
    [(("for", "against", "against"), "the motion fell"), (("for", "against", "abstain"), "has the casting vote")],
)
def test_what_is_not_carried_is_not_decided(votes, words):
    before_them.given(*voted(*votes)).when(TakeDecisionFactory()).then_rejected(MotionNotCarried, match=words)


def test_a_casting_vote_against_lets_the_motion_fall():
    against = CastingVoteGiven(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[0], vote="against")

    TIED.given(against).when(TakeDecisionFactory()).then_rejected(MotionNotCarried, match="the motion fell")


def test_the_majority_of_those_who_do_not_abstain_carries_it():
    before_them.given(*voted("for", "abstain", "abstain")).when(TakeDecisionFactory()).then(
        DecisionTakenFactory(), DecisionMinutedFactory(votes_for=1, abstentions=2)
    )


def test_a_decision_is_that_of_the_item_its_meeting_and_who_voted():
    fresh.when(TakeDecisionFactory()).then_rejected(NotTabled)
    early = replace(SITTING, held_on=date(2026, 11, 25))
    fresh.given(*sat()).when(TakeDecisionFactory(sitting=early)).then_rejected(MeetingImproper)
    fresh.given(*sat("REF")).when(TakeDecisionFactory()).then_rejected(MotionMissing, at=["code"])
    four = TakeDecisionFactory(members=(*MEMBERS, "member-4"))
    fresh.given(*sat()).when(four).then_rejected(CommitteeImproper, match="does not sit", at=["members"])
    sitting = replace(SITTING, members=(*MEMBERS, "member-4"))
    fresh.given(*sat()).when(replace(four, sitting=sitting)).then_rejected(CommitteeImproper, match="those who voted")


def test_a_recusal_counts_in_the_minutes_and_not_in_the_quorum():
    five = replace(SITTING, members=(*MEMBERS, "member-4"))

    fresh.given(*sat(), MemberRecusedFactory(member_id="member-4")).when(TakeDecisionFactory(sitting=five)).then(
        DecisionTakenFactory(), DecisionMinutedFactory(recusals=1)
    )
