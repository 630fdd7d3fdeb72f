"""What an act on many cases must say, before any room is asked."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
import pytest

from qa_platform.bulk.schemas import AskSchema, DoSchema

OF_MEETING = {"act": "release_decisions", "meeting_id": "meeting-1"}
NAMED = {"act": "release_decisions", "items": [{"id": "case-1"}]}


def faults(schema: ma.Schema, body: dict[str, Any]) -> set[str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema.load(body)
    assert isinstance(caught.value.messages, dict)
    return set(caught.value.messages)


def test_a_release_names_a_meeting_or_cases_and_not_both():
    assert AskSchema().load(OF_MEETING)["items"] == []
    assert AskSchema().load(NAMED)["meeting_id"] is None
    assert faults(AskSchema(), {"act": "release_decisions"}) == {"items"}
    assert faults(AskSchema(), OF_MEETING | NAMED) == {"meeting_id"}


def test_no_other_act_is_done_to_what_a_meeting_decided():
    assert faults(AskSchema(), OF_MEETING | {"act": "release_letters"}) == {"meeting_id"}


def test_who_releases_all_of_a_meeting_says_how_many_were_shown():
    assert faults(DoSchema(), OF_MEETING) == {"number"}
    assert DoSchema().load(OF_MEETING | {"number": 0})["number"] == 0
    assert DoSchema().load(NAMED)["number"] is None
