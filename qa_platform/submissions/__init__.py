"""The room for a course put forward: its content, its intake check, and what became of it.

What ended without a review can be filed again once, by RefileSubmission under a new id together with
FileAgain of the earlier one; both histories stay, and each names the other.

Beside the stand-alone route goes that of components: units of accredited programmes are notified, checked and
listed. What is drawn as a sample is put forward as a submission all the same.

A returned one is extended once. An accepted one can be withdrawn until it is tabled; what else
becomes of it is told in other rooms. The last step is taken back while nothing is built upon it.

| Submission | Command | Leads to |
| --- | --- | --- |
| (none) | DraftSubmission, RefileSubmission | draft |
| draft, returned | LodgeSubmission | lodged |
| draft, lodged, returned, accepted | WithdrawSubmission | withdrawn |
| lodged | AcceptSubmission | accepted |
| lodged | CloseAtIntake | closed |
| lodged | ReturnSubmission | returned |
| returned | LapseSubmission | lapsed |
| closed | TakeBackStep | lodged |
| withdrawn | TakeBackStep | draft, lodged, returned |
| lapsed | TakeBackStep | returned |
| draft, returned | ChangeContent, NamePerson, RemovePerson | stays |
| returned | ExtendReturn | stays |
| returned | TakeBackStep | stays, lodged |
| closed, withdrawn, lapsed | FileAgain | stays |

| Component | Command | Leads to |
| --- | --- | --- |
| (none) | NotifyComponent | notified |
| notified | ListComponent | listed |
| notified | RefuseComponent | refused |
| notified | WithdrawComponent | withdrawn |
| listed | EndListing | ended |
| refused | UndoRefusal | notified |
| ended | UndoEnding | listed |
| listed | EnterComponent | stays |
| withdrawn | nothing | |
"""
