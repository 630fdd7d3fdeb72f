"""The catalogue: for each event, who is told, in which kind of notice, and with which facts.

An event stands here, or in `NOBODY_IS_TOLD` with the reason; a test holds every event to it. A
fact is only ever something that its reader may see of the case at that moment, as `seen_by` of
the events says; another test walks through all of it with the eyes of every reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa_platform.accreditations.events import (
    AccreditationConditionsMet,
    AccreditationOpened,
    ActionImported,
    ConditionCheckBegun,
    ConditionCheckHandedOver,
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
    ConditionSet,
    RegisterNumberIssued,
)
from qa_platform.batches.events import BatchDone, BatchTakenBack
from qa_platform.centres.events import (
    CaseAssigned,
    CaseMoved,
    CentreApprovalEnded,
    CentreApproved,
    CentreDetailsChanged,
    CentreReinstated,
    CentreSuspended,
    CosignerNamed,
    DecisionCosigned,
)
from qa_platform.decisions.events import (
    CaseTabled,
    CaseTakenOff,
    CastingVoteGiven,
    DecisionCorrected,
    DecisionCountersigned,
    DecisionMinuted,
    DecisionNotified,
    DecisionReleased,
    DecisionTaken,
    DissentRecorded,
    EvidenceAwaited,
    EvidenceSupplied,
    ItemChairNamed,
    MeetingCancelled,
    MeetingConvened,
    MeetingItemTabled,
    MeetingItemTakenOff,
    MeetingMembershipChanged,
    MeetingMoved,
    MemberRecused,
    MotionPut,
    RecusalWithdrawn,
    VariationAnswered,
    VariationProposed,
    VoteCast,
    VoteWithdrawn,
)
from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.roles import Role, system
from qa_platform.notices.events import (
    NoticeDrafted,
    NoticeHeldBack,
    NoticeIssued,
    NoticeMailed,
    NoticePreferencesSet,
    NoticeRead,
    NoticeReleased,
)
from qa_platform.panels.events import (
    AllocationMade,
    CriterionReopened,
    CriterionSettled,
    DifferencesLeft,
    DraftReportIssued,
    DraftReportWithdrawn,
    FactualCheckClosed,
    FactualClaimResolved,
    FactualClaimWithdrawn,
    FactualErrorClaimed,
    FinalReportIssued,
    LeadAssigned,
    MedianSettled,
    ModerationClosed,
    ObjectionRuled,
    PanelObjected,
    PanelOpened,
    PanelProposed,
    ProposalChanged,
    ProposalConfirmed,
    ProposalWithdrawn,
    ReviewerAssigned,
    ReviewerReminded,
    ReviewerStoodDown,
    ScoreAgreed,
    ScoreCarried,
    ScoreObjected,
    ScoreProposed,
    ScoringClosed,
    SeatChangeUndone,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.people.events import (
    PersonCentreRoleGranted,
    PersonCentreRoleWithdrawn,
    PersonContactChanged,
    PersonDeactivated,
    PersonRegistered,
    PersonRoleGranted,
    PersonRoleWithdrawn,
    PersonTokenIssued,
    PersonTokenRevoked,
    SubjectKeyDestroyed,
)
from qa_platform.processes.notices.known import Known
from qa_platform.processes.notices.telling import (
    Telling,
    To,
    in_the_house_of,
    to_centre,
    to_person,
    to_provider,
    to_roles,
)
from qa_platform.providers.events import (
    ProviderApplicationFoundComplete,
    ProviderApplicationGranted,
    ProviderApplicationLapsed,
    ProviderApplicationWithdrawn,
    ProviderApplied,
    ProviderCeased,
    ProviderContactNamed,
    ProviderDetailsChanged,
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderInformationSupplied,
    ProviderRecognised,
    ProviderRecognitionExpired,
    ProviderRecognitionWithdrawn,
    ProviderRefusalReopened,
    ProviderRefused,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
    ProviderSuspensionAnnulled,
)
from qa_platform.reviewers.events import (
    BenchmarkPublished,
    BenchmarkRetired,
    ReviewerActivated,
    ReviewerAgreementRecorded,
    ReviewerApplicationRefused,
    ReviewerApplied,
    ReviewerBenchmarkScored,
    ReviewerCalibrationConcluded,
    ReviewerCapChanged,
    ReviewerCompetencesChanged,
    ReviewerDeclaredEligible,
    ReviewerExpertiseChanged,
    ReviewerFoundEligible,
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerLanguagesChanged,
    ReviewerPaused,
    ReviewerPostEnded,
    ReviewerPostRecorded,
    ReviewerRecalibrationDue,
    ReviewerRegistered,
    ReviewerReinstated,
    ReviewerResumed,
    ReviewerRetired,
    ReviewerSuspended,
    ReviewerTrainingRecorded,
    ReviewerUnavailabilityDeclared,
    ReviewerUnavailabilityWithdrawn,
)
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    InterestsDeclared,
    QuestionAsked,
    QuestionTakenBack,
    ReviewDeclined,
    ReviewEnded,
    ReviewerInvited,
    ReviewLocked,
    ReviewOverdue,
    RulingReversed,
    TiesKnown,
)
from qa_platform.reviews.events.queries import QueryAnswered, QueryForwarded, QueryUnanswered, QueryWithdrawn
from qa_platform.standards.events import RubricPublished, RubricPutInForce, RubricRetired
from qa_platform.submissions.events import (
    Step,
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionFiledAgain,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionPersonNamed,
    SubmissionPersonRemoved,
    SubmissionRefiled,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.submissions.events.components import (
    ComponentEntered,
    ComponentListed,
    ComponentListingEnded,
    ComponentNotified,
    ComponentRefused,
    ComponentWithdrawn,
)

Whom = Callable[[Any, Known], tuple[To, ...]]
Day = Callable[[Any, Known], date | None]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One kind of notice about an event: to whom, with which fields of the event and of the case.

    `titled` adds the titles of the course, `due` names the field with the day up to which the reader
    has something to do, or finds it in the case, and `when` keeps the notice to some of the events.
    Nothing is told of what `unless_by` did, who sees to it himself.
    """

    kind: str
    to: Whom
    fields: tuple[str, ...] = ()
    titled: bool = True
    due: str | Day | None = None
    when: Callable[[Any, Known], bool] = lambda _event, _known: True
    unless_by: str | None = None
    more: Callable[[Any, Known], Mapping[str, object]] = lambda _event, _known: {}


