from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from qa_platform.kernel.conflicts import CATEGORIES, Effect
from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.sealed import seal
from qa_platform.reviews.decider import (
    DeclarationIncomplete,
    GateNotPassed,
    InterestsAlreadyDeclared,
    NoConflictToRuleOn,
    NoteMissing,
    ReviewAlreadyExists,
    ReviewAlreadyLocked,
    ReviewerBarred,
    ReviewMissing,
    ReviewOver,
    RulingFinal,
    ScoreRefused,
    SheetIncomplete,
    Status,
    review_decider,
    sheet_digest,
)
from qa_platform.reviews.events import CriterionScored, KnownTie, Pointer, ReviewLocked
from tests.reviews.factories import (
    REVIEWER,
    ConflictRuledFactory,
    CriterionScoredFactory,
    DeclareInterestsFactory,
    DeclineReviewFactory,
    EndReviewFactory,
    InterestsDeclaredFactory,
    InviteReviewerFactory,
    LockReviewFactory,
    ReverseRulingFactory,
    ReviewDeclinedFactory,
    ReviewEndedFactory,
    ReviewerInvitedFactory,
    ReviewLockedFactory,
    RuleOnConflictFactory,
    RulingReversedFactory,
    ScoreCriterionFactory,
    TiesKnownFactory,
    note,
)
from tests.scoring.national import national
from tests.specification import Specification

review = Specification(review_decider)
invited = review.given(ReviewerInvitedFactory())
cleared = invited.given(InterestsDeclaredFactory())
barred = invited.given(InterestsDeclaredFactory(categories=("EMP",), effect="bar"))
pending = invited.given(InterestsDeclaredFactory(categories=("COL",), effect="officer_decides"))
declined = invited.given(ReviewDeclinedFactory())
ended = cleared.given(ReviewEndedFactory())
ALL_SCORED = tuple(CriterionScoredFactory(criterion=each.id) for each in national().applying("SAMC"))
scored = cleared.given(*ALL_SCORED)
locked = scored.given(ReviewLockedFactory())


# --- the invitation


def test_a_reviewer_is_invited_once():
    review.when(InviteReviewerFactory()).then(ReviewerInvitedFactory())
    locked.when(InviteReviewerFactory()).then_nothing()


def test_a_review_does_not_change_hands():
    invited.when(InviteReviewerFactory(reviewer_id="x")).then_rejected(ReviewAlreadyExists, match="somebody else's")


def test_nothing_is_asked_of_a_review_that_does_not_exist_or_is_of_another_case():
    review.when(LockReviewFactory()).then_rejected(ReviewMissing)
    cleared.when(LockReviewFactory(submission_id="submission-2")).then_rejected(ReviewMissing)


@pytest.mark.parametrize(
    "command", [DeclareInterestsFactory, DeclineReviewFactory, ScoreCriterionFactory, LockReviewFactory]
)
def test_a_review_is_missing_to_anybody_but_its_reviewer(command):
    cleared.when(command(reviewer_id="x")).then_rejected(ReviewMissing, match="no such review among yours")


# --- the conflict gate


def test_whoever_has_no_interest_is_cleared():
    invited.when(DeclareInterestsFactory()).then(InterestsDeclaredFactory())


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_each_category_has_its_effect(category):
    effect = CATEGORIES[category].effect.value

    invited.when(DeclareInterestsFactory(categories=(category,))).then(
        InterestsDeclaredFactory(categories=(category,), effect=effect)
    )


def test_the_harshest_effect_counts():
    assert CATEGORIES["EMP"].effect is Effect.BAR

    invited.when(DeclareInterestsFactory(categories=("FUT", "EMP", "COL"))).then(
        InterestsDeclaredFactory(categories=("FUT", "EMP", "COL"), effect="bar")
    )


def test_what_there_is_to_know_is_sealed_under_the_reviewer():
    invited.when(DeclareInterestsFactory(categories=("COL",), detail="We wrote a paper.")).then(
        InterestsDeclaredFactory(
            categories=("COL",),
            effect="officer_decides",
            detail=seal(REVIEWER, "We wrote a paper.", purpose="interests"),
        )
    )


def test_interests_are_declared_once():
    cleared.when(DeclareInterestsFactory()).then_nothing()
    cleared.when(DeclareInterestsFactory(categories=("COL",))).then_rejected(InterestsAlreadyDeclared)
    pending.when(DeclareInterestsFactory(categories=("COL",))).then_nothing()


