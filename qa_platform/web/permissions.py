"""Who may ask what: one table, from method and endpoint to roles.

A role that is not named gets 403 for the whole route; what a permitted role may not see of it
is hidden row by row in the query, and answers 404. The order of the roles matters: whoever
holds several acts as the first of them, unless `X-Acting-As` names another. HEAD goes with
GET. A route that is missing here keeps the application from starting.
"""

from __future__ import annotations

from collections.abc import Mapping

from qa_platform.kernel.roles import Role

R = Role
Table = Mapping[tuple[str, str], tuple[Role, ...]]

# PUBLIC means that no token is needed. It stands last, so that whoever has a role acts in it.
STAFF = (
    R.INTAKE_OFFICER,
    R.COMMITTEE_SECRETARY,
    R.COMMITTEE_MEMBER,
    R.REGISTER_OFFICER,
    R.ADMINISTRATOR,
    R.AUDITOR,
)
PROVIDERS = (R.PROVIDER_OFFICER, R.ACCOUNTABLE_OFFICER)
REVIEWERS = (R.REVIEWER, R.LEAD_REVIEWER)
EVERYONE = tuple(role for role in Role if role not in {R.PUBLIC, R.SYSTEM})
ANYBODY = (*EVERYONE, R.PUBLIC)

# One table per context, in the order of the alphabet; endpoints are "<context>.<MethodView>".

ACCREDITATION: Table = {
    ("GET", "accreditations.Accreditation"): ANYBODY,
    ("PUT", "accreditations.AccreditationClosing"): (R.REGISTER_OFFICER,),
    ("PUT", "accreditations.AccreditationClosingCorrection"): (R.REGISTER_OFFICER,),
    ("GET", "accreditations.Accreditations"): ANYBODY,
}

# Each office does its own acts; which those are stands beside the acts.
_DOING = (R.INTAKE_OFFICER, R.COMMITTEE_SECRETARY, R.REGISTER_OFFICER)

BATCH: Table = {
    ("GET", "batches.Batch"): (*_DOING, R.AUDITOR),
    ("POST", "batches.BatchPreview"): _DOING,
    ("GET", "batches.BatchReversal"): _DOING,
    ("PUT", "batches.BatchReversal"): _DOING,
    ("GET", "batches.Batches"): (*_DOING, R.AUDITOR),
    ("POST", "batches.Batches"): _DOING,
}

# A case shows everybody what `seen_by` of each event lets him see; to some that is nothing.
_CASE_VIEWERS = (R.AUDITOR, *(role for role in EVERYONE if role is not R.AUDITOR))

CASE: Table = {
    ("GET", "cases.Case"): _CASE_VIEWERS,
    ("GET", "cases.CaseChanges"): _CASE_VIEWERS,
    ("GET", "cases.CaseEvents"): _CASE_VIEWERS,
}

_WATCHING_OVER = (R.AUDITOR, R.ADMINISTRATOR)

# Who approves centres, and who gives cases to them: the agency's own officers, see AT_CENTRES.
_GIVING = (R.INTAKE_OFFICER, R.REGISTER_OFFICER)
_WHOSE_CASE = (*_GIVING, R.COMMITTEE_SECRETARY, R.COMMITTEE_MEMBER, R.AUDITOR, R.ADMINISTRATOR)

CENTRE: Table = {
    ("GET", "centres.CaseCentre"): _WHOSE_CASE,
    ("PUT", "centres.CaseCentre"): _GIVING,
    ("PUT", "centres.CaseCentreMove"): _GIVING,
    ("PUT", "centres.CaseCosignature"): (R.COMMITTEE_SECRETARY, R.COMMITTEE_MEMBER),
    ("PUT", "centres.CaseCosigner"): _GIVING,
    ("GET", "centres.Centre"): ANYBODY,
    ("PATCH", "centres.Centre"): (R.REGISTER_OFFICER, R.ADMINISTRATOR),
    ("PUT", "centres.CentreApprovalEnd"): (R.REGISTER_OFFICER, R.ADMINISTRATOR),
    ("GET", "centres.CentreCases"): _WHOSE_CASE,
    ("PUT", "centres.CentreSuspension"): (R.REGISTER_OFFICER, R.ADMINISTRATOR),
    ("DELETE", "centres.CentreSuspension"): (R.REGISTER_OFFICER, R.ADMINISTRATOR),
    ("GET", "centres.Centres"): ANYBODY,
    ("POST", "centres.Centres"): (R.REGISTER_OFFICER, R.ADMINISTRATOR),
}