def _provider(_event: object, known: Known) -> tuple[To, ...]:
    return to_provider(known.provider_id)


def _its_provider(event: Any, _known: Known) -> tuple[To, ...]:  # noqa: ANN401 -- an event of a provider
    return to_provider(event.provider_id)


def _its_centre(event: Any, _known: Known) -> tuple[To, ...]:  # noqa: ANN401 -- an event of a centre
    return to_centre(event.centre_id, Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY)


def _cosigner(event: CosignerNamed, _known: Known) -> tuple[To, ...]:
    return to_centre(event.centre_id, Role.COMMITTEE_SECRETARY)


def _intake_there(_event: object, known: Known) -> tuple[To, ...]:
    return to_centre(known.centre_id, Role.INTAKE_OFFICER)


def _roles(*roles: Role) -> Whom:
    return lambda _event, _known: to_roles(*roles)


def _person(role: Role | None = None, field: str = "person_id") -> Whom:
    return lambda event, _known: to_person(getattr(event, field), role)


def _lead(_event: object, known: Known) -> tuple[To, ...]:
    return to_person(known.lead_id, Role.LEAD_REVIEWER)


def _reviewers(_event: object, known: Known) -> tuple[To, ...]:
    # Only those whose reviews count have seen the course.
    people = sorted({who for review, who in known.seated.items() if review in known.locked})
    return tuple(To(person_id=person, role=Role.REVIEWER) for person in people)


def _scoring(_event: object, known: Known) -> tuple[To, ...]:
    people = sorted({who for review, who in known.seated.items() if review in known.cleared})
    return tuple(To(person_id=person, role=Role.REVIEWER) for person in people)


