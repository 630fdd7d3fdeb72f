"""One case, told event by event, for tests that look back at it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from qa_platform.accreditations.events import AccreditationOpened
from qa_platform.decisions.events import (
    AreaIndex,
    Basis,
    CaseTabled,
    DecisionCountersigned,
    DecisionMinuted,
    DecisionNotified,
    DecisionReleased,
    DecisionTaken,
    Ground,
    MemberRecused,
    MotionPut,
    VoteCast,
)
from qa_platform.kernel.event import Event, Recorded, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.panels.events import (
    CriterionSettled,
    LeadAssigned,
    ModerationClosed,
    PanelOpened,
    ReviewerAssigned,
    ScoringClosed,
)
from qa_platform.reviews.events import CriterionScored, InterestsDeclared, ReviewerInvited, ReviewLocked
from qa_platform.submissions.events import (
    CoursePatch,
    Declaration,
    SubmissionAccepted,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionLodged,
)

CASE = "case-1"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STANDARD = {"standard_id": "nmcs", "rubric_version": "0.1.0", "rubric_hash": "sha256:00"}


def viewer(role: Role, person_id: str = "someone", *, provider: str | None = None) -> Actor:
    return Actor(
        person_id=person_id,
        roles=frozenset({role}),
        acting_as=role,
        providers=frozenset({provider} if provider else ()),
    )


OFFICER = viewer(Role.PROVIDER_OFFICER, "pat", provider="north")
RIVAL = viewer(Role.PROVIDER_OFFICER, "rival", provider="south")
FIRST = viewer(Role.REVIEWER, "rita")
SECOND = viewer(Role.REVIEWER, "raj")
STRANGER = viewer(Role.REVIEWER, "rosa")
LEAD = viewer(Role.LEAD_REVIEWER, "lim")
INTAKE = viewer(Role.INTAKE_OFFICER, "ida")
MEMBER = viewer(Role.COMMITTEE_MEMBER, "mei")
SECRETARY = viewer(Role.COMMITTEE_SECRETARY, "sam")
REGISTER = viewer(Role.REGISTER_OFFICER, "reg")
AUDITOR = viewer(Role.AUDITOR, "audrey")
ADMINISTRATOR = viewer(Role.ADMINISTRATOR, "adam")
PUBLIC = viewer(Role.PUBLIC, "")
EVERY_VIEWER = {
    "officer": OFFICER,
    "rival": RIVAL,
    "first": FIRST,
    "second": SECOND,
    "stranger": STRANGER,
    "lead": LEAD,
    "intake": INTAKE,
    "member": MEMBER,
    "secretary": SECRETARY,
    "register": REGISTER,
    "auditor": AUDITOR,
    "administrator": ADMINISTRATOR,
    "public": PUBLIC,
}


def _score(reviewer: str, criterion: str, score: int) -> CriterionScored:
    return CriterionScored(
        review_id=f"review-of-{reviewer}",
        reviewer_id=reviewer,
        criterion=criterion,
        score=score,
        not_applicable_reason=None,
        comment=f"Said by {score} on {criterion}.",
        private_note=Sealed(subject=reviewer, value=f"canary-note-of-{reviewer}"),
        confidence="high",
        evidence=(),
        insufficient_evidence=False,
    )


def _review(reviewer: str, seat: int) -> list[tuple[str, str, Event]]:
    stream = f"review-review-of-{reviewer}"
    invited = ReviewerInvited(
        review_id=f"review-of-{reviewer}",
        submission_id=CASE,
        provider_id="north",
        route="SAMC",
        reviewer_id=reviewer,
        seat=seat,
        submission_version=4,
        **STANDARD,
    )
    declared = InterestsDeclared(
        review_id=f"review-of-{reviewer}",
        reviewer_id=reviewer,
        categories=(),
        effect="none",
        undertaking="v1",
        detail=None,
    )
    return [(stream, "system:journey", invited), (stream, f"reviewer:{reviewer}", declared)]


def _locked(reviewer: str) -> tuple[str, str, Event]:
    event = ReviewLocked(review_id=f"review-of-{reviewer}", reviewer_id=reviewer, sheet_digest="aa")
    return (f"review-review-of-{reviewer}", f"reviewer:{reviewer}", event)


def _assigned(reviewer: str, seat: int) -> ReviewerAssigned:
    return ReviewerAssigned(
        submission_id=CASE, review_id=f"review-of-{reviewer}", reviewer_id=reviewer, seat=seat, reasons=("field 06",)
    )


def _submission() -> list[tuple[str, str, Event]]:
    stream = f"submission-{CASE}"
    declaration = Declaration(officer_id="ali", text_version="1", on=date(2026, 3, 2))
    drafted = SubmissionDrafted(
        submission_id=CASE,
        course_id="course-1",
        course_version="1.0.0",
        provider_id="north",
        route="SAMC",
        prior_accreditation_id=None,
        source=None,
        simulated=True,
    )
    changed = SubmissionContentChanged(submission_id=CASE, content=CoursePatch(title_en="Bread", notional_hours=40))
    lodged = SubmissionLodged(submission_id=CASE, round=1, content_digest="bb", declaration=declaration)
    accepted = SubmissionAccepted(submission_id=CASE, accepted_on=date(2026, 3, 3), **STANDARD)
    return [
        (stream, "provider_officer:pat", drafted),
        (stream, "provider_officer:pat", changed),
        (stream, "accountable_officer:ali", lodged),
        (stream, "intake_officer:ida", accepted),
    ]


def _panel() -> list[tuple[str, str, Event]]:
    stream = f"panel-{CASE}"
    opened = PanelOpened(
        submission_id=CASE,
        course_id="course-1",
        provider_id="north",
        route="SAMC",
        submission_version=4,
        seats=2,
        **STANDARD,
    )
    return [
        (stream, "system:journey", opened),
        (stream, "committee_secretary:sam", _assigned("rita", 1)),
        (stream, "committee_secretary:sam", _assigned("raj", 2)),
        (stream, "committee_secretary:sam", LeadAssigned(submission_id=CASE, lead_id="lim")),
    ]


def _moderation() -> list[tuple[str, str, Event]]:
    stream = f"panel-{CASE}"
    reviews = tuple(StreamVersion(stream=f"review-review-of-{one}", version=4) for one in ("rita", "raj"))
    settled = CriterionSettled(
        submission_id=CASE, criterion="A1", scores_before=(4, 2), score=3, reason="Both read the same letter."
    )
    return [
        (stream, "system:journey", ScoringClosed(submission_id=CASE, reviews=reviews)),
        (stream, "lead_reviewer:lim", settled),
        (stream, "lead_reviewer:lim", ModerationClosed(submission_id=CASE)),
    ]


def _decision() -> list[tuple[str, str, Event]]:
    stream = f"decision-{CASE}"
    taken = DecisionTaken(
        submission_id=CASE,
        decision_id="decision-1",
        code="APP",
        decision_class="positive",
        band_suggested="approve",
        departure_reason=None,
        grounds=(Ground(area="A", text="Sound."),),
        conditions=(),
        recommendations=(),
        commendations=(),
        index=Decimal("0.9000"),
        area_indices=(AreaIndex(area="A", index=Decimal("0.9000")),),
        basis=(
            Basis(stream=f"panel-{CASE}", version=7, digest="cc"),
            Basis(stream="review-review-of-rita", version=4, digest="dd"),
            Basis(stream="review-review-of-raj", version=4, digest="ee"),
        ),
        members=("mei", "moe", "max"),
        taken_on=date(2026, 4, 1),
        level_awarded=4,
        credits_awarded=Decimal("1.0"),
        hours_accepted=Decimal(40),
        valid_months=36,
        **STANDARD,
    )
    released = DecisionReleased(
        submission_id=CASE, decision_id="decision-1", released_on=date(2026, 4, 2), appeal_until=date(2026, 5, 2)
    )
    secretary = "committee_secretary:sam"
    return [
        (stream, "committee_member:mia", MemberRecused(submission_id=CASE, member_id="mia", category="EMP")),
        *((stream, secretary, event) for event in _sitting()),
        (stream, secretary, taken),
        (stream, secretary, _minutes()),
        (
            stream,
            "committee_member:mei",
            DecisionCountersigned(
                submission_id=CASE, decision_id="decision-1", member_id="mei", signed_on=date(2026, 4, 1)
            ),
        ),
        (stream, secretary, released),
        (
            stream,
            secretary,
            DecisionNotified(
                submission_id=CASE,
                decision_id="decision-1",
                rights_en="You may appeal.",
                rights_ms="Anda boleh merayu.",
            ),
        ),
    ]


def _sitting() -> list[Event]:
    votes = {"mei": "for", "moe": "for", "max": "against"}
    return [
        CaseTabled(submission_id=CASE, meeting_id="meeting-1", held_on=date(2026, 4, 1)),
        MotionPut(submission_id=CASE, motion_id="motion-1", code="APP"),
        *(
            VoteCast(submission_id=CASE, motion_id="motion-1", member_id=member, vote=vote)
            for member, vote in votes.items()
        ),
    ]


def _minutes() -> DecisionMinuted:
    return DecisionMinuted(
        submission_id=CASE,
        decision_id="decision-1",
        meeting_id="meeting-1",
        motion_id="motion-1",
        chair_id="mei",
        quorum=3,
        votes_for=2,
        votes_against=1,
        abstentions=0,
        recusals=0,
        casting_vote=False,
        recorded_by="sam",
    )


def _accreditation() -> list[tuple[str, str, Event]]:
    opened = AccreditationOpened(
        accreditation_id="accreditation-1",
        submission_id=CASE,
        decision_id="decision-1",
        decision_code="APP",
        decision_class="positive",
        number="MY-MC-2026-000001-X",
        course_id="course-1",
        course_version="1.0.0",
        provider_id="north",
        title_en="Bread",
        title_ms=None,
        level=4,
        credits=Decimal("1.0"),
        hours=Decimal(40),
        valid_from=date(2026, 4, 2),
        valid_to=date(2029, 4, 2),
        status="listed",
        simulated=True,
    )
    return [("accreditation-accreditation-1", "system:journey", opened)]


def _told() -> list[tuple[str, str, Event]]:
    rita, raj = ("review-review-of-rita", "reviewer:rita"), ("review-review-of-raj", "reviewer:raj")
    return [
        *_submission(),
        *_panel(),
        *_review("rita", 1),
        *_review("raj", 2),
        (*rita, _score("rita", "A1", 4)),
        (*raj, _score("raj", "A1", 2)),
        _locked("rita"),
        _locked("raj"),
        *_moderation(),
        *_decision(),
        *_accreditation(),
    ]


def story() -> list[Recorded[Any]]:
    """Return the whole case, an hour between one event and the next."""
    versions: dict[str, int] = {}
    found = []
    for position, (stream, actor, event) in enumerate(_told()):
        versions[stream] = versions.get(stream, 0) + 1
        found.append(
            Recorded(
                id=f"event-{position}",
                stream=stream,
                version=versions[stream],
                at=START + timedelta(hours=position),
                actor=actor,
                case_id=CASE,
                cause=None,
                event=event,
                digest=f"digest-{position}",
                position=position,
            )
        )
    return found


def until(event_type: type[Event], nth: int = 1) -> list[Recorded[Any]]:
    """Return the case up to and with the nth event of a type."""
    events = story()
    places = [index for index, recorded in enumerate(events) if isinstance(recorded.event, event_type)]
    return events[: places[nth - 1] + 1]
