"""Reviewers: what they know, whether they may be asked, and what ties them to providers.

A reviewer is a person with an account; here he is a pseudonym with expertise. He comes to it by
his own application, training and calibration, or, where the agency answers for him, registered
and declared eligible by it: then he is active without a calibration that could grow old. Whoever
retires does so for ever.

| Reviewer | Command | Leads to |
| --- | --- | --- |
| (none), refused | ApplyToReview | applied |
| (none) | RegisterReviewer | registered |
| registered | DeclareEligible | active |
| registered, applied | FindEligible | eligible |
| all but (none), retired | RetireReviewer | retired |
| applied | RefuseReviewer | refused |
| eligible | RecordTraining | trained |
| calibrated | ActivateReviewer | active |
| active | PauseReviewer | paused |
| active | RaiseRecalibration | recalibration_due |
| active, paused, recalibration_due | SuspendReviewer | suspended |
| paused | ResumeReviewer | active |
| suspended | ReinstateReviewer | active, recalibration_due |
| all but (none), retired | ChangeCap, ChangeCompetences, ChangeExpertise, ChangeLanguages, DeclareInterest | stays |
| all but (none), retired | DeclareUnavailable, RecordPost, WithdrawUnavailability | stays |
| all but (none) | EndInterest, EndPost, RecordAgreement | stays |
| registered, active, paused, recalibration_due, suspended | RecordTraining | stays |
| trained | ConcludeCalibration | stays, calibrated |
| trained, calibrated, active, paused, recalibration_due | ScoreBenchmark | stays |
| active | ConcludeCalibration | stays |
| paused | PauseReviewer | stays |

| Benchmark | Command | Leads to |
| --- | --- | --- |
| (none) | PublishBenchmark | published |
| published | RetireBenchmark | retired |
| retired | nothing | |
"""
