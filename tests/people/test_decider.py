from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.kernel.sealed import seal
from qa_platform.people.decider import (
    Account,
    AccountClosed,
    NothingToForget,
    OwnAdministration,
    PersonTaken,
    PersonUnknown,
    RoleNotGrantable,
    RoleNotHeld,
    RolesIncompatible,
    TokenUnacceptable,
    TokenUnknown,
    people_decider,
)
from qa_platform.people.events import PersonContactChanged
from tests.people.factories import (
    NOW,
    PERSON,
    ChangeContactFactory,
    DeactivatePersonFactory,
    DestroySubjectKeyFactory,
    GrantRoleFactory,
    IssueTokenFactory,
    PersonCentreRoleGrantedFactory,
    PersonCentreRoleWithdrawnFactory,
    PersonDeactivatedFactory,
    PersonRegisteredFactory,
    PersonRoleGrantedFactory,
    PersonRoleWithdrawnFactory,
    PersonTokenIssuedFactory,
    PersonTokenRevokedFactory,
    ReachFactory,
    RegisterPersonFactory,
    RevokeTokenFactory,
    SubjectKeyDestroyedFactory,
    WithdrawRoleFactory,
)
from tests.specification import Specification

anybody = Specification(people_decider)
aminah = anybody.given(PersonRegisteredFactory())
closed = aminah.given(PersonDeactivatedFactory())


def holding(role: Role, provider_id: str | None = None) -> Specification:
    return aminah.given(PersonRoleGrantedFactory(role=role, provider_id=provider_id))


def test_a_person_is_registered_under_a_pseudonym_with_all_that_is_personal_sealed():
    anybody.when(RegisterPersonFactory()).then(PersonRegisteredFactory())


def test_a_telephone_may_be_left_out():
    anybody.when(RegisterPersonFactory(telephone=None)).then(PersonRegisteredFactory(telephone=None))


def test_a_pseudonym_is_never_given_twice():
    aminah.when(RegisterPersonFactory()).then_rejected(PersonTaken, match="under a new one")


def test_an_erased_pseudonym_is_not_given_again():
    erased = anybody.given(SubjectKeyDestroyedFactory())
    erased.when(RegisterPersonFactory()).then_rejected(PersonTaken, match="was erased")


def test_a_change_of_contact_replaces_all_of_it():
    aminah.when(ChangeContactFactory()).then(
        PersonContactChanged(
            person_id=PERSON,
            name=seal(PERSON, "Aminah Salleh"),
            email=seal(PERSON, "aminah@example.net"),
            telephone=None,
        )
    )


def test_a_new_telephone_is_sealed_like_the_old():
    contact = {"person_id": PERSON, "name": seal(PERSON, "Aminah Salleh"), "email": seal(PERSON, "aminah@example.net")}
    changed = PersonContactChanged(**contact, telephone=seal(PERSON, "+60 3 8765 4321"))

    aminah.when(ChangeContactFactory(telephone="+60 3 8765 4321")).then(changed)
    assert aminah.given(changed).state == aminah.state


