"""Reviewers: what they know, whether they may be asked, and what ties them to providers.

A reviewer is a person with an account; here he is a pseudonym with expertise.

| State      | Commands                                                                        |
| ---------- | ------------------------------------------------------------------------------- |
| unknown    | RegisterReviewer                                                                |
| registered | ChangeExpertise, DeclareEligible, DeclareInterest, EndInterest                  |
| eligible   | ChangeExpertise, PauseReviewer, DeclareInterest, EndInterest                    |
| paused     | ChangeExpertise, ResumeReviewer, DeclareInterest, EndInterest                   |
"""
