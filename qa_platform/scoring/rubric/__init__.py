"""A rubric: the criteria of a standard, read from its text with faults named line by line.

`parse_rubric` is for a text that may be wrong; `known_rubric` for one that was published, and so
has been read before. `content_hash` names the exact text.
"""

from qa_platform.scoring.rubric.parsing import content_hash, known_rubric, parse_rubric
from qa_platform.scoring.rubric.source import RubricInvalid
from qa_platform.scoring.rubric.structure import (
    Area,
    Band,
    Bands,
    Change,
    Criterion,
    Level,
    Moderation,
    Rubric,
    Source,
    Text,
)

__all__ = [
    "Area",
    "Band",
    "Bands",
    "Change",
    "Criterion",
    "Level",
    "Moderation",
    "Rubric",
    "RubricInvalid",
    "Source",
    "Text",
    "content_hash",
    "known_rubric",
    "parse_rubric",
]
