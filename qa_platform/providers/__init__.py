"""Providers: who they are, whether they are recognised, and until when.

A provider is an organisation; its chief executive and liaison officer are people, told by pseudonyms
and sealed. A provider has a standing, and beside it at most one application for recognition that is
under way.

| Standing   | Commands                                                                            |
| ---------- | ----------------------------------------------------------------------------------- |
| unknown    | RegisterProvider                                                                    |
| registered | ChangeDetails, NameContact, RecogniseProvider, ApplyForRecognition, CeaseProvider   |
| recognised | ChangeDetails, NameContact, RecogniseProvider (again), ApplyForRecognition (towards |
|            | the end), WithdrawRecognition, SuspendProvider, ExpireRecognition, CeaseProvider    |
| suspended  | ChangeDetails, NameContact, ReinstateProvider, AnnulSuspension, ExpireRecognition,  |
|            | CeaseProvider                                                                       |
| expired    | ChangeDetails, NameContact, RecogniseProvider, ApplyForRecognition, CeaseProvider   |
| ceased     | none: its history stays                                                             |

| Application | Held by          | Commands                                                             |
| ----------- | ---------------- | -------------------------------------------------------------------- |
| submitted   | intake officer   | RequestInformation, FindComplete, WithdrawApplication                |
| returned    | provider         | SupplyInformation, WithdrawInformationRequest, LapseApplication,     |
|             |                  | WithdrawApplication                                                  |
| complete    | register officer | GrantApplication, RefuseApplication, RequestInformation,             |
|             |                  | WithdrawApplication                                                  |
| granted     | nobody           | WithdrawRecognition (of the provider) makes it complete again        |
| refused     | nobody           | ReopenRefusal, until a new application or a recognition              |
| withdrawn   | nobody           | for ever; a fresh one can be made                                    |
| lapsed      | nobody           | for ever; a fresh one can be made                                    |

While an application is under way no RecogniseProvider goes beside it, and while a provider is suspended
none is granted. A submission needs its provider recognised on the day of each lodging; what was lodged
before goes on. What has ceased drafts nothing new.
"""