@pytest.mark.parametrize(
    "command",
    [
        ChangeContactFactory(),
        GrantRoleFactory(),
        WithdrawRoleFactory(),
        IssueTokenFactory(),
        RevokeTokenFactory(),
        DeactivatePersonFactory(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nothing_is_changed_about_somebody_who_has_no_account(command):
    anybody.when(command).then_rejected(PersonUnknown, match=f"“{PERSON}”. Register the person first")


@pytest.mark.parametrize(
    "command",
    [ChangeContactFactory(), GrantRoleFactory(), IssueTokenFactory()],
    ids=lambda command: type(command).__name__,
)
def test_a_closed_account_gains_nothing(command):
    closed.when(command).then_rejected(AccountClosed, match=f"“{PERSON}” is closed")


def test_a_role_is_granted():
    aminah.when(GrantRoleFactory()).then(PersonRoleGrantedFactory())


def test_a_role_that_is_held_is_not_granted_again():
    holding(Role.REVIEWER).when(GrantRoleFactory()).then_nothing()


def test_one_person_may_be_an_officer_of_two_providers():
    holding(Role.PROVIDER_OFFICER, "A").when(GrantRoleFactory(role=Role.PROVIDER_OFFICER, provider_id="B")).then(
        PersonRoleGrantedFactory(role=Role.PROVIDER_OFFICER, provider_id="B")
    )


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.SYSTEM])
def test_nobody_is_the_public_or_the_system(role):
    aminah.when(GrantRoleFactory(role=role)).then_rejected(RoleNotGrantable, match="not held by people")


@pytest.mark.parametrize("role", sorted(PROVIDER_ROLES))
def test_the_role_of_a_provider_needs_its_provider(role):
    aminah.when(GrantRoleFactory(role=role)).then_rejected(RoleNotGrantable, match="Name the provider")


def test_a_role_of_the_agency_is_for_no_provider():
    command = GrantRoleFactory(role=Role.AUDITOR, provider_id="A")
    aminah.when(command).then_rejected(RoleNotGrantable, match="Leave the provider out")


INCOMPATIBLE = [
    (Role.INTAKE_OFFICER, Role.REVIEWER),
    (Role.INTAKE_OFFICER, Role.LEAD_REVIEWER),
    (Role.REVIEWER, Role.COMMITTEE_MEMBER),
    (Role.LEAD_REVIEWER, Role.COMMITTEE_MEMBER),
    (Role.COMMITTEE_MEMBER, Role.APPEALS_MEMBER),
    (Role.AUDITOR, Role.REVIEWER),
    (Role.AUDITOR, Role.LEAD_REVIEWER),
    (Role.PROVIDER_OFFICER, Role.REVIEWER),
    (Role.ACCOUNTABLE_OFFICER, Role.ADMINISTRATOR),
]


@pytest.mark.parametrize(("one", "other"), INCOMPATIBLE + [(other, one) for one, other in INCOMPATIBLE])
def test_roles_that_judge_each_other_do_not_meet_in_one_person(one, other):
    held = holding(one, "A" if one in PROVIDER_ROLES else None)
    asked = GrantRoleFactory(role=other, provider_id="A" if other in PROVIDER_ROLES else None)
    held.when(asked).then_rejected(RolesIncompatible, match=f"{one.value.replace('_', ' ')}” first")


def test_a_role_is_granted_and_withdrawn_at_a_centre():
    at_centre = aminah.given(PersonCentreRoleGrantedFactory())
    granted = GrantRoleFactory(role=Role.REVIEWER, centre_id="centre-1")

    aminah.when(granted).then(PersonCentreRoleGrantedFactory())
    at_centre.when(granted).then_nothing()
    at_centre.when(WithdrawRoleFactory(role=Role.REVIEWER, centre_id="centre-1")).then(
        PersonCentreRoleWithdrawnFactory()
    )
    at_centre.when(WithdrawRoleFactory(role=Role.REVIEWER)).then_rejected(RoleNotHeld)
    at_centre.when(WithdrawRoleFactory(role=Role.REVIEWER, centre_id="centre-2")).then_rejected(
        RoleNotHeld, match="at the centre “centre-2”"
    )


def test_one_account_acts_for_one_house():
    at_centre = aminah.given(PersonCentreRoleGrantedFactory())

    at_centre.when(GrantRoleFactory(role=Role.LEAD_REVIEWER, centre_id="centre-1")).then(
        PersonCentreRoleGrantedFactory(role=Role.LEAD_REVIEWER)
    )
    for elsewhere in (None, "centre-2"):
        at_centre.when(GrantRoleFactory(role=Role.LEAD_REVIEWER, centre_id=elsewhere)).then_rejected(
            RolesIncompatible, match="one verification centre, or for the agency"
        )
    at_centre.given(PersonCentreRoleWithdrawnFactory()).when(GrantRoleFactory(role=Role.REVIEWER)).then(
        PersonRoleGrantedFactory()
    )


@pytest.mark.parametrize("role", [Role.REGISTER_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR, Role.APPEALS_MEMBER])
def test_register_audit_and_administration_stay_with_the_agency(role):
    aminah.when(GrantRoleFactory(role=role, centre_id="centre-1")).then_rejected(
        RoleNotGrantable, match="not held at a verification centre"
    )


def test_a_reviewer_may_also_lead():
    holding(Role.REVIEWER).when(GrantRoleFactory(role=Role.LEAD_REVIEWER)).then(
        PersonRoleGrantedFactory(role=Role.LEAD_REVIEWER)
    )


def test_a_withdrawn_role_makes_room_for_another():
    former = holding(Role.REVIEWER).given(PersonRoleWithdrawnFactory())
    command = GrantRoleFactory(role=Role.COMMITTEE_MEMBER)
    former.when(command).then(PersonRoleGrantedFactory(role=Role.COMMITTEE_MEMBER))


def test_a_role_is_withdrawn_with_its_reason_and_a_sealed_remark():
    holding(Role.REVIEWER).when(WithdrawRoleFactory(remark="asked for it by letter")).then(
        PersonRoleWithdrawnFactory(remark=seal(PERSON, "asked for it by letter"))
    )


def test_a_remark_on_a_role_at_a_centre_is_kept_and_sealed():
    at_centre = aminah.given(PersonCentreRoleGrantedFactory())

    at_centre.when(WithdrawRoleFactory(role=Role.REVIEWER, centre_id="centre-1", remark="left")).then(
        PersonCentreRoleWithdrawnFactory(remark=seal(PERSON, "left"))
    )


def test_a_role_is_withdrawn_from_a_closed_account_too():
    closed_reviewer = holding(Role.REVIEWER).given(PersonDeactivatedFactory())
    closed_reviewer.when(WithdrawRoleFactory()).then(PersonRoleWithdrawnFactory())


def test_a_role_that_is_not_held_cannot_be_withdrawn():
    aminah.when(WithdrawRoleFactory()).then_rejected(RoleNotHeld, match="does not hold it")


def test_a_role_is_withdrawn_for_the_provider_it_is_held_for():
    command = WithdrawRoleFactory(role=Role.PROVIDER_OFFICER, provider_id="B")
    holding(Role.PROVIDER_OFFICER, "A").when(command).then_rejected(RoleNotHeld, match="for the provider “B”")


def test_what_is_held_for_a_provider_is_held_for_that_one_alone():
    officer = holding(Role.PROVIDER_OFFICER, "A")
    left = {"role": Role.PROVIDER_OFFICER, "provider_id": "A", "remark": seal(PERSON, "left")}
    former = officer.given(PersonRoleWithdrawnFactory(**left))

    officer.when(GrantRoleFactory(role=Role.PROVIDER_OFFICER, provider_id="A")).then_nothing()
    officer.when(WithdrawRoleFactory(role=Role.PROVIDER_OFFICER, provider_id="A", remark="left")).then(
        PersonRoleWithdrawnFactory(**left)
    )
    former.when(WithdrawRoleFactory(role=Role.PROVIDER_OFFICER, provider_id="A")).then_rejected(RoleNotHeld)
    aminah.when(WithdrawRoleFactory()).then_rejected(RoleNotHeld, match="does not hold it[.]")


def test_no_administrator_withdraws_his_own_role():
    command = WithdrawRoleFactory(role=Role.ADMINISTRATOR, asked_by=PERSON)
    holding(Role.ADMINISTRATOR).when(command).then_rejected(OwnAdministration, match="Ask another administrator")


def test_an_administrator_may_give_up_another_role():
    both = holding(Role.ADMINISTRATOR).given(PersonRoleGrantedFactory(role=Role.REGISTER_OFFICER))
    both.when(WithdrawRoleFactory(role=Role.REGISTER_OFFICER, asked_by=PERSON)).then(
        PersonRoleWithdrawnFactory(role=Role.REGISTER_OFFICER)
    )


def test_a_token_is_issued_and_only_its_digest_kept():
    aminah.when(IssueTokenFactory()).then(PersonTokenIssuedFactory())


def test_scopes_and_roles_of_a_token_are_named_once_each():
    command = IssueTokenFactory(scopes=("write", "read", "write"), roles=(Role.REVIEWER, Role.REVIEWER))
    holding(Role.REVIEWER).when(command).then(
        PersonTokenIssuedFactory(scopes=("read", "write"), roles=(Role.REVIEWER,))
    )


def test_a_token_without_scopes_is_refused():
    aminah.when(IssueTokenFactory(scopes=())).then_rejected(TokenUnacceptable, match="Choose “read”")


def test_a_token_may_live_for_the_whole_of_a_year():
    year = NOW + timedelta(days=366)

    aminah.when(IssueTokenFactory(expires_at=year)).then(PersonTokenIssuedFactory(expires_at=year))


@pytest.mark.parametrize("life", [timedelta(0), timedelta(days=-1), timedelta(days=366, seconds=1)])
def test_a_token_lives_for_a_year_at_most(life):
    aminah.when(IssueTokenFactory(expires_at=NOW + life)).then_rejected(TokenUnacceptable, match="within 366 days")


def test_a_token_id_is_never_used_twice():
    aminah.given(PersonTokenIssuedFactory()).when(IssueTokenFactory()).then_rejected(TokenUnacceptable, match="its id")


def test_a_token_is_not_limited_to_a_role_that_nobody_granted():
    aminah.when(IssueTokenFactory(roles=(Role.REVIEWER,))).then_rejected(RoleNotHeld, match="Grant it first")


@pytest.mark.parametrize("roles", [(), (Role.REGISTER_OFFICER,), (Role.REGISTER_OFFICER, Role.COMMITTEE_SECRETARY)])
def test_a_token_cannot_make_one_that_opens_more(roles):
    both = holding(Role.REGISTER_OFFICER).given(PersonRoleGrantedFactory(role=Role.COMMITTEE_SECRETARY))
    command = IssueTokenFactory(roles=roles, within=ReachFactory(roles=(Role.COMMITTEE_SECRETARY,)))
    both.when(command).then_rejected(TokenUnacceptable, match="Limit it to “committee secretary”")


@pytest.mark.parametrize(
    ("reach", "words"),
    [({"scopes": ("read",)}, "more scopes"), ({"expires_at": NOW + timedelta(days=89)}, "last longer")],
    ids=["scopes", "expiry"],
)
def test_a_token_cannot_make_one_that_does_more_or_lasts_longer(reach, words):
    command = IssueTokenFactory(within=ReachFactory(**reach))
    holding(Role.REVIEWER).when(command).then_rejected(TokenUnacceptable, match=words)


def test_a_token_can_make_one_that_opens_as_much():
    command = IssueTokenFactory(within=ReachFactory())
    holding(Role.REVIEWER).when(command).then(PersonTokenIssuedFactory())


def test_a_token_is_revoked_once():
    issued = aminah.given(PersonTokenIssuedFactory())
    issued.when(RevokeTokenFactory()).then(PersonTokenRevokedFactory())
    issued.given(PersonTokenRevokedFactory()).when(RevokeTokenFactory(reason="other")).then_nothing()


def test_a_token_of_nobody_cannot_be_revoked():
    aminah.when(RevokeTokenFactory()).then_rejected(TokenUnknown, match="“token-1”")


def test_an_account_is_closed_once():
    aminah.when(DeactivatePersonFactory()).then(PersonDeactivatedFactory())
    closed.when(DeactivatePersonFactory()).then_nothing()


def test_the_remark_about_a_closed_account_is_sealed():
    aminah.when(DeactivatePersonFactory(remark="moved abroad")).then(
        PersonDeactivatedFactory(remark=seal(PERSON, "moved abroad"))
    )


def test_no_administrator_closes_his_own_account():
    command = DeactivatePersonFactory(asked_by=PERSON)
    holding(Role.ADMINISTRATOR).when(command).then_rejected(OwnAdministration, match="was not closed")


def test_anybody_else_may_close_his_own():
    holding(Role.REVIEWER).when(DeactivatePersonFactory(asked_by=PERSON)).then(PersonDeactivatedFactory())


def test_erasure_closes_the_account_too():
    aminah.when(DestroySubjectKeyFactory()).then(
        PersonDeactivatedFactory(reason="erased"), SubjectKeyDestroyedFactory()
    )


def test_people_who_have_no_account_are_erased_as_well():
    anybody.when(DestroySubjectKeyFactory()).then(SubjectKeyDestroyedFactory())


def test_erasing_again_changes_nothing():
    erased = closed.given(SubjectKeyDestroyedFactory())
    erased.when(DestroySubjectKeyFactory(fingerprints=())).then_nothing()


def test_what_was_sealed_after_an_erasure_can_be_erased_too():
    erased = closed.given(SubjectKeyDestroyedFactory())
    erased.when(DestroySubjectKeyFactory(fingerprints=("f3",))).then(SubjectKeyDestroyedFactory(fingerprints=("f3",)))


def test_there_must_be_something_to_erase():
    anybody.when(DestroySubjectKeyFactory(fingerprints=())).then_rejected(NothingToForget, match="Check the pseudonym")


GRANTS = st.lists(st.tuples(st.sampled_from(sorted(Role)), st.booleans()), max_size=12)


@given(GRANTS)
def test_no_sequence_of_grants_and_withdrawals_lets_incompatible_roles_meet(grants):
    account = people_decider.evolve(Account(), PersonRegisteredFactory())
    for role, granted in grants:
        provider_id = "A" if role in PROVIDER_ROLES else None
        ask = GrantRoleFactory if granted else WithdrawRoleFactory
        try:
            happened = people_decider.decide(ask(role=role, provider_id=provider_id), account)
        except Rejected:
            continue
        for event in happened:
            account = people_decider.evolve(account, event)
    for one, other in INCOMPATIBLE:
        assert not {one, other} <= account.roles


def test_the_stream_of_a_person_holds_the_end_of_his_keys():
    assert people_decider.stream(DestroySubjectKeyFactory()) == people_decider.stream(RegisterPersonFactory())
