"""The rules about roles: who may not be the same person, and who may not shut himself out."""

from __future__ import annotations

from collections.abc import Iterable

from qa_platform.kernel.roles import CENTRE_ROLES, PROVIDER_ROLES, Role
from qa_platform.people.commands import GrantRole, WithdrawRole
from qa_platform.people.decider.account import Account, Held, require_known, require_open, sealed, words
from qa_platform.people.decider.refusals import OwnAdministration, RoleNotGrantable, RoleNotHeld, RolesIncompatible
from qa_platform.people.events import (
    PeopleEvent,
    PersonCentreRoleGranted,
    PersonCentreRoleWithdrawn,
    PersonRoleGranted,
    PersonRoleWithdrawn,
)

_SCORING = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})

# Who may not be the same person: the intake officer does not score, the reviewer does not decide,
# nobody from the decision sits on the appeal, and the auditor, who sees every score, gives none.
_SEPARATED: tuple[tuple[frozenset[Role], frozenset[Role]], ...] = (
    (frozenset({Role.INTAKE_OFFICER}), _SCORING),
    (_SCORING, frozenset({Role.COMMITTEE_MEMBER})),
    (frozenset({Role.COMMITTEE_MEMBER}), frozenset({Role.APPEALS_MEMBER})),
    (frozenset({Role.AUDITOR}), _SCORING),
    (PROVIDER_ROLES, frozenset(Role) - PROVIDER_ROLES),
)


def grant(command: GrantRole, account: Account) -> list[PeopleEvent]:
    """Return the role that is granted; raise what keeps it from this person."""
    require_open(command.person_id, account)
    _require_grantable(command)
    _require_compatible(command.role, account.roles)
    _require_one_house(command, account)

    if Held(command.role, command.provider_id, command.centre_id) in account.held:
        return []
    if command.centre_id is not None:
        return [PersonCentreRoleGranted(person_id=command.person_id, role=command.role, centre_id=command.centre_id)]
    return [PersonRoleGranted(person_id=command.person_id, role=command.role, provider_id=command.provider_id)]


def withdraw(command: WithdrawRole, account: Account) -> list[PeopleEvent]:
    """Return the role that is withdrawn; raise RoleNotHeld or OwnAdministration."""
    require_known(command.person_id, account)
    if Held(command.role, command.provider_id, command.centre_id) not in account.held:
        raise RoleNotHeld(
            f"The role “{words(command.role)}” was not withdrawn: this person does not hold it{_for(command)}. "
            "Look at the roles of the account."
        )
    if command.role is Role.ADMINISTRATOR and command.asked_by == command.person_id:
        raise OwnAdministration(
            "Your role “administrator” was not withdrawn: nobody withdraws his own, so that one is always left. "
            "Ask another administrator."
        )

    remark = sealed(command.person_id, command.remark)
    if command.centre_id is not None:
        return [
            PersonCentreRoleWithdrawn(
                person_id=command.person_id,
                role=command.role,
                centre_id=command.centre_id,
                reason=command.reason,
                remark=remark,
            )
        ]
    return [
        PersonRoleWithdrawn(
            person_id=command.person_id,
            role=command.role,
            provider_id=command.provider_id,
            reason=command.reason,
            remark=remark,
        )
    ]


def _require_grantable(command: GrantRole) -> None:
    if command.role in (Role.PUBLIC, Role.SYSTEM):
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is not held by people. Choose another."
        )
    if command.role in PROVIDER_ROLES and command.provider_id is None:
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is held for one provider. Name the provider."
        )
    if command.role not in PROVIDER_ROLES and command.provider_id is not None:
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is held for the agency, not for a provider. "
            "Leave the provider out."
        )
    if command.centre_id is not None and command.role not in CENTRE_ROLES:
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is not held at a verification centre. "
            "Leave the centre out, or choose another role."
        )


def _require_one_house(command: GrantRole, account: Account) -> None:
    # Otherwise what somebody may see in one house would open the cases of another to him.
    if any(held.centre_id != command.centre_id for held in account.held):
        raise RolesIncompatible(
            "The role was not granted: one account acts for one verification centre, or for the agency, and this one "
            "acts elsewhere. Withdraw its roles there first, or register the person anew."
        )


def _require_compatible(role: Role, held: Iterable[Role]) -> None:
    for other in sorted(held):
        if any((role in one and other in two) or (role in two and other in one) for one, two in _SEPARATED):
            raise RolesIncompatible(
                f"The role was not granted: one person may not be both “{words(role)}” and “{words(other)}”. "
                f"Withdraw “{words(other)}” first, or choose another person."
            )


def _for(command: WithdrawRole) -> str:
    if command.centre_id is not None:
        return f" at the centre “{command.centre_id}”"
    return "" if command.provider_id is None else f" for the provider “{command.provider_id}”"
