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
| cleared | LockReview | locked |
| any but barred and declined | EndReview, when the seat is lost | ended |
"""
