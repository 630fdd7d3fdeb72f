"""Benchmarks: the ledger measured against its peers, on one PostgreSQL, in one run.

`make bench` runs all of it and writes `results.md`; `README.md` says what each figure means.

| File | Question it answers |
| --- | --- |
| `cases/` | what is measured, against whom, and what should be reached? |
| `ours.py` `peer.py` `raw.py` | how does each competitor do the same work? |
| `dogs.py` | what is the toy domain that ours and the peer share? |
| `crew.py` | how do processes start together, and how is a rate taken? |
| `sequencing.py` | how does the sequencer run beside our writers, and rest while others are measured? |
| `server.py` `slow_flush.c` | which PostgreSQL is it, and what is a slow disk? |
| `filling.py` `demo.py` | how does a database come to hold a million events? |
| `results.py` `report.py` `machine.py` | where do figures go, and how are they shown? |
"""
