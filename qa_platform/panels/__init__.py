"""Who reviews what: the seats of a submission's panel, its lead, and the moderation of its scores.

| State | Asked by | Leads to |
|---|---|---|
| (none) | OpenPanel | seating |
| seating | AssignReviewer, StandReviewerDown, AssignLead | seating |
| seating | ProposePanel, from an allocation; ChangeProposal, UndoSeatChange, WithdrawProposal | seating |
| seating | ConfirmProposal, which seats those proposed; RemindReviewer | seating |
| seating | ObjectToPanel, by the provider, once and in time; RuleOnObjection | seating |
| seating | CloseScoring, when every seat's review is locked | scored |
| scored | SettleCriterion | scored |
| scored | CloseModeration, when nothing is left to settle | moderated |
"""