@pytest.mark.parametrize(
    ("changes", "field"), [({"categories": ("XXX",)}, "categories"), ({"undertaking": " "}, "undertaking")]
)
def test_a_declaration_says_everything(changes, field):
    refusal = invited.when(DeclareInterestsFactory(**changes)).then_rejected(DeclarationIncomplete)

    assert [fault.field for fault in refusal.faults] == [field]


BEFORE = KnownTie(category="COL", source="declared_before", effect="officer_decides")
EMPLOYED = KnownTie(category="EMP", source="seen", effect="bar")
ROTATION = KnownTie(category="ROT", source="seen", effect="warn")


@pytest.mark.parametrize(
    ("known", "effect"),
    [((BEFORE,), "officer_decides"), ((EMPLOYED,), "bar"), ((BEFORE, EMPLOYED), "bar"), ((ROTATION,), "none")],
)
def test_what_is_known_counts_without_being_declared_again(known, effect):
    invited.when(DeclareInterestsFactory(known=known)).then(
        TiesKnownFactory(ties=known), InterestsDeclaredFactory(effect=effect)
    )


def test_a_declaration_sent_again_is_none_even_if_more_is_known_by_then():
    told = invited.given(TiesKnownFactory(ties=(BEFORE,)), InterestsDeclaredFactory(effect="officer_decides"))

    told.when(DeclareInterestsFactory(known=(BEFORE, EMPLOYED))).then_nothing()
    told.when(RuleOnConflictFactory()).then(ConflictRuledFactory())


def test_who_declined_does_not_declare():
    declined.when(DeclareInterestsFactory()).then_rejected(ReviewOver)


@pytest.mark.parametrize("ruling", ["bar", "allow"])
def test_somebody_else_rules_on_a_disclosed_interest(ruling):
    pending.when(RuleOnConflictFactory(ruling=ruling)).then(ConflictRuledFactory(ruling=ruling))


def test_a_ruling_is_given_once_and_its_note_is_sealed():
    pending.given(ConflictRuledFactory()).when(RuleOnConflictFactory()).then_nothing()
    pending.given(ConflictRuledFactory()).when(RuleOnConflictFactory(ruling="bar")).then_rejected(NoConflictToRuleOn)
    pending.when(RuleOnConflictFactory(note="One joint paper, years ago.")).then(
        ConflictRuledFactory(note=seal(REVIEWER, "One joint paper, years ago.", purpose="interests"))
    )


def test_nobody_rules_on_his_own_interest():
    pending.when(RuleOnConflictFactory(ruled_by=REVIEWER)).then_rejected(NoConflictToRuleOn, match="his own")


@pytest.mark.parametrize("history", [invited, cleared, barred], ids=["invited", "cleared", "barred"])
def test_there_is_a_ruling_only_where_one_is_due(history):
    history.when(RuleOnConflictFactory()).then_rejected(NoConflictToRuleOn, match="awaits one")


def test_a_tie_allowed_with_a_note_has_one():
    note = "She leaves the question of fees to the other."

    pending.when(RuleOnConflictFactory(ruling="allow_with_note", note=note)).then(
        ConflictRuledFactory(note=seal(REVIEWER, note, purpose="interests"))
    )
    refusal = pending.when(RuleOnConflictFactory(ruling="allow_with_note", note=" ")).then_rejected(NoteMissing)
    assert [fault.field for fault in refusal.faults] == ["note"]


allowed = pending.given(ConflictRuledFactory())
ruled_out = pending.given(ConflictRuledFactory(ruling="bar"))


@pytest.mark.parametrize(("history", "ruling"), [(allowed, "allow"), (ruled_out, "bar")], ids=["allow", "bar"])
def test_a_ruling_is_taken_back_with_its_reason_and_awaits_another(history, ruling):
    back = RulingReversedFactory(ruling=ruling)

    history.when(ReverseRulingFactory()).then(back)
    history.given(back).when(RuleOnConflictFactory(ruling="bar")).then(ConflictRuledFactory(ruling="bar"))
    history.given(back).when(ReverseRulingFactory()).then_rejected(NoConflictToRuleOn, match="none stands")
    history.given(back).when(ScoreCriterionFactory()).then_rejected(GateNotPassed)


