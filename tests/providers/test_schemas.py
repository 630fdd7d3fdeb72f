from __future__ import annotations

import marshmallow as ma
import pytest

from qa_platform.providers.schemas import CessationSchema, ProviderChangeSchema, ProviderDetailsSchema, SuspensionSchema


def test_a_name_is_enough():
    assert ProviderDetailsSchema().load({"legal_name": " Kolej Contoh "}) == {"legal_name": "Kolej Contoh"}


def test_a_change_names_only_what_changes():
    assert ProviderChangeSchema().load({"website": None}) == {"website": None}
    with pytest.raises(ma.ValidationError):
        ProviderChangeSchema().load({"legal_name": None})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legal_name", ""),
        ("legal_name", "   "),
        ("legal_name", "a" * 301),
        ("legal_name", "Kolej Siti siti@example.org"),
        ("kind", "club"),
        ("country", "my"),
        ("country", "MYS"),
        ("established_on", "1 May 2001"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org"),
        ("scope_of_business", "Call 012-345 6789"),
        ("status", "recognised"),
    ],
)
def test_what_a_provider_cannot_be_is_refused(field, value):
    with pytest.raises(ma.ValidationError) as caught:
        ProviderDetailsSchema().load({"legal_name": "Kolej Contoh"} | {field: value})
    assert list(caught.value.messages) == [field]


def test_a_reason_for_everybody_holds_nothing_about_a_person():
    with pytest.raises(ma.ValidationError, match=r"“siti@example\.org”"):
        SuspensionSchema().load({"reason": "siti@example.org did not answer"})


def test_who_ceases_names_a_custodian():
    with pytest.raises(ma.ValidationError) as caught:
        CessationSchema().load({"ceased_on": "2027-12-31", "reason": "Merged"})
    assert list(caught.value.messages) == ["custodian"]
