"""What people are told: a notice for each person and event, its way out, and what he has been told before.

A notice holds no text and no name: its wording is made from its kind, the version of the wording
and its facts whenever it is read or sent, in its reader's language. One that waits is read by somebody
before it goes out. What a person wishes of notices may change at any time.

| Notice | Command | Leads to |
| --- | --- | --- |
| (none) | ComposeNotice | waiting, told |
| waiting | HoldNotice | held |
| waiting | ReleaseNotice | told |
| told | ReadNotice, RecordMailed | stays |
| held | nothing | |

| Wishes | Command | Leads to |
| --- | --- | --- |
| (none) | SetPreferences | set |
| set | SetPreferences | stays |
"""