@pytest.mark.parametrize("history", [invited, cleared, pending], ids=["invited", "cleared", "pending"])
def test_there_is_nothing_to_take_back_without_a_ruling(history):
    history.when(ReverseRulingFactory()).then_rejected(NoConflictToRuleOn, match="none stands")


@pytest.mark.parametrize(
    ("history", "asked", "words"),
    [
        (allowed.given(*ALL_SCORED, ReviewLockedFactory()), {}, "locked"),
        (allowed.given(ReviewDeclinedFactory()), {}, "over"),
        (allowed.given(ReviewEndedFactory()), {}, "over"),
        (ruled_out, {"seat_free": False}, "seat is not free"),
        (allowed, {"reversed_by": REVIEWER}, "his own"),
    ],
)
def test_a_ruling_is_not_taken_back_too_late_or_by_the_reviewer(history, asked, words):
    history.when(ReverseRulingFactory(**asked)).then_rejected(RulingFinal, match=words)


def test_a_bar_of_the_rules_is_taken_back_and_then_ruled_on_with_a_note():
    back = RulingReversedFactory(ruling="bar")
    reopened = barred.given(back)

    barred.when(ReverseRulingFactory()).then(back)
    reopened.when(RuleOnConflictFactory(ruling="bar")).then(ConflictRuledFactory(ruling="bar"))
    reopened.when(RuleOnConflictFactory()).then_rejected(NoteMissing, match="the rules bar this tie", at=["note"])
    note = "He meant another college of that name."
    reopened.when(RuleOnConflictFactory(ruling="allow_with_note", note=note)).then(
        ConflictRuledFactory(note=seal(REVIEWER, note, purpose="interests"))
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"seat_free": False}, "seat is not free"),
        ({"open_cases": 4, "cap": 4}, "has 4 open cases by now, and 4 are the most"),
        ({"reversed_by": REVIEWER}, "his own"),
        ({"known": (KnownTie(category="EMP", source="seen", effect="bar"),)}, "category “EMP” that bars him"),
    ],
)
def test_a_bar_of_the_rules_stays_where_its_ground_or_somebody_else_does(asked, words):
    barred.when(ReverseRulingFactory(**asked)).then_rejected(RulingFinal, match=words)


def test_a_tie_on_record_that_only_warns_keeps_no_bar_of_the_rules():
    warned = (KnownTie(category="ROT", source="seen", effect="warn"),)

    barred.when(ReverseRulingFactory(known=warned)).then(RulingReversedFactory(ruling="bar"))


def test_what_an_officer_barred_he_can_take_back_whatever_is_on_record():
    on_record = (KnownTie(category="EMP", source="seen", effect="bar"),)

    ruled_out.when(ReverseRulingFactory(known=on_record)).then(RulingReversedFactory(ruling="bar"))


def test_a_ruling_is_not_taken_back_without_a_reason():
    barred.when(ReverseRulingFactory(reason=" ")).then_rejected(NoteMissing, at=["reason"])
    allowed.when(ReverseRulingFactory(reason=" ")).then_rejected(NoteMissing, at=["reason"])
    allowed.when(ReverseRulingFactory(seat_free=False, open_cases=4, cap=4)).then(RulingReversedFactory())


# --- going


@pytest.mark.parametrize(
    "history", [invited, pending, cleared, scored], ids=["invited", "pending", "cleared", "scored"]
)
def test_an_unfinished_review_can_be_declined(history):
    history.when(DeclineReviewFactory()).then(ReviewDeclinedFactory())


@pytest.mark.parametrize(
    ("history", "refusal"), [(locked, ReviewAlreadyLocked), (barred, ReviewerBarred), (ended, ReviewOver)]
)
def test_what_is_over_is_not_declined(history, refusal):
    history.when(DeclineReviewFactory()).then_rejected(refusal)


def test_a_review_is_declined_once():
    declined.when(DeclineReviewFactory()).then_nothing()


@pytest.mark.parametrize(
    "history", [invited, pending, cleared, locked], ids=["invited", "pending", "cleared", "locked"]
)
def test_a_review_ends_when_the_seat_is_lost(history):
    history.when(EndReviewFactory()).then(ReviewEndedFactory())


@pytest.mark.parametrize("history", [declined, barred, ended], ids=["declined", "barred", "ended"])
def test_what_is_over_does_not_end_again(history):
    history.when(EndReviewFactory()).then_nothing()


# --- scoring

