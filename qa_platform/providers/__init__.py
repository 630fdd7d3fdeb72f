"""Providers: who they are, whether they are recognised, and until when.

A provider is an organisation; its chief executive and liaison officer are people, told by pseudonyms
and sealed. A provider has a standing, and beside it at most one application for recognition that is
under way: with the intake officer when submitted, with the provider when returned, with the register
officer when complete.

While an application is under way no RecogniseProvider goes beside it, and while a provider is suspended
none is granted. A refusal is reopened until a new application or a recognition. A submission needs its
provider recognised on the day of each lodging; what was lodged before goes on. What has ceased drafts
nothing new.

| Provider | Command | Leads to |
| --- | --- | --- |
| (none) | RegisterProvider | registered |
| all but (none), ceased | CeaseProvider | ceased |
| registered, expired | GrantApplication, RecogniseProvider | recognised |
| recognised, suspended | ExpireRecognition | expired |
| recognised | SuspendProvider | suspended |
| suspended | AnnulSuspension, ReinstateProvider | recognised |
| all but (none), ceased | ChangeDetails, NameContact | stays |
| recognised | RecogniseProvider | stays |
| recognised | WithdrawRecognition | stays, registered |
| ceased | nothing | |

| Application for recognition | Command | Leads to |
| --- | --- | --- |
| (none), refused, withdrawn, lapsed | ApplyForRecognition | submitted |
| submitted, returned, complete | CeaseProvider, WithdrawApplication | withdrawn |
| submitted | FindComplete | complete |
| submitted, complete | RequestInformation | returned |
| returned | LapseApplication | lapsed |
| returned | SupplyInformation | submitted |
| returned | WithdrawInformationRequest | submitted, complete |
| complete | GrantApplication | granted |
| complete | RefuseApplication | refused |
| granted | WithdrawRecognition | complete |
| refused | ReopenRefusal | complete |
"""
