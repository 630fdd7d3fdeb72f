"""The committee's decision: recusal, quorum, the decision bound to exact versions, release.

| State | Asked by | Leads to |
|---|---|---|
| open | RecuseMember | open |
| open | TakeDecision | taken |
| taken | ReleaseDecision | released; open once more after a deferral |
"""
