"""A desk that notices are composed at and mailed from, on a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import msgspec
import sqlalchemy as sa

from qa_platform.ledger.ledger import Ledger
from qa_platform.notices.decider import letter_id_of, notice_id_of
from qa_platform.notices.jobs import Mailing, deliver
from qa_platform.notices.read_model import NOTICES, NoticeRow
from qa_platform.simulation.run import SimulatedClock
from tests.notices.factories import ComposeNoticeFactory

OFFICER = "0193fac0-0000-7000-8000-000000000f01"
HOME = "0193fac0-0000-7000-8000-000000000f02"


@dataclass(frozen=True)
class Desk:
    """The ledger, its clock, how mails leave, and where they lie."""

    ledger: Ledger
    clock: SimulatedClock
    mailing: Mailing
    folder: Path

    def tell(self, kind: str = "submission_returned", cause: str = "event-1", **fields: Any) -> str:
        """Compose a notice for the officer, and return its id."""
        person = fields.pop("person_id", OFFICER)
        command = ComposeNoticeFactory(
            notice_id=notice_id_of(cause, kind, person),
            letter_id=letter_id_of(cause, kind),
            kind=kind,
            person_id=person,
            provider_id=HOME,
            cause_id=cause,
            **fields,
        )
        self.ledger.execute(command, actor="system:tests")
        return str(command.notice_id)

    def at(self, moment: datetime) -> None:
        """Let it be another time."""
        self.clock.now = moment

    def later(self, **time: float) -> None:
        """Let some time go by."""
        self.clock.now += timedelta(**time)

    def deliver(self, **differently: Any) -> int:
        """Deliver once."""
        return deliver(self.ledger, msgspec.structs.replace(self.mailing, **differently), lambda _connection: None)

    def files(self) -> list[Path]:
        """Return the files in the folder."""
        return sorted((self.folder / "new").glob("*")) if self.folder.exists() else []

    def mails(self) -> list[EmailMessage]:
        """Return the mails in the folder."""
        return [cast("EmailMessage", message_from_bytes(one.read_bytes(), policy=default)) for one in self.files()]

    def notice(self, notice_id: str) -> NoticeRow:
        """Return a notice."""
        with self.ledger.reading() as connection:
            found = NOTICES.find(connection, notice_id)
        assert found is not None
        return found

    def states(self) -> dict[str, str]:
        """Return the state of each delivery."""
        with self.ledger.reading() as connection:
            rows = connection.execute(sa.text("SELECT notice_id, state FROM operations.deliveries"))
            return {row.notice_id: row.state for row in rows}

    def forget_recording(self) -> None:
        """Let it be as if the one who sent had died before he could record it; only its plan is left."""
        with self.ledger.engine.begin() as connection:
            connection.execute(sa.text("UPDATE operations.deliveries SET state = 'planned'"))
            connection.execute(sa.text("UPDATE read_models.notices SET mailed_at = NULL"))

    def speaking(self, **differently: Any) -> Desk:
        """Return the desk with another way of mailing."""
        return replace(self, mailing=msgspec.structs.replace(self.mailing, **differently))
