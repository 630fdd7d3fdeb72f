"""Life after a decision: the register's permanent numbers, its entries, and the conditions that entries carry.

Beside it, and never in it, stand the histories that other agencies published: what they did to
accreditations of their own, and how those stand (`docs/history.md`).

| State | Asked by | Leads to |
|---|---|---|
| series | IssueRegisterNumber | series, one serial on |
| (none) | OpenAccreditation | listed, or conditional |
| conditional | IssueClosing, once every condition is met | listed, by a second document |
| listed by a second document | CorrectClosing | conditional, and all documents stay |
| history | ImportAction | history, one action more; its status by the rules of `decider/standing.py` |

A condition of a released decision has a stream of its own:

| State | Asked by | Leads to |
|---|---|---|
| (none) | OpenCondition | set |
| set, extended | FileEvidence, until its day | filed |
| set, extended | LapseCondition, after its day | lapsed |
| filed | FileEvidence, until its day | filed |
| filed | BeginCheck, by whoever is to check | under_check |
| under_check | RuleOnCondition, by whoever has it in hand | met, extended (once) or not_met |
| lapsed | RuleOnCondition, by an officer | extended (once) or not_met |
| set, filed, extended, lapsed | HandOverCheck | the same, to be checked by another |
| under_check | HandOverCheck | filed, to be checked anew |
| met, extended, not_met | ReverseVerdict, while nothing is built upon the verdict | as before it |
"""
