"""What was done to many cases at once: which steps belong together, so that they can be taken back as one.

The steps themselves are events of their own rooms; here stands only that they were one act.

| Batch | Command | Leads to |
| --- | --- | --- |
| (none) | RecordBatch | done |
| done | TakeBackBatch | partly_taken_back |
| partly_taken_back | TakeBackBatch | stays, taken_back |
| taken_back | nothing | |
"""
