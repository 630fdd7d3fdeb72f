from __future__ import annotations

from pathlib import Path

import pytest

from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.commands import PublishRubric
from qa_platform.standards.imports import publication

RUBRIC = Path(__file__).parents[2] / "rubrics" / "nmcs" / "0.1.0.yaml"


@pytest.fixture(scope="session")
def standard() -> PublishRubric:
    return publication(RUBRIC.read_text(encoding="utf-8"), standard_id="nmcs", version="0.1.0")


@pytest.fixture(scope="session")
def rubric(standard) -> Rubric:
    return known_rubric(standard.text)
