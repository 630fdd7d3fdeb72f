"""The journey of a submission from acceptance to the register, one reaction after the other.

Reactions are asked at least once for each event. Whatever they ask for twice already holds the
second time, so that a second delivery changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qa_platform.accreditations.commands import IssueRegisterNumber, OpenAccreditation
from qa_platform.accreditations.events import AccreditationOpened, RegisterNumberIssued
from qa_platform.decisions.events import DecisionReleased
from qa_platform.kernel.event import Command, Recorded, StreamVersion
from qa_platform.kernel.months import months_after
from qa_platform.panels.commands import CloseScoring, CompleteThirdReview, OpenPanel, ReseatReviewer, StandReviewerDown
from qa_platform.panels.events import Ground, ModerationClosed, PanelOpened, ReviewerAssigned, ReviewerStoodDown
from qa_platform.processes.calibration import record_agreements
from qa_platform.processes.case import Case
from qa_platform.processes.conditions import open_conditions
from qa_platform.processes.derived_ids import derived_id
from qa_platform.reviews.commands import EndReview, InviteReviewer, WithdrawQuery
from qa_platform.reviews.events import (
    ConflictRuled,
    InterestsDeclared,
    QuestionTakenBack,
    ReviewDeclined,
    ReviewLocked,
    RulingReversed,
)
from qa_platform.reviews.events.queries import QueryForwarded, WithdrawalGround
from qa_platform.submissions.commands.components import EnterComponent
from qa_platform.submissions.events import SubmissionAccepted, SubmissionWithdrawn
from qa_platform.submissions.events.components import ComponentListed

# The events that `react` may answer; who follows the ledger need not fold a case for any other.
REACTS_TO = (
    SubmissionAccepted,
    SubmissionWithdrawn,
    ReviewerAssigned,
    InterestsDeclared,
    ConflictRuled,
    RulingReversed,
    ReviewDeclined,
    ReviewerStoodDown,
    ReviewLocked,
    QuestionTakenBack,
    QueryForwarded,
    ModerationClosed,
    DecisionReleased,
    ComponentListed,
    RegisterNumberIssued,
    AccreditationOpened,
)


def react(recorded: Recorded[Any], case: Case, register_prefix: str) -> list[Command]:
    """Return the commands that follow from an event of a case; `case` has the event in it.

    New register numbers begin with `register_prefix`; the year of release completes their series.
    """
    event = recorded.event
    match event:
        case SubmissionAccepted():
            return _open_panel(event, recorded.version, case)
        case SubmissionWithdrawn():
            return [*_stand_everybody_down(event, case), *_withdraw_queries(event, case)]
        case ReviewerAssigned() if case.withdrawn and not case.scoring_closed:
            # The seat was given at the same time: what was begun is ended in its order.
            return [*_invite(event, case.panel), *_stand_down(recorded, event.review_id, "withdrawn")]
        case ReviewerAssigned():
            return [*_invite(event, case.panel), *_end_displaced(event, case)]
        case InterestsDeclared(effect="bar") | ConflictRuled(ruling="bar") if event.review_id not in case.unbarred:
            return _stand_down(recorded, event.review_id, "conflict")
        case RulingReversed(ruling="bar"):
            return _reseat(recorded, case)
        case ReviewDeclined():
            return _stand_down(recorded, event.review_id, "declined")
        # Whose bar was taken back meanwhile has his seat again, or gets it.
        case ReviewerStoodDown() if event.review_id not in {*case.seated.values(), *case.returning.values()}:
            return [EndReview(review_id=event.review_id, submission_id=event.submission_id, ground=event.ground)]
        case QuestionTakenBack():
            return [_withdraw_query(event.submission_id, event.question_id, "taken_back")]
        # It was passed on at the same time as its reviewer took it back, or its case was withdrawn.
        case QueryForwarded() if event.query_id in case.taken_back:
            return [_withdraw_query(event.submission_id, event.query_id, "taken_back")]
        case QueryForwarded() if case.withdrawn:
            return [_withdraw_query(event.submission_id, event.query_id, "case_withdrawn")]
        case ReviewLocked():
            return _close_scoring(recorded, case)
        case ModerationClosed():
            return record_agreements(case)
        case DecisionReleased():
            # A renewal belongs to an entry that is open; any other waits for its own.
            return [*_issue_number(event, case, register_prefix), *open_conditions(case)]
        case ComponentListed():
            return _number_component(event, case, register_prefix)
        case RegisterNumberIssued() if case.component_id is not None:
            return [EnterComponent(component_id=case.component_id, number=event.number)]
        case RegisterNumberIssued():
            return _open_accreditation(event, case)
        case AccreditationOpened():
            return open_conditions(case)
        case _:
            return []


def _open_panel(event: SubmissionAccepted, version: int, case: Case) -> list[Command]:
    if case.drafted is None or case.withdrawn:
        return []
    return [
        OpenPanel(
            submission_id=event.submission_id,
            course_id=case.drafted.course_id,
            provider_id=case.drafted.provider_id,
            route=case.drafted.route,
            standard_id=event.standard_id,
            rubric_version=event.rubric_version,
            rubric_hash=event.rubric_hash,
            submission_version=version,
        )
    ]


def _invite(event: ReviewerAssigned, panel: PanelOpened | None) -> list[Command]:
    if panel is None:
        return []
    return [
        InviteReviewer(
            review_id=event.review_id,
            submission_id=event.submission_id,
            provider_id=panel.provider_id,
            route=panel.route,
            reviewer_id=event.reviewer_id,
            seat=event.seat,
            standard_id=panel.standard_id,
            rubric_version=panel.rubric_version,
            rubric_hash=panel.rubric_hash,
            submission_version=panel.submission_version,
        )
    ]


def _stand_down(recorded: Recorded[Any], review_id: str, ground: Ground) -> list[Command]:
    if recorded.case_id is None:
        return []
    return [StandReviewerDown(submission_id=recorded.case_id, review_id=review_id, ground=ground)]


def _reseat(recorded: Recorded[RulingReversed], case: Case) -> list[Command]:
    event = recorded.event
    if recorded.case_id is None or case.withdrawn:
        return []
    if case.seated.get(event.seat, event.review_id) != event.review_id:
        return [_end(recorded.case_id, event.review_id)]
    return [
        ReseatReviewer(
            submission_id=recorded.case_id, review_id=event.review_id, reviewer_id=event.reviewer_id, seat=event.seat
        )
    ]


def _end_displaced(event: ReviewerAssigned, case: Case) -> list[Command]:
    # His bar was taken back, and somebody else had the seat before he was in it again.
    waiting = case.returning.get(event.seat)
    holds = case.seated.get(event.seat) == event.review_id
    return [_end(event.submission_id, waiting)] if waiting is not None and holds else []


def _end(submission_id: str, review_id: str) -> EndReview:
    return EndReview(review_id=review_id, submission_id=submission_id, ground="officer")


def _stand_everybody_down(event: SubmissionWithdrawn, case: Case) -> list[Command]:
    # Reviews that were compared are part of the case for good.
    still = sorted(case.seated.items())
    if case.scoring_closed:
        still = [(seat, review_id) for seat, review_id in still if review_id == case.third_review]
    return [
        StandReviewerDown(submission_id=event.submission_id, review_id=review_id, ground="withdrawn")
        for _seat, review_id in still
    ]


def _withdraw_queries(event: SubmissionWithdrawn, case: Case) -> list[Command]:
    return [_withdraw_query(event.submission_id, one, "case_withdrawn") for one in sorted(case.open_queries)]


def _withdraw_query(submission_id: str, query_id: str, ground: WithdrawalGround) -> WithdrawQuery:
    return WithdrawQuery(submission_id=submission_id, query_id=query_id, ground=ground)


def _close_scoring(recorded: Recorded[Any], case: Case) -> list[Command]:
    if recorded.case_id is not None and case.scoring_closed and recorded.event.review_id == case.third_review:
        review = StreamVersion(stream=recorded.stream, version=recorded.version)
        return [CompleteThirdReview(submission_id=recorded.case_id, review=review)]
    if recorded.case_id is None or case.scoring_closed or not case.all_locked:
        return []
    reviews = tuple(
        StreamVersion(stream=f"review-{review_id}", version=case.locked[review_id])
        for review_id in sorted(case.seated.values())
    )
    return [CloseScoring(submission_id=recorded.case_id, reviews=reviews)]


def _issue_number(event: DecisionReleased, case: Case, register_prefix: str) -> list[Command]:
    # A series knows only its own numbers: after a change of the prefix another one would issue a second.
    if case.number is not None:
        return []
    # Only a grant is valid for some time; a deferral or a refusal awards nothing.
    if case.decision is None or case.decision.decision_id != event.decision_id or case.decision.valid_months is None:
        return []
    # A renewal or a change belongs to an entry that has its number.
    if case.drafted is None or case.drafted.prior_accreditation_id is not None:
        return []
    return [
        IssueRegisterNumber(
            series=f"{register_prefix}-{event.released_on.year}",
            accreditation_id=derived_id(event.decision_id, "accreditation"),
            submission_id=event.submission_id,
        )
    ]


def _number_component(event: ComponentListed, case: Case, register_prefix: str) -> list[Command]:
    # What was listed once keeps its number.
    if case.number is not None:
        return []
    return [
        IssueRegisterNumber(
            series=f"{register_prefix}-{event.listed_on.year}",
            accreditation_id=event.component_id,
            submission_id=event.component_id,
        )
    ]


def _open_accreditation(event: RegisterNumberIssued, case: Case) -> list[Command]:
    drafted, decision, since = case.drafted, case.decision, case.released_on
    if drafted is None or decision is None or since is None or decision.valid_months is None:
        return []
    return [
        OpenAccreditation(
            accreditation_id=event.accreditation_id,
            submission_id=event.submission_id,
            decision_id=decision.decision_id,
            decision_code=decision.code,
            decision_class=decision.decision_class,
            number=event.number,
            course_id=drafted.course_id,
            course_version=drafted.course_version,
            provider_id=drafted.provider_id,
            title_en=case.title_en,
            title_ms=case.title_ms,
            level=decision.level_awarded,
            credits=decision.credits_awarded,
            hours=decision.hours_accepted,
            valid_from=since,
            # The last valid day: 36 months from 1 March end on the last of February.
            valid_to=months_after(since, decision.valid_months) - timedelta(days=1),
            simulated=drafted.simulated,
        )
    ]
