from __future__ import annotations

from decimal import Decimal

import marshmallow as ma
import pytest

from qa_platform.decisions.schemas import TakeDecisionSchema
from tests.decisions.factories import MEMBERS

BODY = {"code": "APP-V", "members": list(MEMBERS)}


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("credits_awarded", "1.54", "write 1.5,"),
        ("credits_awarded", 1.57, "write 1.6,"),
        ("hours_accepted", "39.4", "write 39,"),
    ],
)
def test_what_is_awarded_is_refused_rather_than_rounded(field, given, words):
    with pytest.raises(ma.ValidationError) as caught:
        TakeDecisionSchema().load({**BODY, field: given})

    (message,) = caught.value.normalized_messages()[field]
    assert words in message


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "1e999999999", "-1", "x", True])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ma.ValidationError):
        TakeDecisionSchema().load({**BODY, "credits_awarded": text})


def test_amounts_come_through_as_they_were_sent():
    loaded = TakeDecisionSchema().load({**BODY, "credits_awarded": "2.5", "hours_accepted": 100})

    assert (loaded["credits_awarded"], loaded["hours_accepted"]) == (Decimal("2.5"), Decimal(100))