REFUSED = [
    (invited, GateNotPassed, "Declare them"),
    (pending, GateNotPassed, "awaits a ruling"),
    (barred, ReviewerBarred, "bars you"),
    (pending.given(ConflictRuledFactory(ruling="bar")), ReviewerBarred, "bars you"),
    (declined, ReviewOver, "no longer yours"),
    (ended, ReviewOver, "no longer yours"),
    (locked, ReviewAlreadyLocked, "final"),
]


@pytest.mark.parametrize(("history", "refusal", "words"), REFUSED)
def test_only_a_reviewer_beyond_the_gate_scores(history, refusal, words):
    history.when(ScoreCriterionFactory()).then_rejected(refusal, match=words)


@pytest.mark.parametrize(("history", "refusal", "words"), REFUSED[:-1])
def test_only_a_reviewer_beyond_the_gate_locks(history, refusal, words):
    history.when(LockReviewFactory()).then_rejected(refusal, match=words)


def test_a_reviewer_beyond_the_gate_scores():
    cleared.when(ScoreCriterionFactory()).then(CriterionScoredFactory())
    pending.given(ConflictRuledFactory()).when(ScoreCriterionFactory()).then(CriterionScoredFactory())


def test_the_same_score_again_is_nothing_new():
    cleared.given(CriterionScoredFactory()).when(ScoreCriterionFactory()).then_nothing()


@pytest.mark.parametrize(
    "changes",
    [
        {"score": 2},
        {"comment": "The certificate is there, but old."},
        {"confidence": "low"},
        {"evidence": (Pointer(field="outcomes", note="Row 2"),)},
        {"insufficient_evidence": True},
    ],
)
def test_every_change_of_a_score_is_an_event(changes):
    cleared.given(CriterionScoredFactory()).when(ScoreCriterionFactory(**changes)).then(
        CriterionScoredFactory(**changes)
    )


def test_a_private_note_is_sealed_and_never_compared():
    with_note = CriterionScoredFactory(private_note=note("Odd stamp."))

    cleared.given(with_note).when(ScoreCriterionFactory(private_note="Odd stamp.")).then(with_note)
    cleared.given(with_note).when(ScoreCriterionFactory()).then(CriterionScoredFactory())


def test_a_criterion_that_does_not_apply_has_its_reason_where_the_standard_allows_it():
    why = "There was no cohort before."

    cleared.when(ScoreCriterionFactory(criterion="G2", score=None, not_applicable_reason=why, comment="")).then(
        CriterionScoredFactory(criterion="G2", score=None, not_applicable_reason=why, comment="")
    )
    cleared.when(ScoreCriterionFactory(score=None, not_applicable_reason=why)).then_rejected(
        ScoreRefused, match="cannot be left out"
    )


def test_another_reason_for_not_applying_is_an_event():
    left_out = {"criterion": "G2", "score": None, "comment": ""}
    before, after = "There was no cohort before.", "The first cohort has not ended."
    history = cleared.given(CriterionScoredFactory(**left_out, not_applicable_reason=before))

    history.when(ScoreCriterionFactory(**left_out, not_applicable_reason=before)).then_nothing()
    history.when(ScoreCriterionFactory(**left_out, not_applicable_reason=after)).then(
        CriterionScoredFactory(**left_out, not_applicable_reason=after)
    )


def test_three_words_are_reason_enough():
    cleared.when(ScoreCriterionFactory(comment="It is there.")).then(CriterionScoredFactory(comment="It is there."))


def test_a_reason_for_not_applying_is_dropped_with_a_score():
    cleared.when(ScoreCriterionFactory(not_applicable_reason="No longer true at all.")).then(CriterionScoredFactory())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score": 0}, "score"),
        ({"score": 5}, "score"),
        ({"criterion": "Z9"}, "score"),
        ({"criterion": "A3", "route": "APMC"}, "score"),
        ({"comment": ""}, "comment"),
        ({"comment": "Fine."}, "comment"),
        ({"criterion": "G2", "score": None}, "not_applicable_reason"),
    ],
)
def test_a_score_is_on_the_scale_and_has_its_reason(changes, field):
    refusal = cleared.when(ScoreCriterionFactory(**changes)).then_rejected(ScoreRefused, match="was not scored")

    assert [fault.field for fault in refusal.faults] == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"comment": "Ask the author at a@example.org."}, "comment"),
        ({"evidence": (Pointer(field="people", note="900131-14-5678"),)}, "evidence.0.note"),
        (
            {"criterion": "G2", "score": None, "not_applicable_reason": "They said so on 012-345 6789."},
            "not_applicable_reason",
        ),
    ],
)
def test_what_others_will_read_holds_no_personal_data(changes, field):
    refusal = cleared.when(ScoreCriterionFactory(**changes)).then_rejected(PersonalDataInText)

    assert [fault.field for fault in refusal.faults] == [field]


