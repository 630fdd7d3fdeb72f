"""Providers: who they are, whether they are recognised, and until when.

A provider is an organisation; its chief executive and liaison officers are people with accounts.

| State      | Commands                                                                    |
| ---------- | --------------------------------------------------------------------------- |
| unknown    | RegisterProvider                                                            |
| registered | ChangeDetails, RecogniseProvider, CeaseProvider                             |
| recognised | ChangeDetails, RecogniseProvider (again), SuspendProvider, CeaseProvider    |
| suspended  | ChangeDetails, ReinstateProvider, CeaseProvider                             |
| ceased     | none: its history stays                                                     |
"""
