"""An agency at work: cases taken through the whole ledger by the same commands that people use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qa_platform.app import ALL_BLUEPRINTS, ALL_PAGES
from qa_platform.decisions.commands import (
    CastVote,
    ConveneMeeting,
    CountersignDecision,
    PutMotion,
    ReleaseDecision,
    Sitting,
    TableCase,
    TableItem,
    TakeDecision,
)
from qa_platform.decisions.events import DecisionTaken
from qa_platform.decisions.read_model import case_file
from qa_platform.decisions.read_model import rubric_under as decided_under
from qa_platform.kernel.event import Command, Recorded
from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import Ledger, Outcome
from qa_platform.panels.commands import AssignLead, AssignReviewer
from qa_platform.people.commands import GrantRole, RegisterPerson
from qa_platform.processes.case import fold_case
from qa_platform.processes.journey import react
from qa_platform.reviews.commands import DeclareInterests, LockReview, ScoreCriterion
from qa_platform.scoring.rubric import content_hash
from qa_platform.standards.commands import PublishRubric
from qa_platform.submissions.commands import ChangeContent, NamePerson
from qa_platform.web.application import assemble
from qa_platform.web.auth import Holder
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.decisions.factories import APPEAL_UNTIL, MEMBERS, TODAY
from tests.scoring.national import TEXT, national
from tests.submissions.factories import (
    COMPLETE,
    PEOPLE,
    AcceptSubmissionFactory,
    DraftSubmissionFactory,
    LodgeSubmissionFactory,
    patch_of,
)
from tests.usual import DEADLINES, REGISTER_PREFIX, STANDARD_ID
from tests.whole import whole_ledger

FIRST, SECOND, LEAD = (f"0193fac0-0000-7000-8000-0000000000{end}" for end in ("b1", "b2", "a9"))
HASH = content_hash(TEXT)
COMMENT = "What the standard asks for is there."


@dataclass
class Agency:
    """The whole platform, with processes that answer at once."""

    ledger: Ledger
    ids: Any = field(default_factory=lambda: count(1))

    def ask(self, *commands: Command) -> Outcome:
        """Execute commands, and let the journey follow from what happened."""
        outcome = self.ledger.execute_together(commands, actor="system:tests")
        for recorded in outcome.recorded:
            self.follow(recorded)
        return outcome

    def follow(self, recorded: Recorded[Any]) -> None:
        """Let the journey follow from an event."""
        if recorded.case_id is not None:
            for command in react(recorded, fold_case(self.ledger.read_case(recorded.case_id)), REGISTER_PREFIX):
                self.ask(command)

    def publish(self) -> None:
        """Publish the national standard."""
        rubric = national()
        self.ask(
            PublishRubric(
                standard_id=rubric.standard_id,
                version=rubric.version,
                text=TEXT,
                content_hash=HASH,
                title_en=rubric.title.en,
                title_ms=rubric.title.ms,
            )
        )

    def appoint(self, role: Role, *people: str) -> None:
        """Give people accounts with a role."""
        for person_id in people:
            self.ask(
                RegisterPerson(person_id=person_id, name="Aminah binti Salleh", email="aminah@example.org"),
                GrantRole(person_id=person_id, role=role),
            )

    def accept(self, case: str = "submission-1", **drafted: Any) -> str:
        """Bring a submission as far as acceptance, and so to a panel; return its id."""
        self.lodge(case, **drafted)
        self.ask(AcceptSubmissionFactory(submission_id=case, rubric_hash=HASH))
        return case

    def lodge(self, case: str, **drafted: Any) -> None:
        """Bring a submission as far as its intake check."""
        self.ask(
            DraftSubmissionFactory(submission_id=case, **drafted),
            ChangeContent(submission_id=case, content=patch_of(COMPLETE)),
            *self._named(case),
            LodgeSubmissionFactory(submission_id=case),
        )

    def _named(self, case: str) -> list[Command]:
        return [
            NamePerson(submission_id=case, subject=subject, capacity="instructor", name="Aisyah binti Rahman")
            for subject in sorted(PEOPLE)
        ]

    def seat(self, case: str, reviewer_id: str, seat: int) -> str:
        """Give a seat to a reviewer; return the review's id."""
        review_id = f"review-{next(self.ids)}"
        self.ask(
            AssignReviewer(
                submission_id=case,
                review_id=review_id,
                reviewer_id=reviewer_id,
                seat=seat,
                reasons=("Field 0613",),
                status="eligible",
                eligible_from=None,
                interests=(),
                on=TODAY,
            )
        )
        return review_id

    def declare(self, case: str, review_id: str, reviewer_id: str, *categories: Any) -> None:
        """Pass the conflict gate, or not."""
        self.ask(
            DeclareInterests(
                review_id=review_id,
                submission_id=case,
                reviewer_id=reviewer_id,
                categories=categories,
                undertaking="2026-1",
            )
        )

    def score(self, case: str, review_id: str, reviewer_id: str, given: int = 3, **scores: int | None) -> None:
        """Score every criterion, alike but for those that are named."""
        by_criterion = {criterion.id: given for criterion in national().applying("SAMC")} | scores
        self.ask(
            *(
                ScoreCriterion(
                    review_id=review_id,
                    submission_id=case,
                    reviewer_id=reviewer_id,
                    criterion=criterion,
                    score=score,
                    comment=f"{COMMENT} So says {reviewer_id}.",
                    private_note=f"Note of {reviewer_id} on {criterion}" if criterion == "A1" else None,
                    confidence="high",
                    rubric=national(),
                    route="SAMC",
                )
                for criterion, score in by_criterion.items()
            )
        )

    def lock(self, case: str, review_id: str, reviewer_id: str) -> None:
        """Lock a review."""
        self.ask(
            LockReview(
                review_id=review_id, submission_id=case, reviewer_id=reviewer_id, rubric=national(), route="SAMC"
            )
        )

    def review(self, case: str, reviewer_id: str, seat: int, **scores: int | None) -> str:
        """Do a review from the seat to the lock; return its id."""
        review_id = self.seat(case, reviewer_id, seat)
        self.declare(case, review_id, reviewer_id)
        self.score(case, review_id, reviewer_id, **scores)
        self.lock(case, review_id, reviewer_id)
        return review_id

    def lead(self, case: str, lead_id: str = LEAD) -> None:
        """Ask somebody to lead."""
        self.ask(AssignLead(submission_id=case, lead_id=lead_id, is_lead_reviewer=True, interests=(), on=TODAY))

    def convene(self, meeting_id: str = "meeting-1", on: date = TODAY) -> Sitting:
        """Call a meeting of three members, the first of whom chairs; return it as rules ask about it."""
        self.ask(
            ConveneMeeting(
                meeting_id=meeting_id,
                held_on=on,
                chair_id=MEMBERS[0],
                members=MEMBERS,
                committee=MEMBERS,
                quorum=DEADLINES.committee_quorum,
                on=on,
            )
        )
        return Sitting(meeting_id=meeting_id, held_on=on, chair_id=MEMBERS[0], members=MEMBERS)

    def table(self, case: str, on: date = TODAY) -> Sitting:
        """Put a case on the agenda of a meeting of its own."""
        sitting = self.convene(f"meeting-{next(self.ids)} on {case}", on)
        self.ask(
            TableItem(meeting_id=sitting.meeting_id, submission_id=case),
            TableCase(
                submission_id=case,
                meeting_id=sitting.meeting_id,
                held_on=on,
                submission_status="accepted",
                scoring_closed=True,
                on=on,
            ),
        )
        return sitting

    def vote(self, case: str, sitting: Sitting, code: Any = "APP", route: str = "SAMC") -> None:
        """Put a motion that all members are for."""
        motion_id = f"motion-{next(self.ids)}"
        self.ask(
            PutMotion(
                submission_id=case, motion_id=motion_id, code=code, route=route, sitting=sitting, on=sitting.held_on
            ),
            *(
                CastVote(
                    submission_id=case, member_id=member, vote="for", asked_by=None, sitting=sitting, reviewed_by=()
                )
                for member in sitting.members
            ),
        )

    def decide(self, case: str, *, decision_id: str = "decision-1", code: Any = "APP", **given: Any) -> Outcome:
        """Table a case, let the committee vote, and take the decision on the dossier as it stands."""
        sitting = self.table(case)
        file = case_file(self.ledger.read_case(case))
        with self.ledger.reading() as connection:
            dossier = file.dossier(*decided_under(connection, HASH))
        assert dossier is not None
        self.vote(case, sitting, code, dossier.route)
        return self.ask(
            TakeDecision(
                submission_id=case,
                decision_id=decision_id,
                dossier=dossier,
                code=code,
                members=MEMBERS,
                committee=MEMBERS,
                taken_on=TODAY,
                longest_validity_months=DEADLINES.longest_validity_months,
                longest_deferral_calendar_days=DEADLINES.deferral_calendar_days,
                quorum=DEADLINES.committee_quorum,
                sitting=sitting,
                recorded_by="secretary-1",
                **given,
            )
        )

    def release(self, case: str, on: date = TODAY) -> None:
        """Let the chair sign the decision, and release it."""
        taken = [one.event for one in self.ledger.read_case(case) if isinstance(one.event, DecisionTaken)]
        self.ask(
            CountersignDecision(
                submission_id=case, decision_id=taken[-1].decision_id, member_id=MEMBERS[0], signed_on=on
            ),
            ReleaseDecision(
                submission_id=case,
                submission_status="accepted",
                released_on=on,
                appeal_until=APPEAL_UNTIL,
                appeal_calendar_days=DEADLINES.appeal_calendar_days,
            ),
        )

    def stored_names(self, case: str) -> list[str]:
        """Return the names of a case's events, in order."""
        return [type(recorded.event).__struct_config__.tag for recorded in self.ledger.read_case(case)]


