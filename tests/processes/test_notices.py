"""The catalogue of notices, walked through with the eyes of every reader at every moment of a case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from qa_platform.accreditations.events import (
    AccreditationConditionsMet,
    ConditionEvent,
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
)
from qa_platform.app import ALL_DECIDERS
from qa_platform.audit.sight import see
from qa_platform.centres.events import AssignmentEvent, CosigningEvent
from qa_platform.decisions.events import (
    DecisionCorrected,
    DecisionEvent,
    DecisionMinuted,
    DecisionReleased,
    DecisionTaken,
    EvidenceAwaited,
    EvidenceSupplied,
    ItemChairNamed,
    MeetingCancelled,
    MeetingConvened,
    MeetingMembershipChanged,
    MeetingMoved,
    RecusalWithdrawn,
    Supplied,
    VariationAnswered,
    VariationProposed,
)
from qa_platform.kernel.event import Event, Recorded, stored_name
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role, system
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import RELEASED, Relation
from qa_platform.notices.decider import KINDS
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import LINES, phrases, templates, words_of
from qa_platform.panels.events import (
    DraftReportWithdrawn,
    ObjectionRuled,
    PanelEvent,
    PanelObjected,
    ProposalConfirmed,
    ReviewerReminded,
    ReviewerStoodDown,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.processes.notices import CATALOGUE, NOBODY_IS_TOLD, UNDONE, Known, Telling, To, fold_known, tellings
from qa_platform.reviews.events import (
    ConflictRuled,
    InterestsDeclared,
    QuestionAsked,
    ReviewEvent,
    ReviewOverdue,
    RulingReversed,
)
from qa_platform.reviews.events.queries import (
    QueryAnswered,
    QueryEvent,
    QueryForwarded,
    QueryUnanswered,
    QueryWithdrawn,
)
from qa_platform.submissions.events import (
    Step,
    SubmissionClosedAtIntake,
    SubmissionEvent,
    SubmissionLapsed,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from tests.audit.story import CASE, EVERY_VIEWER, story, viewer
from tests.centres.factories import CENTRE, CaseAssignedFactory, CaseMovedFactory, CosignerNamedFactory
from tests.notices.factories import NoticeIssuedFactory
from tests.panels.factories import PROPOSED, ReviewerAssignedFactory, SeatChangeUndoneFactory
from tests.panels.reports import (
    DraftReportIssuedFactory,
    FactualCheckClosedFactory,
    FinalReportIssuedFactory,
    ScoreProposedFactory,
)

EVERY_EVENT = sorted({event for decider in ALL_DECIDERS for event in decider.events}, key=stored_name)
SUBMISSION = f"submission-{CASE}"
FIRST_REVIEW = {"review_id": "review-of-rita", "reviewer_id": "rita"}
DUE = date(2026, 3, 17)
CONDITION = {"condition_id": "c1", "submission_id": CASE}

LODGED, SEATED, INVITED = "submission.lodged.v1", "panel.reviewer_assigned.v1", "review.invited.v1"
CLOSED, MODERATED, TABLED = "panel.scoring_closed.v1", "panel.moderation_closed.v1", "decision.tabled.v1"
UNIONS = (
    *(SubmissionEvent, AssignmentEvent, CosigningEvent, PanelEvent, ReviewEvent, QueryEvent),
    *(ConditionEvent, DecisionEvent),
)
REMINDERS = {kind for line in LINES for kind in (line.soon, line.late) if kind is not None}
# What may happen besides, and after what; each is tried after every event of the story from there on.
BESIDES: list[tuple[str, str, Event]] = [
    (SUBMISSION, LODGED, SubmissionReturned(submission_id=CASE, faults=(), remark="canary-remark", due_on=DUE)),
    (SUBMISSION, LODGED, SubmissionReturnExtended(submission_id=CASE, due_on=DUE, reason="canary-reason")),
    (SUBMISSION, LODGED, SubmissionClosedAtIntake(submission_id=CASE, ground="other", remark="canary-remark")),
    (SUBMISSION, "submission.drafted.v1", SubmissionWithdrawn(submission_id=CASE, reason="canary-reason")),
    (SUBMISSION, LODGED, SubmissionLapsed(submission_id=CASE, due_on=DUE)),
    (
        SUBMISSION,
        LODGED,
        SubmissionStepTakenBack(
            submission_id=CASE, step=Step.LAPSE, status="returned", due_on=DUE, reason="canary-reason"
        ),
    ),
    (
        f"panel-{CASE}",
        SEATED,
        ReviewerStoodDown(submission_id=CASE, seat=1, ground="conflict", **FIRST_REVIEW),
    ),
    (
        "review-review-of-rita",
        INVITED,
        InterestsDeclared(categories=("PER",), effect="officer_decides", undertaking="v1", detail=None, **FIRST_REVIEW),
    ),
    (f"panel-{CASE}", CLOSED, ScoreProposedFactory(submission_id=CASE, reason="canary-reason")),
    (f"panel-{CASE}", MODERATED, DraftReportIssuedFactory(submission_id=CASE)),
    (
        f"panel-{CASE}",
        MODERATED,
        DraftReportWithdrawn(submission_id=CASE, drafted_version=1, told_on=DUE, reason="canary-reason"),
    ),
    *(
        (f"panel-{CASE}", MODERATED, FactualCheckClosedFactory(submission_id=CASE, how=how))
        for how in ("silence", "confirmed", "claims")
    ),
    (f"panel-{CASE}", MODERATED, FinalReportIssuedFactory(submission_id=CASE)),
    (
        f"panel-{CASE}",
        CLOSED,
        ThirdReviewRequested(
            submission_id=CASE, seat=3, criteria=("A1",), reason="canary-reason", requested_on=DUE, due_on=DUE
        ),
    ),
    (
        f"panel-{CASE}",
        SEATED,
        ProposalConfirmed(
            submission_id=CASE,
            proposal_id="proposal-1",
            reviews=("review-of-rita",),
            disclosed=(),
            on=DUE,
            remind_on=DUE,
            answer_by=DUE,
            object_by=DUE,
        ),
    ),
    (f"cosigning-{CASE}", LODGED, CosignerNamedFactory(submission_id=CASE)),
    (f"assignment-{CASE}", LODGED, CaseAssignedFactory(submission_id=CASE)),
    (f"assignment-{CASE}", LODGED, CaseMovedFactory(submission_id=CASE, to_centre_id=CENTRE, reason="canary-reason")),
    (f"panel-{CASE}", SEATED, ReviewerReminded(submission_id=CASE, seat=1, answer_by=DUE, **FIRST_REVIEW)),
    (
        f"panel-{CASE}",
        SEATED,
        PanelObjected(
            submission_id=CASE,
            seats=(1,),
            ground="bias",
            reasons=Sealed(subject="pat", value="canary-reason"),
            objected_by="pat",
        ),
    ),
    (
        f"panel-{CASE}",
        SEATED,
        ObjectionRuled(submission_id=CASE, seats=(1,), upheld=False, reason="canary-reason"),
    ),
    *(
        ("condition-c1", event_after, event)
        for event_after, event in [
            (
                RELEASED,
                ConditionEvidenceFiled(
                    **CONDITION, filing=1, statement="canary", documents=(), filed_on=DUE, check_due_on=DUE
                ),
            ),
            (RELEASED, ConditionMet(**CONDITION, reason="canary-reason", ruled_on=DUE)),
            (RELEASED, ConditionExtended(**CONDITION, reason="canary-reason", due_on=DUE, ruled_on=DUE)),
            (RELEASED, ConditionNotMet(**CONDITION, reason="canary-reason", ruled_on=DUE)),
            (RELEASED, ConditionLapsed(**CONDITION, due_on=DUE, lapsed_on=DUE, rule_by=DUE)),
        ]
    ),
    (
        "accreditation-accreditation-1",
        "accreditation.opened.v1",
        AccreditationConditionsMet(
            accreditation_id="accreditation-1",
            submission_id=CASE,
            decision_id="decision-1",
            number="MY-MC-2026-000001-X",
            kind="COND-MET",
            conditions=(),
            documents=(),
            issued_on=DUE,
        ),
    ),
    ("review-review-of-rita", INVITED, ConflictRuled(ruling="allow", note=None, **FIRST_REVIEW)),
    (
        "review-review-of-rita",
        INVITED,
        RulingReversed(seat=1, ruling="allow", reason=Sealed(subject="rita", value="canary-reason"), **FIRST_REVIEW),
    ),
    (
        "review-review-of-rita",
        INVITED,
        QuestionAsked(
            submission_id=CASE, question_id="question-1", criterion="A1", text="canary-question", **FIRST_REVIEW
        ),
    ),
    (
        "review-review-of-rita",
        INVITED,
        ReviewOverdue(lateness="scoring", due_on=DUE, found_on=DUE + timedelta(days=1), **FIRST_REVIEW),
    ),
    (
        f"queries-{CASE}",
        INVITED,
        QueryForwarded(
            submission_id=CASE,
            query_id="question-1",
            provider_id="north",
            number=1,
            criterion="A1",
            text="canary-question",
            forwarded_on=DUE - timedelta(days=7),
            due_on=DUE,
        ),
    ),
    (
        f"queries-{CASE}",
        INVITED,
        QueryAnswered(submission_id=CASE, query_id="question-1", text="canary-answer", evidence=(), answered_on=DUE),
    ),
    (
        f"queries-{CASE}",
        INVITED,
        QueryUnanswered(submission_id=CASE, query_id="question-1", due_on=DUE, closed_on=DUE + timedelta(days=1)),
    ),
    (
        f"queries-{CASE}",
        INVITED,
        QueryWithdrawn(submission_id=CASE, query_id="question-1", ground="taken_back"),
    ),
    *(
        (f"decision-{CASE}", event_after, event)
        for event_after, event in [
            (TABLED, ItemChairNamed(submission_id=CASE, member_id="moe")),
            (TABLED, RecusalWithdrawn(submission_id=CASE, member_id="mia", reason="no_tie")),
            (
                MODERATED,
                VariationProposed(
                    submission_id=CASE,
                    variation_id="variation-1",
                    level=3,
                    credits=None,
                    hours=None,
                    reason="canary-reason",
                    due_on=DUE,
                ),
            ),
            (
                MODERATED,
                VariationAnswered(
                    submission_id=CASE,
                    variation_id="variation-1",
                    officer_id="ali",
                    answer="consented",
                    answered_on=DUE,
                ),
            ),
            (
                RELEASED,
                EvidenceSupplied(
                    submission_id=CASE,
                    decision_id="decision-1",
                    answers=(Supplied(wanted=0, text="canary-answer", digest=None),),
                    supplied_on=DUE,
                ),
            ),
            (
                RELEASED,
                DecisionCorrected(
                    submission_id=CASE,
                    decision_id="decision-1",
                    correction_id="correction-1",
                    part="grounds",
                    wrong="canary-wrong",
                    right="canary-right",
                    reason="canary-reason",
                    corrected_on=DUE,
                ),
            ),
        ]
    ),
]


def deferral() -> list[Recorded[Any]]:
    """Return the story as it went if the committee had deferred its decision, up to the release."""
    awaited = EvidenceAwaited(submission_id=CASE, decision_id="decision-1", wanted=("The certificate.",), due_on=DUE)
    found = []
    for one in story():
        match one.event:
            case DecisionTaken() as taken:
                found.append(replace(one, event=replace(taken, code="DEFER")))
            case DecisionMinuted():
                found.append(replace(one, event=awaited))
            case _:
                found.append(one)
        if isinstance(one.event, DecisionReleased):
            break
    return found


def moments() -> list[list[Recorded[Any]]]:
    """Return every moment of the story, each with one more event behind it, and the release of a deferral."""
    whole, found = story(), [deferral()]
    for count in range(1, len(whole) + 1):
        found.append(whole[:count])
        happened = {stored_name(type(one.event)) for one in whole[:count]}
        found += [
            [*whole[:count], _behind(whole[count - 1], stream, event)]
            for stream, after, event in BESIDES
            if after in happened
        ]
    return found


def _behind(last: Recorded[Any], stream: str, event: Event) -> Recorded[Any]:
    return replace(
        last, id="besides", stream=stream, version=99, event=event, at=last.at + timedelta(minutes=1), position=99
    )


def readers(to: To) -> list[Actor]:
    """Return who of the story's people a notice goes to."""
    if to.person_id is not None:
        return [viewer(to.role or Role.REVIEWER, to.person_id)]
    if to.centre_id is not None:
        return [viewer(to.role, "cik")]
    return [
        one
        for one in (*EVERY_VIEWER.values(), viewer(Role.ACCOUNTABLE_OFFICER, "ali", provider="north"))
        if to.role in one.roles and (to.provider_id is None or to.provider_id in one.providers)
    ]


