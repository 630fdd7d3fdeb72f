"""Who may see what happens to a provider."""

from __future__ import annotations

from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import Audience, Visibility, of_provider, of_roles

_AGENCY: Visibility = of_roles(
    *(Role.AUDITOR, Role.ADMINISTRATOR, Role.REGISTER_OFFICER, Role.INTAKE_OFFICER),
    *(Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY, Role.REVIEWER, Role.LEAD_REVIEWER, Role.APPEALS_MEMBER),
)
EVERYBODY: Visibility = (*_AGENCY, *of_provider(), Audience(role=Role.PUBLIC))
# Everybody may know that it happened; why is between the agency and the provider.
REASON_WITHIN: Visibility = (*_AGENCY, *of_provider(), Audience(role=Role.PUBLIC, hides=("reason",)))
# Who asked to be recognised, and was not, is nobody's business but the provider's and theirs who see to it.
APPLICATION: Visibility = (
    *of_roles(Role.AUDITOR, Role.ADMINISTRATOR, Role.REGISTER_OFFICER, Role.INTAKE_OFFICER),
    *of_provider(),
)
