"""Who should sit where: the panels of one case, or of a whole queue, as one cheapest flow.

Pure throughout: `network_of` says what to search, `read_flow` what the flow means. The search itself
is made at the edge, by `solving`.
"""

from qa_platform.panels.decider.allocation.costs import weigh
from qa_platform.panels.decider.allocation.fitting import barring, digest_of, in_order, obstacle
from qa_platform.panels.decider.allocation.network import Drawing, draw, lot
from qa_platform.panels.decider.allocation.reading import Allocation, read_flow
from qa_platform.panels.decider.allocation.wording import CODES, sentence

__all__ = [
    "CODES",
    "Allocation",
    "Drawing",
    "barring",
    "digest_of",
    "draw",
    "in_order",
    "lot",
    "obstacle",
    "read_flow",
    "sentence",
    "weigh",
]
