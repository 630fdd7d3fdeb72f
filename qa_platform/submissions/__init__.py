"""The room for a course put forward: its content, its intake check, and what became of it.

A returned one is extended once. An accepted one can be withdrawn until it is decided; what else
becomes of it is told in other rooms.

| Submission | Command | Leads to |
| --- | --- | --- |
| (none) | DraftSubmission | draft |
| draft, returned | LodgeSubmission | lodged |
| draft, lodged, returned, accepted | WithdrawSubmission | withdrawn |
| lodged | AcceptSubmission | accepted |
| lodged | CloseAtIntake | closed |
| lodged | ReturnSubmission | returned |
| returned | LapseSubmission | lapsed |
| draft, returned | ChangeContent, NamePerson, RemovePerson | stays |
| returned | ExtendReturn | stays |
| closed, withdrawn, lapsed | nothing | |
"""
