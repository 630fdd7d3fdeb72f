"""What an operator sees of the platform: its log, its figures, whether it is ready, and what is wrong.

| File | What it is for |
| --- | --- |
| `logs.py` `redaction.py` | one line an event, and nothing personal in any of them |
"""
