from __future__ import annotations

import pytest

from qa_platform.scoring.rubric import RubricInvalid, content_hash
from qa_platform.standards.commands import PublishRubric
from qa_platform.standards.imports import RubricMisplaced, publication
from tests.scoring.small import SMALL


def test_a_text_becomes_the_command_that_publishes_it():
    assert publication(SMALL, standard_id="small", version="0.1.0") == PublishRubric(
        standard_id="small",
        version="0.1.0",
        text=SMALL,
        content_hash=content_hash(SMALL),
        title_en="Small standard",
        title_ms="Standard kecil",
    )


@pytest.mark.parametrize(("standard_id", "version"), [("nmcs", "0.1.0"), ("small", "0.2.0")])
def test_a_text_in_the_wrong_place_is_refused(standard_id, version):
    with pytest.raises(RubricMisplaced, match=r"it says that it is “small 0\.1\.0”"):
        publication(SMALL, standard_id=standard_id, version=version)


def test_a_text_with_faults_is_refused_by_the_name_of_its_file():
    with pytest.raises(RubricInvalid, match=r"“rubrics/small/0\.1\.0\.yaml” cannot be used .* one fault"):
        publication(SMALL.replace("weight: '5'", "weight: five"), standard_id="small", version="0.1.0")
    with pytest.raises(RubricInvalid, match=r"“mine\.yaml”"):
        publication("", standard_id="small", version="0.1.0", file="mine.yaml")
