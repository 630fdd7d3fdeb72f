"""One step for many cases: shown first with what keeps which case out, done as one, and taken back as one.

A step is decided by its own room, for each case as if it were asked alone; the whole is one
transaction, so that all of what was shown happens, or nothing of it.
"""