def _checkers(event: ConditionEvidenceFiled, known: Known) -> tuple[To, ...]:
    # What is academic a member of the panel checks; who of it is settled among them.
    panel = known.checked_by.get(event.condition_id) == "panel"
    return (*to_roles(Role.REGISTER_OFFICER), *(_reviewers(event, known) if panel else ()))


def _decided(_event: DecisionReleased, known: Known) -> Mapping[str, object]:
    return {} if known.decision is None else {"code": known.decision.code}


def _deferred(_event: DecisionReleased, known: Known) -> bool:
    return known.decision is not None and known.decision.code == "DEFER"


def _final(event: DecisionReleased, known: Known) -> bool:
    return not _deferred(event, known)


def _supply_by(_event: DecisionReleased, known: Known) -> date | None:
    return None if known.awaited is None else known.awaited.due_on


def _signers(event: DecisionMinuted, known: Known) -> tuple[To, ...]:
    # Whoever recorded a decision does not sign it as the second one.
    sat = () if known.decision is None else known.decision.members
    return tuple(To(person_id=one, role=Role.COMMITTEE_MEMBER) for one in sat if one != event.recorded_by)


def _sitting(_event: object, known: Known) -> tuple[To, ...]:
    return _members(known.sitting)


def _joined(_event: object, known: Known) -> tuple[To, ...]:
    return _members(known.joined)


def _stayed(_event: object, known: Known) -> tuple[To, ...]:
    return _members(tuple(one for one in known.sitting if one not in known.joined))


def _left(_event: object, known: Known) -> tuple[To, ...]:
    return _members(known.left)


def _members(people: tuple[str, ...]) -> tuple[To, ...]:
    return tuple(To(person_id=one, role=Role.COMMITTEE_MEMBER) for one in people)


def _ran_out(event: FactualCheckClosed, known: Known) -> bool:
    # Whoever finished the check himself needs nobody to tell him; claims may stand when its time is over.
    return event.how == "silence" or (known.check_by is not None and event.closed_on > known.check_by)


def _on_another_day(event: MeetingMoved, known: Known) -> bool:
    return event.held_on != known.was_on


def _held_on(_event: object, known: Known) -> Mapping[str, object]:
    return {"held_on": known.held_on}


def _expiry(event: PersonTokenIssued, _known: Known) -> Mapping[str, object]:
    return {"expires_on": event.expires_at.date()}


_REGISTER = _roles(Role.REGISTER_OFFICER)
_OFFICE = _roles(Role.COMMITTEE_SECRETARY)
_INTAKE = _roles(Role.INTAKE_OFFICER)
_SEATING = _roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY)
_JUDGING = _roles(Role.REVIEWER, Role.LEAD_REVIEWER, Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY)

