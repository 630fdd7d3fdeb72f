"""Read models: made by this code, and no more and no less than the events say."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, Violation
from qa_platform.ledger.rebuild import rebuild_all, stale


def _current(_connection: Connection, ground: Ground) -> Found:
    for projection in stale(ground.ledger):
        yield Violation(row=projection.name, what="the read model is absent, or was made by other code than this")


def _equal(_connection: Connection, ground: Ground) -> Found:
    # What other code made differs by right; the invariant above says so.
    outdated = {projection.name for projection in stale(ground.ledger)}
    current = [one for one in ground.ledger.projections if one.name not in outdated]
    for report in rebuild_all(ground.ledger, current, check=True, progress=ground.progress):
        for one in report.differences:
            way = "is missing" if one.live is None else "comes from no event" if one.rebuilt is None else "is another"
            yield Violation(row=f"{report.name} {one.key}", what=f"beside what the events say, the row {way}")
        for _ in range(report.differing - len(report.differences)):
            yield Violation(row=report.name, what="a further row differs from what the events say")


def _register(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_REGISTER):
        yield Violation(row=row.number, what=f"the register has {row.shown}, the events have {row.said}")


# Told apart here in SQL, by nothing that the fold itself uses. Only what is folded already is compared:
# the event and its row come from one transaction.
_REGISTER = sa.text(r"""
SELECT coalesce(r.number, e.number) AS number,
       CASE WHEN r.number IS NULL THEN 'no such entry' ELSE 'this entry' END AS shown,
       CASE WHEN e.number IS NULL THEN 'no such entry' ELSE 'another' END AS said
FROM read_models.accreditations r FULL JOIN (
    SELECT d ->> 'number' AS number, d ->> 'accreditation_id' AS accreditation_id,
           d ->> 'submission_id' AS submission_id, d ->> 'decision_id' AS decision_id,
           d ->> 'decision_code' AS decision_code, d ->> 'provider_id' AS provider_id,
           d ->> 'title_en' AS title_en, d ->> 'title_ms' AS title_ms,
           coalesce((SELECT CASE l.name WHEN 'accreditation.conditions_met.v1' THEN 'listed' ELSE 'conditional' END
                     FROM ledger.events l WHERE l.stream = opened.stream
                     AND l.name IN ('accreditation.conditions_met.v1', 'accreditation.closing_corrected.v1')
                     ORDER BY l.version DESC LIMIT 1), d ->> 'status') AS status,
           (d ->> 'valid_from')::date AS valid_from, (d ->> 'valid_to')::date AS valid_to
    FROM (SELECT stream, record -> 'data' AS d FROM ledger.events
          WHERE stream LIKE 'accreditation-%' AND name = 'accreditation.opened.v1') AS opened
    UNION ALL
    SELECT d ->> 'number', d ->> 'component_id', d ->> 'component_id', d ->> 'component_id',
           d ->> 'decision_code', d ->> 'provider_id', d ->> 'title_en', d ->> 'title_ms',
           coalesce((SELECT CASE l.name WHEN 'component.listing_ended.v1' THEN 'ended' ELSE 'listed' END
                     FROM ledger.events l WHERE l.stream = entered.stream
                     AND l.name IN ('component.listing_ended.v1', 'component.step_undone.v1')
                     AND l.record -> 'data' ->> 'number' IS NOT NULL
                     ORDER BY l.version DESC LIMIT 1), 'listed'),
           (d ->> 'valid_from')::date, (d ->> 'valid_to')::date
    FROM (SELECT stream, record -> 'data' AS d FROM ledger.events
          WHERE stream LIKE 'component-%' AND name = 'component.entered.v1') AS entered
) AS e ON e.number = r.number
WHERE (r.accreditation_id, r.submission_id, r.decision_id, r.decision_code, r.provider_id, r.title_en, r.title_ms,
       r.status, r.valid_from, r.valid_to)
      IS DISTINCT FROM
      (e.accreditation_id, e.submission_id, e.decision_id, e.decision_code, e.provider_id, e.title_en, e.title_ms,
       e.status, e.valid_from, e.valid_to)
ORDER BY 1
""")


TABLES = (
    Invariant(
        "tables.current",
        "Every read model was made by the code that runs; other code may have shown other things.",
        Asked(_current),
    ),
    Invariant(
        "tables.equal-a-rebuild",
        "Every row of every read model is the one that the events give when they are folded anew.",
        Asked(_equal),
    ),
    Invariant(
        "register.equals-its-events",
        "The public register shows exactly the entries that events opened, told by SQL instead of by the fold.",
        Asked(_register),
    ),
)
