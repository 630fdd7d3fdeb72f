"""A rubric's text becomes the command that publishes it; reading the file is for who calls."""

from __future__ import annotations

from qa_platform.kernel.rejected import Rejected
from qa_platform.scoring.rubric import content_hash, parse_rubric
from qa_platform.standards.commands import PublishRubric


class RubricMisplaced(Rejected):
    """The text says that it is another standard, or another version, than its place does."""


def file_name(standard_id: str, version: str) -> str:
    """Return where the file of a version lies, below the folder of the rubrics."""
    return f"rubrics/{standard_id}/{version}.yaml"


def publication(text: str, *, standard_id: str, version: str, file: str | None = None) -> PublishRubric:
    """Return the command that publishes a text at its place.

    Raises RubricInvalid with all that is wrong with the text, and RubricMisplaced when it names
    another standard or version than its place does.
    """
    file = file or file_name(standard_id, version)
    rubric = parse_rubric(text, file)
    if (rubric.standard_id, rubric.version) != (standard_id, version):
        raise RubricMisplaced(
            f"“{file}” was not published: it says that it is “{rubric.standard_id} {rubric.version}”, but its place is "
            f"that of “{standard_id} {version}”. Correct the one or the other."
        )

    return PublishRubric(
        standard_id=standard_id,
        version=version,
        text=text,
        content_hash=content_hash(text),
        title_en=rubric.title.en,
        title_ms=rubric.title.ms,
    )