@pytest.fixture
def agency(database) -> Iterator[Agency]:
    """Give an agency with a published standard."""
    with whole_ledger(database) as ledger:
        agency = Agency(ledger)
        agency.publish()
        agency.appoint(Role.COMMITTEE_MEMBER, *MEMBERS)
        agency.appoint(Role.LEAD_REVIEWER, LEAD)
        yield agency


class NamedTokens:
    """A token says whose it is: role, person and, for an officer, provider, with colons between them."""

    def holder(self, _connection, token: str, *, now: datetime) -> Holder:
        assert now.tzinfo is not None
        role, person_id, *providers = token.split(":")
        return Holder(
            person_id=person_id,
            roles=frozenset({Role(role)}),
            scopes=frozenset({"read", "write"}),
            providers={Role(role): frozenset(providers)} if providers else {},
        )


@dataclass
class Desk:
    """The API of the whole platform, for whoever comes."""

    client: FlaskClient
    today: str

    def get(self, path: str, token: str | None = None, **headers: str) -> TestResponse:
        return self.ask("GET", path, None, token, headers)

    def put(self, path: str, body: Any, token: str, **headers: str) -> TestResponse:
        return self.ask("PUT", path, body, token, headers)

    def patch(self, path: str, body: Any, token: str, **headers: str) -> TestResponse:
        return self.ask("PATCH", path, body, token, headers)

    def ask(self, method: str, path: str, body: Any, token: str | None, headers: dict[str, str]) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=sent)


@pytest.fixture
def desk(agency) -> Desk:
    """Open the agency's desk."""
    return open_desk(agency)


def open_desk(agency: Agency) -> Desk:
    """Return the desk of an agency."""
    platform = Platform(
        ledger=agency.ledger,
        authenticator=NamedTokens(),
        permissions=PERMISSIONS,
        zone=ZoneInfo("Asia/Kuala_Lumpur"),
        standard_id=STANDARD_ID,
        deadlines=DEADLINES,
    )
    today = agency.ledger.clock().astimezone(platform.zone).date().isoformat()
    return Desk(assemble(platform, ALL_BLUEPRINTS, ALL_PAGES).test_client(), today)
