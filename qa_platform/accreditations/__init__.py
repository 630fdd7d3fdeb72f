"""Life after a decision: the register's permanent numbers, its entries, and the conditions that entries carry.

Beside it, and never in it, stand the histories that other agencies published: what they did to
accreditations of their own, and how those stand (`docs/history.md`, `decider/standing.py`).

A series of register numbers only grows, by one serial at a time. Once every condition of a decision
is met, a second document makes its entry positive; it can be corrected, and all documents stay.

A condition of a released decision has a stream of its own. Evidence is filed until its day, whoever
begins a check has it in hand until he rules or hands it over, it is extended once, and a verdict is
taken back only while nothing is built upon it.

| Series of register numbers | Command | Leads to |
| --- | --- | --- |
| (none) | IssueRegisterNumber | counting |
| counting | IssueRegisterNumber | stays |

| Entry of the register | Command | Leads to |
| --- | --- | --- |
| (none) | OpenAccreditation | listed, conditional |
| listed | CorrectClosing | conditional |
| conditional | IssueClosing | listed |

| Condition | Command | Leads to |
| --- | --- | --- |
| (none) | OpenCondition | set |
| set, extended | FileEvidence | filed |
| set, extended | LapseCondition | lapsed |
| filed | BeginCheck | under_check |
| under_check | HandOverCheck | filed |
| under_check | RuleOnCondition | extended, met, not_met |
| extended, not_met | ReverseVerdict | under_check, lapsed |
| lapsed | RuleOnCondition | extended, not_met |
| met | ReverseVerdict | under_check |
| filed | FileEvidence, HandOverCheck | stays |

| History | Command | Leads to |
| --- | --- | --- |
| (none) | ImportAction | kept |
| kept | ImportAction | stays |
"""
