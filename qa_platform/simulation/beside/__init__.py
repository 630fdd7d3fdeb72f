"""What goes on beside the cases: people and houses that come, change and go, and what was done in error.

Everybody here is there for this alone, so that no case waits for anybody who leaves.

| File | Question it answers |
| --- | --- |
| `scene.py` | what does every story here rest on? |
| `providers.py` | who is not recognised, or not any more? |
| `centres.py` | how does a verification centre come and go? |
| `reviewers.py` | what changes in the life of a reviewer? |
| `intake.py` | what is done to many cases at once, and taken back? |
| `units.py` | which units are not listed, or not any more? |
| `accounts.py` | what becomes of the account of somebody who leaves? |
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qa_platform.simulation.beside.accounts import leaving
from qa_platform.simulation.beside.centres import third_centre
from qa_platform.simulation.beside.intake import at_the_desk
from qa_platform.simulation.beside.providers import unrecognised
from qa_platform.simulation.beside.reviewers import reviewing_lives
from qa_platform.simulation.beside.units import unlisted_units

if TYPE_CHECKING:
    from qa_platform.simulation.acts import Act
    from qa_platform.simulation.beside.scene import Scene


def beside_the_cases(scene: Scene) -> Iterator[Iterator[Act]]:
    """Give each story that goes on beside the cases."""
    yield leaving(scene)
    yield from unrecognised(scene)
    yield third_centre(scene)
    yield from reviewing_lives(scene)
    yield unlisted_units(scene)
    yield at_the_desk(scene)