CATALOGUE: Mapping[type[Event], tuple[Entry, ...]] = {
    SubmissionLodged: (
        Entry(kind="submission_received", to=_provider),
        Entry(kind="submission_to_check", to=_INTAKE),
    ),
    SubmissionAccepted: (
        Entry(
            kind="submission_accepted",
            to=_provider,
            fields=("accepted_on",),
            more=lambda event, _known: {"version": event.rubric_version},
        ),
    ),
    SubmissionReturned: (Entry(kind="submission_returned", to=_provider, fields=("due_on",), due="due_on"),),
    SubmissionReturnExtended: (Entry(kind="return_extended", to=_provider, fields=("due_on",), due="due_on"),),
    SubmissionClosedAtIntake: (Entry(kind="submission_closed", to=_provider, fields=("ground",)),),
    SubmissionWithdrawn: (Entry(kind="submission_withdrawn", to=_INTAKE, when=lambda _event, known: known.lodged),),
    SubmissionLapsed: (Entry(kind="submission_lapsed", to=_provider, fields=("due_on",)),),
    # What else was taken back is told by a correction.
    SubmissionStepTakenBack: (
        Entry(
            kind="return_open_again",
            to=_provider,
            fields=("due_on",),
            due="due_on",
            when=lambda event, _: event.step is Step.LAPSE,
        ),
    ),
    ComponentNotified: (
        Entry(
            kind="component_to_check",
            to=_INTAKE,
            fields=("check_due_on",),
            due="check_due_on",
            when=lambda event, _known: not event.drawn,
        ),
        Entry(kind="component_drawn", to=_its_provider, when=lambda event, _known: event.drawn),
    ),
    ComponentEntered: (Entry(kind="component_listed", to=_its_provider, fields=("number", "valid_to")),),
    ComponentRefused: (
        Entry(
            kind="component_refused",
            to=_provider,
            more=lambda event, _known: {"component_refusal": event.ground},
        ),
    ),
    ComponentListingEnded: (
        Entry(
            kind="component_ended",
            to=_provider,
            fields=("number", "ended_on"),
            more=lambda event, _known: {"listing_end": event.ground},
        ),
    ),
    LeadAssigned: (Entry(kind="lead_asked", to=_person(Role.LEAD_REVIEWER, "lead_id")),),
    ReviewerStoodDown: (
        Entry(kind="seat_left", to=_person(Role.REVIEWER, "reviewer_id"), titled=False),
        Entry(
            kind="seat_free",
            to=_SEATING,
            fields=("seat",),
            # Undoing a change gives the seat to whoever was proposed first, in the same step.
            when=lambda event, known: event.ground != "withdrawn" and event.seat not in known.unsought,
            # The day stands nobody down without seating the next in the same transaction.
            unless_by=system("deadlines").name,
        ),
    ),
    ProposalConfirmed: (Entry(kind="panel_disclosed", to=_provider, fields=("object_by",), due="object_by"),),
    ReviewerReminded: (
        Entry(
            kind="review_reminded",
            to=_person(Role.REVIEWER, "reviewer_id"),
            fields=("answer_by",),
            titled=False,
            due="answer_by",
        ),
    ),
    PanelObjected: (Entry(kind="objection_to_rule_on", to=_SEATING),),
    ObjectionRuled: (Entry(kind="objection_ruled", to=_provider, fields=("upheld",)),),
    ScoringClosed: (Entry(kind="scores_to_moderate", to=_lead),),
    ModerationClosed: (Entry(kind="ready_for_committee", to=_OFFICE),),
    # While a score is proposed nobody is at a third review, so that only those are told who may compare.
    ScoreProposed: (Entry(kind="score_to_answer", to=_reviewers, fields=("criterion", "answer_by"), due="answer_by"),),
    DraftReportIssued: (Entry(kind="report_to_check", to=_provider, fields=("answer_by",), due="answer_by"),),
    DraftReportWithdrawn: (Entry(kind="report_taken_back", to=_provider, fields=("told_on",)),),
    FactualCheckClosed: (
        Entry(kind="check_over", to=_provider, fields=("how",), when=_ran_out),
        Entry(kind="report_checked", to=_lead, fields=("how", "report_due_on"), due="report_due_on"),
        Entry(
            kind="claims_to_answer",
            to=_SEATING,
            fields=("report_due_on",),
            due="report_due_on",
            when=lambda event, _known: event.how == "claims",
        ),
    ),
    FinalReportIssued: (Entry(kind="report_final", to=_provider),),
    ThirdReviewRequested: (Entry(kind="seat_free", to=_SEATING, fields=("seat",)),),
    # Before the gate a reviewer learns nothing of the course, its title included.
    ReviewerInvited: (Entry(kind="review_asked", to=_person(Role.REVIEWER, "reviewer_id"), titled=False),),
    InterestsDeclared: (
        Entry(kind="tie_to_rule_on", to=_OFFICE, when=lambda event, _: event.effect == "officer_decides"),
    ),
    ConflictRuled: (
        Entry(
            kind="tie_allowed",
            to=_person(Role.REVIEWER, "reviewer_id"),
            titled=False,
            when=lambda event, _: event.ruling == "allow",
        ),
    ),
    RulingReversed: (
        Entry(kind="ruling_reversed", to=_person(Role.REVIEWER, "reviewer_id"), titled=False),
        Entry(kind="tie_to_rule_on", to=_OFFICE),
    ),
    # Who asked is told to nobody: the officer who passes it on is told that there is a question, no more.
    QuestionAsked: (Entry(kind="question_to_pass_on", to=_INTAKE),),
    QueryForwarded: (Entry(kind="query_asked", to=_provider, fields=("number", "due_on"), due="due_on"),),
    QueryAnswered: (Entry(kind="query_settled", to=_scoring),),
    QueryUnanswered: (
        Entry(kind="query_closed", to=_provider, fields=("due_on",)),
        Entry(kind="query_settled", to=_scoring),
    ),
    QueryWithdrawn: (Entry(kind="query_withdrawn", to=_provider),),
    # Before the gate a reviewer learns nothing of the course, and after it he knows which one it is.
    ReviewOverdue: (
        Entry(kind="review_late", to=_person(Role.REVIEWER, "reviewer_id"), fields=("due_on",), titled=False),
        Entry(kind="reviewer_late", to=_SEATING, fields=("due_on",)),
    ),
    MeetingConvened: (Entry(kind="meeting_convened", to=_sitting, fields=("held_on",), titled=False),),
    MeetingMembershipChanged: (
        Entry(kind="meeting_convened", to=_joined, titled=False, more=_held_on),
        Entry(kind="meeting_membership_changed", to=_stayed, titled=False),
        Entry(kind="meeting_left", to=_left, titled=False, more=_held_on),
    ),
    MeetingMoved: (
        Entry(
            kind="meeting_moved",
            to=_sitting,
            fields=("held_on",),
            titled=False,
            when=_on_another_day,
            more=lambda _event, known: {"was_on": known.was_on},
        ),
        Entry(
            kind="meeting_place_changed",
            to=_sitting,
            fields=("held_on",),
            titled=False,
            when=lambda event, known: not _on_another_day(event, known),
        ),
    ),
    MeetingCancelled: (Entry(kind="meeting_cancelled", to=_sitting, titled=False, more=_held_on),),
    RecusalWithdrawn: (Entry(kind="recusal_withdrawn", to=_person(Role.COMMITTEE_MEMBER, "member_id")),),
    ItemChairNamed: (Entry(kind="item_to_chair", to=_person(Role.COMMITTEE_MEMBER, "member_id")),),
    VariationProposed: (Entry(kind="variation_to_answer", to=_provider, fields=("due_on",), due="due_on"),),
    VariationAnswered: (Entry(kind="variation_answered", to=_OFFICE, fields=("answer",)),),
    DecisionMinuted: (Entry(kind="decision_to_sign", to=_signers),),
    DecisionCountersigned: (Entry(kind="decision_to_release", to=_OFFICE),),
    DecisionReleased: (
        Entry(
            kind="decision_released",
            to=_provider,
            fields=("released_on", "appeal_until"),
            due="appeal_until",
            when=_final,
            more=_decided,
        ),
        Entry(
            kind="decision_deferred",
            to=_provider,
            fields=("released_on",),
            due=_supply_by,
            when=_deferred,
            more=lambda event, known: {"due_on": _supply_by(event, known)},
        ),
        Entry(kind="reviewed_case_decided", to=_reviewers, when=_final),
    ),
    EvidenceSupplied: (Entry(kind="evidence_supplied", to=_OFFICE),),
    DecisionCorrected: (Entry(kind="decision_corrected", to=_provider, fields=("corrected_on",)),),
    AccreditationOpened: (
        Entry(kind="accreditation_entered", to=_its_provider, fields=("number", "valid_from", "valid_to")),
    ),
    ConditionEvidenceFiled: (
        Entry(kind="evidence_to_check", to=_checkers, fields=("check_due_on",), due="check_due_on"),
    ),
    ConditionMet: (Entry(kind="condition_met", to=_provider),),
    ConditionExtended: (Entry(kind="condition_extended", to=_provider, fields=("due_on",), due="due_on"),),
    ConditionNotMet: (Entry(kind="condition_not_met", to=_provider),),
    ConditionLapsed: (
        Entry(kind="condition_lapsed", to=_provider, fields=("due_on", "rule_by")),
        Entry(kind="condition_to_rule_on", to=_REGISTER, fields=("due_on", "rule_by"), due="rule_by"),
    ),
    AccreditationConditionsMet: (Entry(kind="conditions_all_met", to=_provider, fields=("number",)),),
    CaseAssigned: (
        Entry(kind="case_received", to=_intake_there),
        Entry(kind="case_at_centre", to=_provider, more=lambda event, _known: {"told_on": event.assigned_on}),
    ),
    CaseMoved: (
        Entry(kind="case_received", to=_intake_there),
        Entry(kind="case_at_centre", to=_provider, more=lambda event, _known: {"told_on": event.moved_on}),
    ),
    CosignerNamed: (Entry(kind="cosignature_asked", to=_cosigner, titled=False),),
    CentreSuspended: (Entry(kind="centre_suspended", to=_its_centre, fields=("suspended_from",), titled=False),),
    CentreReinstated: (Entry(kind="centre_reinstated", to=_its_centre, fields=("reinstated_from",), titled=False),),
    CentreApprovalEnded: (Entry(kind="centre_ended", to=_its_centre, fields=("ended_on",), titled=False),),
    ProviderRecognised: (
        Entry(kind="provider_recognised", to=_its_provider, fields=("valid_from", "valid_to"), titled=False),
    ),
    ProviderSuspended: (Entry(kind="provider_suspended", to=_its_provider, fields=("suspended_from",), titled=False),),
    ProviderReinstated: (
        Entry(kind="provider_reinstated", to=_its_provider, fields=("reinstated_from",), titled=False),
    ),
    ProviderCeased: (Entry(kind="provider_ceased", to=_its_provider, fields=("ceased_on",), titled=False),),
    ProviderInformationRequested: (
        Entry(kind="provider_information_requested", to=_its_provider, fields=("due_on",), titled=False, due="due_on"),
    ),
    ProviderInformationRequestWithdrawn: (Entry(kind="provider_request_withdrawn", to=_its_provider, titled=False),),
    ProviderApplicationLapsed: (
        Entry(kind="provider_application_lapsed", to=_its_provider, fields=("due_on",), titled=False),
    ),
    ProviderRefused: (Entry(kind="provider_refused", to=_its_provider, titled=False),),
    ProviderRefusalReopened: (Entry(kind="provider_refusal_reopened", to=_its_provider, titled=False),),
    ProviderRecognitionExpired: (
        Entry(kind="provider_recognition_expired", to=_its_provider, fields=("valid_to",), titled=False),
    ),
    ProviderRecognitionWithdrawn: (
        Entry(kind="provider_recognition_withdrawn", to=_its_provider, fields=("withdrawn_on",), titled=False),
    ),
    ProviderSuspensionAnnulled: (
        Entry(kind="provider_suspension_annulled", to=_its_provider, fields=("annulled_on",), titled=False),
    ),
    ReviewerDeclaredEligible: (
        Entry(kind="reviewer_eligible", to=_person(Role.REVIEWER), fields=("eligible_from",), titled=False),
    ),
    ReviewerPaused: (Entry(kind="reviewer_paused", to=_person(Role.REVIEWER), fields=("paused_from",), titled=False),),
    ReviewerResumed: (
        Entry(kind="reviewer_resumed", to=_person(Role.REVIEWER), fields=("resumed_from",), titled=False),
    ),
    ReviewerApplied: (Entry(kind="reviewer_applied", to=_roles(Role.ADMINISTRATOR), titled=False),),
    ReviewerApplicationRefused: (Entry(kind="reviewer_refused", to=_person(Role.REVIEWER), titled=False),),
    ReviewerFoundEligible: (
        Entry(kind="reviewer_found_eligible", to=_person(Role.REVIEWER), fields=("found_on",), titled=False),
    ),
    ReviewerSuspended: (
        Entry(kind="reviewer_suspended", to=_person(Role.REVIEWER), fields=("suspended_from",), titled=False),
    ),
    ReviewerReinstated: (
        Entry(kind="reviewer_reinstated", to=_person(Role.REVIEWER), fields=("reinstated_from",), titled=False),
    ),
    ReviewerRetired: (Entry(kind="reviewer_retired", to=_person(Role.REVIEWER), fields=("retired_on",), titled=False),),
    ReviewerCalibrationConcluded: (
        Entry(kind="calibration_concluded", to=_person(Role.REVIEWER), fields=("passed", "concluded_on"), titled=False),
    ),
    ReviewerRecalibrationDue: (
        Entry(kind="recalibration_due", to=_person(Role.REVIEWER), fields=("due_on",), titled=False),
    ),
    ReviewerActivated: (
        Entry(
            kind="reviewer_eligible",
            to=_person(Role.REVIEWER),
            titled=False,
            more=lambda event, _known: {"eligible_from": event.active_from},
        ),
    ),
    PersonRoleGranted: (Entry(kind="role_granted", to=_person(), fields=("role",), titled=False),),
    PersonRoleWithdrawn: (Entry(kind="role_withdrawn", to=_person(), fields=("role",), titled=False),),
    PersonCentreRoleGranted: (Entry(kind="role_granted", to=_person(), fields=("role",), titled=False),),
    PersonCentreRoleWithdrawn: (Entry(kind="role_withdrawn", to=_person(), fields=("role",), titled=False),),
    PersonContactChanged: (Entry(kind="contact_changed", to=_person(), titled=False),),
    PersonTokenIssued: (Entry(kind="token_issued", to=_person(), titled=False, more=_expiry),),
    PersonTokenRevoked: (Entry(kind="token_revoked", to=_person(), titled=False),),
    RubricPutInForce: (
        Entry(kind="standard_in_force", to=_JUDGING, fields=("version", "in_force_from"), titled=False),
    ),
    RubricRetired: (Entry(kind="standard_retired", to=_JUDGING, fields=("version", "retired_from"), titled=False),),
}

