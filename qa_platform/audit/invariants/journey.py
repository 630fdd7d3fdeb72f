"""The journey: what follows from an event has followed, once the journey has passed it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, Violation

# One statement each: whoever sees the bookmark beyond an event sees what was executed before it moved.
PASSED = """
FROM ledger.events e JOIN ledger.positions p ON p.id = e.id
JOIN operations.bookmarks b ON b.subscriber = 'journey' AND p.position < b.position
"""


def found_by(connection: Connection, statement: sa.TextClause, what: str) -> Found:
    """Give a violation for each event that a statement finds."""
    for row in connection.execute(statement):
        yield Violation(position=row.position, stream=row.stream, version=row.version, what=what)


def _panels(connection: Connection, _ground: Ground) -> Found:
    return found_by(connection, _WITHOUT_PANEL, "the submission was accepted, and has no panel")


_WITHOUT_PANEL = sa.text(rf"""
SELECT p.position, e.stream, e.version {PASSED}
WHERE e.stream LIKE 'submission-%' AND e.name = 'submission.accepted.v1'
  AND NOT EXISTS (SELECT FROM ledger.events o WHERE o.stream = 'panel-' || e.case_id AND o.name = 'panel.opened.v1')
  AND NOT EXISTS (SELECT FROM ledger.events w WHERE w.stream = e.stream AND w.name = 'submission.withdrawn.v1')
ORDER BY 1
""")


def _invitations(connection: Connection, _ground: Ground) -> Found:
    return found_by(connection, _UNINVITED, "the reviewer has a seat, and was never invited")


_UNINVITED = sa.text(rf"""
SELECT p.position, e.stream, e.version {PASSED}
WHERE e.stream LIKE 'panel-%' AND e.name = 'panel.reviewer_assigned.v1'
  AND NOT EXISTS (SELECT FROM ledger.events i WHERE i.version = 1 AND i.name = 'review.invited.v1'
                  AND i.stream = 'review-' || (e.record -> 'data' ->> 'review_id'))
ORDER BY 1
""")


def _grants(connection: Connection, _ground: Ground) -> Found:
    return found_by(connection, _UNREGISTERED, "the grant was released, and has no number in the register")


# A renewal or a change belongs to an entry that has its number.
_UNREGISTERED = sa.text(rf"""
SELECT p.position, e.stream, e.version {PASSED}
WHERE e.stream LIKE 'decision-%' AND e.name = 'decision.released.v1'
  AND EXISTS (SELECT FROM ledger.events t WHERE t.stream = e.stream AND t.name = 'decision.taken.v1'
              AND t.record -> 'data' ->> 'decision_id' = e.record -> 'data' ->> 'decision_id'
              AND t.record -> 'data' ->> 'valid_months' IS NOT NULL)
  AND EXISTS (SELECT FROM ledger.events d WHERE d.stream = 'submission-' || e.case_id AND d.version = 1
              AND d.record -> 'data' ->> 'prior_accreditation_id' IS NULL)
  AND NOT EXISTS (SELECT FROM ledger.events n WHERE n.case_id = e.case_id AND n.name = 'register_number.issued.v1')
ORDER BY 1
""")


def _entries(connection: Connection, _ground: Ground) -> Found:
    return found_by(connection, _UNOPENED, "the number was issued, and stands for no entry")


_UNOPENED = sa.text(rf"""
SELECT p.position, e.stream, e.version {PASSED}
WHERE e.stream LIKE 'register\_numbers-%' AND e.name = 'register_number.issued.v1'
  AND NOT EXISTS (SELECT FROM ledger.events o WHERE o.version = 1
                  AND o.stream = 'accreditation-' || (e.record -> 'data' ->> 'accreditation_id'))
  AND NOT EXISTS (SELECT FROM ledger.events c WHERE c.name = 'component.entered.v1'
                  AND c.stream = 'component-' || (e.record -> 'data' ->> 'accreditation_id'))
ORDER BY 1
""")


JOURNEY = (
    Invariant(
        "journey.accepted-have-panels",
        "Every accepted submission that was not withdrawn has a panel, once the journey has passed its acceptance.",
        Asked(_panels),
    ),
    Invariant(
        "journey.seated-are-invited",
        "Every reviewer with a seat was invited, once the journey has passed the assignment.",
        Asked(_invitations),
    ),
    Invariant(
        "journey.grants-have-numbers",
        "Every released grant has its number in the register, once the journey has passed the release.",
        Asked(_grants),
    ),
    Invariant(
        "journey.numbers-have-entries",
        "Every issued number stands for an entry, once the journey has passed its issue.",
        Asked(_entries),
    ),
)
