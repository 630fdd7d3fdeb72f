"""Who may know what of a panel: the audiences that its events share."""

from __future__ import annotations

from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, SCORING_CLOSED, Audience, Relation, Visibility, of_roles

_LEAD: Visibility = (Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD),)

# Who runs the panel may know who sits on it; the committee is told with the scores.
RUNNING: Visibility = (
    *AUDITED,
    *of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER),
    *_LEAD,
)
# A seat is its holder's business: nobody learns from the history who sits beside him.
SEATED: Visibility = (*RUNNING, Audience(role=Role.REVIEWER, relation=Relation.SELF))
WEIGHING: Visibility = (
    *AUDITED,
    *of_roles(Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER),
    *_LEAD,
)
# Reviewers who have locked their own sheet; a third one who still scores is not among them.
COMPARING: Visibility = (
    *WEIGHING,
    Audience(role=Role.REVIEWER, relation=Relation.LOCKED, after=SCORING_CLOSED),
)
ANSWERING: Visibility = (*WEIGHING, Audience(role=Role.REVIEWER, relation=Relation.SELF))
