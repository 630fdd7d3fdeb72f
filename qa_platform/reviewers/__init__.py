"""Reviewers: what they know, whether they may be asked, and what ties them to providers.

A reviewer is a person with an account; here he is a pseudonym with expertise. He comes to it by
his own application, training and calibration, or, where the agency answers for him, registered
and declared eligible by it: then he is active without a calibration that could grow old.

| State             | Commands, and where they lead                                                  |
| ----------------- | ------------------------------------------------------------------------------ |
| unknown           | ApplyToReview: applied; RegisterReviewer: registered                           |
| applied           | FindEligible: eligible; RefuseReviewer: refused                             |
| refused           | ApplyToReview: applied                                                         |
| registered        | DeclareEligible: active; FindEligible: eligible; RecordTraining stays          |
| eligible          | RecordTraining: trained                                                        |
| trained           | ScoreBenchmark stays; ConcludeCalibration, when passed: calibrated             |
| calibrated        | ActivateReviewer: active; ScoreBenchmark, ConcludeCalibration stay             |
| active            | PauseReviewer: paused; SuspendReviewer: suspended; RaiseRecalibration, when    |
|                   | due: recalibration_due; ScoreBenchmark, ConcludeCalibration stay               |
| paused            | ResumeReviewer: active; SuspendReviewer: suspended; calibration as when active |
| recalibration_due | ConcludeCalibration, when passed: active; SuspendReviewer: suspended           |
| suspended         | ReinstateReviewer: active or recalibration_due                                 |
| any but unknown   | RetireReviewer: retired, for ever                                              |

Whoever is known and has not retired: ChangeExpertise, ChangeCompetences, ChangeLanguages,
DeclareUnavailable, WithdrawUnavailability, ChangeCap, DeclareInterest and RecordPost stay;
EndInterest and EndPost stay after that too, and so does RecordAgreement, which measures only.
RecordTraining stays from eligible on.

A benchmark: PublishBenchmark, once; RetireBenchmark.
"""
