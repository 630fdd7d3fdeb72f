"""Life after a decision: the register's permanent numbers, and the entry that the public sees.

Beside it, and never in it, stand the histories that other agencies published: what they did to
accreditations of their own, and how those stand (`docs/history.md`).

| State | Asked by | Leads to |
|---|---|---|
| series | IssueRegisterNumber | series, one serial on |
| (none) | OpenAccreditation | listed, or conditional |
| history | ImportAction | history, one action more; its status by the rules of `decider/standing.py` |
"""