def told(moment: list[Recorded[Any]]) -> list[tuple[Telling, Actor]]:
    """Return what the last event of a moment tells to whom."""
    return [
        (telling, reader)
        for telling in tellings(moment[-1], fold_known(moment))
        for to in telling.to
        for reader in readers(to)
    ]


def words(telling: Telling) -> str:
    facts = tuple(Fact(name, value) for name, value in telling.facts)
    notice = NoticeIssuedFactory(kind=telling.kind, wording=KINDS[telling.kind].wording, facts=facts)
    return "\n".join(text for language in ("en", "ms") for text in msgspec.structs.astuple(words_of(notice, language)))


@pytest.mark.parametrize("event", EVERY_EVENT, ids=stored_name)
def test_of_every_event_it_is_settled_whether_somebody_is_told(event):
    """A new event gets an entry in the catalogue, or a reason why nobody is told."""
    assert (event in CATALOGUE or event in UNDONE) != (event in NOBODY_IS_TOLD)


def test_every_kind_of_the_catalogue_is_known_and_every_known_kind_is_used():
    used = {entry.kind for entries in CATALOGUE.values() for entry in entries}

    # These come from no event: a day arrives, or a step is undone.
    assert used | REMINDERS | {"correction", "review_due_soon"} == set(KINDS)


