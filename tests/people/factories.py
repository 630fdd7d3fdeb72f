"""Commands and events of people, for what a test does not talk about."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import factory

from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import seal
from qa_platform.people import commands, events

PERSON = "person-1"
NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
DIGEST = hashlib.sha256(b"a token").hexdigest()


class RegisterPersonFactory(factory.Factory):
    class Meta:
        model = commands.RegisterPerson

    person_id = PERSON
    name = "Aminah binti Salleh"
    email = "aminah@example.org"
    telephone = "+60 3 1234 5678"
    simulated = False


class ChangeContactFactory(factory.Factory):
    class Meta:
        model = commands.ChangeContact

    person_id = PERSON
    name = "Aminah Salleh"
    email = "aminah@example.net"
    telephone = None


class GrantRoleFactory(factory.Factory):
    class Meta:
        model = commands.GrantRole

    person_id = PERSON
    role = Role.REVIEWER
    provider_id = None


class WithdrawRoleFactory(factory.Factory):
    class Meta:
        model = commands.WithdrawRole

    person_id = PERSON
    role = Role.REVIEWER
    reason = "term_ended"
    asked_by = "administrator-1"
    provider_id = None
    remark = None


class ReachFactory(factory.Factory):
    class Meta:
        model = commands.Reach

    roles = (Role.REVIEWER,)
    scopes = ("read", "write")
    expires_at = NOW + timedelta(days=90)


class IssueTokenFactory(factory.Factory):
    class Meta:
        model = commands.IssueToken

    person_id = PERSON
    token_id = "token-1"
    digest = DIGEST
    label = "the script that reports"
    scopes = ("read", "write")
    issued_at = NOW
    expires_at = NOW + timedelta(days=90)
    roles = ()
    within = None


class RevokeTokenFactory(factory.Factory):
    class Meta:
        model = commands.RevokeToken

    person_id = PERSON
    token_id = "token-1"
    reason = "lost"


class DeactivatePersonFactory(factory.Factory):
    class Meta:
        model = commands.DeactivatePerson

    person_id = PERSON
    reason = "left"
    asked_by = "administrator-1"
    remark = None


class DestroySubjectKeyFactory(factory.Factory):
    class Meta:
        model = commands.DestroySubjectKey

    subject = PERSON
    purpose = "all"
    fingerprints = ("f1", "f2")
    legal_basis = "retention_ended"
    reason = "Seven years have passed since the last decision"


class PersonRegisteredFactory(factory.Factory):
    class Meta:
        model = events.PersonRegistered

    person_id = PERSON
    name = factory.LazyAttribute(lambda o: seal(o.person_id, "Aminah binti Salleh"))
    email = factory.LazyAttribute(lambda o: seal(o.person_id, "aminah@example.org"))
    telephone = factory.LazyAttribute(lambda o: seal(o.person_id, "+60 3 1234 5678"))
    simulated = False


class PersonRoleGrantedFactory(factory.Factory):
    class Meta:
        model = events.PersonRoleGranted

    person_id = PERSON
    role = Role.REVIEWER
    provider_id = None


class PersonRoleWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.PersonRoleWithdrawn

    person_id = PERSON
    role = Role.REVIEWER
    provider_id = None
    reason = "term_ended"
    remark = None


class PersonCentreRoleGrantedFactory(factory.Factory):
    class Meta:
        model = events.PersonCentreRoleGranted

    person_id = PERSON
    role = Role.REVIEWER
    centre_id = "centre-1"


class PersonCentreRoleWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.PersonCentreRoleWithdrawn

    person_id = PERSON
    role = Role.REVIEWER
    centre_id = "centre-1"
    reason = "term_ended"
    remark = None


class PersonTokenIssuedFactory(factory.Factory):
    class Meta:
        model = events.PersonTokenIssued

    person_id = PERSON
    token_id = "token-1"
    digest = DIGEST
    label = factory.LazyAttribute(lambda o: seal(o.person_id, "the script that reports"))
    scopes = ("read", "write")
    roles = ()
    expires_at = NOW + timedelta(days=90)


class PersonTokenRevokedFactory(factory.Factory):
    class Meta:
        model = events.PersonTokenRevoked

    person_id = PERSON
    token_id = "token-1"
    reason = "lost"


class PersonDeactivatedFactory(factory.Factory):
    class Meta:
        model = events.PersonDeactivated

    person_id = PERSON
    reason = "left"
    remark = None


class SubjectKeyDestroyedFactory(factory.Factory):
    class Meta:
        model = events.SubjectKeyDestroyed

    subject = PERSON
    purpose = "all"
    fingerprints = ("f1", "f2")
    legal_basis = "retention_ended"
    reason = "Seven years have passed since the last decision"
