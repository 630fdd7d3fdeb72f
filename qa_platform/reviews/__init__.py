"""One reviewer's review of one submission: the conflict gate, scores and comments, the lock.

Nobody learns of another's scores, directly or through any total, until every review of the
panel is locked and its scoring is closed.

| State | Asked by | Leads to |
|---|---|---|
| (none) | InviteReviewer | invited |
| invited | DeclareInterests | cleared, conflict_pending or barred |
| conflict_pending | RuleOnConflict | cleared or barred |
| invited, conflict_pending, cleared | DeclineReview | declined |
| cleared | ScoreCriterion | cleared |
| cleared | AskQuestion, TakeQuestionBack | cleared |
| invited, cleared | MarkOverdue, once for each day let pass | as before |
| cleared | LockReview, with no question of its own open | locked |
| any but barred and declined | EndReview, when the seat is lost | ended |

A question goes to the provider as a query of its case: numbered, worded by an officer, in nobody's
name. While one is open the clock stands still, for every review of the case.

| Query | Asked by | Leads to |
|---|---|---|
| (none) | ForwardQuestion, until scoring is closed | open |
| open | AnswerQuery, until its day | answered |
| open | CloseQuery, after its day | unanswered |
| open | WithdrawQuery, when it was taken back or its case withdrawn | withdrawn |
"""