def test_every_duty_of_the_table_is_said_in_words():
    assert {f"duty.{line.duty}" for line in LINES} <= set(phrases()["en"])


def test_what_undoes_a_step_says_why_and_undoes_what_somebody_was_told():
    for event, undoing in UNDONE.items():
        assert set(undoing.undoes) <= set(CATALOGUE)
        # It has a notice of its own, or says why what was told no longer holds.
        assert event in CATALOGUE if undoing.releaser is None else "reason" in event.__struct_fields__


def test_every_entry_about_a_case_is_walked_through():
    walked = {telling.kind for moment in moments() for telling, _reader in told(moment)}
    of_cases = {
        entry.kind
        for event, entries in CATALOGUE.items()
        for entry in entries
        if any(event in get_args(union) for union in UNIONS)
    }

    assert of_cases <= walked


def test_nobody_is_told_of_an_event_or_a_fact_that_he_may_not_see_at_that_moment():
    """Whoever is told sees the event, and each fact of the notice somewhere in what he sees of the case."""
    walked = 0
    for moment in moments():
        for telling, reader in told(moment):
            seen = see(moment, reader)
            assert moment[-1].position in [one.position for one in seen], (telling.kind, reader)
            shown = json.dumps(msgspec.to_builtins(seen))
            for name, value in telling.facts:
                assert json.dumps(value) in shown or f": {value.lower()}" in shown, (
                    telling.kind,
                    name,
                    reader,
                )
            walked += 1
    assert walked > 250


