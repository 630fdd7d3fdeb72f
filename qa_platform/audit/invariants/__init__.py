"""What must always hold, and a check that finds where it does not.

`catalogue` lists all invariants, each of them beside its theme; `checking` asks and reads, `reading`
gives the log case by case, `keeping` keeps what a nightly check came to, `listing` writes the guide.

A new invariant is a function in the file of its theme, a line in that file's tuple, and a test that
plants its violation. Its name never changes: results of years are compared by it.
"""