CHECK: Table = {
    ("GET", "checks.Check"): _WATCHING_OVER,
    ("GET", "checks.Checks"): _WATCHING_OVER,
    ("GET", "checks.LatestCheck"): _WATCHING_OVER,
}

_COMPONENT_READERS = (R.INTAKE_OFFICER, R.REGISTER_OFFICER, R.AUDITOR, *PROVIDERS)

COMPONENT: Table = {
    ("GET", "components.Component"): _COMPONENT_READERS,
    ("PUT", "components.ComponentEnding"): (R.REGISTER_OFFICER,),
    ("DELETE", "components.ComponentEnding"): (R.REGISTER_OFFICER,),
    ("PUT", "components.ComponentListing"): (R.INTAKE_OFFICER,),
    ("PUT", "components.ComponentRefused"): (R.INTAKE_OFFICER,),
    ("DELETE", "components.ComponentRefused"): (R.INTAKE_OFFICER,),
    ("PUT", "components.ComponentWithdrawal"): PROVIDERS,
    ("GET", "components.Components"): _COMPONENT_READERS,
    ("POST", "components.Components"): PROVIDERS,
    ("PUT", "components.ProgrammeEnding"): (R.REGISTER_OFFICER,),
}

# A register officer checks what is technical, a member of the panel what is academic.
_CHECKERS = (R.REGISTER_OFFICER, *REVIEWERS)
_CONDITION_READERS = (
    *_CHECKERS,
    R.INTAKE_OFFICER,
    R.COMMITTEE_SECRETARY,
    R.COMMITTEE_MEMBER,
    R.AUDITOR,
    *PROVIDERS,
)

CONDITION: Table = {
    ("GET", "conditions.Condition"): _CONDITION_READERS,
    ("PUT", "conditions.ConditionCheck"): _CHECKERS,
    ("PUT", "conditions.ConditionChecker"): (R.REGISTER_OFFICER,),
    ("GET", "conditions.ConditionClosings"): (R.REGISTER_OFFICER, R.COMMITTEE_SECRETARY, R.AUDITOR),
    ("POST", "conditions.ConditionFilings"): PROVIDERS,
    ("PUT", "conditions.ConditionVerdict"): _CHECKERS,
    ("PUT", "conditions.ConditionVerdictReversal"): _CHECKERS,
    ("GET", "conditions.Conditions"): _CONDITION_READERS,
}

_DECIDED_FOR = (R.COMMITTEE_SECRETARY, R.COMMITTEE_MEMBER, R.LEAD_REVIEWER, R.AUDITOR, *PROVIDERS)

_VOTING = (R.COMMITTEE_MEMBER, R.COMMITTEE_SECRETARY)
_MINUTING = (R.COMMITTEE_SECRETARY,)

DECISION: Table = {
    ("GET", "decisions.Decision"): (*_DECIDED_FOR, R.REGISTER_OFFICER, R.INTAKE_OFFICER),
    ("PUT", "decisions.Decision"): _MINUTING,
    ("PUT", "decisions.DecisionCastingVote"): _VOTING,
    ("PUT", "decisions.DecisionChair"): _MINUTING,
    ("POST", "decisions.DecisionCorrections"): _MINUTING,
    ("PUT", "decisions.DecisionDissent"): _VOTING,
    ("PUT", "decisions.DecisionEvidence"): PROVIDERS,
    ("PUT", "decisions.DecisionMotion"): _MINUTING,
    ("GET", "decisions.DecisionOutcome"): _DECIDED_FOR,
    ("PUT", "decisions.DecisionRecusal"): _MINUTING,
    ("DELETE", "decisions.DecisionRecusal"): _MINUTING,
    ("PUT", "decisions.DecisionRelease"): _MINUTING,
    ("PUT", "decisions.DecisionRescission"): _MINUTING,
    # The second signature is a member's, who is never the one who recorded the decision.
    ("PUT", "decisions.DecisionSignature"): (R.COMMITTEE_MEMBER,),
    ("GET", "decisions.DecisionVariation"): (R.COMMITTEE_SECRETARY, R.COMMITTEE_MEMBER, R.AUDITOR, *PROVIDERS),
    ("PUT", "decisions.DecisionVariation"): _MINUTING,
    ("DELETE", "decisions.DecisionVariation"): _MINUTING,
    # Only who signs for a provider agrees for it.
    ("PUT", "decisions.DecisionVariationAnswer"): (R.ACCOUNTABLE_OFFICER,),
    ("PUT", "decisions.DecisionVote"): _VOTING,
    ("DELETE", "decisions.DecisionVote"): _VOTING,
    ("GET", "decisions.Decisions"): (*_DECIDED_FOR, R.REGISTER_OFFICER, R.INTAKE_OFFICER),
}