def test_no_notice_names_a_person_or_says_what_somebody_typed():
    people = {one.person_id for one in EVERY_VIEWER.values()} - {"", "someone"} | {"mia", "moe", "max", "ali"}
    for moment in moments():
        for telling, _reader in told(moment):
            said = words(telling)
            assert "canary" not in said
            assert not people & {value for _name, value in telling.facts}
            assert not {f"review-of-{person}" for person in people} & set(said.split())


def test_until_release_no_notice_tells_a_score_or_a_verdict():
    for moment in moments():
        if any(stored_name(type(one.event)) == "decision.released.v1" for one in moment):
            continue
        for telling, _reader in told(moment):
            assert not {"code", "index", "score"} & {name for name, _value in telling.facts}


def test_who_was_asked_to_review_is_told_of_the_case_in_no_other_role_until_release():
    for moment in moments():
        known = fold_known(moment)
        for telling in tellings(moment[-1], known):
            if known.asked and not known.released:
                assert {"rita"} <= telling.apart


def test_who_recused_himself_is_told_nothing_of_the_case_by_his_role():
    assert "mia" in fold_known(story()).apart


def test_whose_recusal_was_taken_back_is_told_of_the_case_again():
    back = RecusalWithdrawn(submission_id=CASE, member_id="mia", reason="no_tie")
    whole = story()

    assert "mia" not in fold_known([*whole, _behind(whole[-1], f"decision-{CASE}", back)]).apart


