from __future__ import annotations

from qa_platform.kernel.roles import Role
from qa_platform.people.events import PersonRoleGranted


def test_a_role_that_excludes_another_is_found(demo):
    event = demo.one("person.role_granted.v1", "record -> 'data' ->> 'role' = 'reviewer'")
    person = event.stream.removeprefix("person-")
    granted = PersonRoleGranted(person_id=person, role=Role.COMMITTEE_MEMBER, provider_id=None)
    version = demo.append(event.stream, granted)

    demo.finds("people.roles-apart", stream=event.stream, version=version)


def test_a_role_for_an_account_that_was_never_opened_is_found(demo):
    granted = PersonRoleGranted(person_id="nobody", role=Role.ADMINISTRATOR, provider_id=None)
    demo.append("person-nobody", granted)

    demo.finds("people.open-accounts-only", stream="person-nobody", version=1)


def test_an_erased_pseudonym_that_is_used_again_is_found(demo):
    event = demo.one("person.registered.v1")
    version = demo.again(event)

    demo.finds("people.open-accounts-only", stream=event.stream, version=version)
