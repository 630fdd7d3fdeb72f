"""The list of invariants as a guide: `python -m qa_platform.audit.invariants.listing > docs/checks.md`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

from qa_platform.audit.invariants.invariant import Invariant

_THEMES = {
    "log": "The one order",
    "streams": "Streams and cases",
    "records": "Records",
    "guards": "What keeps history from being changed",
    "subscribers": "Who follows the ledger",
    "answers": "Answers kept under idempotency keys",
    "personal": "Personal data",
    "tables": "Read models",
    "register": "The register",
    "standards": "The standard",
    "providers": "Providers",
    "submissions": "Submissions",
    "components": "Components",
    "reviewers": "Reviewers",
    "reviews": "Reviews",
    "queries": "Questions to the provider",
    "proposals": "Proposals of reviewers",
    "panels": "Panels",
    "reports": "Reports",
    "decisions": "Decisions",
    "centres": "Verification centres",
    "conditions": "Conditions",
    "journey": "The journey",
    "people": "Accounts",
    "notices": "Notices",
}

_HEAD = """# What must always hold

`qa check` looks for violations of {count} invariants, and names the place of each: position, stream and
version, or the key of a row, and never a person. The exit code is 0 where all hold, 1 where one is
violated, and 2 where something could not be checked.

```
qa check                                all of them
qa check --only log --only records      some, by name or by theme
qa check --json                         for a script, with the time that each took
qa check --last                         what the worker found last night
```

The platform goes on working meanwhile. The head of the ledger is taken first, and every event up to it
is looked at; what is recorded later is the next check's, and what has no position yet is counted and
told. Nothing is held open: every question and every page of events is a short transaction of its own.
Two comparisons do a little more than read: `tables.equal-a-rebuild` gives positions to what waits for
one and locks each read model for the moment of its comparison.

The worker checks everything once a night, between two and five o'clock of the agency's time, and keeps
the result: `qa check --last`, or `GET /api/v1/audit/checks` for auditors and administrators.

A violation is never repaired by hand in the tables: what happened is history, and so is its repair.
`tables.*` is put right by `qa rebuild`; before anything else, keep a copy of the database as it is.
"""


def as_markdown(invariants: Sequence[Invariant]) -> str:
    """Return the guide: every invariant by theme, with its sentence."""
    by_theme = sorted(invariants, key=lambda one: list(_THEMES).index(one.theme))
    parts = [_HEAD.format(count=len(invariants))]
    for theme, those in groupby(by_theme, key=lambda one: one.theme):
        rows = "".join(f"| `{one.name}` | {one.holds} |\n" for one in those)
        parts.append(f"\n## {_THEMES[theme]}\n\n| Name | What must hold, and why |\n| --- | --- |\n{rows}")
    return "".join(parts)


if __name__ == "__main__":
    from qa_platform.audit.invariants.catalogue import INVARIANTS

    sys.stdout.write(as_markdown(INVARIANTS))
