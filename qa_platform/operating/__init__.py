"""What an operator sees of the platform: its log, its figures, whether it is ready, and what is wrong.

| File | What it is for |
| --- | --- |
| `logs.py` `redaction.py` | one line an event, and nothing personal in any of them |
| `watch.py` `metrics.py` `readiness.py` | one cheap look at the database, and what is made of it |
| `doctor/` | what is wrong with an installation, and what to do |
"""