_MEETING_VIEWERS = (R.COMMITTEE_SECRETARY, R.COMMITTEE_MEMBER, R.AUDITOR)

MEETING: Table = {
    ("GET", "meetings.Meeting"): _MEETING_VIEWERS,
    ("PUT", "meetings.MeetingCancellation"): _MINUTING,
    ("PUT", "meetings.MeetingItem"): _MINUTING,
    ("DELETE", "meetings.MeetingItem"): _MINUTING,
    ("PUT", "meetings.MeetingMembership"): _MINUTING,
    ("PUT", "meetings.MeetingSchedule"): _MINUTING,
    ("GET", "meetings.Meetings"): _MEETING_VIEWERS,
    ("POST", "meetings.Meetings"): _MINUTING,
}

# Who reads what waits, and says what no longer holds.
_RELEASING = (R.COMMITTEE_SECRETARY, R.INTAKE_OFFICER, R.REGISTER_OFFICER)

NOTICE: Table = {
    # Whoever runs the platform: he learns that a mail did not leave, never what it says.
    ("GET", "notices.Deliveries"): (R.ADMINISTRATOR,),
    ("PUT", "notices.DeliveryAgain"): (R.ADMINISTRATOR,),
    ("GET", "notices.Kinds"): EVERYONE,
    ("GET", "notices.Letter"): _RELEASING,
    ("POST", "notices.LetterCorrection"): _RELEASING,
    ("PUT", "notices.LetterHold"): _RELEASING,
    ("PUT", "notices.LetterRelease"): _RELEASING,
    ("GET", "notices.Notice"): EVERYONE,
    ("PUT", "notices.NoticeReading"): EVERYONE,
    ("GET", "notices.Notices"): EVERYONE,
    ("GET", "notices.NoticesAbout"): (*_RELEASING, R.AUDITOR),
    ("GET", "notices.Outbox"): _RELEASING,
    ("GET", "notices.Preferences"): EVERYONE,
    ("PUT", "notices.Preferences"): EVERYONE,
    ("GET", "notices.Unread"): EVERYONE,
}

_SEATING = (R.INTAKE_OFFICER, R.COMMITTEE_SECRETARY)
_COMPARING = (R.LEAD_REVIEWER, R.COMMITTEE_SECRETARY, R.COMMITTEE_MEMBER, R.AUDITOR)
_REPORTED_TO = (*_COMPARING, R.INTAKE_OFFICER, *PROVIDERS)

