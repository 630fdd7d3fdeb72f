"""Faults: the whole product under load while parts of it are killed, starved, cut off or set back.

| File | What it is for |
| --- | --- |
| `stack.py` `program.py` `postgres.py` | the product as an operator runs it: real processes, which can be struck |
| `wire.py` `journal.py` `load.py` `drafts.py` | clients that ask through HTTP and write down what they were told |
| `kills.py` `cuts.py` `disks.py` `clocks.py` `pauses.py` | what is done to it |
| `cut.py` `disk.py` `clock.py` `follower.py` | with what: a network, a disk, a clock, and one who is paused |
| `verdict.py` | afterwards: what was acknowledged against what is there |
| `__main__.py` | `make faults`: every fault at full size, and the table in docs/reliability.md |
"""
