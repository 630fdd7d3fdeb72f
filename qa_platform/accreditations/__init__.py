"""Life after a decision: the register's permanent numbers, and the entry that the public sees.

| State | Asked by | Leads to |
|---|---|---|
| series | IssueRegisterNumber | series, one serial on |
| (none) | OpenAccreditation | listed, or conditional |
"""
