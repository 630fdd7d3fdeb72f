"""The kinds of notices: which the law wants, which cannot wait for the digest, and who reads them first."""

from __future__ import annotations

import msgspec

from qa_platform.kernel.roles import Role


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of notice.

    `wording` is the version of its words that new notices take. `required` ones are mailed
    whatever a person unsubscribed from; `urgent` ones are mailed alone and at once. What
    `releaser` names waits until a holder of that role has read it.
    """

    wording: int = 1
    required: bool = False
    urgent: bool = False
    releaser: Role | None = None


# Decisions and refusals are read by somebody before they go out; what a person must act on is urgent.
# A kind that is to wait from some day on gets a new name: what went out before never had a releaser.
KINDS: dict[str, Kind] = {
    "submission_received": Kind(),
    "submission_to_check": Kind(),
    "submission_accepted": Kind(required=True),
    "submission_returned": Kind(required=True, urgent=True),
    "return_extended": Kind(required=True, urgent=True),
    "submission_closed": Kind(wording=2, required=True, urgent=True, releaser=Role.INTAKE_OFFICER),
    "submission_withdrawn": Kind(),
    "submission_lapsed": Kind(wording=2, required=True, urgent=True),
    "return_open_again": Kind(required=True, urgent=True),
    "component_to_check": Kind(),
    "component_drawn": Kind(required=True, urgent=True),
    "component_listed": Kind(required=True),
    "component_refused": Kind(required=True, urgent=True, releaser=Role.INTAKE_OFFICER),
    "component_ended": Kind(required=True, urgent=True),
    "lead_asked": Kind(required=True, urgent=True),
    "seat_free": Kind(urgent=True),
    "seat_left": Kind(required=True),
    "scores_to_moderate": Kind(required=True, urgent=True),
    "ready_for_committee": Kind(),
    "score_to_answer": Kind(required=True, urgent=True),
    "report_to_check": Kind(required=True, urgent=True),
    "report_taken_back": Kind(required=True, urgent=True),
    "check_over": Kind(required=True),
    "report_checked": Kind(required=True),
    "claims_to_answer": Kind(),
    "report_final": Kind(required=True),
    "review_asked": Kind(required=True, urgent=True),
    "tie_to_rule_on": Kind(urgent=True),
    "tie_allowed": Kind(required=True),
    "ruling_reversed": Kind(required=True, urgent=True),
    "question_to_pass_on": Kind(urgent=True),
    "query_asked": Kind(required=True, urgent=True),
    "query_settled": Kind(required=True),
    "query_closed": Kind(required=True),
    "query_withdrawn": Kind(required=True, urgent=True),
    "review_due_soon": Kind(required=True),
    "review_late": Kind(required=True, urgent=True),
    "reviewer_late": Kind(urgent=True),
    "decision_to_release": Kind(),
    "decision_released": Kind(required=True, urgent=True, releaser=Role.COMMITTEE_SECRETARY),
    "decision_deferred": Kind(required=True, urgent=True, releaser=Role.COMMITTEE_SECRETARY),
    "decision_corrected": Kind(required=True, releaser=Role.COMMITTEE_SECRETARY),
    "decision_to_sign": Kind(required=True, urgent=True),
    "evidence_supplied": Kind(),
    "variation_to_answer": Kind(required=True, urgent=True),
    "variation_answered": Kind(urgent=True),
    "meeting_convened": Kind(required=True),
    "meeting_membership_changed": Kind(required=True),
    "meeting_left": Kind(required=True, urgent=True),
    "meeting_moved": Kind(required=True, urgent=True),
    "meeting_place_changed": Kind(required=True, urgent=True),
    "meeting_cancelled": Kind(required=True, urgent=True),
    "recusal_withdrawn": Kind(required=True, urgent=True),
    "item_to_chair": Kind(required=True, urgent=True),
    "reviewed_case_decided": Kind(),
    "accreditation_entered": Kind(required=True, releaser=Role.COMMITTEE_SECRETARY),
    "provider_recognised": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    "provider_suspended": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "provider_reinstated": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    "provider_ceased": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    "provider_information_requested": Kind(required=True, urgent=True),
    "provider_request_withdrawn": Kind(required=True, urgent=True),
    "provider_application_lapsed": Kind(required=True, urgent=True),
    "provider_refused": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "provider_refusal_reopened": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    "provider_recognition_expired": Kind(required=True, urgent=True),
    "provider_recognition_withdrawn": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "provider_suspension_annulled": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "reviewer_eligible": Kind(required=True),
    "reviewer_paused": Kind(required=True),
    "reviewer_resumed": Kind(),
    "reviewer_applied": Kind(),
    "reviewer_found_eligible": Kind(required=True),
    "reviewer_refused": Kind(required=True, releaser=Role.COMMITTEE_SECRETARY),
    "reviewer_suspended": Kind(required=True, urgent=True, releaser=Role.COMMITTEE_SECRETARY),
    "reviewer_reinstated": Kind(required=True),
    "reviewer_retired": Kind(required=True),
    "calibration_concluded": Kind(required=True),
    "recalibration_due": Kind(required=True, urgent=True),
    "centre_suspended": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "centre_reinstated": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    "centre_ended": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "case_received": Kind(required=True, urgent=True),
    "case_at_centre": Kind(),
    "cosignature_asked": Kind(required=True, urgent=True),
    "role_granted": Kind(),
    "role_withdrawn": Kind(required=True),
    "contact_changed": Kind(required=True, urgent=True),
    "token_issued": Kind(required=True, urgent=True),
    "token_revoked": Kind(required=True, urgent=True),
    "standard_in_force": Kind(),
    "standard_retired": Kind(),
    "panel_disclosed": Kind(required=True, urgent=True),
    "review_reminded": Kind(required=True, urgent=True),
    "objection_to_rule_on": Kind(urgent=True),
    "objection_ruled": Kind(required=True, releaser=Role.COMMITTEE_SECRETARY),
    "evidence_to_check": Kind(),
    "condition_met": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    "condition_extended": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "condition_not_met": Kind(required=True, urgent=True, releaser=Role.REGISTER_OFFICER),
    "condition_lapsed": Kind(required=True, urgent=True),
    "condition_to_rule_on": Kind(),
    "conditions_all_met": Kind(required=True, releaser=Role.REGISTER_OFFICER),
    # Of ten things that are due a person is reminded in one mail; where its day would be over by then, at once.
    "obligation_due_soon": Kind(required=True),
    "obligation_overdue": Kind(required=True),
    "due_soon": Kind(required=True),
    "overdue": Kind(required=True),
    "time_over": Kind(required=True),
    # What was told and is not so any more; whoever undoes a step says who reads the correction first.
    "correction": Kind(required=True, urgent=True, releaser=Role.COMMITTEE_SECRETARY),
}
