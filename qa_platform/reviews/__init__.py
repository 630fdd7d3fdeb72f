"""One reviewer's review of one submission: the conflict gate, scores and comments, the lock.

Nobody learns of another's scores, directly or through any total, until every review of the
panel is locked and its scoring is closed. A review is marked overdue once for each day let pass,
not locked while a question of its own is open, and ended when its seat is lost.

A question goes to the provider as a query of its case: numbered, worded by an officer, in nobody's
name. While one is open the clock stands still, for every review of the case.

| Review | Command | Leads to |
| --- | --- | --- |
| (none) | InviteReviewer | invited |
| invited | DeclareInterests | conflict_pending, cleared, barred |
| invited, conflict_pending, cleared | DeclineReview | declined |
| invited, conflict_pending, cleared, locked | EndReview | ended |
| conflict_pending | RuleOnConflict | cleared, barred |
| cleared | LockReview | locked |
| cleared, barred | ReverseRuling | conflict_pending |
| invited, cleared | MarkOverdue | stays |
| cleared | AskQuestion, ScoreCriterion, TakeQuestionBack | stays |
| declined, ended | nothing | |

| Query | Command | Leads to |
| --- | --- | --- |
| (none) | ForwardQuestion | open |
| open | AnswerQuery | answered |
| open | CloseQuery | unanswered |
| open | WithdrawQuery | withdrawn |
| answered, unanswered, withdrawn | nothing | |
"""
