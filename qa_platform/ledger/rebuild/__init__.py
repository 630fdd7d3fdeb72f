"""Make read models anew beside the live ones: all in one pass over the log, resumable, in flat memory.

`building` folds pages of events into rows, of which it holds a bounded number; `beside` keeps
the rest in the tables being made, and how far each is; `following` is the pass; `finishing`
ends it for each table, `differing` compares it with the live one, `staleness` says what must
be made anew.

The end of each is one short transaction: it locks the live table, gives positions to all that
is committed, folds that too, and renames. A writer that was waiting for the table finds the
new one under the old name; a writer that had not yet reached it applies its own event to the
new table by itself.
"""

from qa_platform.ledger.rebuild.building import Pace
from qa_platform.ledger.rebuild.differing import Difference
from qa_platform.ledger.rebuild.finishing import ReadModelBusy, Report
from qa_platform.ledger.rebuild.following import Progress
from qa_platform.ledger.rebuild.running import rebuild, rebuild_all
from qa_platform.ledger.rebuild.staleness import ReadModelStale, rebuild_stale, refuse_stale, stale

__all__ = [
    "Difference",
    "Pace",
    "Progress",
    "ReadModelBusy",
    "ReadModelStale",
    "Report",
    "rebuild",
    "rebuild_all",
    "rebuild_stale",
    "refuse_stale",
    "stale",
]