PANEL: Table = {
    ("GET", "panels.Panel"): (*_COMPARING, R.INTAKE_OFFICER),
    ("GET", "panels.PanelAllocation"): (*_SEATING, R.AUDITOR),
    ("PUT", "panels.PanelAllocationConfirmation"): _SEATING,
    ("POST", "panels.PanelAllocationPreview"): _SEATING,
    ("PUT", "panels.PanelAllocationWithdrawal"): _SEATING,
    ("GET", "panels.PanelAllocationRepetition"): (*_SEATING, R.AUDITOR),
    ("POST", "panels.PanelAllocations"): _SEATING,
    ("GET", "panels.PanelCandidates"): _SEATING,
    ("GET", "panels.PanelComposition"): (*_SEATING, *PROVIDERS),
    ("PUT", "panels.PanelDeparture"): _SEATING,
    ("PUT", "panels.PanelFactualCheck"): PROVIDERS,
    ("PUT", "panels.PanelLead"): _SEATING,
    ("PUT", "panels.PanelMedian"): (R.LEAD_REVIEWER,),
    ("GET", "panels.PanelModeration"): _COMPARING,
    ("PUT", "panels.PanelModeration"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelModerationReopening"): (R.LEAD_REVIEWER,),
    ("GET", "panels.PanelReport"): _REPORTED_TO,
    ("PUT", "panels.PanelReportClaimAnswer"): _SEATING,
    ("PUT", "panels.PanelReportClaimWithdrawal"): PROVIDERS,
    ("POST", "panels.PanelReportClaims"): PROVIDERS,
    ("PUT", "panels.PanelReportDraft"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelReportDraftWithdrawal"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelReportFinal"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelObjection"): PROVIDERS,
    ("PUT", "panels.PanelObjectionRuling"): _SEATING,
    ("GET", "panels.PanelProposal"): _SEATING,
    ("PUT", "panels.PanelProposal"): _SEATING,
    ("PUT", "panels.PanelProposalConfirmation"): _SEATING,
    ("PUT", "panels.PanelProposalSeat"): _SEATING,
    ("PUT", "panels.PanelProposalSeatUndoing"): _SEATING,
    ("PUT", "panels.PanelProposalWithdrawal"): _SEATING,
    ("PUT", "panels.PanelSeat"): _SEATING,
    ("PUT", "panels.PanelSettlement"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelSettlementReopening"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelThirdReview"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.PanelThirdReviewWithdrawal"): (R.LEAD_REVIEWER,),
    ("GET", "panels.Panels"): (*_COMPARING, R.INTAKE_OFFICER),
    ("GET", "panels.Reports"): _REPORTED_TO,
    ("PUT", "panels.ScoreProposal"): (R.LEAD_REVIEWER,),
    ("PUT", "panels.ScoreProposalAgreement"): (R.REVIEWER,),
    ("PUT", "panels.ScoreProposalObjection"): (R.REVIEWER,),
    ("PUT", "panels.ScoreProposalWithdrawal"): (R.LEAD_REVIEWER,),
    ("GET", "panels.ScoreProposals"): (R.REVIEWER, *_COMPARING),
}

# The administrator stands first, so that whoever also holds another role sees everybody.
_ADMINISTRATOR_OR_SELF = (R.ADMINISTRATOR, *(role for role in EVERYONE if role is not R.ADMINISTRATOR))

PEOPLE: Table = {
    ("GET", "people.Me"): EVERYONE,
    # The secretary finds the committee's members there, and nobody else.
    ("GET", "people.People"): (R.ADMINISTRATOR, R.COMMITTEE_SECRETARY),
    ("POST", "people.People"): (R.ADMINISTRATOR,),
    ("GET", "people.Person"): _ADMINISTRATOR_OR_SELF,
    ("PUT", "people.PersonContact"): (R.ADMINISTRATOR,),
    ("PUT", "people.PersonDeactivation"): (R.ADMINISTRATOR,),
    ("PUT", "people.PersonRole"): (R.ADMINISTRATOR,),
    ("DELETE", "people.PersonRole"): (R.ADMINISTRATOR,),
    ("DELETE", "people.PersonToken"): _ADMINISTRATOR_OR_SELF,
    ("GET", "people.PersonTokens"): _ADMINISTRATOR_OR_SELF,
    ("POST", "people.PersonTokens"): _ADMINISTRATOR_OR_SELF,
}

# Who the agency's register of providers is in the hands of.
_REGISTRARS = (R.REGISTER_OFFICER, R.ADMINISTRATOR)

# Who deals with a provider that asks to be recognised: it, and who checks and decides.
_RECOGNISING = (R.INTAKE_OFFICER, *_REGISTRARS)

PROVIDER: Table = {
    ("GET", "providers.Application"): (*_RECOGNISING, R.AUDITOR, *PROVIDERS),
    ("PUT", "providers.ApplicationCompleteness"): (R.INTAKE_OFFICER,),
    ("PUT", "providers.ApplicationGrant"): (R.REGISTER_OFFICER,),
    ("PUT", "providers.ApplicationInformation"): PROVIDERS,
    ("PUT", "providers.ApplicationInformationRequest"): (R.INTAKE_OFFICER,),
    ("DELETE", "providers.ApplicationInformationRequest"): (R.INTAKE_OFFICER,),
    ("PUT", "providers.ApplicationRefusal"): (R.REGISTER_OFFICER,),
    ("DELETE", "providers.ApplicationRefusal"): (R.REGISTER_OFFICER,),
    ("PUT", "providers.ApplicationWithdrawal"): PROVIDERS,
    ("GET", "providers.Applications"): (*_RECOGNISING, R.AUDITOR, *PROVIDERS),
    ("GET", "providers.Provider"): (*STAFF, *REVIEWERS, R.APPEALS_MEMBER, *PROVIDERS, R.PUBLIC),
    ("PATCH", "providers.Provider"): (R.INTAKE_OFFICER, *_REGISTRARS),
    ("POST", "providers.ProviderApplications"): PROVIDERS,
    ("PUT", "providers.ProviderCessation"): _REGISTRARS,
    ("PUT", "providers.ProviderContact"): PROVIDERS,
    ("GET", "providers.ProviderContacts"): (*_RECOGNISING, R.AUDITOR, *PROVIDERS),
    ("PUT", "providers.ProviderRecognition"): _REGISTRARS,
    ("PUT", "providers.ProviderRecognitionWithdrawal"): _REGISTRARS,
    ("PUT", "providers.ProviderSuspension"): _REGISTRARS,
    ("DELETE", "providers.ProviderSuspension"): _REGISTRARS,
    ("PUT", "providers.ProviderSuspensionAnnulment"): _REGISTRARS,
    ("GET", "providers.Providers"): (*STAFF, *REVIEWERS, R.APPEALS_MEMBER, *PROVIDERS, R.PUBLIC),
    ("POST", "providers.Providers"): (R.INTAKE_OFFICER, *_REGISTRARS),
}

_REVIEWERS_REGISTER = (R.ADMINISTRATOR, R.COMMITTEE_SECRETARY, R.AUDITOR, R.LEAD_REVIEWER)

# Whoever has an account may apply, but for who watches over it all; a reviewer acts as that.
_APPLICANTS = (R.REVIEWER, *(role for role in EVERYONE if role not in {R.REVIEWER, R.AUDITOR}))

REVIEWER: Table = {
    ("GET", "reviewers.Benchmarks"): (R.ADMINISTRATOR, R.AUDITOR, *_APPLICANTS),
    ("PUT", "reviewers.Benchmark"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.BenchmarkRetirement"): (R.ADMINISTRATOR,),
    ("GET", "reviewers.Me"): REVIEWERS,
    ("PUT", "reviewers.MyApplication"): _APPLICANTS,
    ("PUT", "reviewers.MyBenchmark"): _APPLICANTS,
    ("PUT", "reviewers.MyCalibration"): _APPLICANTS,
    ("GET", "reviewers.MyStanding"): _APPLICANTS,
    ("GET", "reviewers.Reviewer"): (*_REVIEWERS_REGISTER, R.REVIEWER),
    ("DELETE", "reviewers.ReviewerAbsence"): (R.ADMINISTRATOR, R.REVIEWER),
    ("POST", "reviewers.ReviewerAbsences"): (R.ADMINISTRATOR, R.REVIEWER),
    ("PUT", "reviewers.ReviewerActivation"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.ReviewerCap"): (R.ADMINISTRATOR, R.REVIEWER),
    ("PUT", "reviewers.ReviewerCompetences"): (R.ADMINISTRATOR,),
    ("GET", "reviewers.ReviewerConflicts"): (R.ADMINISTRATOR, R.COMMITTEE_SECRETARY, R.AUDITOR),
    ("PUT", "reviewers.ReviewerEligibility"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.ReviewerExpertise"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.ReviewerFinding"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.ReviewerInterestEnd"): REVIEWERS,
    ("POST", "reviewers.ReviewerInterests"): REVIEWERS,
    ("PUT", "reviewers.ReviewerLanguages"): (R.ADMINISTRATOR, R.REVIEWER),
    ("PUT", "reviewers.ReviewerPause"): (R.ADMINISTRATOR, R.REVIEWER),
    ("DELETE", "reviewers.ReviewerPause"): (R.ADMINISTRATOR, R.REVIEWER),
    ("PUT", "reviewers.ReviewerPostEnd"): (R.ADMINISTRATOR, R.REVIEWER),
    ("POST", "reviewers.ReviewerPosts"): (R.ADMINISTRATOR, R.REVIEWER),
    ("PUT", "reviewers.ReviewerRefusal"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.ReviewerReinstatement"): (R.ADMINISTRATOR,),
    ("PUT", "reviewers.ReviewerRetirement"): (R.ADMINISTRATOR, R.REVIEWER),
    ("GET", "reviewers.ReviewerStanding"): (R.ADMINISTRATOR, R.AUDITOR),
    ("PUT", "reviewers.ReviewerSuspension"): (R.ADMINISTRATOR,),
    ("POST", "reviewers.ReviewerTrainings"): (R.ADMINISTRATOR,),
    ("GET", "reviewers.Reviewers"): _REVIEWERS_REGISTER,
    ("POST", "reviewers.Reviewers"): (R.ADMINISTRATOR,),
}

# Who reads the questions of a panel to its provider; who asked is in none of them.
_QUERY_READERS = (R.REVIEWER, *_COMPARING, R.INTAKE_OFFICER, *PROVIDERS)
_PASSING_ON = (R.INTAKE_OFFICER, R.LEAD_REVIEWER)

QUERY: Table = {
    ("GET", "queries.Queries"): _QUERY_READERS,
    ("GET", "queries.Query"): _QUERY_READERS,
    ("PUT", "queries.Query"): _PASSING_ON,
    ("PUT", "queries.QueryAnswer"): PROVIDERS,
    ("GET", "queries.WaitingQuestions"): _PASSING_ON,
}

# What somebody declared about himself is for him, for whoever rules on it, and for the audit.
_ON_CONFLICTS = (R.REVIEWER, R.COMMITTEE_SECRETARY, R.AUDITOR)

REVIEW: Table = {
    ("GET", "reviews.Review"): (R.REVIEWER, *_COMPARING, R.INTAKE_OFFICER),
    ("GET", "reviews.ReviewConflict"): _ON_CONFLICTS,
    ("GET", "reviews.ReviewConflicts"): _ON_CONFLICTS,
    ("PUT", "reviews.ReviewDecline"): (R.REVIEWER,),
    ("PUT", "reviews.ReviewInterests"): (R.REVIEWER,),
    ("PUT", "reviews.ReviewLock"): (R.REVIEWER,),
    ("GET", "reviews.ReviewNotes"): (R.REVIEWER,),
    ("PUT", "reviews.ReviewQuestionWithdrawal"): (R.REVIEWER,),
    ("GET", "reviews.ReviewQuestions"): (R.REVIEWER,),
    ("POST", "reviews.ReviewQuestions"): (R.REVIEWER,),
    ("PUT", "reviews.ReviewRuling"): (R.COMMITTEE_SECRETARY,),
    ("PUT", "reviews.ReviewRulingReversal"): (R.COMMITTEE_SECRETARY,),
    ("PUT", "reviews.ReviewScore"): (R.REVIEWER,),
    ("PATCH", "reviews.ReviewScores"): (R.REVIEWER,),
    ("GET", "reviews.ReviewSubmission"): (R.REVIEWER,),
    ("GET", "reviews.Reviews"): (R.REVIEWER, *_COMPARING, R.INTAKE_OFFICER),
}

STANDARD: Table = {
    ("GET", "standards.Standard"): ANYBODY,
    ("GET", "standards.StandardVersion"): ANYBODY,
    ("PUT", "standards.StandardVersion"): (R.ADMINISTRATOR,),
    ("PUT", "standards.StandardVersionForce"): (R.ADMINISTRATOR,),
    ("PUT", "standards.StandardVersionRetirement"): (R.ADMINISTRATOR,),
    ("GET", "standards.StandardVersions"): ANYBODY,
    ("GET", "standards.Standards"): ANYBODY,
}

# Whose business a course is once it was lodged; reviewers read it through their review.
_SUBMISSION_READERS = (
    R.INTAKE_OFFICER,
    R.COMMITTEE_SECRETARY,
    R.COMMITTEE_MEMBER,
    R.REGISTER_OFFICER,
    R.AUDITOR,
    *PROVIDERS,
)

SUBMISSION: Table = {
    ("GET", "submissions.Submission"): _SUBMISSION_READERS,
    ("PUT", "submissions.SubmissionAcceptance"): (R.INTAKE_OFFICER,),
    ("PUT", "submissions.SubmissionClosure"): (R.INTAKE_OFFICER,),
    ("PATCH", "submissions.SubmissionContent"): PROVIDERS,
    # The accountable officer first, so that whoever is both declares as that.
    ("PUT", "submissions.SubmissionLodgement"): (R.ACCOUNTABLE_OFFICER, R.PROVIDER_OFFICER),
    ("GET", "submissions.SubmissionPeople"): _SUBMISSION_READERS,
    ("PUT", "submissions.SubmissionPerson"): PROVIDERS,
    ("DELETE", "submissions.SubmissionPerson"): PROVIDERS,
    ("POST", "submissions.SubmissionRefiling"): PROVIDERS,
    ("PUT", "submissions.SubmissionReturn"): (R.INTAKE_OFFICER,),
    ("PUT", "submissions.SubmissionReturnExtension"): (R.INTAKE_OFFICER,),
    ("PUT", "submissions.SubmissionReversal"): (R.INTAKE_OFFICER,),
    ("PUT", "submissions.SubmissionWithdrawal"): PROVIDERS,
    ("PUT", "submissions.SubmissionWithdrawalReversal"): PROVIDERS,
    ("GET", "submissions.Submissions"): _SUBMISSION_READERS,
    ("POST", "submissions.Submissions"): PROVIDERS,
}

# Pages that need no account.
_PUBLIC_PAGES: Table = {
    ("GET", "register.download"): ANYBODY,
    ("GET", "register.entry"): ANYBODY,
    ("GET", "register.search"): ANYBODY,
    ("GET", "standard_pages.standards"): ANYBODY,
    ("GET", "standard_pages.version"): ANYBODY,
}

WEB: Table = {
    ("GET", "static"): ANYBODY,
    ("GET", "web.api_asset"): ANYBODY,
    ("GET", "web.api_page"): ANYBODY,
    ("GET", "web.health"): ANYBODY,
    ("GET", "web.openapi_document"): ANYBODY,
    ("GET", "web.ready"): ANYBODY,
    ("GET", "web.start"): ANYBODY,
}

# Those who run cases first, so that whoever also holds another role sees them in full.
_CLOCK_READERS = (
    R.INTAKE_OFFICER,
    R.COMMITTEE_SECRETARY,
    R.AUDITOR,
    R.REGISTER_OFFICER,
    R.COMMITTEE_MEMBER,
    *PROVIDERS,
)

CLOCK: Table = {
    ("GET", "clocks.Clock"): _CLOCK_READERS,
    ("GET", "clocks.ClockReport"): (R.INTAKE_OFFICER, R.COMMITTEE_SECRETARY, R.AUDITOR, R.ADMINISTRATOR),
    ("GET", "clocks.Clocks"): _CLOCK_READERS,
    ("GET", "clocks.ComponentClock"): _COMPONENT_READERS,
}

REFUSAL: Table = {
    ("GET", "refusals.Refusals"): ANYBODY,
}

PERMISSIONS: Table = {
    **ACCREDITATION,
    **BATCH,
    **CASE,
    **CENTRE,
    **CHECK,
    **CLOCK,
    **REFUSAL,
    **COMPONENT,
    **CONDITION,
    **DECISION,
    **MEETING,
    **NOTICE,
    **PANEL,
    **PEOPLE,
    **PROVIDER,
    **QUERY,
    **REVIEW,
    **REVIEWER,
    **STANDARD,
    **SUBMISSION,
    **WEB,
    **_PUBLIC_PAGES,
}

# What goes on whatever becomes of a centre: what its people are told, and their own account.
OWN_AFFAIRS = frozenset({"people", "notices", "reviewers"})

# Routes that a role opens for the agency alone: who holds it at a verification centre gets 403 there, or is the
# public where that is let in. Every other route is open to him too, and shows no cases but his centre's.
_FOR_THE_AGENCY = frozenset(
    {
        ("PUT", "centres.CaseCentre"),
        ("PUT", "centres.CaseCentreMove"),
        ("PUT", "centres.CaseCosigner"),
        # A whole queue is the agency's; a centre proposes for its cases one by one.
        ("GET", "panels.PanelAllocation"),
        ("PUT", "panels.PanelAllocationConfirmation"),
        ("POST", "panels.PanelAllocationPreview"),
        ("GET", "panels.PanelAllocationRepetition"),
        ("PUT", "panels.PanelAllocationWithdrawal"),
        ("POST", "panels.PanelAllocations"),
        # It names what he reviewed for other houses.
        ("GET", "reviewers.ReviewerConflicts"),
        # Units of accredited programmes are notified to the agency, and listed by it.
        ("GET", "clocks.ComponentClock"),
        *COMPONENT,
        *PROVIDER,
        *BATCH,
    }
)
# What a centre may see and do of a case beside whose own centre it was named to sign.
COSIGNING = frozenset(
    {
        ("GET", "decisions.Decision"),
        ("GET", "decisions.DecisionOutcome"),
        ("PUT", "centres.CaseCosignature"),
    }
)
AT_CENTRES = frozenset(PERMISSIONS) - _FOR_THE_AGENCY
