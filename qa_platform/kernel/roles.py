"""Who acts: roles and actors."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a person may be asked to do; the values are stored in events and never change."""

    PROVIDER_OFFICER = "provider_officer"
    ACCOUNTABLE_OFFICER = "accountable_officer"
    INTAKE_OFFICER = "intake_officer"
    REVIEWER = "reviewer"
    LEAD_REVIEWER = "lead_reviewer"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_SECRETARY = "committee_secretary"
    APPEALS_MEMBER = "appeals_member"
    REGISTER_OFFICER = "register_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"
    SYSTEM = "system"


PROVIDER_ROLES = frozenset({Role.PROVIDER_OFFICER, Role.ACCOUNTABLE_OFFICER})

# What a verification centre can run a case with; the register, audit and administration stay with the agency.
CENTRE_ROLES = frozenset(
    {
        *(Role.INTAKE_OFFICER, Role.REVIEWER, Role.LEAD_REVIEWER),
        *(Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY),
    }
)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone, or something, that acts: a pseudonym, and what it may do.

    `acting_as` is the role under which this very act is done; `name` is what events record.
    `centres` are those that he holds this role at: empty for the agency itself, which sees every case.
    """

    person_id: str
    roles: frozenset[Role]
    acting_as: Role
    providers: frozenset[str] = frozenset()
    centres: frozenset[str] = frozenset()
    simulated: bool = False

    @property
    def name(self) -> str:
        """Return what the ledger records: the role acted under and the pseudonym."""
        return f"{self.acting_as.value}:{self.person_id}"


def system(process: str) -> Actor:
    """Return the actor for a process of the platform itself."""
    return Actor(person_id=process, roles=frozenset({Role.SYSTEM}), acting_as=Role.SYSTEM)