def test_a_deferred_provider_is_told_until_when_to_supply_evidence_and_of_no_appeal():
    whole = deferral()
    (told,) = tellings(whole[-1], fold_known(whole))

    assert (told.kind, told.due_on) == ("decision_deferred", DUE)
    assert ("due_on", DUE.isoformat()) in told.facts
    assert "appeal_until" not in {name for name, _value in told.facts}


def test_who_recorded_a_decision_is_not_asked_to_sign_it():
    whole = story()
    place = next(index for index, one in enumerate(whole) if isinstance(one.event, DecisionMinuted))
    minuted = replace(whole[place], event=replace(whole[place].event, recorded_by="moe"))
    (told,) = tellings(minuted, fold_known(whole[: place + 1]))

    assert [to.person_id for to in told.to] == ["mei", "max"]


@pytest.mark.parametrize(
    ("how", "closed_on", "kinds"),
    [
        ("silence", DUE + timedelta(days=1), ["check_over", "report_checked"]),
        ("claims", DUE + timedelta(days=1), ["check_over", "report_checked", "claims_to_answer"]),
        ("claims", DUE, ["report_checked", "claims_to_answer"]),
        ("confirmed", DUE, ["report_checked"]),
    ],
)
def test_the_end_of_a_factual_check_is_told_and_to_its_provider_where_time_ended_it(how, closed_on, kinds):
    whole = story()
    whole.append(_behind(whole[-1], f"panel-{CASE}", DraftReportIssuedFactory(submission_id=CASE, answer_by=DUE)))
    closed = FactualCheckClosedFactory(submission_id=CASE, how=how, closed_on=closed_on)
    whole.append(_behind(whole[-1], f"panel-{CASE}", closed))
    told = tellings(whole[-1], fold_known(whole))

    assert [one.kind for one in told] == kinds
    assert all(dict(one.facts).get("how", how) == how for one in told)


@pytest.mark.parametrize(
    ("actor", "kinds"),
    [("intake_officer:ina", ["seat_left", "seat_free"]), (system("deadlines").name, ["seat_left"])],
    ids=["by the officer", "by the day"],
)
def test_a_seat_is_told_to_be_free_unless_the_day_has_filled_it_already(actor, kinds):
    whole = story()
    overdue = ReviewerStoodDown(submission_id=CASE, seat=1, ground="overdue", **FIRST_REVIEW)
    down = replace(_behind(whole[-1], f"panel-{CASE}", overdue), actor=actor)

    assert [telling.kind for telling in tellings(down, fold_known([*whole, down]))] == kinds


@pytest.mark.parametrize(
    "before",
    [
        SeatChangeUndoneFactory(submission_id=CASE, seat=replace(PROPOSED[0], review_id="review-4")),
        ThirdReviewWithdrawn(submission_id=CASE, seat=1, reason="Not needed."),
    ],
    ids=["given back by undoing a change", "gone with the third review"],
)
def test_a_seat_that_nobody_is_sought_for_is_not_told_to_be_free(before):
    whole = [*story()]
    whole.append(_behind(whole[-1], f"panel-{CASE}", before))
    down = _behind(
        whole[-1], f"panel-{CASE}", ReviewerStoodDown(submission_id=CASE, seat=1, ground="officer", **FIRST_REVIEW)
    )
    known = fold_known([*whole, down])

    assert [telling.kind for telling in tellings(down, known)] == ["seat_left"]
    taken = ReviewerAssignedFactory(submission_id=CASE, seat=1)
    assert not fold_known([*whole, down, _behind(down, f"panel-{CASE}", taken)]).unsought


