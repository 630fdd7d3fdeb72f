"""What the deciding remembers: which votes, chairs, signatures and deferrals hold after others came."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from qa_platform.decisions.decider import (
    AlreadyDecided,
    CommitteeImproper,
    MotionNotCarried,
    SignatureMissing,
    decision_decider,
)
from qa_platform.decisions.decider.rights import notification
from qa_platform.decisions.events import (
    CaseTakenOff,
    CastingVoteGiven,
    DecisionRescinded,
    DissentRecorded,
    ItemChairNamed,
    VoteWithdrawn,
)
from tests.decisions.factories import (
    CASE,
    MEETING,
    MEMBERS,
    NOTHING,
    SITTING,
    TODAY,
    AnswerVariationFactory,
    DecisionCountersignedFactory,
    DecisionMinutedFactory,
    DecisionReleasedFactory,
    DecisionTakenFactory,
    EvidenceAwaitedFactory,
    GroundFactory,
    MemberRecusedFactory,
    PutMotionFactory,
    ReleaseDecisionFactory,
    TableCaseFactory,
    TakeDecisionFactory,
    VariationAnsweredFactory,
    VariationProposedFactory,
    moved,
    sat,
    tabled,
    voted,
)
from tests.decisions.test_releasing import dissent
from tests.specification import Specification

fresh = Specification(decision_decider)
before_them = fresh.given(tabled(), moved())
FOUR = replace(SITTING, members=(*MEMBERS, "member-4"))
CASTING = CastingVoteGiven(submission_id=CASE, motion_id="motion-1", member_id=MEMBERS[0], vote="for")
OTHER_CHAIR = ItemChairNamed(submission_id=CASE, member_id=MEMBERS[1])
RESCINDED = DecisionRescinded(submission_id=CASE, decision_id="decision-1", reason="A slip.", rescinded_on=TODAY)
OFF = CaseTakenOff(submission_id=CASE, meeting_id=MEETING, reason="Next time.")
DEFERRAL = DecisionTakenFactory(code="DEFER", decision_class="not_applicable", grounds=(GroundFactory(),), **NOTHING)
AWAITED = EvidenceAwaitedFactory(due_on=date(2026, 12, 24))
deferred = fresh.given(
    tabled(),
    moved("DEFER"),
    *voted("for", "for", "against"),
    DEFERRAL,
    DecisionMinutedFactory(),
    AWAITED,
    DissentRecorded(
        submission_id=CASE, decision_id="decision-1", member_id=MEMBERS[2], reason="The tasks are too thin."
    ),
    DecisionCountersignedFactory(),
    DecisionReleasedFactory(),
)
SECOND = DecisionTakenFactory(decision_id="decision-2")
decided_again = deferred.given(
    tabled(), moved(), *voted("for", "for", "against"), SECOND, DecisionMinutedFactory(decision_id="decision-2")
)


# --- votes and chairs


def test_votes_on_another_motion_for_the_same_code_do_not_count():
    again = before_them.given(*voted("for", "for", "for"), moved(motion_id="motion-2"))

    again.when(TakeDecisionFactory()).then_rejected(CommitteeImproper, match="those who voted", at=["members"])


def test_a_tie_that_was_settled_is_open_again_after_any_change_of_chair_or_votes():
    tied = before_them.given(*voted("abstain", "for", "against", "abstain"), CASTING)
    last = VoteWithdrawn(submission_id=CASE, motion_id="motion-1", member_id="member-4")
    all_four = TakeDecisionFactory(members=FOUR.members, sitting=FOUR)
    three = TakeDecisionFactory(sitting=FOUR)

    for change, command in (
        ((OTHER_CHAIR,), all_four),
        ((*voted("for"), *voted("abstain")), all_four),
        ((last,), three),
        ((MemberRecusedFactory(member_id="member-4"),), three),
    ):
        tied.given(*change).when(command).then_rejected(MotionNotCarried, match="has the casting vote")


def test_the_others_decide_without_the_vote_of_a_member_who_is_recused_later():
    recused = before_them.given(*voted("for", "for", "for", "against"), MemberRecusedFactory(member_id="member-4"))

    recused.when(TakeDecisionFactory(sitting=FOUR)).then(DecisionTakenFactory(), DecisionMinutedFactory(recusals=1))


def test_a_named_chair_stays_when_the_other_one_is_recused_and_is_in_the_minutes():
    named = fresh.given(tabled(), OTHER_CHAIR)

    named.given(MemberRecusedFactory()).when(PutMotionFactory()).then(moved())
    named.given(moved(), *voted("for", "for", "for")).when(TakeDecisionFactory()).then(
        DecisionTakenFactory(), DecisionMinutedFactory(chair_id=MEMBERS[1])
    )


# --- after a rescission


def test_a_named_chair_stays_after_a_rescission():
    taken = fresh.given(tabled(), MemberRecusedFactory(), OTHER_CHAIR, moved(), DecisionTakenFactory())

    taken.given(RESCINDED).when(PutMotionFactory(motion_id="motion-2")).then(moved(motion_id="motion-2"))


def test_a_decision_from_before_there_were_meetings_is_rescinded_and_tabled():
    fresh.given(DecisionTakenFactory(), RESCINDED).when(TableCaseFactory()).then(tabled())


def test_nobody_waits_for_the_evidence_of_a_rescinded_deferral():
    rescinded = fresh.given(*sat("DEFER"), DEFERRAL, DecisionMinutedFactory(), AWAITED, RESCINDED, OFF)

    rescinded.when(TableCaseFactory()).then(tabled())


def test_the_one_deferral_stays_used_up_when_a_later_decision_is_rescinded():
    rescinded = decided_again.given(replace(RESCINDED, decision_id="decision-2"))

    rescinded.when(PutMotionFactory(motion_id="motion-2", code="DEFER")).then_rejected(
        AlreadyDecided, match="only once"
    )


# --- after a deferral


def test_the_decision_after_a_deferral_needs_a_signature_of_its_own():
    decided_again.when(ReleaseDecisionFactory()).then_rejected(SignatureMissing)


def test_the_decision_after_a_deferral_is_released_whenever_with_the_right_to_appeal():
    signed = decided_again.given(DecisionCountersignedFactory(decision_id="decision-2"))
    late = {"released_on": date(2027, 1, 4), "appeal_until": date(2027, 2, 3)}
    release = DecisionReleasedFactory(decision_id="decision-2", **late)

    signed.when(ReleaseDecisionFactory(**late)).then(release, notification(SECOND, release, None))


def test_a_dissent_from_each_decision_is_recorded_even_in_the_same_words():
    decided_again.when(dissent(MEMBERS[2])).then(
        DissentRecorded(
            submission_id=CASE, decision_id="decision-2", member_id=MEMBERS[2], reason="The tasks are too thin."
        )
    )


# --- consent


def test_a_second_variation_is_answered_whatever_became_of_the_first():
    asked = fresh.given(
        VariationProposedFactory(),
        VariationAnsweredFactory(answer="refused"),
        VariationProposedFactory(variation_id="variation-2", level=2),
    )

    asked.when(AnswerVariationFactory(variation_id="variation-2")).then(
        VariationAnsweredFactory(variation_id="variation-2")
    )
