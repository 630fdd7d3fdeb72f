"""The committee's decision: recusal, quorum, the decision bound to exact versions, release.

A deferral, once it is released, opens the case again, and can be done only once.

| Decision | Command | Leads to |
| --- | --- | --- |
| open, deferred | TakeDecision | taken |
| taken | ReleaseDecision | deferred, released |
| open, deferred | RecuseMember | stays |
| released | nothing | |
"""
