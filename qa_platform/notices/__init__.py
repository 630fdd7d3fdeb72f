"""What people are told: a notice for each person and event, its way out, and what he has been told before.

A notice holds no text and no name: its wording is made from its kind, the version of the wording
and its facts whenever it is read or sent, in its reader's language.

| State   | Commands                                                                       |
| ------- | ------------------------------------------------------------------------------ |
| unknown | ComposeNotice                                                                  |
| waiting | ReleaseNotice, HoldNotice: somebody reads it before it goes out                 |
| told    | RecordMailed, ReadNotice                                                       |
| held    | for ever                                                                       |

What a person wants of notices (SetPreferences) is a stream of its own, and may change at any time.
"""
