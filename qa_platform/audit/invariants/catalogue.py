"""All invariants, in the order in which they are told: the log first, what people decided last."""

from __future__ import annotations

from qa_platform.audit.invariants.centres import CENTRES
from qa_platform.audit.invariants.committee import COMMITTEE
from qa_platform.audit.invariants.components import COMPONENTS
from qa_platform.audit.invariants.conditions import CONDITIONS
from qa_platform.audit.invariants.decisions import DECISIONS
from qa_platform.audit.invariants.guards import GUARDS
from qa_platform.audit.invariants.invariant import Invariant
from qa_platform.audit.invariants.journey import JOURNEY
from qa_platform.audit.invariants.log import LOG
from qa_platform.audit.invariants.notices import NOTICES
from qa_platform.audit.invariants.operations import OPERATIONS
from qa_platform.audit.invariants.panels import PANELS
from qa_platform.audit.invariants.people import PEOPLE
from qa_platform.audit.invariants.personal import PERSONAL
from qa_platform.audit.invariants.proposals import PROPOSALS
from qa_platform.audit.invariants.providers import PROVIDERS
from qa_platform.audit.invariants.queries import QUERIES
from qa_platform.audit.invariants.records import RECORDS
from qa_platform.audit.invariants.register import REGISTER
from qa_platform.audit.invariants.reports import REPORTS
from qa_platform.audit.invariants.reviewers import REVIEWERS
from qa_platform.audit.invariants.reviews import REVIEWS
from qa_platform.audit.invariants.standards import STANDARDS
from qa_platform.audit.invariants.streams import STREAMS
from qa_platform.audit.invariants.submissions import SUBMISSIONS
from qa_platform.audit.invariants.tables import TABLES

INVARIANTS: tuple[Invariant, ...] = (
    *LOG,
    *STREAMS,
    *RECORDS,
    *GUARDS,
    *OPERATIONS,
    *PERSONAL,
    *TABLES,
    *STANDARDS,
    *PROVIDERS,
    *SUBMISSIONS,
    *COMPONENTS,
    *REVIEWERS,
    *REVIEWS,
    *QUERIES,
    *PROPOSALS,
    *PANELS,
    *REPORTS,
    *DECISIONS,
    *COMMITTEE,
    *CENTRES,
    *REGISTER,
    *CONDITIONS,
    *JOURNEY,
    *PEOPLE,
    *NOTICES,
)
