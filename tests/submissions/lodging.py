"""A submission brought to a state through a real ledger, by the commands that people use."""

from __future__ import annotations

from qa_platform.ledger.ledger import Ledger
from tests.submissions.factories import (
    COMPLETE,
    PEOPLE,
    AcceptSubmissionFactory,
    ChangeContentFactory,
    DraftSubmissionFactory,
    LodgeSubmissionFactory,
    NamePersonFactory,
    ReturnSubmissionFactory,
    patch_of,
)

OFFICER = "accountable_officer:test"


def lodge(ledger: Ledger) -> None:
    ledger.execute_together(
        [
            DraftSubmissionFactory(),
            ChangeContentFactory(content=patch_of(COMPLETE)),
            *(NamePersonFactory(subject=subject) for subject in sorted(PEOPLE)),
            LodgeSubmissionFactory(),
        ],
        actor=OFFICER,
    )


def accept(ledger: Ledger) -> None:
    lodge(ledger)
    ledger.execute(AcceptSubmissionFactory(), actor="intake_officer:test")


def hand_back(ledger: Ledger) -> None:
    lodge(ledger)
    ledger.execute(ReturnSubmissionFactory(), actor="intake_officer:test")
