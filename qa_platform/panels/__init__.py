"""Who reviews what: the seats of a submission's panel, its lead, and the moderation of its scores.

| State | Asked by | Leads to |
|---|---|---|
| (none) | OpenPanel | seating |
| seating | AssignReviewer, StandReviewerDown, AssignLead | seating |
| seating | ProposePanel, from an allocation; ChangeProposal, UndoSeatChange, WithdrawProposal | seating |
| seating | ConfirmProposal, which seats those proposed; RemindReviewer | seating |
| seating | ObjectToPanel, by the provider, once and in time; RuleOnObjection | seating |
| seating | CloseScoring, when every seat's review is locked | scored |
| scored | SettleCriterion; ProposeScore, WithdrawScoreProposal, ReopenCriterion by the lead | scored |
| scored | AgreeToScore, ObjectToScore by the reviewers; CarryScore when their silence agrees | scored |
| scored | RequestThirdReview, where they cannot agree | third_review |
| third_review | AssignReviewer, StandReviewerDown, of the third seat only | third_review |
| third_review | WithdrawThirdReview; CompleteThirdReview, when it is locked | scored |
| scored | SettleByMedian, once there are three | scored |
| scored | CloseModeration, when nothing is left to settle | moderated |
| moderated | ReopenModeration, before final report and decision; a draft falls with it | scored |
| moderated | IssueDraftReport, WithdrawDraftReport before the provider answered | moderated |
| moderated | ClaimFactualError, WithdrawFactualClaim, FinishFactualCheck by the provider, in time | moderated |
| moderated | CloseFactualCheck, when the time is over; ResolveFactualClaim, by neither reviewer nor lead | moderated |
| moderated | IssueFinalReport, when every claim is answered | moderated |
"""
