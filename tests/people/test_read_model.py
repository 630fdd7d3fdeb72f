from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qa_platform.kernel.roles import Actor, Role
from qa_platform.people import read_model
from qa_platform.people.commands import DestroySubjectKey
from qa_platform.people.schemas import token_digest
from tests.people.factories import (
    DeactivatePersonFactory,
    DestroySubjectKeyFactory,
    RevokeTokenFactory,
    WithdrawRoleFactory,
)

ADMINISTRATOR = Actor(person_id="adm", roles=frozenset({Role.ADMINISTRATOR}), acting_as=Role.ADMINISTRATOR)


def bearer_of(office, visitor, *, later=timedelta(0)):
    with office.ledger.reading() as connection:
        digest = token_digest(visitor.token)
        return read_model.find_bearer(connection, digest, now=datetime.now(UTC) + later)


def test_a_row_shows_the_version_of_its_stream_whatever_happened_last(office):
    reviewer = office.invite(Role.REVIEWER)
    with office.ledger.reading() as connection:
        row = read_model.get_account(connection, reviewer.person_id, ADMINISTRATOR)
    assert row.version == office.ledger.read_stream(f"person-{reviewer.person_id}")[-1].version == 3


def test_an_account_is_shown_to_administrators_and_to_its_person_alone(office):
    reviewer = office.invite(Role.REVIEWER)

    def viewed_by(person_id, role):
        viewer = Actor(person_id=person_id, roles=frozenset({role}), acting_as=role)
        with office.ledger.reading() as connection:
            return read_model.get_account(connection, reviewer.person_id, viewer)

    assert viewed_by("somebody", Role.ADMINISTRATOR) is not None
    assert viewed_by(reviewer.person_id, Role.REVIEWER) is not None
    assert viewed_by("somebody", Role.AUDITOR) is None


def test_accounts_are_listed_by_role(office):
    reviewer, _ = office.invite(Role.REVIEWER), office.invite(Role.AUDITOR)
    with office.ledger.reading() as connection:
        found = read_model.list_accounts(connection, role=Role.REVIEWER)
        assert [row.person_id for row in found] == [reviewer.person_id]
        assert len(read_model.list_accounts(connection)) == 2


def test_a_living_token_speaks_for_its_person(office):
    officer = office.invite(Role.PROVIDER_OFFICER, provider_id="A")
    bearer = bearer_of(office, officer)
    assert bearer.person_id == officer.person_id
    assert bearer.held == (read_model.Held(Role.PROVIDER_OFFICER, "A"),)
    assert bearer.scopes == ("read", "write")


def test_a_token_opens_nothing_once_it_has_expired(office):
    visitor = office.invite(Role.REVIEWER)
    assert bearer_of(office, visitor, later=timedelta(days=29, hours=23)) is not None
    assert bearer_of(office, visitor, later=timedelta(days=30)) is None


@pytest.mark.parametrize("end", [DeactivatePersonFactory, DestroySubjectKeyFactory])
def test_a_token_opens_nothing_once_its_account_is_closed_or_erased(office, end):
    visitor = office.invite(Role.REVIEWER)
    command = end(subject=visitor.person_id) if end is DestroySubjectKeyFactory else end(person_id=visitor.person_id)
    office.ledger.execute(command, actor="administrator:a")
    assert bearer_of(office, visitor) is None


def test_a_revoked_token_opens_nothing_and_another_one_still_does(office):
    visitor = office.invite(Role.REVIEWER)
    other = office.hand_token(visitor.person_id)
    with office.ledger.reading() as connection:
        newest, oldest = read_model.list_tokens(connection, visitor.person_id)
    revoke = RevokeTokenFactory(person_id=visitor.person_id, token_id=oldest.token_id)
    office.ledger.execute(revoke, actor="administrator:a")
    assert newest.token_id != oldest.token_id
    assert bearer_of(office, visitor) is None
    assert bearer_of(office, other) is not None


def test_a_role_that_was_withdrawn_is_no_longer_spoken_for(office):
    visitor = office.invite(Role.REVIEWER, Role.LEAD_REVIEWER)
    office.ledger.execute(WithdrawRoleFactory(person_id=visitor.person_id), actor="administrator:a")
    assert [held.role for held in bearer_of(office, visitor).held] == [Role.LEAD_REVIEWER]


def test_who_never_had_an_account_has_none_after_an_erasure(office):
    gone: DestroySubjectKey = DestroySubjectKeyFactory(subject="instructor-1")
    office.ledger.execute(gone, actor="administrator:a")
    with office.ledger.reading() as connection:
        assert read_model.get_account(connection, "instructor-1", ADMINISTRATOR) is None


def test_what_was_erased_opens_as_forgotten(office):
    visitor = office.invite(Role.REVIEWER)
    subject = visitor.person_id
    office.ledger.execute(
        DestroySubjectKeyFactory(subject=subject),
        actor="administrator:a",
        also=lambda connection: office.ledger.keys.destroy(connection, subject),
    )
    with office.ledger.reading() as connection:
        row = read_model.get_account(connection, subject, ADMINISTRATOR)
    opened = office.ledger.open_rows([row])[0]
    assert str(opened.name.value) == "(erased)"
    assert (opened.active, opened.erased) == (False, True)
