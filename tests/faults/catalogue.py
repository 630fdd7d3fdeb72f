"""Every fault there is, in the order in which they are run and shown."""

from __future__ import annotations

from tests.faults.clocks import CLOCKS
from tests.faults.controls import CONTROLS
from tests.faults.cuts import CUTS
from tests.faults.disks import DISKS
from tests.faults.fault import Fault
from tests.faults.killed_import import IMPORT
from tests.faults.kills import KILLS
from tests.faults.pauses import PAUSES

FAULTS: tuple[Fault, ...] = (*KILLS, IMPORT, *CUTS, *DISKS, *CLOCKS, *PAUSES, *CONTROLS)


def named(name: str) -> Fault:
    """Return the fault of a name. Raises KeyError."""
    return {fault.name: fault for fault in FAULTS}[name]
