"""Who reviews what: the seats of a submission's panel, its lead, and the moderation of its scores.

Seats are proposed from an allocation, which can be made again and gives the same, and confirmed by an
officer; the provider objects once and in time. Scoring closes when every seat's review is locked. The
lead proposes scores, silence agrees in time, and where two cannot agree a third reads; three have a
middle. The report is the lead's: drafted, checked by the provider for errors of fact, each claim
answered by neither reviewer nor lead, and final once all are.

| Panel | Command | Leads to |
| --- | --- | --- |
| (none) | OpenPanel | seating |
| seating | CloseScoring | scored |
| scored | CloseModeration | moderated |
| scored | RequestThirdReview | third_review |
| third_review | CompleteThirdReview, WithdrawThirdReview | scored |
| moderated | ReopenModeration | scored |
| seating, scored, third_review | AssignLead | stays |
| seating, third_review | AssignReviewer, ReseatReviewer, StandReviewerDown | stays |
| seating | ChangeProposal, ConfirmProposal, ObjectToPanel, ProposePanel, UndoSeatChange, WithdrawProposal | stays |
| seating, scored | RemindReviewer, RuleOnObjection | stays |
| scored | AgreeToScore, CarryScore, ObjectToScore, ProposeScore, ReopenCriterion, SettleByMedian | stays |
| scored | SettleCriterion, WithdrawScoreProposal | stays |

| Report | Command | Leads to |
| --- | --- | --- |
| (none) | CloseModeration | due |
| due | IssueDraftReport | draft |
| due, draft, checked | ReopenModeration | (none) |
| draft | CloseFactualCheck, FinishFactualCheck | checked |
| draft | WithdrawDraftReport | due |
| checked | IssueFinalReport | final |
| draft | ClaimFactualError, WithdrawFactualClaim | stays |
| draft, checked | ResolveFactualClaim | stays |
| final | nothing | |

| Allocation | Command | Leads to |
| --- | --- | --- |
| (none) | MakeAllocation | kept |
| kept | nothing | |
"""