def met(*happened: Event) -> list[tuple[str, list[str | None], Mapping[str, str]]]:
    """Return what the last of these events of a meeting tells: its kind, whom, and what it says."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    whole = [
        Recorded(
            id=f"e{version}",
            stream="meeting-1",
            version=version,
            at=at,
            actor="committee_secretary:sam",
            case_id=None,
            cause=None,
            event=one,
            digest="",
        )
        for version, one in enumerate(happened, 1)
    ]
    return [
        (one.kind, [to.person_id for to in one.to], dict(one.facts)) for one in tellings(whole[-1], fold_known(whole))
    ]


CALLED = MeetingConvened(meeting_id="1", held_on=DUE, chair_id="mei", members=("mei", "moe", "max"))
EXCHANGED = MeetingMembershipChanged(meeting_id="1", chair_id="mei", members=("mei", "max", "mia"), reason="absence")


def test_whoever_joins_a_meeting_is_told_its_day_and_whoever_leaves_it_too():
    day = {"held_on": DUE.isoformat()}

    assert met(CALLED, EXCHANGED) == [
        ("meeting_convened", ["mia"], day),
        ("meeting_membership_changed", ["mei", "max"], {}),
        ("meeting_left", ["moe"], day),
    ]


def test_all_who_sit_by_then_are_told_that_a_meeting_is_cancelled():
    cancelled = MeetingCancelled(meeting_id="1", reason="canary-reason")

    assert met(CALLED, EXCHANGED, cancelled) == [
        ("meeting_cancelled", ["mei", "max", "mia"], {"held_on": DUE.isoformat()})
    ]
    assert met(CALLED, cancelled) == [("meeting_cancelled", ["mei", "moe", "max"], {"held_on": DUE.isoformat()})]


def test_all_who_sit_are_told_of_another_day_or_another_place():
    later = MeetingMoved(meeting_id="1", held_on=DUE + timedelta(days=7), place=None, reason="canary-reason")
    elsewhere = replace(later, place="canary-place")
    days = {"held_on": later.held_on.isoformat(), "was_on": DUE.isoformat()}

    assert met(CALLED, EXCHANGED, later) == [("meeting_moved", ["mei", "max", "mia"], days)]
    assert met(CALLED, later, elsewhere) == [
        ("meeting_place_changed", ["mei", "moe", "max"], {"held_on": later.held_on.isoformat()})
    ]


OTHER_EVENTS = [
    event
    for event in CATALOGUE
    if stored_name(event).split(".")[0] in {"provider", "person", "reviewer", "rubric", "centre", "meeting"}
    and event not in get_args(AssignmentEvent | CosigningEvent)
]


@pytest.mark.parametrize("event", OTHER_EVENTS, ids=stored_name)
def test_outside_of_cases_too_only_who_may_see_an_event_is_told(event):
    for entry in CATALOGUE[event]:
        sample = _Sample(provider_id="north", person_id="rita", centre_id=CENTRE, members=("mei",))
        people = entry.to(sample, Known(sitting=("mei", "moe"), joined=("moe",), left=("max",)))
        assert people
        for to in people:
            assert any(
                _meets(audience, to) and not set(entry.fields) & set(audience.hides) for audience in event.seen_by
            )


class _Sample:
    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)


def _meets(audience: Any, to: To) -> bool:
    if audience.after is not None:
        return False
    if to.person_id is not None:
        everybody = audience.relation is Relation.ANY and to.role is not None
        return (audience.relation is Relation.SELF or everybody) and (to.role is None or audience.role is to.role)
    if to.role in PROVIDER_ROLES and to.provider_id is not None:
        return audience.role is to.role and audience.relation in {Relation.OWN_PROVIDER, Relation.ANY}
    return audience.role is to.role and audience.relation is Relation.ANY


@pytest.mark.parametrize("event", sorted(CATALOGUE, key=stored_name), ids=stored_name)
def test_every_field_and_every_day_of_an_entry_is_one_of_its_event(event):
    for entry in CATALOGUE[event]:
        days = {entry.due} if isinstance(entry.due, str) else set()
        assert {*entry.fields, *days} <= set(event.__struct_fields__)
        assert (entry.kind, KINDS[entry.kind].wording) in templates()
