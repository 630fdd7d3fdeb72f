"""The committee's decision: meetings, recusal, votes, the decision bound to exact versions, release.

A meeting is cancelled only while its agenda is empty. A decision is taken as the votes are, signed by another
person than recorded it, and rescinded as long as it is not released. A deferral, once it is released, waits for
the provider: it is tabled again when what is awaited is there, or its time is over. It can be done only once.

| Decision | Command | Leads to |
| --- | --- | --- |
| open, awaiting | TableCase | tabled |
| tabled | PutMotion | moved |
| tabled, moved | TakeCaseOff | open, awaiting |
| moved | TakeDecision | taken |
| taken | CountersignDecision | signed |
| taken, signed | RescindDecision | tabled |
| signed | ReleaseDecision | awaiting, released |
| all but released | AnswerVariation | stays |
| all | CorrectDecision, WithdrawVariation | stays |
| open, tabled, moved, awaiting | ProposeVariation, RecuseMember, WithdrawRecusal | stays |
| tabled, moved | NameItemChair | stays |
| tabled | RetableCase | stays |
| moved | CastVote, GiveCastingVote, PutMotion, WithdrawVote | stays |
| taken, signed | RecordDissent | stays |
| awaiting | SupplyEvidence | stays |

| Meeting | Command | Leads to |
| --- | --- | --- |
| (none) | ConveneMeeting | convened |
| convened | CancelMeeting | cancelled |
| convened | ChangeMembership, MoveMeeting, TableItem, TakeItemOff | stays |
| cancelled | nothing | |
"""