# --- the lock


def test_a_complete_sheet_is_locked_and_bound():
    state = reduce(review_decider.evolve, scored.history, review_decider.initial)

    scored.when(LockReviewFactory()).then(ReviewLockedFactory(sheet_digest=sheet_digest(tuple(state.scores.values()))))


def test_a_review_is_locked_once():
    locked.when(LockReviewFactory()).then_nothing()


def test_a_sheet_with_gaps_is_not_locked():
    refusal = (
        cleared.given(*ALL_SCORED[2:]).when(LockReviewFactory()).then_rejected(SheetIncomplete, match="and 1 more")
    )

    assert [fault.field for fault in refusal.faults] == ["A1", "A2"]
    cleared.given(*ALL_SCORED[1:]).when(LockReviewFactory()).then_rejected(SheetIncomplete, match="“A1” still to do")


def test_only_what_applies_on_the_route_must_be_scored():
    enough = [event for event in ALL_SCORED if event.criterion not in {"A3", "G1"}]

    cleared.given(*enough).when(LockReviewFactory(route="SAMC")).then_rejected(SheetIncomplete)
    state = reduce(review_decider.evolve, cleared.given(*enough).history, review_decider.initial)
    assert review_decider.decide(LockReviewFactory(route="APMC"), state)


def _digest_of(*events: CriterionScored) -> str:
    state = reduce(review_decider.evolve, (*cleared.history, *events), review_decider.initial)
    return sheet_digest(tuple(state.scores.values()))


def test_the_digest_binds_everything_but_the_order_and_the_private_notes():
    first, second = CriterionScoredFactory(), CriterionScoredFactory(criterion="A2")

    assert _digest_of(first, second) == _digest_of(second, first)
    assert _digest_of(first) == _digest_of(replace(first, private_note=note("Odd stamp.")))
    different = [
        first,
        replace(first, score=2),
        replace(first, comment="Another reason for it."),
        replace(first, confidence="low"),
        replace(first, evidence=(Pointer(field="outcomes", note=""),)),
        replace(first, insufficient_evidence=True),
        replace(first, criterion="A2"),
    ]
    assert len({_digest_of(each) for each in different}) == len(different)


def test_a_locked_sheet_can_be_checked_for_ever():
    first = CriterionScoredFactory(private_note=note("Odd stamp."))

    assert _digest_of(first) == "sha256:6ff612bcf912602ed5992445412dbc200a352d3d9410cce684ad20f50599dffc"
    assert cleared.given(first).state.scores["A1"].has_private_note
    assert not cleared.given(CriterionScoredFactory()).state.scores["A1"].has_private_note


# --- whatever is asked

COMMANDS = st.one_of(
    st.builds(InviteReviewerFactory),
    st.builds(DeclareInterestsFactory, categories=st.sampled_from([(), ("EMP",), ("COL",), ("FUT",)])),
    st.builds(RuleOnConflictFactory, ruling=st.sampled_from(["bar", "allow"])),
    st.builds(DeclineReviewFactory),
    st.builds(EndReviewFactory),
    st.builds(
        ScoreCriterionFactory, criterion=st.sampled_from(["A1", "A2", "G2"]), score=st.sampled_from([None, 1, 4])
    ),
    st.builds(LockReviewFactory),
)


@settings(deadline=None)
@for_all(st.lists(COMMANDS, max_size=12), st.booleans())
def test_no_sequence_of_commands_scores_before_the_gate_or_after_the_lock(commands, nearly_done):
    """Whatever is asked, scores come only from a cleared reviewer, and none comes after the lock."""
    history = scored.history if nearly_done else ()
    state = reduce(review_decider.evolve, history, review_decider.initial)
    for command in commands:
        before = state
        try:
            events = review_decider.decide(command, state)
        except Rejected:
            continue
        state = reduce(review_decider.evolve, events, state)

        if any(isinstance(event, CriterionScored | ReviewLocked) for event in events):
            assert before.status is Status.CLEARED
        if before.status is Status.LOCKED:
            assert state.scores == before.scores
