"""Who may see what happened to a reviewer."""

from __future__ import annotations

from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, Audience, Relation, Visibility, of_roles


def himself(*hides: str) -> Visibility:
    """Return the audience of the reviewer whom an event is about."""
    return (Audience(role=Role.REVIEWER, relation=Relation.SELF, hides=hides),)


# Never the public, never a provider: who reviews is nobody's business outside the agency.
REVIEWERS: Visibility = (
    *of_roles(Role.AUDITOR, Role.ADMINISTRATOR, Role.COMMITTEE_SECRETARY, Role.LEAD_REVIEWER),
    *himself(),
)


def without(*hides: str) -> Visibility:
    """Return the audience of reviewers' matters in which only the agency's head and himself read some fields."""
    return (
        *of_roles(Role.AUDITOR, Role.ADMINISTRATOR),
        *of_roles(Role.COMMITTEE_SECRETARY, Role.LEAD_REVIEWER, hides=hides),
        *himself(),
    )


# How well somebody scores is between him and the agency, never his colleagues' to know.
CALIBRATIONS: Visibility = (*of_roles(Role.AUDITOR, Role.ADMINISTRATOR), *himself())
# A reference that is known to those who are measured by it measures nothing.
BENCHMARKS: Visibility = of_roles(Role.AUDITOR, Role.ADMINISTRATOR)
SCORED: Visibility = (*BENCHMARKS, *himself("reference"))
# Until a case is released, its moderated scores are for those who weigh them.
AGREEMENTS: Visibility = (*AUDITED, *of_roles(Role.ADMINISTRATOR, hides=("criteria",)), *himself("criteria"))
