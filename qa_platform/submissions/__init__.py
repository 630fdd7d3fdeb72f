"""The room for a course put forward: its content, its intake check, and what became of it.

A returned one is extended once. An accepted one can be withdrawn until it is decided; what else
becomes of it is told in other rooms. The last step is taken back while nothing is built upon it.

| Submission | Command | Leads to |
| --- | --- | --- |
| (none) | DraftSubmission | draft |
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
"""
