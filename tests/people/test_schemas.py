from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import FORGOTTEN, Sealed, seal
from qa_platform.people.schemas import (
    AccountSchema,
    ContactSchema,
    GrantRoleSchema,
    IssueTokenSchema,
    new_token,
    role_named,
    token_digest,
)

CONTACT = {"name": "Aminah", "email": "aminah@example.org"}


def test_a_token_is_recognisable_and_known_by_its_digest():
    token = new_token()

    assert token.startswith("qa_")
    assert len(token) == 52
    assert token_digest(token) == hashlib.sha256(token.encode()).hexdigest()


def test_no_two_tokens_are_alike():
    assert len({new_token() for _ in range(200)}) == 200


@given(st.integers(0, 51), st.characters())
def test_one_wrong_character_is_noticed_without_asking_anybody(place, character):
    token = new_token()
    mistyped = token[:place] + character + token[place + 1 :]
    assert (token_digest(mistyped) is None) == (mistyped != token)


@pytest.mark.parametrize(
    "text",
    ["", "qa_", "Bearer", new_token()[:-1], new_token() + "0", new_token() + "\n"],
    ids=["empty", "prefix", "scheme", "cut off", "too long", "with a line end"],  # alike in every worker
)
def test_what_is_no_token_has_no_digest(text):
    assert token_digest(text) is None


def test_a_contact_is_taken_without_blanks_around_it_and_with_its_domain_in_small_letters():
    loaded = ContactSchema().load(
        {"name": "  Aminah ", "email": " Aminah.S@Example.ORG ", "telephone": "+60 3-1234 5678"}
    )
    assert loaded == {"name": "Aminah", "email": "Aminah.S@example.org", "telephone": "+60 3-1234 5678"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "   "),
        ("name", "a" * 201),
        ("name", None),
        ("email", "aminah"),
        ("email", "aminah@"),
        ("email", "a@b@c"),
        ("email", f"{'a' * 250}@example.org"),
        ("telephone", "call me"),
        ("telephone", "123"),
    ],
)
def test_a_contact_that_reaches_nobody_is_refused(field, value):
    with pytest.raises(ma.ValidationError) as caught:
        ContactSchema().load(CONTACT | {field: value})
    assert list(caught.value.messages) == [field]


def test_an_expiry_is_an_instant_in_utc():
    wanted = {"label": "report", "scopes": ["read"], "expires_at": "2026-12-01T08:00:00+08:00"}
    loaded = IssueTokenSchema().load(wanted)
    assert loaded == {
        "label": "report",
        "scopes": ["read"],
        "roles": [],
        "expires_at": datetime(2026, 12, 1, tzinfo=UTC),
    }
    assert loaded["expires_at"].tzinfo is UTC


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("expires_at", "2026-12-01T08:00:00"),
        ("expires_at", "9999-12-31T23:59:59-01:00"),
        ("expires_at", "0001-01-01T00:00:00+01:00"),
        ("scopes", []),
        ("scopes", ["admin"]),
        ("roles", ["emperor"]),
    ],
)
def test_a_token_that_nobody_could_issue_is_refused(field, value):
    wanted = {"label": "report", "scopes": ["read"], "expires_at": "2026-12-01T08:00:00Z"}
    with pytest.raises(ma.ValidationError) as caught:
        IssueTokenSchema().load(wanted | {field: value})
    assert list(caught.value.messages) == [field]


def test_a_role_of_the_agency_may_be_granted_with_nothing_said():
    assert GrantRoleSchema().load({}) == {}


def test_a_role_in_an_address_is_one_that_people_hold():
    assert role_named("auditor") is Role.AUDITOR
    for name in ("public", "system", "emperor", ""):
        with pytest.raises(Missing):
            role_named(name)


def test_what_was_erased_is_shown_as_nothing():
    shown = AccountSchema().dump({"name": Sealed(subject="p", value=FORGOTTEN), "email": seal("p", "a@b.org")})
    assert shown == {"name": None, "email": "a@b.org"}