_OWN_ACT = "whoever did it knows, and nobody else has anything to do"
_IN_THE_LIST = "the officer whose turn it is finds it in the list of applications"
_OTHERS_SAY_IT = "what follows from it is told instead"
_NOT_YET = "nobody is asked before a proposal is confirmed"
_BLIND = "nobody may know how far a review is, or what is in it"
_IN_THE_MEETING = "it happens in the meeting, before all who may know of it"
_OWN_ROOM = "a notice about a notice would never end"


# Every other event, with the reason why it makes no notice.
NOBODY_IS_TOLD: Mapping[type[Event], str] = {
    SubmissionDrafted: _OWN_ACT,
    SubmissionContentChanged: _OWN_ACT,
    SubmissionPersonNamed: _OWN_ACT,
    SubmissionPersonRemoved: _OWN_ACT,
    SubmissionRefiled: _OWN_ACT,
    ComponentListed: "its entry in the register is told, with its number",
    ComponentWithdrawn: _OWN_ACT,
    SubmissionFiledAgain: _OWN_ACT,
    PanelOpened: "the acceptance tells the provider; the office finds open panels in its list",
    ReviewerAssigned: _OTHERS_SAY_IT,
    AllocationMade: _NOT_YET,
    PanelProposed: _NOT_YET,
    ProposalChanged: _NOT_YET,
    ProposalWithdrawn: _NOT_YET,
    SeatChangeUndone: _NOT_YET,
    ConditionSet: "the notice of the decision tells of its conditions, once it is released",
    ConditionCheckBegun: _OWN_ACT,
    ConditionCheckHandedOver: "whoever hands a check over tells the other himself",
    CriterionSettled: _BLIND,
    **dict.fromkeys(
        (
            CriterionReopened,
            DifferencesLeft,
            FactualClaimWithdrawn,
            FactualErrorClaimed,
            MedianSettled,
            ScoreAgreed,
            ScoreCarried,
            ThirdReviewWithdrawn,
        ),
        _OWN_ACT,
    ),
    **dict.fromkeys((ScoreObjected, ThirdReviewCompleted), "the lead finds it in the moderation that he is at"),
    FactualClaimResolved: "whose turn it is stands in the list of reports",
    TiesKnown: _OTHERS_SAY_IT,
    ReviewDeclined: _OTHERS_SAY_IT,
    ReviewEnded: _OTHERS_SAY_IT,
    CriterionScored: _BLIND,
    ReviewLocked: _BLIND,
    QuestionTakenBack: _OWN_ACT,
    MemberRecused: "who takes no part said so himself",
    **dict.fromkeys(
        (
            CaseTabled,
            CaseTakenOff,
            CastingVoteGiven,
            DissentRecorded,
            MeetingItemTabled,
            MeetingItemTakenOff,
            MotionPut,
            VoteCast,
            VoteWithdrawn,
        ),
        _IN_THE_MEETING,
    ),
    **dict.fromkeys((DecisionNotified, DecisionTaken, EvidenceAwaited), _OTHERS_SAY_IT),
    RegisterNumberIssued: _OTHERS_SAY_IT,
    ActionImported: "what other agencies once did is told to nobody anew",
    DecisionCosigned: "who is to release the decision asked for it, and finds it signed",
    CentreApproved: "it has no people yet",
    CentreDetailsChanged: _OWN_ACT,
    ProviderRegistered: "it has no officers yet",
    ProviderDetailsChanged: _OWN_ACT,
    ProviderContactNamed: _OWN_ACT,
    ProviderApplied: _IN_THE_LIST,
    ProviderInformationSupplied: _IN_THE_LIST,
    ProviderApplicationFoundComplete: _IN_THE_LIST,
    ProviderApplicationGranted: _OTHERS_SAY_IT,
    ProviderApplicationWithdrawn: _OWN_ACT,
    ReviewerRegistered: "he may not review yet; his eligibility is told",
    ReviewerExpertiseChanged: _OWN_ACT,
    ReviewerInterestDeclared: _OWN_ACT,
    ReviewerInterestEnded: _OWN_ACT,
    ReviewerPostRecorded: _OWN_ACT,
    ReviewerPostEnded: _OWN_ACT,
    ReviewerCompetencesChanged: _OWN_ACT,
    ReviewerLanguagesChanged: _OWN_ACT,
    ReviewerUnavailabilityDeclared: _OWN_ACT,
    ReviewerUnavailabilityWithdrawn: _OWN_ACT,
    ReviewerCapChanged: _OWN_ACT,
    ReviewerTrainingRecorded: _OWN_ACT,
    ReviewerBenchmarkScored: _OWN_ACT,
    ReviewerAgreementRecorded: _BLIND,
    BenchmarkPublished: "whoever is measured by it must not know of it",
    BenchmarkRetired: "whoever is measured by it must not know of it",
    PersonRegistered: "the account has no role yet; the first role is told",
    PersonDeactivated: "nobody is told who cannot read it any more",
    SubjectKeyDestroyed: "who was erased cannot be reached, and must not be",
    RubricPublished: "a version is told when it is put in force",
    BatchDone: _OTHERS_SAY_IT,
    BatchTakenBack: _OTHERS_SAY_IT,
    NoticeIssued: _OWN_ROOM,
    NoticeDrafted: _OWN_ROOM,
    NoticeReleased: _OWN_ROOM,
    NoticeHeldBack: _OWN_ROOM,
    NoticeMailed: _OWN_ROOM,
    NoticeRead: _OWN_ROOM,
    NoticePreferencesSet: _OWN_ROOM,
}


def tellings(recorded: Recorded[Any], known: Known) -> list[Telling]:
    """Return what an event makes somebody tell; `known` has the event in it."""
    event = recorded.event
    return [
        Telling(
            kind=entry.kind,
            to=tuple(in_the_house_of(to, recorded.case_id, known.centre_id) for to in entry.to(event, known)),
            facts=_facts(entry, event, known),
            due_on=_day(entry.due, event, known),
            apart=known.apart,
        )
        for entry in CATALOGUE.get(type(event), ())
        if recorded.actor != entry.unless_by and entry.when(event, known)
    ]


def _day(due: str | Day | None, event: Any, known: Known) -> date | None:  # noqa: ANN401 -- any event
    if isinstance(due, str):
        day: date | None = getattr(event, due)
        return day
    return None if due is None else due(event, known)


def _facts(entry: Entry, event: Any, known: Known) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 -- any event
    said: dict[str, object] = {name: getattr(event, name) for name in entry.fields}
    if entry.titled:
        said |= {"title_en": known.title_en, "title_ms": known.title_ms}
    said |= entry.more(event, known)
    return tuple((name, _written(value)) for name, value in said.items() if value is not None)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
