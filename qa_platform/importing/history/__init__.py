"""A history that other agencies published: read, checked, imported, and compared with their own records.

| File | What it knows |
| --- | --- |
| `files` | a folder -> the sheets of its two files, packed or not, and the digest of each |
| `findings` | what can be wrong with a row or a cell, by topic, file and line |
| `actions` | the sheet of actions -> commands, in the order of each case; repeated and unreadable rows |
| `records` | the sheet of records -> how each case stands by them; dates that cannot be |
| `run` | commands -> the ledger, in batches; taken up again after a kill |
| `comparison` | folded statuses beside the records: agreements, and disagreements by reason; pure |
| `report` | what a person is told, and what a script |
"""
