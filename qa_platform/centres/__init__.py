"""Verification centres: who runs cases for the agency under the one standard, and whose case is whose.

A centre is approved by the agency; it may be an arm of a provider, its institution. A case belongs to one
centre at a time, or to the agency itself, and moves with a reason.

A suspended centre is given no cases, and its people change nothing; those it has stay with it until
somebody moves them. When an approval ends all its cases are handed over in the same step.

| Centre | Command | Leads to |
| --- | --- | --- |
| (none) | ApproveCentre | approved |
| approved, suspended | EndApproval | ended |
| approved | SuspendCentre | suspended |
| suspended | ReinstateCentre | approved |
| approved, suspended | ChangeCentre | stays |
| ended | nothing | |

| Case | Command | Leads to |
| --- | --- | --- |
| (none) | AssignCase | of a centre |
| taken back | MoveCase | of a centre |
| of a centre | MoveCase | stays, taken back |

| Co-signature | Command | Leads to |
| --- | --- | --- |
| (none), asked | CosignDecision | given |
| (none) | NameCosigner | asked |
| asked, given | NameCosigner | stays |
"""
