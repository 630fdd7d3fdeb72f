"""The register: numbers without gaps or doubles, and no entry without a decision behind it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.accreditations.decider import register_number
from qa_platform.accreditations.events import AccreditationOpened, RegisterNumberIssued
from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, OfCases, Violation, at
from qa_platform.decisions.decider import KINDS
from qa_platform.decisions.events import DecisionReleased, DecisionTaken


def _dense(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_SERIALS):
        yield Violation(
            stream=row.stream,
            version=row.version,
            what=f"the number {row.version} of the series has serial {row.serial}",
        )


_ISSUED = r"""
SELECT stream, version, record -> 'data' ->> 'number' AS number, (record -> 'data' ->> 'serial')::int AS serial,
       record -> 'data' ->> 'accreditation_id' AS accreditation_id
FROM ledger.events WHERE stream LIKE 'register\_numbers-%' AND name = 'register_number.issued.v1'
"""

# A series is a stream, and each of its events issues one number.
_SERIALS = sa.text(f"SELECT * FROM ({_ISSUED}) AS issued WHERE serial <> version ORDER BY stream, version")


def _unique(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_DOUBLES):
        yield Violation(row=row.key, what=f"{row.times} numbers were issued where there must be one")


_DOUBLES = sa.text(f"""
WITH issued AS ({_ISSUED})
SELECT number AS key, count(*) AS times FROM issued GROUP BY number HAVING count(*) > 1
UNION ALL
SELECT accreditation_id, count(*) FROM issued GROUP BY accreditation_id HAVING count(*) > 1 ORDER BY 1
""")


def _check_characters(case: History, _world: World) -> Found:
    for issued in case.of(RegisterNumberIssued):
        if register_number(issued.event.series, issued.event.serial) != issued.event.number:
            yield at(issued, f"“{issued.event.number}” is not the number of its series and serial")


def _granted(case: History, _world: World) -> Found:
    taken = {one.event.decision_id: one.event for one in case.of(DecisionTaken)}
    released = {one.event.decision_id: one for one in case.of(DecisionReleased)}
    for opened in case.of(AccreditationOpened):
        event, decision = opened.event, taken.get(opened.event.decision_id)
        if decision is None or not KINDS[decision.code].grants:
            yield at(opened, "no decision of the case grants it")
            continue
        release = released.get(event.decision_id)
        if release is None or (release.position or 0) > (opened.position or 0):
            yield at(opened, "the decision that grants it was not released by then")
        awarded = (decision.code, decision.decision_class, decision.level_awarded, decision.credits_awarded)
        if awarded != (event.decision_code, event.decision_class, event.level, event.credits):
            yield at(opened, "the entry says otherwise than the decision that grants it")


def _numbered(case: History, _world: World) -> Found:
    numbers = {one.event.accreditation_id: one.event.number for one in case.of(RegisterNumberIssued)}
    for opened in case.of(AccreditationOpened):
        if numbers.get(opened.event.accreditation_id) != opened.event.number:
            yield at(opened, f"“{opened.event.number}” was not issued to it")


REGISTER = (
    Invariant(
        "register.serials-dense",
        "The serials of every series run from 1 without a gap; a gap would look like an entry that was taken out.",
        Asked(_dense),
    ),
    Invariant(
        "register.numbers-unique",
        "No number was issued twice, and no accreditation has two; a certificate names one entry.",
        Asked(_unique),
    ),
    Invariant(
        "register.check-characters",
        "Every number is that of its series and serial, with the right check character (ISO 7064).",
        OfCases(_check_characters),
    ),
    Invariant(
        "register.entries-are-granted",
        "Every entry was granted by a decision of its case that was released before, on the same terms.",
        OfCases(_granted),
    ),
    Invariant(
        "register.entries-have-their-number",
        "Every entry stands under the number that was issued to it.",
        OfCases(_numbered),
    ),
)
